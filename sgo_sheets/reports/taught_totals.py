"""What a class gives to the reports of its teachers: marks of periods, hours and topics by journal and teacher.

A mark is counted once, with the journal it stands in; it is that of who holds the load on the period's last day. Hours
and topics are of who gave them, substitutes too. A stream's pupils are counted by each class, its lessons by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.reports.class_period import NO_MARKS_GRADE, mark_lacks
from sgo_sheets.reports.indicators import Counts, counts_of
from sgo_sheets.reports.once import lessons_owed
from sgo_sheets.reports.period_marks import PeriodMark, PeriodSheet, is_named, mark_owner, period_sheet
from sgo_sheets.reports.taught_lessons import NOTHING, Event, Lessons, lessons_of
from sgo_sheets.russian import counted, fold
from sgo_sheets.school.elements import JournalKey, PeriodOf
from sgo_sheets.school.model import ClassBook, Journal


class Taught(NamedTuple):
    """What one teacher has of one journal in one period of a class.

    ``pupils`` are the class's pupils of the journal on the period's last day and ``counts`` their marks (the fields of
    ``Counts``), both none for who only gave lessons. ``planned`` are lessons of the timetable, ``given`` those with a
    topic; ``topics`` the rows of «Уроки» with a number of the КТП, ``done`` those of them that were given. ``saved`` –
    when the newest workbook behind the row was saved, «» unknown.
    """

    teacher: str
    subject: str
    target: str
    group: str
    grade: int
    period: str
    pupils: int
    counts: tuple[int, ...]
    planned: int
    given: int
    topics: int
    done: int
    saved: str

    @property
    def marks(self) -> Counts:
        """Return the counts of marks."""
        return Counts(*self.counts)


class TaughtLack(NamedTuple):
    """Something a teacher owes in a period of a class: what, and the place as the fields of ``CellRef``."""

    teacher: str
    period: str
    what: str
    workbook: str
    sheet: str
    cell: str

    @property
    def at(self) -> CellRef:
        """Return the place."""
        return CellRef(self.workbook, self.sheet, self.cell)


@dataclass(frozen=True, slots=True)
class TaughtTotals:
    """The rows of a class and what they lack."""

    rows: tuple[Taught, ...] = ()
    lacks: tuple[TaughtLack, ...] = ()


def taught_totals(book: ClassBook) -> TaughtTotals:
    """Return what the class gives to the reports of its teachers, for every study period and the year (п. 10.4)."""
    lessons = {
        journal.key: lessons_of(journal, owed) for journal, owed in lessons_owed(book) if journal.home == book.name
    }
    rows: list[Taught] = []
    lacks: list[TaughtLack] = []
    for period in book.periods:
        sheet, end = period_sheet(book, period), _End.of(book, period)
        given = _by_journal(sheet, period) if book.grade != NO_MARKS_GRADE else {}
        for journal in book.journals:
            if is_named(journal.periods, period):
                own_lessons = lessons.get(journal.key, NOTHING).during(period)
                rows.extend(_rows(journal, book, end, given.get(journal.key), own_lessons))
                lacks.extend(_unwritten(journal, book, period, own_lessons))
        if any(mark.value for marks in given.values() for mark in marks):
            for lack in mark_lacks(book, sheet):
                words = f"{book.name} {lack.what}"
                lacks.append(TaughtLack(lack.person, period.name, words, *_place(lack.at)))
    return TaughtTotals(tuple(rows), tuple(lacks))


def _by_journal(sheet: PeriodSheet, period: PeriodOf) -> Mapping[JournalKey, list[PeriodMark]]:
    """Return the marks by the journal that has them; one that stands in no journal is of the pupil's first journal."""
    found: dict[JournalKey, list[PeriodMark]] = {journal.key: [] for journal in sheet.journals}
    for subject in sheet.subjects:
        own = [journal for journal in sheet.journals if fold(journal.key.subject) == fold(subject.subject)]
        paths = {journal.path: journal for journal in own}
        by_pupil: dict[str, Journal] = {}
        for journal in reversed(own):
            by_pupil.update((member.pupil, journal) for member in journal.members if member.on(period.last))
        for pupil, mark in subject.marks.items():
            holder = paths.get(mark.at.workbook) or by_pupil.get(pupil)
            if holder is not None:
                found[holder.key].append(mark)
    return found


