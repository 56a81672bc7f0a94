"""Writing workbooks: from the declarations of records/ and what is to stand in them, a finished form of any kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BY_KIND, MARKS_SHEET, BookContent, BookKind, BookType, Rows
from sgo_sheets.records.journal_books import ClassPeriodMarks
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.records.report_tables import column_lists
from sgo_sheets.records.timetable_book import TimetableRow
from sgo_sheets.workbooks.forms import journal, pack
from sgo_sheets.workbooks.forms.form import Form
from sgo_sheets.workbooks.forms.lists import Word, define, list_name, write_lists
from sgo_sheets.workbooks.forms.poster import day_lines, print_poster
from sgo_sheets.workbooks.forms.properties import write_properties
from sgo_sheets.workbooks.forms.tables import LAST_CHECKED_ROW, Layout, heads_of, write_table

SAVED = dt.datetime(2026, 9, 1)  # noqa: DTZ001 - the properties of a workbook hold UTC without saying so
_OPENED = {BookKind.JOURNAL: MARKS_SHEET, BookKind.LESSON_PLAN: "План", BookKind.CLASS_TEACHER: "Причины пропусков"}
_TITLE_PARTS = ("Класс", "Предмет", "Группа", "Параллель", "Краткое наименование", "Учебный год")


def write_book(path: Path, content: BookContent, *, replace: bool = False, saved: dt.datetime = SAVED) -> None:
    """Write a finished workbook: every sheet of its kind, blank ones too; a whole file or none.

    ``saved`` (UTC) stands in the file as the moment of its making; periods that ended before it are folded in
    «Отметки». The same arguments give the same bytes. Raises FileExistsError when the file is there and ``replace``
    is not given, ValueError when the content names a sheet, column or property the contract does not know.
    """
    if not replace and path.exists():
        raise FileExistsError(f"Файл {path} уже есть; готовая книга не перезаписывается.")
    pack.put(path, book_bytes(content, saved=saved), replace=replace)


def book_bytes(content: BookContent, *, saved: dt.datetime = SAVED) -> bytes:
    """Return the bytes of the workbook ``write_book`` writes."""
    kind = BY_KIND[content.kind]
    sheets = _sheets(kind, content)
    book = Workbook()
    book.remove(book.worksheets[0])
    for title in sheets:
        book.create_sheet(title)
        if kind.grid and len(book.worksheets) == 1:
            book.create_sheet(MARKS_SHEET)
    lists: dict[str, tuple[Word, ...]] = dict(content.lists)
    if kind.grid:
        lists = journal.journal_lists(content)
    elif ClassPeriodMarks in kind.sheets:
        lists[journal.FINALS] = journal.FINAL_WORDS
    elif content.kind is BookKind.CONSTRUCTOR:
        lists |= column_lists()
    names = {list_name(title) for title in lists} | _own_lists(book, sheets, set(lists))
    form = Form(book, frozenset(names), _title(content), saved.date())
    for title, record in sheets.items():
        if not (kind.grid and title in journal.SHEETS):
            _write_sheet(form, title, record, content)
    if kind.grid:
        journal.define_period(book)
        journal.write_journal(form, content)
    write_lists(form, lists)
    opened = _OPENED.get(content.kind)
    book.active = book.sheetnames.index(opened) if opened else 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.active
    return pack.packed(book, saved)


def _sheets(kind: BookType, content: BookContent) -> dict[str, type[Record]]:
    """Return the sheets in order with their declarations; «Расписание с …» stand in the place of «Расписание».

    Raises ValueError for a sheet the kind does not have.
    """
    found: dict[str, type[Record]] = {}
    for record in kind.sheets:
        dated = [t for t in content.sheets if record.sheet == kind.repeated and t.startswith(record.sheet)]
        found.update(dict.fromkeys(dated or [record.sheet], record))
    known = {*found, MARKS_SHEET} if kind.grid else set(found)
    if unknown := set(content.sheets) - known:
        raise ValueError(f"В книге «{kind.kind}» нет листов {sorted(unknown)}")
    return found


def _title(content: BookContent) -> str:
    """Return the head of a printed page: «5А · Алгебра · 2026/2027»."""
    words: Iterable[Raw] = ()
    for held in content.sheets.values():
        if isinstance(held, Mapping):
            words = (held.get(name) for name in _TITLE_PARTS)
            break
    return " · ".join(str(word) for word in words if word)


def _own_lists(book: Workbook, sheets: Mapping[str, type[Record]], taken: set[str]) -> set[str]:
    """Name the key column of sheets that are sources themselves (Сотрудники of Школа.xlsx); return the names."""
    wanted = {column.source for record in sheets.values() for column in record.columns() if column.source}
    own = {title for title in sheets if title in wanted and title not in taken}
    for title in sorted(own):
        letters = get_column_letter([column.key for column in sheets[title].columns()].index(True) + 1)
        define(book, list_name(title), f"'{title}'!${letters}$2:${letters}${LAST_CHECKED_ROW}")
    return {list_name(title) for title in own}


def _write_sheet(form: Form, title: str, record: type[Record], content: BookContent) -> None:
    sheet = form.book[title]
    held = content.sheets.get(title)
    if record.shape is Shape.PROPERTIES:
        if held is not None and not isinstance(held, Mapping):
            raise TypeError(f"Лист «{title}» держит показатели, а не строки.")
        write_properties(form, sheet, record, cast("Mapping[str, Raw]", held or {}))
        return
    rows = Rows() if held is None else held
    if not isinstance(rows, Rows):
        raise TypeError(f"Лист «{title}» держит строки.")
    if record is TimetableRow:
        layout = Layout(heads_of(record, rows), lines=day_lines(rows), block="День")
    else:
        layout = Layout(heads_of(record, rows))
    write_table(form, sheet, record, rows, layout)
    if record is TimetableRow:
        print_poster(sheet, rows, [head.column.width for head in layout.heads])
    if record is ClassPeriodMarks:
        journal.finals_rules(sheet, layout)
