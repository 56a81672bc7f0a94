"""A form filled once for each pupil: its sheet copied with the whole of its look, every copy filled.

The library's own ``copy_worksheet`` leaves behind headers and footers, rules of format and of input, frozen panes, the
area and the titles of print; a deep copy within the same workbook keeps whatever the library has read.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import quote_sheetname

from sgo_sheets.workbooks.form_filling import fill_sheet, opened
from sgo_sheets.workbooks.form_rows import renamed
from sgo_sheets.workbooks.forms.pack import packed
from sgo_sheets.workbooks.print_form import Filling, PrintForm

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def fill_copies(form: PrintForm, fillings: Sequence[tuple[str, Filling]], saved: dt.datetime) -> bytes:
    """Return the bytes of a workbook with a filled copy of the form's sheet for each filling, in their order.

    Sheets without placeholders stay as they are. A name of a copy is one Excel takes, unlike the others.
    """
    book: Any = opened(form.data)
    if book is None:
        raise ValueError(form.path)
    source = book[form.sheets[0]]
    place = book.index(source)
    copies = [_copied(book, source, number) for number in range(len(fillings))]
    book.remove(source)
    plans = {sheet.title: fill_sheet(sheet, (), Filling({}, ())) for sheet in book.worksheets}
    for name in [
        name for name, of in book.defined_names.items() if _renamed(of.attr_text, source.title, "") != of.attr_text
    ]:
        del book.defined_names[name]  # one name cannot mean all the copies
    for number, (sheet, (name, filling)) in enumerate(zip(copies, fillings, strict=True)):
        old, sheet.title = sheet.title, name
        book._sheets.insert(place + number, sheet)  # noqa: SLF001 - the library adds only empty sheets
        _own_names(sheet, old)
        plans[sheet.title] = fill_sheet(sheet, form.spots, filling)
    book.active = place
    renamed(book, plans)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return packed(book, saved)


def _copied(book: Workbook, source: Worksheet, number: int) -> Worksheet:
    """Return a copy of a sheet; the looks of its cells belong to the workbook and are shared."""
    sheet = deepcopy(source, {id(book): book})
    sheet.sheet_view.tabSelected = number == 0  # sheets selected together are edited together
    sheet.tables.clear()  # their list copies itself as names of ranges
    for table in map(deepcopy, source.tables.values()):
        table.name = table.displayName = f"{table.displayName}{f'_{number + 1}' if number else ''}"
        sheet.tables.add(table)
    return sheet


def _own_names(sheet: Worksheet, old: str) -> None:
    """Make what names the sheet by its old name mean the copy: formulas, its own names, the area of print."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = "=" + _renamed(cell.value[1:], old, "")
    for name in sheet.defined_names.values():
        name.attr_text = _renamed(name.attr_text, old, f"{quote_sheetname(sheet.title)}!")
    if sheet.print_area:
        sheet.print_area = ",".join(part.rpartition("!")[2] for part in str(sheet.print_area).split(","))


def _renamed(text: str, sheet: str, prefix: str) -> str:
    """Return a formula, without its sign, with other words before the cells of a sheet it names."""
    names = (f"{sheet}!", f"{quote_sheetname(sheet)}!")
    parts = []
    for token in Tokenizer(f"={text}").items:
        name = next((name for name in names if token.subtype == Token.RANGE and token.value.startswith(name)), "")
        parts.append(prefix * bool(name) + token.value.removeprefix(name))
    return "".join(parts)
