"""Who missed what in a class, day by day: what reports 2, 8, 9, 17 and 20 count days and lessons from.

A code of the grid (УП, Б, НП) gives the reason itself; an «н» takes it from «Причины пропусков» (п. 8.3). A lesson is
missed once, however many columns of works it has. A day is missed when all the pupil's lessons of that day were
(reports.md, «Attendance codes»; a switch of «Настройки»).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add, itemgetter
from typing import NamedTuple

from sgo_sheets.records.catalog import Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import AbsenceReason, Release
from sgo_sheets.records.tokens import ABSENT
from sgo_sheets.reports.once import once_a_class
from sgo_sheets.rules.absences import covers, numbers_of, reason_rows
from sgo_sheets.rules.owed_lessons import lesson_counts
from sgo_sheets.rules.settings import WHOLE_DAY
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Member, Pupil
from sgo_sheets.school.model import ClassBook, Journal

VALID, ILL, INVALID = "УП", "Б", "НП"
CODES = (ILL, VALID, INVALID, ABSENT)
"""The codes of a missed lesson in the order of the reports; ОТ is one whose reason nobody has given."""
_UNNUMBERED = 99


class Missed(NamedTuple):
    """What a pupil missed: days (of them by illness alone), lessons by reason; ``late`` – lessons he was late for.

    ``lessons`` = ``ill`` + ``valid`` + ``invalid`` + ``unexplained``.
    """

    days: int = 0
    days_ill: int = 0
    lessons: int = 0
    ill: int = 0
    valid: int = 0
    invalid: int = 0
    unexplained: int = 0
    late: int = 0

    def plus(self, other: Missed) -> Missed:
        """Return the sums."""
        return Missed(*map(add, self, other))


class PupilDay(NamedTuple):
    """A pupil's day with something to tell: the codes of the lessons missed, in their order; the day in numbers."""

    date: dt.date
    codes: tuple[str, ...]
    missed: Missed


def missed(book: ClassBook, first: dt.date, last: dt.date) -> Mapping[str, Missed]:
    """Return what every pupil of the roll missed from one day to another, both included, by № личного дела.

    Only days on which the pupil was in this class count.
    """
    return {
        pupil: total([one for one in days if first <= one.date <= last]) for pupil, days in pupil_days(book).items()
    }


def total(days: Iterable[PupilDay]) -> Missed:
    """Return the sum of the days."""
    figures = [one.missed for one in days]
    return Missed(*map(sum, zip(*figures, strict=True))) if figures else Missed()


@once_a_class
def pupil_days(book: ClassBook) -> Mapping[str, Sequence[PupilDay]]:
    """Return the days of every pupil of the roll on which a lesson was missed or come late to, in order."""
    roll = {pupil.id: pupil for pupil in book.roll or ()}
    own = [book.teacher_book] if book.teacher_book else []
    reasons = reason_rows([*own, *book.former_books.values()])
    releases: dict[str, list[Release]] = {}
    for release in (row for one in (*own, *book.former_books.values()) for row in one.releases):
        releases.setdefault(release.pupil, []).append(release)
    looks = [_Look(journal, book.name, roll, reasons) for journal in book.journals]
    every = WHOLE_DAY.flag(book.regulation)
    found: dict[str, list[PupilDay]] = {pupil: [] for pupil in roll}
    seen: dict[tuple[str, dt.date], list[_Look]] = {}
    held: dict[dt.date, list[_Look]] = {}
    for look in looks:
        for key in look.days:
            seen.setdefault(key, []).append(look)
        for date in look.held:
            held.setdefault(date, []).append(look)
    for (pupil, date), there in sorted(seen.items(), key=itemgetter(0)):
        told = [look.days[pupil, date] for look in there]
        codes = sorted([pair for one in told for pair in one.missed.items()])
        late = sum([len(one.late - one.missed.keys()) for one in told])
        if codes or late:
            whole = bool(codes)
            if whole and every:  # only a journal that tells something of the pupil or has a lesson may show him there
                whole = not any(look.attended(pupil, date, releases) for look in (*held.get(date, ()), *there))
            said = tuple([code for _, code in codes])
            found[pupil].append(PupilDay(date, said, _numbers(said, late, whole=whole)))
    return found


