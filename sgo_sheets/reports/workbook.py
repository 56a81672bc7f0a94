"""A report as .xlsx: one value per cell, real numbers, a frozen header, ready for paper; same data, same bytes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

from sgo_sheets.reports.cell_looks import (
    FONT,
    INK,
    LINE,
    METHODS,
    QUIET,
    cell_look,
    group_look,
    sort_of,
    title_look,
    written,
)
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Place, Row, Signature, Table, Value
from sgo_sheets.russian import day

NO_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's properties know no zone; a report of nobody's time
_A4 = 9
LACKS = "Чего не хватает"
_TURNED_HEIGHT, _TEXT_HEIGHT, _ROW_HEIGHT = 118, 30, 18
_PAPER_WIDTH, _SPARE_WIDTH = 110, 8.43
LACK_COLUMNS = (
    Column("Чего не хватает", Kind.NAME, 90),
    Column("Кто заполняет", Kind.TEXT, 24),
    Column("Книга", Kind.TEXT, 46),
    Column("Лист", Kind.TEXT, 18),
    Column("Клетка", Kind.TEXT, 10),
)


def workbook_of(document: Document, formed: dt.datetime | None) -> bytes:
    """Return the bytes of the report's workbook: a worksheet per table and one of what is missing.

    ``formed`` is ``document.formed`` by the school's clock. Text is always written as text: «=1+1» stays what it is.
    """
    data = BytesIO()
    book = new_workbook(data, document, formed)
    pen = Pen(book, document, formed)
    for place, table in enumerate(document.tables):
        pen.sheet(table, document.signatures if place == 0 else ())
    if document.lacks:
        rows = tuple(Row(lack_cells(lack)) for lack in document.lacks)
        pen.sheet(Table(LACKS, LACK_COLUMNS, rows), ())
    book.close()
    return data.getvalue()


def new_workbook(data: BytesIO, document: Document, formed: dt.datetime | None) -> Any:
    """Return an empty workbook that will be written to ``data``, named and dated after a report."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and an idle build writes no workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(data, options)
    created = formed.replace(tzinfo=None) if formed else NO_TIME
    book.set_properties({"title": document.title, "company": document.school, "created": created})
    return book


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    """Set the widths of columns from the first one, in characters."""
    first = 0
    for width, same in groupby(widths):
        last = first + len(list(same)) - 1
        sheet.set_column(first, last, width)
        first = last + 1


def lack_cells(lack: Lack) -> tuple[Value, ...]:
    """Return the row of the sheet of what is missing, a value for each of ``LACK_COLUMNS``."""
    return lack.what, lack.name or None, lack.at.workbook, lack.at.sheet or None, lack.at.cell or None


def formed_words(formed: dt.datetime | None) -> str:
    """Return «по данным на 23.11.2026, 14:05»: the time of the newest workbook, not of the clock.

    It names no time where none is known, or where the span was closed by then: whatever is saved later, it is the same.
    """
    if formed is None:
        return "по данным книг школы"
    return f"по данным на {day(formed.date())}, {formed.hour}:{formed.minute:02d}"


_Written = tuple[str, Any]
"""The method of a worksheet that writes a cell, and its look."""
_Known = dict[object, _Written]
"""By the sorts of values how a cell of a column is written."""


