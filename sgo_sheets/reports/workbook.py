"""A report as .xlsx: one value per cell, real numbers, a frozen header, ready for paper; same data, same bytes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from sgo_sheets.reports.document import (
    NOT_STUDIED,
    Column,
    Document,
    Kind,
    Lack,
    Place,
    Row,
    Signature,
    Table,
    Value,
)
from sgo_sheets.russian import day

FONT, INK, QUIET, LINE, SHADE, RED, OWED = "Calibri", "#1F2328", "#5A5F66", "#BFB8A8", "#F3EFE6", "#9D1C1C", "#FDF3DC"
NO_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's properties know no zone; a report of nobody's time
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_A4 = 9
LACKS = "Чего не хватает"
_TURNED_HEIGHT, _TEXT_HEIGHT, _ROW_HEIGHT = 118, 30, 18
_PAPER_WIDTH, _SPARE_WIDTH = 110, 8.43
LACK_COLUMNS = (
    Column("Чего не хватает", Kind.NAME, 60),
    Column("Кто заполняет", Kind.TEXT, 24),
    Column("Книга", Kind.TEXT, 46),
    Column("Лист", Kind.TEXT, 18),
    Column("Клетка", Kind.TEXT, 10),
)


def workbook_of(document: Document, formed: dt.datetime | None) -> bytes:
    """Return the bytes of the report's workbook: a worksheet per table and one of what is missing.

    ``formed`` is ``document.formed`` by the school's clock. Text is always written as text: «=1+1» stays what it is.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy, and an idle build writes no workbook

    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(data, options)
    created = formed.replace(tzinfo=None) if formed else NO_TIME
    book.set_properties({"title": document.title, "company": document.school, "created": created})
    pen = _Pen(book, document, formed)
    for place, table in enumerate(document.tables):
        pen.sheet(table, document.signatures if place == 0 else ())
    if document.lacks:
        rows = tuple(Row(lack_cells(lack)) for lack in document.lacks)
        pen.sheet(Table(LACKS, LACK_COLUMNS, rows), ())
    book.close()
    return data.getvalue()


def _marks(table: Table) -> int:
    """Return how many columns of marks a table has: the rows under it are filled below them, below all if none is."""
    return sum(column.kind is Kind.MARK for column in table.columns)


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


@dataclass(slots=True)
class _Pen:
    """Writes the worksheets of one workbook; each look is made once."""

    book: Any
    document: Document
    formed: dt.datetime | None
    _looks: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def look(self, **properties: Any) -> Any:
        whole = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"} | properties
        key = tuple(sorted(whole.items()))
        if key not in self._looks:
            self._looks[key] = self.book.add_format(whole)
        return self._looks[key]

    def write(self, sheet: Any, row: int, column: int, value: Value, **properties: Any) -> None:
        """Write one value as what it is: a number as a number, a text as a text."""
        if value is None:
            sheet.write_blank(row, column, None, self.look(**properties))
        elif isinstance(value, Decimal):
            digits = max(0, -int(value.as_tuple().exponent))
            shape = "0." + "0" * digits if digits else "0"
            sheet.write_number(row, column, float(value), self.look(num_format=shape, **properties))
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.look(num_format="0", **properties))
        else:
            if value.startswith(_FORMULA_SIGNS):
                properties["quote_prefix"] = True  # Excel keeps it a text when the cell is edited
            sheet.write_string(row, column, value, self.look(**properties))

    def sheet(self, table: Table, signatures: tuple[Signature, ...]) -> None:
        """Write a table on a worksheet of its own."""
        sheet = self.book.add_worksheet(table.name)
        top = self.head(sheet, table)
        body = self.header(sheet, top, table)
        marks = _marks(table)
        filled = table.frozen + marks if marks else len(table.columns)
        for place, row in enumerate(table.rows):
            for column, value in enumerate(row.cells):
                if value is not None or row.place is Place.LINE or column < filled:
                    self.write(sheet, body + place, column, value, **_cell_look(row, table.columns[column], value))
        end = body + len(table.rows)
        for signature in signatures:
            end += 2
            self.write(sheet, end, table.frozen - 1, signature.post)
            self.write(sheet, end + 1, table.frozen - 1, "_" * 24)
            self.write(sheet, end + 1, table.frozen, signature.name or None)
            end += 1
        self.paper(sheet, table, top, body, end)

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
        grouped = any(column.group for column in table.columns)
        names = top + grouped
        for place, column in enumerate(table.columns):
            look: dict[str, Any] = {
                "bold": True,
                "bg_color": SHADE,
                "border": 1,
                "border_color": LINE,
                "text_wrap": True,
            }
            if grouped:
                first = place == 0 or table.columns[place - 1].group != column.group
                title = column.group if first and column.group else None
                self.write(sheet, top, place, title, **look | {"center_across": bool(column.group), "text_wrap": False})
            turned = {"rotation": 90, "align": "center", "valign": "bottom"} if column.turned else {}
            align = {} if column.turned or column.kind in (Kind.NAME, Kind.TEXT) else {"align": "center"}
            self.write(sheet, names, place, column.title, **look | align | turned)
        turned_any = any(column.turned for column in table.columns)
        sheet.set_row(names, _TURNED_HEIGHT if turned_any else _TEXT_HEIGHT)
        return names + 1

    def paper(self, sheet: Any, table: Table, top: int, body: int, end: int) -> None:
        """Set the widths, what stays in sight and how it is printed."""
        sheet.set_default_row(_ROW_HEIGHT)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
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
        about = ", ".join(self.document.about).replace("&", "&&")
        sheet.set_footer(f"&L&9{about}&R&9Страница &P из &N")


def _cell_look(row: Row, column: Column, value: Value) -> Mapping[str, Any]:
    return dict(_looks(row, column, value))


def _looks(row: Row, column: Column, value: Value) -> Iterator[tuple[str, Any]]:
    yield from (("border", 1), ("border_color", LINE))
    if row.opens:
        yield from (("top", 2), ("top_color", QUIET))
    if column.kind is Kind.TEXT and row.place is Place.LINE:
        yield "text_wrap", True
    if column.kind in (Kind.MARK, Kind.NUMBER) and row.place is not Place.HEADING:
        yield "align", "center"
    if row.place is not Place.LINE:
        yield "bg_color", SHADE
        yield "bold", row.place is Place.HEADING or column.kind is Kind.NAME
    elif column.kind is Kind.MARK:
        if value is None:
            yield "bg_color", OWED
        elif value == NOT_STUDIED:
            yield "font_color", QUIET
        elif value in (2, 1) or (isinstance(value, str) and value.startswith(("н/а", "нзч"))):
            yield from (("font_color", RED), ("bold", True))
