"""One writer for every table of the contract: its declaration gives the header, formats, lists and hints."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.base import Column, Record
from sgo_sheets.records.catalog import Rows
from sgo_sheets.records.kinds import Raw
from sgo_sheets.workbooks.forms import cells, frame
from sgo_sheets.workbooks.forms.looks import DATE, GREY, HEADER, INK, QUIET, Look, Painter

SPARE_ROWS = 20
LAST_CHECKED_ROW = 2000
ROW_HEIGHT, LINE_HEIGHT = 21.0, 15.0
WRAPPED_FROM = 24
SPARE_HEADERS = 12


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the form as it will stand: its header, its declaration, whether it was gathered,
    and whether a gathered column holds dates («Дата экзамена»)."""

    header: str
    column: Column
    gathered: bool = False
    date: bool = False


def heads_of(record: type[Record], rows: Rows, extra: tuple[str, ...] = ()) -> tuple[Head, ...]:
    """Return the columns of a sheet in order; gathered ones (classes, periods) stand where they are declared.

    A matrix with no known classes yet gets a few empty headers to be filled by hand.
    """
    heads: list[Head] = []
    for column in record.columns():
        if not column.rest:
            heads.append(Head(column.header, column))
            continue
        names = [*rows.columns, *(name for name in extra if name not in rows.columns)] or [""] * SPARE_HEADERS
        heads.extend(Head(name, column, gathered=True, date=name.startswith("Дата ")) for name in names)
    return tuple(heads)


def write_table(
    sheet: Worksheet, painter: Painter, record: type[Record], rows: Rows, names: set[str], heads: tuple[Head, ...]
) -> None:
    """Write a table: header, rows, spare rows; every column is formatted to the end of the sheet.

    Raises ValueError when a row has a header the sheet does not know.
    """
    known = {head.header for head in heads}
    for row in rows.rows:
        if unknown := set(row) - known:
            raise ValueError(f"Лист «{record.sheet}»: нет граф {sorted(unknown)}")
    _header(sheet, painter, heads)
    for number, head in enumerate(heads, start=1):
        look = body_look(record, head)
        frame.column(sheet, painter, number, head.column.width, replace(look, left="", right="", top="", bottom=""))
        letters = get_column_letter(number)
        rule = None if head.gathered and not head.column.hint else cells.validation_of(record, head.column, names)
        if rule is not None:
            rule.add(f"{letters}2:{letters}{LAST_CHECKED_ROW}")
            sheet.add_data_validation(rule)
    frame.open_columns(sheet, painter, len(heads) + 1)
    looks = [body_look(record, head) for head in heads]
    for number in range(2, len(rows.rows) + SPARE_ROWS + 2):
        values: Mapping[str, Raw] = rows.rows[number - 2] if number - 2 < len(rows.rows) else {}
        for place, (head, look) in enumerate(zip(heads, looks, strict=True), start=1):
            cell = sheet.cell(number, place)
            cells.write(cell, values.get(head.header) if head.header else None, text=head.column.text)
            painter.paint(cell, look)
        sheet.row_dimensions[number].height = height_of(values, heads)
    _finish(sheet, heads, len(rows.rows) + SPARE_ROWS + 1)


def body_look(record: type[Record], head: Head) -> Look:
    """Return how the cells of a column look under the header."""
    sort = cells.sort_of(record, head.column.field)
    wide = head.column.width >= WRAPPED_FROM
    centred = head.gathered or sort is not cells.Sort.TEXT or head.column.width <= WRAPPED_FROM / 3
    return Look(
        color=QUIET if head.column.grey else INK,
        fill=GREY if head.column.grey else "",
        across="center" if centred and not (head.gathered and wide) else None,
        wrap=wide,
        format=DATE if head.date else cells.number_format(record, head.column),
    )


def height_of(values: Mapping[str, Raw], heads: tuple[Head, ...], least: float = ROW_HEIGHT) -> float:
    """Return the height in points that shows the longest text of a row."""
    lines = 1
    for head in heads:
        text = values.get(head.header)
        if isinstance(text, str) and head.column.width >= WRAPPED_FROM:
            lines = max(lines, sum(math.ceil(max(len(p), 1) / (head.column.width * 1.05)) for p in text.split("\n")))
    return max(least, lines * LINE_HEIGHT + 3)


def _header(sheet: Worksheet, painter: Painter, heads: tuple[Head, ...]) -> None:
    lines = 1
    for number, head in enumerate(heads, start=1):
        cell = sheet.cell(1, number)
        cells.write(cell, head.header)
        painter.paint(
            cell, Look(bold=True, fill=HEADER, across="center", wrap=True, bottom="medium", locked=not head.gathered)
        )
        width = max(head.column.width - 2, 4)
        lines = max(lines, math.ceil(len(head.header) * 1.15 / width), len(head.header.split()) if width < 8 else 1)
    sheet.row_dimensions[1].height = max(ROW_HEIGHT + 3, min(lines, 4) * LINE_HEIGHT + 6)


def _finish(sheet: Worksheet, heads: tuple[Head, ...], last: int) -> None:
    keep = _kept_columns(heads)
    frame.freeze(sheet, f"{get_column_letter(keep + 1)}2")
    frame.page(sheet, rows="1:1", columns=f"A:{get_column_letter(keep)}" if keep else "")
    frame.protect(sheet)
    frame.tidy_view(sheet)
    if not any(head.gathered for head in heads):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last}"


def _kept_columns(heads: tuple[Head, ...]) -> int:
    """Return how many columns on the left stay in view: those that name the row, while they are narrow enough."""
    fixed = [head for head in heads if not head.gathered]
    if len(fixed) < len(heads):
        wide = sum(head.column.width for head in fixed)
        return len(fixed) if wide < 80 else 2
    return 3 if heads[0].header == "№ личного дела" and len(heads) > 8 else int(len(heads) > 4)
