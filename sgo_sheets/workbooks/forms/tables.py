"""One writer for every table of the contract: its declaration gives the header, formats, lists and hints."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.base import Column, Record
from sgo_sheets.records.catalog import Rows
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.workbooks.forms import cells, frame
from sgo_sheets.workbooks.forms.form import Form
from sgo_sheets.workbooks.forms.looks import DATE, GENERAL, GREY, HEADER, INK, QUIET, Line, Look

SPARE_ROWS = 10
LAST_CHECKED_ROW = 2000
ROW_HEIGHT, LINE_HEIGHT = 21.0, 15.0
SPARE_HEADERS = 12
_WRAPPED_FROM, _CENTRED_TO = 24, 9
_KEPT_WIDTH = 80
_PAPER_WIDTH = 250  # characters that are still readable across a sheet of A4


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the form as it will stand: its header and its declaration.

    ``gathered`` – the header is a class, a subject or a period; ``date`` – such a column holds dates.
    """

    header: str
    column: Column
    gathered: bool = False
    date: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table stands on its sheet: its columns, the least height of a row, lines below rows (0 = the first).

    ``one_page`` – it is printed on one sheet of paper however many rows there are; ``block`` – the header of a column
    whose empty cells belong to the filled one above («День»), so that no line parts them.
    """

    heads: tuple[Head, ...]
    least: float = ROW_HEIGHT
    lines: Mapping[int, Line] = field(default_factory=dict)
    one_page: bool = False
    block: str = ""

    def letters(self, header: str) -> str:
        """Return the letters of a column."""
        return get_column_letter([head.header for head in self.heads].index(header) + 1)


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


def write_table(form: Form, sheet: Worksheet, record: type[Record], rows: Rows, layout: Layout) -> None:
    """Write a table: header, rows, spare rows; every column is formatted to the end of the sheet.

    Raises ValueError when a row has a header the sheet does not know.
    """
    heads = layout.heads
    known = {head.header for head in heads}
    for row in rows.rows:
        if unknown := set(row) - known:
            raise ValueError(f"Лист «{record.sheet}»: нет граф {sorted(unknown)}")
    _header(form, sheet, heads)
    looks = [_body_look(record, head) for head in heads]
    for number, (head, look) in enumerate(zip(heads, looks, strict=True), start=1):
        bare = replace(look, left="none", right="none", top="none", bottom="none", fill="")
        frame.column(form, sheet, number, head.column.width, bare)
        if not head.gathered or head.column.hint:
            letters = get_column_letter(number)
            rule = cells.column_rule(record, head.column, form.names)
            cells.apply(sheet, rule, f"{letters}2:{letters}{LAST_CHECKED_ROW}")
    frame.open_columns(form, sheet, len(heads) + 1)
    last = len(rows.rows) + SPARE_ROWS
    for index in range(last):
        values: Mapping[str, Raw] = rows.rows[index] if index < len(rows.rows) else {}
        _row(form, sheet, index + 2, values, (layout, looks))
    keep = _kept_columns(heads)
    wide = max(1, math.ceil(sum(head.column.width for head in heads) / _PAPER_WIDTH))
    paper = frame.Print("1:1", f"A:{get_column_letter(keep)}" if keep else "", wide, int(layout.one_page))
    frame.finish(form, sheet, f"{get_column_letter(keep + 1)}2", paper)
    if not any(head.gathered for head in heads):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last + 1}"


def _row(
    form: Form, sheet: Worksheet, number: int, values: Mapping[str, Raw], layout: tuple[Layout, list[Look]]
) -> None:
    line = layout[0].lines.get(number - 2)
    for place, (head, look) in enumerate(zip(layout[0].heads, layout[1], strict=True), start=1):
        own = replace(look, bottom=line) if line else look
        if head.header and head.header == layout[0].block and values:
            own = replace(own, bold=True, down="top", top="thin" if number == 2 else "none", bottom=line or "none")
        value = values.get(head.header)
        if isinstance(value, dt.date) and own.format == GENERAL:
            own = replace(own, format=DATE)  # a day among numbers: «Значение» of «Сроки»
        form.fill(sheet, (number, place), value, own, text=head.column.text)
    sheet.row_dimensions[number].height = _height(values, layout[0])


def _body_look(record: type[Record], head: Head) -> Look:
    """Return how the cells of a column look under the header."""
    sort = cells.sort_of(record, head.column.field)
    wide = head.column.width >= _WRAPPED_FROM
    centred = sort is not cells.Sort.TEXT or head.column.width <= _CENTRED_TO or (head.gathered and not wide)
    return Look(
        color=QUIET if head.column.grey else INK,
        fill=GREY if head.column.grey else "",
        across="center" if centred else "left",
        wrap=wide,
        format=DATE if head.date else cells.number_format(record, head.column),
    )


def _height(values: Mapping[str, Raw], layout: Layout) -> float:
    """Return the height in points that shows the longest text of a row."""
    lines = 1
    for head in layout.heads:
        text = values.get(head.header)
        if isinstance(text, str) and head.column.width >= _WRAPPED_FROM:
            lines = max(lines, sum(math.ceil(max(len(p), 1) / head.column.width) for p in text.split("\n")))
    return max(layout.least, lines * LINE_HEIGHT + 3)


def _header(form: Form, sheet: Worksheet, heads: tuple[Head, ...]) -> None:
    lines = 1
    for number, head in enumerate(heads, start=1):
        look = Look(bold=True, fill=HEADER, across="center", wrap=True, bottom="medium", locked=not head.gathered)
        form.fill(sheet, (1, number), head.header, look)
        width = max(head.column.width - 2, 4)  # the filter's button takes its place
        words = head.header.split()
        lines = max(
            lines,
            math.ceil(len(head.header) * 1.15 / width),
            len(words) if width < max(map(len, words), default=0) + 4 else 1,
        )
    sheet.row_dimensions[1].height = max(ROW_HEIGHT + 3, min(lines, 4) * LINE_HEIGHT + 6)


def _kept_columns(heads: tuple[Head, ...]) -> int:
    """Return how many columns on the left stay in view: those that name the row, while they are narrow enough."""
    fixed = [head for head in heads if not head.gathered]
    if len(fixed) < len(heads):
        return len(fixed) if sum(head.column.width for head in fixed) < _KEPT_WIDTH else 2
    if heads[0].header == "№ личного дела" and len(heads) > 8:
        return 3
    return int(len(heads) > 4)