class _End(NamedTuple):
    """A period and who is in the class on its last day."""

    period: PeriodOf
    here: frozenset[str]

    @classmethod
    def of(cls, book: ClassBook, period: PeriodOf) -> _End:
        """Return the end of a period of a class."""
        return cls(period, frozenset(pupil.id for pupil in book.pupils_on(period.last)))

    def members(self, journal: Journal) -> int:
        """Return how many of them belong to a journal then."""
        last = self.period.last
        return sum([member.pupil in self.here and member.on(last) for member in journal.members])


def _rows(
    journal: Journal, book: ClassBook, end: _End, marks: list[PeriodMark] | None, lessons: Lessons
) -> Iterator[Taught]:
    """Yield a row for whose the marks are and for everyone else who has lessons in the period."""
    owner, members = mark_owner(journal, end.period), end.members(journal)
    counts = counts_of(mark.value for mark in marks or ())
    saved = [journal.saved, book.teacher_book.saved if book.teacher_book and marks else None]
    newest = max((moment for moment in saved if moment), default=None)
    grade = journal.grade or book.grade
    planned, given = (Counter([one.teacher for one in part]) for part in (lessons.planned, lessons.given))
    topics, done = _numbers(lessons.topics), _numbers(lessons.given)
    for teacher in dict.fromkeys((owner, *planned, *given, *topics)):
        own = teacher == owner
        if not teacher or not (planned[teacher] or given[teacher] or (own and (members or marks))):
            continue
        yield Taught(
            teacher,
            journal.key.subject,
            journal.key.target,
            journal.key.group,
            grade,
            end.period.name,
            (len(marks) if marks else members) if own else 0,
            (counts if own else Counts()).numbers,
            planned[teacher],
            given[teacher],
            len(topics.get(teacher, ())),
            len(done.get(teacher, ())),
            newest.isoformat() if newest else "",
        )


def _numbers(events: Iterable[Event]) -> Mapping[str, set[int]]:
    """Return the numbers of the КТП among the events of every teacher."""
    found: dict[str, set[int]] = {}
    for one in events:
        if one.of is not None:
            found.setdefault(one.teacher, set()).add(one.of)
    return found


def _unwritten(journal: Journal, book: ClassBook, period: PeriodOf, lessons: Lessons) -> Iterator[TaughtLack]:
    """Yield how many lessons a teacher has not written down by the day the newest book of the class was saved."""
    last = book.saved.date() if book.saved else period.last
    found: dict[str, list[CellRef]] = {}
    for event, at in lessons.blank if journal.lessons_read else ():
        if event.date <= last:
            found.setdefault(event.teacher, []).append(at)
    for teacher, places in found.items():
        what = f"{journal.key}: {'не записан' if len(places) == 1 else 'не записано'} "
        what += counted(len(places), "урок", "урока", "уроков")
        yield TaughtLack(teacher, period.name, what, *_place(places[0]))


def _place(at: CellRef) -> tuple[str, str, str]:
    return at.workbook, at.sheet, at.cell


def pack_taught(taught: TaughtTotals) -> Any:
    """Return the rows as lists JSON can hold."""
    return [[list(row) for row in taught.rows], [list(lack) for lack in taught.lacks]]


def unpack_taught(content: Any) -> TaughtTotals:
    """Return the packed rows. Raises ValueError or TypeError for anything else."""
    rows, lacks = content
    found = (Taught(*row) for row in rows)
    return TaughtTotals(
        tuple(row._replace(counts=tuple(row.counts)) for row in found), tuple(TaughtLack(*lack) for lack in lacks)
    )
