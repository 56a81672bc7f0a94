"""The assembled school: who studies where on which day, what is taught when and by whom, what journals say.

Everything is frozen and carries its source: records know their cells. Fields and lookups only; figures are reports'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
from sgo_sheets.records.people_books import Account, Order, PupilCard
from sgo_sheets.records.plan_book import GroupMember, Load, PlanRow
from sgo_sheets.records.regulation_book import Exemption, Term
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
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.timetable import Poster


class JournalKey(NamedTuple):
    """What identifies a journal: the class or stream, the subject, the group («» = the whole class)."""

    target: str
    subject: str
    group: str

    def __str__(self) -> str:
        """Return «5А Английский язык (1)»."""
        return f"{self.target} {self.subject}" + (f" ({self.group})" if self.group else "")


class Stay(NamedTuple):
    """A pupil's time in one class: both days included."""

    school_class: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil: the card and the classes by day, from «Класс на начало года» and the movement book alone."""

    card: PupilCard
    stays: tuple[Stay, ...]
    orders: tuple[Order, ...] = ()

    @property
    def id(self) -> str:
        """Return the № личного дела."""
        return self.card.id

    @property
    def name(self) -> str:
        """Return «Соколова Вера»."""
        return self.card.name

    def class_on(self, day: dt.date) -> str | None:
        """Return the class the pupil is in on a day, None where in none."""
        for name, first, last in self.stays:  # a plain loop: the reports of the school ask it of everybody a day
            if first <= day <= last:
                return name
        return None


class Span(NamedTuple):
    """A stretch of days, both included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: object) -> bool:
        """Return whether a day lies in the span."""
        return isinstance(day, dt.date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil of a journal and the days on which he belongs to it (class and group together)."""

    pupil: str
    name: str
    spans: tuple[Span, ...]
    former: bool = False

    def on(self, day: dt.date) -> bool:
        """Return whether the pupil belongs to the journal on a day."""
        for first, last in self.spans:  # noqa: SIM110 - asked of every mark of the school: any() costs three times as much
            if first <= day <= last:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Slot:
    """A lesson that the timetable, with its substitutions, puts on a day.

    ``cancelled`` – «Замены» or the day itself (актированный …) took it away: nobody owes it.
    ``teacher`` is the code of who gives it (the substitute, if there is one); ``changed`` says how it differs from the
    timetable, in words for a family («замена: …», «перенос с 12 ноября»).
    """

    date: dt.date
    number: int
    subject: str
    group: str
    target: str
    room: str = ""
    start: dt.time | None = None
    end: dt.time | None = None
    teacher: str = ""
    substitute: bool = False
    cancelled: bool = False
    changed: str = ""


@dataclass(frozen=True, slots=True)
class PeriodOf:
    """A study period of a class: «1 четверть», its type and days."""

    name: str
    type: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Holding:
    """Who teaches a journal and when (a dated row of «Нагрузка»)."""

    load: Load
    first: dt.date
    last: dt.date


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
        return next((h.load.teacher for h in self.holdings if h.first <= day <= h.last), "")

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


class WorkKindOf(NamedTuple):
    """A kind of work as marks use it."""

    name: str
    short: str
    weight: float


@dataclass(frozen=True, slots=True)
class Regulation:
    """What Регламент.xlsx sets: terms by rule code, settings by name, kinds of work, exemptions."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    kinds: tuple[WorkKindOf, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

    def kind_of(self, typed: str) -> WorkKindOf | None:
        """Return the kind of work named in full or by its short name; an empty cell is «ответ на уроке»."""
        wanted = typed.casefold().replace("ё", "е") or "о"
        for kind in self.kinds:
            if wanted in (kind.short.casefold(), kind.name.casefold().replace("ё", "е")):
                return kind
        return None

    def number(self, name: str, default: float) -> float:
        """Return a numeric setting, the default where the school has not set it."""
        value = self.settings.get(name)
        return float(value) if isinstance(value, (int, float)) else default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a да/нет setting."""
        value = str(self.settings.get(name, "")).casefold()
        return {"да": True, "нет": False, "true": True, "false": False}.get(value, default)


@dataclass(frozen=True, slots=True)
class LateChange:
    """A mark that was changed after its period had closed, as the history of the workbooks saw it (Регламент п. 8.8).

    ``what`` names the mark for people («отметка за период «1 четверть»»); ``old`` and ``new`` are its values as typed
    («» – none); ``period_end`` is the last day of its period, ``changed_on`` the first day the new value was seen.
    """

    at: CellRef
    pupil: str
    what: str
    old: str
    new: str
    changed_on: dt.date
    period_end: dt.date


class MarkChange(NamedTuple):
    """A mark of a pupil that became another, as the history of the workbooks saw it.

    ``day`` – when; ``lesson`` – the day of its lesson, None for a mark of the ``period``; ``old``, ``new`` – as the
    journal writes them («5 4», «ОТ», «»); ``teacher`` – the code of who holds the journal.
    """

    day: dt.date
    pupil: str
    subject: str
    lesson: dt.date | None
    period: str
    old: str
    new: str
    teacher: str


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

    def book(self, name: str) -> ClassBook | None:
        """Return the ClassBook of a class."""
        return next((book for book in self.books if book.name == name), None)
