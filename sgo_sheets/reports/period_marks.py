"""The marks of a period of a class: from the teacher's «Итоги», else from the class teacher's «Итоги класса».

A subject is one column, however many groups and streams teach it. Whom a blank is missed from is known too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import ClassPeriodMarks, PeriodMarks
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.tokens import FinalMark, parse_final
from sgo_sheets.reports.once import once_a_class, once_a_class_each
from sgo_sheets.rules.graded import GRADED, is_graded
from sgo_sheets.russian import fold
from sgo_sheets.school.calendars import periods_of
from sgo_sheets.school.elements import JournalKey, PeriodOf, Pupil
from sgo_sheets.school.journals import journal_path, path_key
from sgo_sheets.school.model import ClassBook, Journal


class PeriodMark(NamedTuple):
    """A pupil's mark of a period: «» – it is owed; ``at`` is the cell it stands in or should; ``owner`` owes it."""

    value: str
    at: CellRef
    owner: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """One subject of a period: the mark of every pupil who studies it, by № личного дела."""

    subject: str
    marks: Mapping[str, PeriodMark]


@dataclass(frozen=True, slots=True)
class PeriodSheet:
    """All marks of a period. ``unread`` are workbooks that may hold more: the place and who keeps it."""

    pupils: tuple[Pupil, ...]
    subjects: tuple[SubjectMarks, ...]
    unread: tuple[tuple[CellRef, str], ...]
    journals: tuple[Journal, ...]


@once_a_class_each
def period_sheet(book: ClassBook, period: PeriodOf) -> PeriodSheet:
    """Return the marks of the pupils who are in the class on the last day of the period.

    Subjects stand in the order of «Предметы»; those marked «без отметки» or by other periods are left out.
    """
    pupils = book.pupils_on(period.last)
    journals = [j for j in book.journals if _marked_by(j, book, period)]
    loads = [load for load in book.lacking if _lacking(load, book, period)]
    own = _class_rows(book, period)
    order = _order(book)
    named = (*(j.key.subject for j in journals), *(load.subject for load in loads), *_headers(own.values()))
    names = {fold(name): name for name in named if fold(name) in order}
    columns: dict[str, list[_Column]] = {}
    for journal in journals:
        columns.setdefault(fold(journal.key.subject), []).append(_Column.of(journal, period))
    subjects = []
    for key in sorted(names, key=lambda key: order[key]):
        absent = [load for load in loads if fold(load.subject) == key and load.target == book.name and not load.group]
        subjects.append(_subject(names[key], pupils, _Sources(columns.get(key, []), absent, own)))
    kept = tuple(subject for subject in subjects if subject.marks)
    return PeriodSheet(pupils, kept, tuple(unread_journals(book)), tuple(journals))


@once_a_class
def _order(book: ClassBook) -> Mapping[str, int]:
    """Return the place of every subject in «Предметы»."""
    return {fold(name): place for place, name in enumerate(book.subjects)}


def _marked_by(journal: Journal, book: ClassBook, period: PeriodOf) -> bool:
    """Return whether the journal is marked by the period: it is held then, and taught or marked."""
    held = any(h.first <= period.last and period.first <= h.last for h in journal.holdings)
    named = is_named(journal.periods, period)
    if not (held and named and is_graded(journal, book, period.last)):
        return False
    return (
        not journal.finals_read
        or has_lesson(journal, period)
        or any(_final(row, period.name).value for row in journal.finals)
    )


def is_named(periods: Iterable[PeriodOf], period: PeriodOf) -> bool:
    """Return whether one of the periods is called as this one is."""
    name = fold(period.name)
    return any(own is period or fold(own.name) == name for own in periods)


def has_lesson(journal: Journal, period: PeriodOf) -> bool:
    """Return whether the journal has a lesson in the period, by the timetable or by its own rows."""
    first, last = period.first, period.last
    return any(first <= slot.date <= last and not slot.cancelled for slot in journal.slots) or any(
        row.date is not None and first <= row.date <= last and row.held for row in journal.lessons
    )


def mark_owner(journal: Journal, period: PeriodOf) -> str:
    """Return the code of whose the marks of a period are: who holds the load on its last day, or held it last."""
    before = (h.load.teacher for h in reversed(journal.holdings) if h.first <= period.last)
    return journal.holder(period.last) or next(before, "")


