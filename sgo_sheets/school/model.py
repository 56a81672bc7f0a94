"""The assembled school: who studies where on which day, what is taught when and by whom, what journals say.

Everything is frozen and carries its source: records know their cells. Fields and lookups only; figures are reports'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgo_sheets.findings import CellRef, Finding
from sgo_sheets.records.catalog import Grid
from sgo_sheets.records.journal_books import (
    AbsenceReason,
    AccountHanded,
    Announcement,
    ClassPeriodMarks,
    CouncilDecision,
    JournalTitle,
    Lesson,
    PeriodMarks,
    PlanLesson,
    PlanTitle,
    Release,
)
from sgo_sheets.records.people_books import Account, Order
from sgo_sheets.records.plan_book import GroupMember, Load, PlanRow
from sgo_sheets.records.school_book import (
    Bell,
    Employee,
    Holiday,
    Organisation,
    Period,
    Responsible,
    SchoolClass,
    StaffAbsence,
    Subject,
)
from sgo_sheets.records.timetable_book import Substitution
from sgo_sheets.school.calendar import Calendar
from sgo_sheets.school.changes import LateChange, MarkChange
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.elements import Holding, JournalKey, Member, PeriodOf, Pupil, Slot, Span
from sgo_sheets.school.regulation import Regulation
from sgo_sheets.school.timetable import Poster


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal with all that a rule or a page needs to judge it.

    ``classes`` – the class, or the classes of the stream; ``home`` – the one whose building runs its rules.
    ``slots`` – lessons owed by the timetable; ``covered`` – spans of days on which some timetable is in force: on other
    days the lessons are the rows of «Уроки». ``periods`` – the study periods its marks are given for.
    ``doubts`` – cells of its workbook that were not read or not applied: what hangs on them may not be called missing.
    ``grid`` is None when «Отметки» could not be read; ``lessons_read``/``finals_read`` say it of the other sheets.
    """

    key: JournalKey
    path: str
    title: JournalTitle
    classes: tuple[str, ...]
    home: str
    grade: int
    grading: str
    holdings: tuple[Holding, ...]
    lessons: tuple[Lesson, ...]
    grid: Grid | None
    finals: tuple[PeriodMarks, ...]
    members: tuple[Member, ...]
    slots: tuple[Slot, ...]
    covered: tuple[Span, ...]
    periods: tuple[PeriodOf, ...]
    lessons_read: bool = True
    finals_read: bool = True
    doubts: tuple[CellRef, ...] = ()
    saved: dt.datetime | None = None

    def holder(self, day: dt.date) -> str:
        """Return the code of the teacher who holds the load on a day, «» if nobody does."""
        for holding in self.holdings:  # a plain loop: it is asked of every lesson of the school, several times
            if holding.first <= day <= holding.last:
                return holding.load.teacher
        return ""

    def member(self, pupil: str) -> Member | None:
        """Return the member with a № личного дела."""
        return next((m for m in self.members if m.pupil == pupil), None)


