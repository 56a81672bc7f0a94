"""Writing workbooks: from the declarations of records/ and what is to stand in them, a finished form of any kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BY_KIND, MARKS_SHEET, BookContent, BookKind, BookType, GridContent, Rows
from sgo_sheets.records.timetable_book import TimetableRow
from sgo_sheets.workbooks.forms import cells, pack
from sgo_sheets.workbooks.forms.journal import define_period, journal_lists, write_journal
from sgo_sheets.workbooks.forms.lists import define, write_lists
from sgo_sheets.workbooks.forms.looks import Painter
from sgo_sheets.workbooks.forms.poster import write_poster
from sgo_sheets.workbooks.forms.properties import write_properties
from sgo_sheets.workbooks.forms.tables import LAST_CHECKED_ROW, heads_of, write_table

SAVED = dt.datetime(2026, 9, 1)  # noqa: DTZ001 - the properties of a workbook hold UTC without saying so
_OPENED = {BookKind.JOURNAL: MARKS_SHEET, BookKind.LESSON_PLAN: "План", BookKind.CLASS_TEACHER: "Причины пропусков"}


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
    records = _sheets(kind, content)
    book = Workbook()
    book.remove(book.worksheets[0])
    painter = Painter()
    for title in records:
        book.create_sheet(title)
        if kind.grid and len(book.worksheets) == 1:
            book.create_sheet(MARKS_SHEET)
    lists = journal_lists(content) if kind.grid else dict(content.lists)
    names = {cells.list_name(title) for title in lists} | _own_lists(book, records, set(lists))
    journal_sheets = {"Уроки", "Итоги"} if kind.grid else set()
    for title, record in records.items():
        if title not in journal_sheets:
            _write_sheet(book, painter, title, record, content.sheets.get(title), names)
    if kind.grid:
        define_period(book)
        write_journal(book, painter, content, names, saved)
    write_lists(book, painter, lists)
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
        dated = [
            t for t in content.sheets if kind.repeated and record.sheet == kind.repeated and t.startswith(record.sheet)
        ]
        found.update(dict.fromkeys(dated or [record.sheet], record))
    known = {*found, MARKS_SHEET} if kind.grid else set(found)
    if unknown := set(content.sheets) - known:
        raise ValueError(f"В книге «{kind.kind}» нет листов {sorted(unknown)}")
    return found


def _own_lists(book: Workbook, records: Mapping[str, type[Record]], taken: set[str]) -> set[str]:
    """Name the first column of sheets that are sources themselves (Сотрудники, Предметы of Школа.xlsx)."""
    wanted = {column.source for record in records.values() for column in record.columns() if column.source}
    own = {title for title in records if title in wanted and title not in taken}
    for title in own:
        number = [column.key for column in records[title].columns()].index(True) + 1
        letters = get_column_letter(number)
        define(book, cells.list_name(title), f"'{title}'!${letters}$2:${letters}${LAST_CHECKED_ROW}")
    return {cells.list_name(title) for title in own}


def _write_sheet(
    book: Workbook,
    painter: Painter,
    title: str,
    record: type[Record],
    held: Rows | GridContent | Mapping[str, object] | None,
    names: set[str],
) -> None:
    sheet = book[title]
    if record.shape is Shape.PROPERTIES:
        if held is not None and not isinstance(held, Mapping):
            raise TypeError(f"Лист «{title}» держит показатели, а не строки.")
        write_properties(sheet, painter, record, held or {}, names)  # type: ignore[arg-type]  # Mapping of Raw
        return
    rows = Rows() if held is None else held
    if not isinstance(rows, Rows):
        raise TypeError(f"Лист «{title}» держит строки.")
    write_table(sheet, painter, record, rows, names, heads_of(record, rows))
    if record is TimetableRow:
        write_poster(sheet, painter, rows)