def _lacking(load: Load, book: ClassBook, period: PeriodOf) -> bool:
    subject = book.subjects.get(load.subject)
    grading = load.grading or (subject.grading if subject else "") or "отметка"
    ended = load.until is not None and load.until < period.first
    late = load.since is not None and load.since > period.last
    named = is_named(periods_of(load.periods, book.periods), period)
    return named and grading in GRADED and not ended and not late


def _class_rows(book: ClassBook, period: PeriodOf) -> Mapping[str, ClassPeriodMarks]:
    """Return the class teacher's rows of the period by pupil; the first of two counts."""
    rows: dict[str, ClassPeriodMarks] = {}
    for row in book.teacher_book.marks if book.teacher_book else ():
        if fold(row.period) == fold(period.name):
            rows.setdefault(row.pupil, row)
    return rows


def _headers(rows: Iterable[ClassPeriodMarks]) -> Iterator[str]:
    """Yield the subjects in which the class teacher has set any mark."""
    for row in rows:
        for header, raw in row.marks.items():
            if parse_final(raw).value:
                yield header


@dataclass(frozen=True, slots=True)
class _Column:
    """The column of the period in the «Итоги» of one journal."""

    journal: Journal
    members: frozenset[str]
    rows: Mapping[str, PeriodMarks]
    header: str
    owner: str

    @classmethod
    def of(cls, journal: Journal, period: PeriodOf) -> _Column:
        """Return the column of a period; its members are those of the period's last day."""
        members = frozenset(member.pupil for member in journal.members if member.on(period.last))
        rows = {row.pupil: row for row in reversed(journal.finals)}  # the first of two counts
        header = _header(journal.finals[0], period.name) if journal.finals else period.name
        return cls(journal, members, rows, header, mark_owner(journal, period))

    def mark(self, pupil: str) -> PeriodMark:
        """Return the mark of a member of the journal."""
        journal, row = self.journal, self.rows.get(pupil)
        if not journal.finals_read:
            return PeriodMark("", CellRef(journal.path, PeriodMarks.sheet), self.owner, "лист «Итоги» не прочитан")
        if row is None:
            return PeriodMark("", CellRef(journal.path, PeriodMarks.sheet), self.owner)
        final, at = parse_final(row.marks.get(self.header)), row.at(self.header)
        unread = final.fault or (not final.value and (row.unread(self.header) or at in journal.doubts))
        return PeriodMark(final.value, at, self.owner, "отметка в клетке не прочитана" if unread else "")


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where the marks of one subject come from: journals, loads of the whole class without one, «Итоги класса»."""

    taught: list[_Column]
    absent: list[Load]
    own: Mapping[str, ClassPeriodMarks]


def _subject(name: str, pupils: Iterable[Pupil], sources: _Sources) -> SubjectMarks:
    marks = ((pupil.id, _mark(name, pupil.id, sources)) for pupil in pupils)
    return SubjectMarks(name, {pupil: mark for pupil, mark in marks if mark is not None})


def _mark(subject: str, pupil: str, sources: _Sources) -> PeriodMark | None:
    """Return the pupil's mark of a subject, None where the pupil does not study it.

    A pupil of a group or stream without a journal is not known to study it.
    """
    owed: PeriodMark | None = None
    for column in sources.taught:
        if pupil in column.members:
            mark = column.mark(pupil)
            if mark.value:
                return mark
            owed = owed or mark
    own = sources.own.get(pupil)
    final = _final(own, subject) if own is not None else FinalMark()
    if own is not None and final.value:
        return PeriodMark(final.value, own.at(_header(own, subject)), "")
    if owed is None and sources.absent:
        load = sources.absent[0]
        return PeriodMark("", load.at("subject"), load.teacher, "нет журнала")
    return owed


def _header(row: PeriodMarks | ClassPeriodMarks, name: str) -> str:
    return next((header for header in (*row.marks, *row.located) if fold(header) == fold(name)), name)


def _final(row: PeriodMarks | ClassPeriodMarks, name: str) -> FinalMark:
    return parse_final(row.marks.get(_header(row, name)))


def unread_journals(book: ClassBook) -> Iterator[tuple[CellRef, str]]:
    """Yield the unreadable journals and class teacher's book, with the code of who keeps each."""
    places = [at for at in book.unreadable if not at.sheet and at.workbook.startswith("Журналы/")]
    if not places:
        return
    taught = {(slot.target, slot.subject, slot.group): slot.teacher for slot in book.slots if not slot.substitute}
    keepers = {path_key(journal_path(JournalKey(*key))): teacher for key, teacher in taught.items()}
    for at in places:
        yield at, keepers.get(path_key(at.workbook), "")