def _numbers(codes: Sequence[str], late: int, *, whole: bool) -> Missed:
    """Return a day in numbers; a missed day is one of illness when every lesson missed on it is."""
    ill, valid, invalid, unexplained = [codes.count(code) for code in CODES]
    return Missed(int(whole), int(whole and ill == len(codes)), len(codes), ill, valid, invalid, unexplained, late)


@dataclass(slots=True)
class _Told:
    """What the grid of one journal tells of a pupil's day: by the numbers of the lessons (99 – without one)."""

    missed: dict[int, str] = field(default_factory=dict)
    late: set[int] = field(default_factory=set)
    exempt: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Look:
    """A journal as seen by attendance; ``days`` holds the pupils' days it tells anything of."""

    journal: Journal
    school_class: str
    roll: Mapping[str, Pupil]
    reasons: Mapping[str, Sequence[AbsenceReason]]
    days: dict[tuple[str, dt.date], _Told] = field(init=False)
    members: dict[str, Member] = field(init=False)
    held: Mapping[dt.date, int] = field(init=False)
    lessons: dict[dt.date, set[int]] = field(default_factory=dict)
    numbers: Mapping[dt.date, set[int]] | None = None

    def __post_init__(self) -> None:
        """Read the grid once."""
        journal = self.journal
        self.members = {member.pupil: member for member in journal.members}
        self.held = lesson_counts(journal.slots, journal.lessons)
        self.days = {}
        if journal.grid is None:
            return
        off = {(slot.date, slot.number) for slot in journal.slots if slot.cancelled}
        off |= {(row.date, row.number) for row in journal.lessons if row.date and row.number and row.cancelled}
        for column in journal.grid.columns:
            if (column.date, column.number) not in off:
                self.lessons.setdefault(column.date, set()).add(column.number or _UNNUMBERED)
        for line in journal.grid.rows:
            if line.pupil in self.roll:
                self._read(journal.grid, line)

    def _read(self, grid: Grid, line: GridRow) -> None:
        pupil, columns, days = self.roll[line.pupil], grid.columns, self.days
        for place, tokens in line.cells.items():
            if not (tokens.absence or tokens.late or tokens.exempt):
                continue
            column = columns[place]
            date = column.date
            if pupil.class_on(date) != self.school_class:
                continue
            told = days.get((line.pupil, date))
            if told is None:
                told = days[line.pupil, date] = _Told()
            number = column.number or _UNNUMBERED
            if tokens.absence:
                told.missed.setdefault(number, self._reason(line.pupil, tokens.absence, column))
            elif tokens.late:
                told.late.add(number)
            else:
                told.exempt.add(number)

    def _reason(self, pupil: str, code: str, column: GridColumn) -> str:
        """Return the code of a missed lesson: an «н» that a row with a reason covers has that reason."""
        rows = self.reasons.get(pupil) if code == ABSENT else None
        if not rows:
            return code
        date, numbers = column.date, self._numbers(column)
        for row in rows:
            if row.reason and covers(row, date, numbers):
                return row.reason
        return ABSENT

    def _numbers(self, column: GridColumn) -> set[int]:
        """Return the number of a column's lesson; a column without one has those of its day in the timetable."""
        if column.number is not None:
            return {column.number}
        if self.numbers is None:
            self.numbers = numbers_of(self.journal)
        return self.numbers.get(column.date, set())

    def attended(self, pupil: str, date: dt.date, releases: Mapping[str, Sequence[Release]]) -> bool:
        """Return whether the pupil had a lesson of this journal on the day and nothing says that he missed it."""
        told = self.days.get((pupil, date))
        if told is None:
            member = self.members.get(pupil)
            here = date in self.held and member is not None and member.on(date)
            return here and not any(self._releases(row, date) for row in releases.get(pupil, ()))
        columns = self.lessons.get(date, set())
        lessons = len(columns)
        if _UNNUMBERED not in columns:  # a column without a number speaks of all lessons of its day
            lessons = max(lessons, self.held.get(date, 0))
        return len(columns & (told.missed.keys() | told.exempt)) < lessons

    def _releases(self, row: Release, date: dt.date) -> bool:
        subject = not row.subject or fold(row.subject) == fold(self.journal.key.subject)
        return subject and (row.since or dt.date.min) <= date <= (row.until or dt.date.max)
