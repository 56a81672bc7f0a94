"""The reports of the pupils of a class as one .xlsx: a sheet per pupil, one value per cell; same data, same bytes."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any

from sgo_sheets.reports.document import Document
from sgo_sheets.reports.workbook import Pen, new_workbook, set_widths
from sgo_sheets.russian import day

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_A4, _LINE_HEIGHT = 9, 15


def formed_day_words(on: dt.date | None) -> str:
    """Return «по данным на 23.11.2026»: the day alone, so that a save changes only pages whose figures it changes."""
    return f"по данным на {day(on)}" if on else "по данным книг школы"


def pupils_workbook(documents: Sequence[tuple[str, Document]], on: dt.date | None) -> bytes:
    """Return the workbook of one report of several pupils; ``documents`` are (pupil, report), at least one.

    ``on`` is the day of the newest data by the school's clock, None for a closed span.
    """
    data = BytesIO()
    book = new_workbook(data, documents[0][1], dt.datetime.combine(on, dt.time()) if on else None)
    names: set[str] = set()
    pen = Pen(book, documents[0][1], None)
    for name, document in documents:
        sheet = book.add_worksheet(sheet_name(name, names))
        pen.document = document
        _write(sheet, pen, formed_day_words(on).capitalize())
    book.close()
    return data.getvalue()


def _write(sheet: Any, pen: Pen, formed: str) -> None:
    """Write the tables of a report one under another, what it lacks, its notes and the lines to sign."""
    document = pen.document
    pen.write(sheet, 0, 0, document.school or None)
    pen.write(sheet, 1, 0, document.title, bold=True, font_size=14)
    for row, line in enumerate((*document.about, formed), 2):
        pen.write(sheet, row, 0, line)
    first = end = len(document.about) + 4
    for table in document.tables:
        body = pen.header(sheet, end, table)
        first = first if table is not document.tables[0] else body
        end = pen.body(sheet, body, table, lean=True) + 1
    lacks = (f"Данные неполны: {lack.what}" + (f" ({lack.name})" if lack.name else "") for lack in document.lacks)
    for line in (*lacks, *document.notes):
        _paragraph(sheet, pen, end, line)
        end += 1
    end = pen.sign(sheet, end, document.tables[0].frozen, document.signatures)
    _paper(sheet, document, first, end)


def _paragraph(sheet: Any, pen: Pen, row: int, text: str) -> None:
    """Write a text over the whole width of the first table, in as many lines as it takes."""
    columns = pen.document.tables[0].columns
    width = sum(column.width for column in columns)
    sheet.merge_range(row, 0, row, len(columns) - 1, text, pen.look(text_wrap=True, valign="top"))
    sheet.set_row(row, _LINE_HEIGHT * math.ceil(1.1 * len(text) / width))


def _paper(sheet: Any, document: Document, first: int, end: int) -> None:
    widths = zip_longest(*([column.width for column in table.columns] for table in document.tables), fillvalue=0)
    set_widths(sheet, map(max, widths))
    sheet.freeze_panes(first, document.tables[0].frozen)
    sheet.set_paper(_A4)
    if document.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    sheet.print_area(0, 0, end, max(*(len(table.columns) for table in document.tables), 10) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&9Страница &P из &N")


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name Excel takes, unlike all the others."""
    plain = _NOT_IN_NAMES.sub(" ", name).strip()[:_LONGEST_NAME] or "Ученик"
    found, number = plain, 2
    while found.casefold() in taken:
        tail = f" ({number})"
        found, number = plain[: _LONGEST_NAME - len(tail)] + tail, number + 1
    taken.add(found.casefold())
    return found
