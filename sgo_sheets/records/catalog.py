"""Which workbooks there are, where each lies, whose it is, and which sheets it holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar, cast

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records import journal_books as jb
from sgo_sheets.records import people_books as people
from sgo_sheets.records import plan_book as plan
from sgo_sheets.records import regulation_book as reg
from sgo_sheets.records import school_book as school
from sgo_sheets.records import timetable_book as timetable
from sgo_sheets.records.base import Record
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.records.tokens import Tokens

R = TypeVar("R", bound=Record)
LISTS_SHEET = "Списки"
MARKS_SHEET = "Отметки"


class BookKind(StrEnum):
    """The kinds of workbooks of the contract."""

    SCHOOL = "school"
    REGULATION = "regulation"
    PLAN = "plan"
    TIMETABLE = "timetable"
    MOVEMENT = "movement"
    ACCOUNTS = "accounts"
    CONSTRUCTOR = "constructor"
    ROLL = "roll"
    LESSON_PLAN = "lesson_plan"
    JOURNAL = "journal"
    CLASS_TEACHER = "class_teacher"
    UNKNOWN = "unknown"  # a workbook the contract does not know: reported, never read


@dataclass(frozen=True, slots=True)
class BookType:
    """A kind of workbook: the pattern of its path, its owner, its sheets; ``grid`` – it holds «Отметки»."""

    kind: BookKind
    pattern: str
    owner: Role
    sheets: tuple[type[Record], ...]
    grid: bool = False
    repeated: str = ""  # sheets whose name only begins so: «Расписание с 12.01.2027»

    def matches(self, path: str) -> bool:
        """Return whether a path relative to the workbooks folder (with slashes) names such a workbook."""
        return re.fullmatch(self.pattern, path) is not None


_EXT = r"\.(xlsx|xlsm|ods)"
BOOKS: tuple[BookType, ...] = (
    BookType(
        BookKind.SCHOOL,
        f"Школа{_EXT}",
        Role.ADMIN,
        (
            school.Organisation,
            school.Period,
            school.Holiday,
            school.CalendarDay,
            school.Bell,
            school.Employee,
            school.StaffAbsence,
            school.SchoolClass,
            school.Subject,
            school.Responsible,
        ),
    ),
    BookType(
        BookKind.REGULATION, f"Регламент{_EXT}", Role.DEPUTY, (reg.Term, reg.Setting, reg.WorkKind, reg.Exemption)
    ),
    BookType(
        BookKind.PLAN, f"Учебный план{_EXT}", Role.DEPUTY, (plan.PlanRow, plan.Load, plan.Stream, plan.GroupMember)
    ),
    BookType(
        BookKind.TIMETABLE,
        f"Расписание{_EXT}",
        Role.DEPUTY,
        (timetable.TimetableRow, timetable.Substitution),
        repeated="Расписание",
    ),
    BookType(BookKind.MOVEMENT, f"Книга движения{_EXT}", Role.ADMIN, (people.Order,)),
    BookType(BookKind.ACCOUNTS, f"Учётные записи{_EXT}", Role.ADMIN, (people.Account,)),
    BookType(BookKind.CONSTRUCTOR, f"Конструктор отчётов{_EXT}", Role.ADMIN, (reg.CustomReport,)),
    BookType(BookKind.ROLL, f"Контингент/[^/]+{_EXT}", Role.CLASS_TEACHER, (people.PupilCard,)),
    BookType(BookKind.LESSON_PLAN, f"КТП/[^/]+{_EXT}", Role.TEACHER, (jb.PlanTitle, jb.PlanLesson)),
    BookType(
        BookKind.CLASS_TEACHER,
        f"Журналы/[^/]+/Классный руководитель{_EXT}",
        Role.CLASS_TEACHER,
        (
            jb.ClassTeacherTitle,
            jb.AbsenceReason,
            jb.ClassPeriodMarks,
            jb.CouncilDecision,
            jb.Release,
            jb.AccountHanded,
            jb.Announcement,
        ),
    ),
    BookType(
        BookKind.JOURNAL,
        f"Журналы/[^/]+/[^/]+{_EXT}",
        Role.TEACHER,
        (jb.JournalTitle, jb.Lesson, jb.PeriodMarks),
        grid=True,
    ),
)
BY_KIND: Mapping[BookKind, BookType] = {book.kind: book for book in BOOKS}


def book_type(path: str) -> BookType | None:
    """Return the kind of workbook a relative path names, or None for one the contract does not know."""
    return next((book for book in BOOKS if book.matches(path)), None)


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of «Отметки»: the lesson's date and number, the kind of work as typed, the letters of the column."""

    date: dt.date
    number: int | None
    kind: str
    letters: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of «Отметки»: the pupil and the cells that hold something, by the column's place in ``Grid.columns``."""

    pupil: str
    name: str
    row: int
    cells: Mapping[int, Tokens]


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet «Отметки» as read. ``header_row`` is the row of the dates; ``table_row`` that of «Обучающийся»."""

    workbook: str
    columns: tuple[GridColumn, ...] = ()
    rows: tuple[GridRow, ...] = ()
    date_row: int = 1
    kind_row: int = 3
    id_letters: str = "B"
    name_letters: str = "C"

    def at(self, row: GridRow, column: int) -> CellRef:
        """Return the cell of a pupil's row in a column of lessons."""
        return CellRef(self.workbook, MARKS_SHEET, f"{self.columns[column].letters}{row.row}")

    def at_date(self, column: int) -> CellRef:
        """Return the cell that holds the date of a column."""
        return CellRef(self.workbook, MARKS_SHEET, f"{self.columns[column].letters}{self.date_row}")

    def at_pupil(self, row: GridRow) -> CellRef:
        """Return the cell of a pupil's № личного дела."""
        return CellRef(self.workbook, MARKS_SHEET, f"{self.id_letters}{row.row}")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read: never raises for bad data, says it in ``findings``.

    ``tables`` maps the sheet's name to its records; a sheet that could not be read is not in it, an absent optional
    sheet is an empty tuple. ``repeated`` keeps «Расписание с …» sheets in order. ``saved`` is when its author saved it
    last (UTC, from the workbook's own properties, so that a copy of the folder builds the same site).
    ``unreadable`` says that the whole workbook could not be read.
    """

    path: str
    kind: BookKind
    digest: str
    saved: dt.datetime | None = None
    tables: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    grid: Grid | None = None
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False

    def rows(self, record: type[R], sheet: str = "") -> tuple[R, ...]:
        """Return the records of a sheet, () when it was not read."""
        return cast("tuple[R, ...]", self.tables.get(sheet or record.sheet, ()))

    def has(self, record: type[Record]) -> bool:
        """Return whether the sheet was read (an absent optional sheet counts as read)."""
        return record.sheet in self.tables


# What is written into a workbook: by the forms, the demo school and the importers.
@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table to be written: header → value; ``columns`` names the gathered columns (classes, periods)."""

    rows: tuple[Mapping[str, Raw], ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridContent:
    """«Отметки» to be written: columns (date, number, kind), pupils (№, name), marks by (pupil row, column)."""

    columns: tuple[tuple[dt.date, int | None, str], ...] = ()
    pupils: tuple[tuple[str, str], ...] = ()
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookContent:
    """A whole workbook to be written: sheet name → what stands in it.

    A properties sheet is a mapping «Показатель» → value. ``lists`` are the sources of drop-downs on «Списки»:
    name → words. ``periods`` (name, first day, last day) fold the past of «Отметки» into groups.
    """

    kind: BookKind
    sheets: Mapping[str, Rows | GridContent | Mapping[str, Raw]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    periods: tuple[tuple[str, dt.date, dt.date], ...] = ()