@dataclass(frozen=True, slots=True)
class ClassTeacherBook:
    """The class teacher's book: reasons of absence, marks of periods, releases, accounts handed over, announcements.

    ``accounts_read`` is False while «Учётные записи» or a row of it could not be read: what is not there may be there.
    ``doubts`` – cells of its workbook that were not read or not applied: what hangs on them may not be called missing.
    """

    path: str
    reasons: tuple[AbsenceReason, ...] = ()
    marks: tuple[ClassPeriodMarks, ...] = ()
    decisions: tuple[CouncilDecision, ...] = ()
    releases: tuple[Release, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    accounts: tuple[AccountHanded, ...] = ()
    accounts_read: bool = True
    doubts: tuple[CellRef, ...] = ()
    saved: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """A КТП: its file name without extension, its title and its topics."""

    name: str
    path: str
    title: PlanTitle | None
    lessons: tuple[PlanLesson, ...]


@dataclass(frozen=True, slots=True)
class ClassBook:
    """One class with all its parts: the unit of building. A part is None when its workbook is unreadable.

    ``roll`` holds everyone who was in the class for a day of the year. ``journals`` are those of the class and of the
    streams its pupils attend; ``slots`` the lessons of its timetable (streams included) on every study day.
    ``former``, ``elsewhere``, ``former_books`` are the journals, lessons and class teachers' books of the classes its
    pupils came from: a diary shows the whole year, and is built by the class of the pupil's last stay (``diaries``).
    ``lacking`` names loads without a journal; ``late_changes`` and ``changes`` are the history's word. ``fingerprint``
    changes when anything does that its pages depend on (the day of the build apart). ``roll_saved`` is when the newest
    workbook that says who studies in it was saved: «Контингент», «Книга движения», «Школа».
    """

    name: str
    grade: int
    info: SchoolClass
    organisation: Organisation
    year: Span
    periods: tuple[PeriodOf, ...]
    calendar: Calendar
    homeroom: tuple[Holding, ...]
    roll: tuple[Pupil, ...] | None
    journals: tuple[Journal, ...]
    former: tuple[Journal, ...]
    slots: tuple[Slot, ...]
    elsewhere: Mapping[str, tuple[Slot, ...]]
    teacher_book: ClassTeacherBook | None
    subjects: Mapping[str, Subject]
    staff: Mapping[str, Employee]
    regulation: Regulation
    covered: tuple[Span, ...] = ()
    lacking: tuple[Load, ...] = ()
    unreadable: tuple[CellRef, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    responsibles: tuple[Responsible, ...] = ()
    saved: dt.datetime | None = None
    fingerprint: str = ""
    former_books: Mapping[str, ClassTeacherBook] = field(default_factory=dict)
    late_changes: tuple[LateChange, ...] = ()
    changes: tuple[MarkChange, ...] = ()
    roll_saved: dt.datetime | None = None

    def class_teacher(self, day: dt.date) -> str:
        """Return the code of the class teacher on a day, «» if there is none."""
        return next((h.load.teacher for h in self.homeroom if h.first <= day <= h.last), "")

    def diaries(self) -> tuple[Pupil, ...]:
        """Return the pupils whose diary this class builds: those whose last class it is."""
        return tuple(p for p in self.roll or () if p.stays and p.stays[-1].school_class == self.name)

    def pupils_on(self, day: dt.date) -> tuple[Pupil, ...]:
        """Return the pupils who are in the class on a day, by name."""
        return tuple(p for p in self.roll or () if p.class_on(day) == self.name)


@dataclass(frozen=True, slots=True)
class School:
    """The whole school, assembled.

    ``posters`` are the sheets of the timetable, each in force until the next; ``findings`` those of reading and of
    putting the books together; ``unreadable`` – workbooks, and sheets every school has, that could not be read;
    ``fingerprint`` changes whenever anything but what is typed in journals may have; ``roll_saved`` as in
    ``ClassBook``. ``custom`` – the reports of «Конструктор отчётов.xlsx» that are understood.
    """

    organisation: Organisation
    year: Span
    calendar: Calendar
    classes: tuple[SchoolClass, ...]
    staff: Mapping[str, Employee]
    subjects: Mapping[str, Subject]
    pupils: Mapping[str, Pupil]
    journals: tuple[Journal, ...]
    books: tuple[ClassBook, ...]
    plans: Mapping[str, LessonPlan]
    plan: tuple[PlanRow, ...]
    loads: tuple[Load, ...]
    streams: Mapping[str, tuple[str, ...]]
    groups: Mapping[tuple[str, str], Sequence[GroupMember]]
    substitutions: tuple[Substitution, ...]
    absences: tuple[StaffAbsence, ...]
    responsibles: tuple[Responsible, ...]
    bells: tuple[Bell, ...]
    holidays: tuple[Holiday, ...]
    orders: tuple[Order, ...]
    accounts: tuple[Account, ...]
    regulation: Regulation
    findings: tuple[Finding, ...]
    posters: tuple[Poster, ...] = ()
    unreadable: tuple[CellRef, ...] = ()
    periods: tuple[Period, ...] = ()
    fingerprint: str = ""
    custom: tuple[CustomSpec, ...] = ()
    roll_saved: dt.datetime | None = None

    @property
    def office_print(self) -> str:
        """Return what changes whenever anything but what is typed in journals may have, or may be read or not."""
        unread = (*self.unreadable, *(at for book in self.books for at in book.unreadable))
        return "\n".join((self.fingerprint, *map(str, unread)))

    def book(self, name: str) -> ClassBook | None:
        """Return the ClassBook of a class."""
        return next((book for book in self.books if book.name == name), None)
