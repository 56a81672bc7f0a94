"""Filling a print form: values in the place of placeholders, formats and merged cells as the school has made them."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from sgo_sheets.records.raw_values import FORMULA_SIGNS
from sgo_sheets.russian import day
from sgo_sheets.workbooks.form_rows import Plan, relaid, renamed
from sgo_sheets.workbooks.forms.pack import packed
from sgo_sheets.workbooks.print_form import (
    MARKED,
    PLACES,
    Filling,
    Mark,
    PrintForm,
    Spot,
    Value,
    key_of,
    mark_of,
    place_of,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WORDS = {place: word for word, place in PLACES.items()}
_OPEN = "{{"
_WIDEST = 60
Rows = Mapping[int, tuple[int, str]]
"""Rows of a sheet that are repeated: the table and the place each is for."""


def opened(data: bytes) -> openpyxl.Workbook | None:
    """Return the workbook, None when the library cannot read it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features it does not keep
        try:
            return openpyxl.load_workbook(io.BytesIO(data))
        except Exception:  # noqa: BLE001 - the library raises whatever comes to it on a strange file
            return None


def structure(book: openpyxl.Workbook, path: str) -> tuple[list[Spot], list[str]]:
    """Return the placeholders of a form and, in Russian, what no report could be filled into."""
    spots: list[Spot] = []
    faults: list[str] = []
    for sheet in book.worksheets:
        own = [
            Spot(sheet.title, cell.row, cell.coordinate, mark_of(words))
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
            for words in MARKED.findall(cell.value)
        ]
        faults.extend(
            f"{place_of(path, sheet.title, cell.coordinate)}: метка не закрыта; пишите «{{{{школа}}}}»."
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and _OPEN in MARKED.sub("", cell.value)
        )
        faults.extend(_row_faults(own, sheet, path))
        if any(_OPEN in (part.text or "") for part in _running(sheet)):
            faults.append(f"{place_of(path, sheet.title)}: в колонтитулах метки не заполняются; впишите их в клетки.")
        spots.extend(own)
    return spots, faults


def _running(sheet: Worksheet) -> Iterator[Any]:
    """Yield the parts of the headers and footers of a sheet."""
    lines = (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter, sheet.firstHeader, sheet.firstFooter)
    for line in lines:
        if line is not None:
            yield from (line.left, line.center, line.right)


def _row_faults(spots: list[Spot], sheet: Worksheet, path: str) -> list[str]:
    """Return what is wrong with the rows to be repeated: one row is for one table and place, and of one height."""
    faults = []
    rows: dict[int, tuple[int, str]] = {}
    taken: dict[tuple[int, str], int] = {}
    for name, row, cell, mark in spots:
        if not mark.place:
            continue
        of = (mark.table, mark.place)
        where = place_of(path, name, cell)
        if rows.setdefault(row, of) != of:
            faults.append(f"{where}: в одной строке листа метки разных строк отчёта; разнесите их по разным строкам.")
        elif taken.setdefault(of, row) != row:
            word = _WORDS[mark.place]
            faults.append(
                f"{where}: «{word}.…» этой таблицы уже стоит в строке {taken[of]}; оставьте одну такую строку."
            )
    for merged in sheet.merged_cells.ranges:
        if merged.min_row < merged.max_row and any(merged.min_row <= row <= merged.max_row for row in rows):
            where = place_of(path, sheet.title, merged.coord)
            faults.append(f"{where}: объединённые клетки выходят за повторяемую строку; разъедините их.")
    return faults


def fill(form: PrintForm, filling: Filling, saved: dt.datetime) -> bytes:
    """Return the bytes of the filled form."""
    book = opened(form.data)
    if book is None:
        raise ValueError(form.path)
    fields = {key_of(name): value for name, value in filling.fields.items()}
    columns = [{key_of(name): at for at, name in enumerate(table.columns)} for table in filling.tables]
    plans: dict[str, Plan] = {}
    for sheet in book.worksheets:
        rows = {s.row: (s.mark.table, s.mark.place) for s in form.spots if s.sheet == sheet.title and s.mark.place}
        plans[sheet.title] = plan = _plan(sheet, rows, filling)
        relaid(sheet, plan)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and isinstance(cell.value, str) and _OPEN in cell.value:
                    _put(cell, partial(_value, fields, columns, plan.rows[cell.row - 1].values))
    renamed(book, plans)
    if filling.added is not None and filling.added[0] not in book.sheetnames:
        _add(book, *filling.added)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return packed(book, saved)


def _plan(sheet: Worksheet, rows: Rows, filling: Filling) -> Plan:
    """Return which row of the form comes when; neighbouring rows of one table are repeated in the table's order."""
    plan = Plan(sheet.title)
    last = max(sheet.max_row, *sheet.row_dimensions, 1)
    row = 1
    while row <= last:
        if row not in rows:
            plan.add(row)
            row += 1
            continue
        table = rows[row][0]
        block: dict[str, int] = {}
        while row in rows and rows[row][0] == table:
            block[rows[row][1]] = row
            row += 1
        for place, values in filling.tables[table].rows:
            if place in block:
                plan.add(block[place], values)
        plan.repeated.update(block.values())
    return plan


def _value(
    fields: Mapping[str, Value], columns: list[dict[str, int]], values: tuple[Value, ...] | None, mark: Mark
) -> Value:
    if mark.place and values is not None:
        return values[columns[mark.table][mark.key]]
    return fields[mark.key]


def _put(cell: Cell, value_of: Callable[[Mark], Value]) -> None:
    """Put values in the place of the placeholders of a cell: one that fills the cell stays a number or a date."""
    text = str(cell.value)
    marks = list(MARKED.finditer(text))
    if len(marks) == 1 and marks[0][0] == text.strip():
        write(cell, value_of(mark_of(marks[0][1])))
    else:
        write(cell, MARKED.sub(lambda found: shown(value_of(mark_of(found[1]))), text))


def write(cell: Cell, value: Value) -> None:
    """Write a value as what it is; a text stays one, whatever it looks like."""
    if isinstance(value, str):
        cell.value = text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # «=1+1» and «#N/A» would have become something else
        if text.startswith(FORMULA_SIGNS):
            cell.quotePrefix = True  # Excel keeps it a text when the cell is edited
        return
    plain = cell.number_format == "General"
    if isinstance(value, Decimal):
        digits = max(0, -int(value.as_tuple().exponent))
        cell.value = float(value)
        shape = "0." + "0" * digits if digits else "0"
    else:
        cell.value = value
        shape = "DD.MM.YYYY" if isinstance(value, dt.date) else "General"
    if plain:
        cell.number_format = shape


def shown(value: Value) -> str:
    """Return the value as a part of a text, in the Russian form."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return day(value)
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _add(book: openpyxl.Workbook, name: str, rows: tuple[tuple[Value, ...], ...]) -> None:
    """Add a plain table on a sheet of its own, the first row its header."""
    sheet = book.create_sheet(name)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(at, column)
            write(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if at == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(str(values[column - 1] or "")) for values in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, longest + 2)
