"""The service sheet «Списки»: the sources of drop-down lists, which cannot reach into another workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from sgo_sheets.records.catalog import LISTS_SHEET
from sgo_sheets.workbooks.forms import cells
from sgo_sheets.workbooks.forms.looks import DATE, Look, Painter

Word = str | int | dt.date


def write_lists(book: Workbook, painter: Painter, lists: Mapping[str, Sequence[Word]]) -> None:
    """Add the sheet «Списки»: a named column per list. Formulas of the forms refer to the names only."""
    if not lists:
        return
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    for number, (title, words) in enumerate(lists.items(), start=1):
        letters = get_column_letter(number)
        sheet.column_dimensions[letters].width = 26
        cells.write(sheet.cell(1, number), title)
        painter.paint(sheet.cell(1, number), Look(bold=True, locked=True))
        for row, word in enumerate(words, start=2):
            cell = sheet.cell(row, number)
            cells.write(cell, word)
            painter.paint(cell, Look(format=DATE) if isinstance(word, dt.date) else Look())
        define(book, cells.list_name(title), f"'{LISTS_SHEET}'!${letters}$2:${letters}${max(len(words), 1) + 1}")


def define(book: Workbook, name: str, area: str) -> None:
    """Give an area of the workbook a name."""
    book.defined_names[name] = DefinedName(name, attr_text=area)
