"""Who is owed a mark of a period in a journal, and where it stands if it was given (Регламент п. 8.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Datum
from sgo_sheets.records.journal_books import ClassPeriodMarks, PeriodMarks
from sgo_sheets.records.tokens import parse_final
from sgo_sheets.rules.graded import is_graded
from sgo_sheets.rules.settings import NEWCOMER_DAYS
from sgo_sheets.russian import fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import Member, PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal


class Place(NamedTuple):
    """Where a pupil's mark of a period stands: its value («» – blank), and whether it may be called blank.

    ``datum`` is the name by which the history knows it, where it stands.
    """

    at: CellRef
    value: str
    known: bool = True
    datum: Datum | None = None


class Owing(NamedTuple):
    """A pupil who is owed a period mark: who, for which period, where the teacher's mark and the class teacher's are.

    ``teacher`` is None where «Итоги» has no row of the pupil, ``class_teacher`` where «Итоги класса» has none.
    """

    pupil: Pupil
    member: Member
    period: PeriodOf
    teacher: Place | None
    class_teacher: Place | None

    @property
    def mark(self) -> Place | None:
        """Return the mark that counts: the teacher's own, else the class teacher's (п. 8.5)."""
        for place in (self.teacher, self.class_teacher):
            if place is not None and (place.value or not place.known):
                return place
        return None


def owed_marks(
    journal: Journal, roll: Sequence[Pupil], teacher_book: ClassTeacherBook, book: ClassBook
) -> Iterator[Owing]:
    """Yield every pupil of the class who is owed a mark of a period in this journal.

    Classes 2–11, subjects with отметка or зачёт, members on the period's last day; not where nobody held the load on
    that day or the journal had no lesson in the period.
    """
    if book.grade < 2:
        return
    pupils = {pupil.id: pupil for pupil in roll}
    own = [(member, pupils[member.pupil]) for member in journal.members if member.pupil in pupils]
    rows = {row.pupil: row for row in journal.finals}
    for period in journal.periods:
        if period.type == YEAR or not journal.holder(period.last) or not is_graded(journal, book, period.last):
            continue
        if not _taught(journal, period):
            continue
        marked = marks_of_class_teacher(teacher_book, journal.key.subject, period.name)
        header = header_of(journal.finals, period.name)
        for member, pupil in own:
            if member.on(period.last) and pupil.class_on(period.last) == book.name:
                row = rows.get(pupil.id)
                teacher = None if row is None else place_of_mark(row, header or period.name, journal.doubts)
                yield Owing(pupil, member, period, teacher, marked.get(pupil.id))


def _taught(journal: Journal, period: PeriodOf) -> bool:
    """Return whether the journal has a lesson in the period, by the timetable or by its own rows."""

    def inside(date: dt.date | None) -> bool:
        return date is not None and period.first <= date <= period.last

    slots = (slot for slot in journal.slots if not slot.cancelled)
    return any(inside(slot.date) for slot in slots) or any(inside(row.date) for row in journal.lessons if row.held)


def marks_of_class_teacher(teacher_book: ClassTeacherBook, subject: str, period: str) -> Mapping[str, Place]:
    """Return the marks of «Итоги класса» for a subject and a period («Год», «Экзамен», «Итог» too), by pupil."""
    header = header_of(teacher_book.marks, subject)
    found: dict[str, Place] = {}
    for row in teacher_book.marks if header is not None else ():
        if fold(row.period) == fold(period):
            found.setdefault(row.pupil, place_of_mark(row, header or subject, ()))
    return found


def header_of(rows: Sequence[PeriodMarks | ClassPeriodMarks], name: str) -> str | None:
    """Return the header of the sheet that means a period or a subject, None where it has no such column."""
    return next((header for row in rows[:1] for header in row.located if fold(header) == fold(name)), None)


def is_newcomer(owed: Owing, book: ClassBook) -> bool:
    """Return whether the pupil came in the course of the period and so late that its mark is only reminded of."""
    first, last = owed.period.first, owed.period.last
    since = next((span.first for span in owed.member.spans if last in span), first)
    return since > first and (last - since).days + 1 < NEWCOMER_DAYS.number(book.regulation)


def place_of_mark(row: PeriodMarks | ClassPeriodMarks, header: str, doubts: Sequence[CellRef]) -> Place:
    """Return where a mark of the year or a period stands in a row, and what it says."""
    mark = parse_final(row.marks.get(header))
    at = row.at(header)
    known = not (mark.fault or row.unread(header) or at in doubts)
    return Place(at, mark.value, known, row.datum(header) if mark.value else None)
