"""The service sheet «Списки»: the sources of drop-down lists, which cannot reach into another workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from sgo_sheets.records.catalog import LISTS_SHEET
from sgo_sheets.workbooks.forms.form import Form
from sgo_sheets.workbooks.forms.looks import DATE, Look

Word = str | int | dt.date


def write_lists(form: Form, lists: Mapping[str, Sequence[Word]]) -> None:
    """Add the sheet «Списки»: a named column per list. Formulas of the forms refer to the names only."""
    if not lists:
        return
    sheet = form.book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    for number, (title, words) in enumerate(lists.items(), start=1):
        letters = get_column_letter(number)
        sheet.column_dimensions[letters].width = 26
        form.fill(sheet, (1, number), title, Look(bold=True, locked=True))
        for row, word in enumerate(words, start=2):
            form.fill(sheet, (row, number), word, Look(format=DATE) if isinstance(word, dt.date) else Look())
        define(form.book, list_name(title), f"'{LISTS_SHEET}'!${letters}$2:${letters}${max(len(words), 1) + 1}")


def list_name(source: str) -> str:
    """Return the defined name of a list: «Виды работ» → «Виды_работ»."""
    return source.replace(" ", "_")


def define(book: Workbook, name: str, formula: str) -> None:
    """Give an area or a formula of the workbook a name."""
    book.defined_names[name] = DefinedName(name, attr_text=formula)