@dataclass(slots=True)
class Pen:
    """Writes the worksheets of one workbook; each look is made once."""

    book: Any
    document: Document
    formed: dt.datetime | None
    _looks: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    _cells: dict[tuple[Place, bool, Kind], _Known] = field(default_factory=dict)
    _frame: Any = None
    _heads: dict[object, _Written] = field(default_factory=dict)

    def look(self, **properties: Any) -> Any:
        """Return the look with such properties, made once."""
        asked = tuple(properties.items())
        if asked not in self._looks:
            whole = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"} | properties
            key = tuple(sorted(whole.items()))
            if key not in self._looks:
                self._looks[key] = self.book.add_format(whole)
            self._looks[asked] = self._looks[key]
        return self._looks[asked]

    def write(self, sheet: Any, row: int, column: int, words: str | None, **properties: Any) -> None:
        """Write a text outside of tables."""
        method, own = written(words)
        getattr(sheet, method)(row, column, words, self.look(**own | properties))

    def sheet(self, table: Table, signatures: tuple[Signature, ...]) -> None:
        """Write a table on a worksheet of its own."""
        sheet = self.book.add_worksheet(table.name)
        top = self.head(sheet, table)
        body = self.header(sheet, top, table)
        end = self.sign(sheet, self.body(sheet, body, table), table.frozen, signatures)
        self.paper(sheet, table, top, body, end)

    def body(self, sheet: Any, top: int, table: Table, *, lean: bool = False) -> int:
        """Write the rows of a table; return the row under them. A lean one frames its empty cells all at once."""
        methods = {name: getattr(sheet, name) for name in METHODS}
        marks = frozenset(place for place, column in enumerate(table.columns) if column.kind is Kind.MARK)
        filled = table.frozen + len(marks) if marks else len(table.columns)  # of the rows under the lines
        looks: dict[tuple[Place, bool], list[_Known]] = {}
        end = top + len(table.rows)
        for at, row in enumerate(table.rows, top):
            line = row.place is Place.LINE
            valued = marks if line else ()
            empty = valued if lean else range(len(table.columns) if line else filled)
            sort_of_row = row.place, row.opens
            if sort_of_row not in looks:
                looks[sort_of_row] = [self._known(row, column) for column in table.columns]
            own = looks[sort_of_row]
            for place, value in enumerate(row.cells):
                if value is None and place not in empty:
                    continue
                sort = (sort_of(value), value) if place in valued else sort_of(value)
                known = own[place]
                if sort not in known:
                    method, look = written(value)
                    known[sort] = method, self.look(**look | cell_look(row, table.columns[place], value))
                method, look = known[sort]
                methods[method](at, place, float(value) if isinstance(value, Decimal) else value, look)
        if lean and table.rows:
            # true of every cell: the others have this frame anyway, and «blanks» takes the library 0.2 ms to say
            frame = {"type": "formula", "criteria": "1", "format": self.frame}
            sheet.conditional_format(top, 0, end - 1, len(table.columns) - 1, frame)
        return end

    def _known(self, row: Row, column: Column) -> _Known:
        """Return how the cells of a column met so far are written in such a row."""
        return self._cells.setdefault((row.place, row.opens, column.kind), {})

    @property
    def frame(self) -> Any:
        """Return the look of an empty cell inside a table, made once."""
        if self._frame is None:
            self._frame = self.book.add_format({"border": 1, "border_color": LINE})
        return self._frame

    def sign(self, sheet: Any, end: int, frozen: int, signatures: tuple[Signature, ...]) -> int:
        """Write the lines to sign under what ends above ``end``; return the last row."""
        for signature in signatures:
            end += 2
            self.write(sheet, end, frozen - 1, signature.post)
            self.write(sheet, end + 1, frozen - 1, "_" * 24)
            self.write(sheet, end + 1, frozen, signature.name or None)
            end += 1
        return end

    def head(self, sheet: Any, table: Table) -> int:
        """Write the lines above the table; return the row its header begins in."""
        document = self.document
        lines = [*document.about, formed_words(self.formed).capitalize()]
        if document.lacks and table.name != LACKS:
            lines.append(f"Данные неполны: см. лист «{LACKS}»")
        self.write(sheet, 0, 0, document.school or None, font_color=QUIET)
        title = document.title if table is document.tables[0] else f"{document.title}: {table.name.lower()}"
        self.write(sheet, 1, 0, title, bold=True, font_size=14)
        for place, line in enumerate(lines, 2):
            self.write(sheet, place, 0, line)
        return len(lines) + 3

    def header(self, sheet: Any, top: int, table: Table) -> int:
        """Write the header of one row, or of two where columns stand in groups; return the row of the first line."""
        columns = table.columns
        grouped = any(column.group for column in columns)
        names = top + grouped
        for place, column in enumerate(columns):
            if grouped:
                first = place == 0 or columns[place - 1].group != column.group
                words = column.group if first and column.group else None
                method, look = self._over(words, column, group_look)
                getattr(sheet, method)(top, place, words, look)
            method, look = self._over(column.title, column, title_look)
            getattr(sheet, method)(names, place, column.title, look)
        sheet.set_row(names, _TURNED_HEIGHT if any(column.turned for column in columns) else _TEXT_HEIGHT)
        return names + 1

    def _over(self, words: str | None, column: Column, looks: Callable[[Column], dict[str, Any]]) -> _Written:
        """Return how words over a column are written, worked out once for all columns that look the same."""
        sort = looks, sort_of(words), column.kind, column.turned, column.group != ""
        if sort not in self._heads:
            method, own = written(words)
            self._heads[sort] = method, self.look(**own | looks(column))
        return self._heads[sort]

    def paper(self, sheet: Any, table: Table, top: int, body: int, end: int) -> None:
        """Set the widths, what stays in sight and how it is printed."""
        sheet.set_default_row(_ROW_HEIGHT)
        set_widths(sheet, [column.width for column in table.columns])
        width = sum(column.width for column in table.columns)
        last = len(table.columns) - 1 + math.ceil(max(0, _PAPER_WIDTH - width) / _SPARE_WIDTH)  # room for the title
        sheet.freeze_panes(body, table.frozen)
        sheet.set_paper(_A4)
        if self.document.landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        sheet.repeat_rows(top, body - 1)
        sheet.print_area(0, 0, end, last)
        sheet.fit_to_pages(1, 0)
        # without the space «&91 четверть» would be a size of 91
        about = ", ".join(self.document.about).replace("&", "&&")
        sheet.set_footer(f"&L&9 {about}&R&9Страница &P из &N")
