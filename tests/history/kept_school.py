"""A little school whose saves are observed day by day, and the ways teachers change a workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.history import History, observe
from sgo_sheets.history.changes import Change
from sgo_sheets.history.entries import Entry
from sgo_sheets.workbooks.reader import read_all, school_year
from tests.pipeline.little_school import LittleSchool, little_school

ZONE = dt.timezone(dt.timedelta(hours=3))
MATHS = "Журналы/5А/Математика.xlsx"
HOMEROOM = "Журналы/5А/Классный руководитель.xlsx"


def moment(day: int, hour: int = 12, month: int = 11) -> dt.datetime:
    """Return a moment of the autumn of 2026 by the school's clock."""
    return dt.datetime(2026, month, day, hour, tzinfo=ZONE)


@dataclass(frozen=True)
class KeptSchool:
    """A little school and its history."""

    school: LittleSchool

    @property
    def folder(self) -> Path:
        return self.school.root / ".sgo/history"

    def open(self) -> History:
        return History(self.folder)

    def observe(self, at: dt.datetime) -> tuple[str, ...]:
        """Let the history see the workbooks as they lie there; return the paths with a new version."""
        books = read_all(self.school.root / "workbooks")
        year = school_year({book.path: book for book in books})
        with self.open() as history:
            return observe(history, books, self.school.root / "workbooks", at, year=year)

    def entries(self) -> list[Entry]:
        with self.open() as history:
            return list(history.log.entries())

    def changes(self) -> list[Change]:
        """Return the changes of the last entry."""
        return list(self.entries()[-1].known())

    def type(self, path: str, sheet: str, row: int, header: str, value: Any) -> None:
        """Type a value into a row (counted from the one under the header) of a column."""
        with self.school.opened(path) as book:
            place = header_row(book[sheet])
            book[sheet].cell(place + row, column_of(book[sheet], header)).value = value


def kept_school(root: Path) -> KeptSchool:
    """Return a little school that was seen on 1 November and changed since by nobody."""
    kept = KeptSchool(little_school(root))
    kept.observe(moment(1))
    return kept


def header_row(sheet: Worksheet) -> int:
    return next(
        row for row in range(1, 8) if {"Дата", "№ личного дела"} & {str(cell.value) for cell in sheet[row]}
        and (sheet.title != "Отметки" or "№ личного дела" in {str(cell.value) for cell in sheet[row]})
    )  # fmt: skip


def column_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for cell in sheet[header_row(sheet)] if cell.value == header)
