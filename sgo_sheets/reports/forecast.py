"""The marks pupils would have if the period ended now: the period mark where it is set, else by the average so far.

The average is that of the diary («Средний балл с учётом веса»), the bounds of the marks a switch of «Настройки»
(reports.md no. 3).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.reports.once import once_a_class_each
from sgo_sheets.reports.period_marks import PeriodMark, period_sheet
from sgo_sheets.rules.graded import MARK, grading_on
from sgo_sheets.rules.period_average import WORST, SubjectWorks, Works
from sgo_sheets.rules.settings import ENOUGH_MARKS, WEIGHTED, mark_bounds
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook

_THOUSAND = 1000


class Likely(NamedTuple):
    """A pupil's mark of a subject as things stand: «» – nothing to tell it from.

    ``average`` – of the current marks, where no period mark is set; ``entries`` – how many there are where they are to
    lead to a mark, None where they are not asked or could not be read (``unread``). ``set`` – the period mark or its
    cell.
    """

    mark: str
    set: PeriodMark
    average: Fraction | None = None
    entries: int | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class LikelySubject:
    """A subject: the likely mark of every pupil who studies it, by № личного дела; ``at`` – where they are written."""

    subject: str
    marks: Mapping[str, Likely]
    at: CellRef | None


class Few(NamedTuple):
    """A pupil with fewer marks than a period mark asks for: the subject, so many, so many more, the teacher's code."""

    subject: str
    pupil: Pupil
    entries: int
    wanted: int
    owner: str


@once_a_class_each
def forecast(book: ClassBook, period: PeriodOf) -> tuple[LikelySubject, ...]:
    """Return the likely marks of a period, subject by subject, in the order of «Предметы»."""
    sheet = period_sheet(book, period)
    bounds, weighted = mark_bounds(book.regulation), WEIGHTED.flag(book.regulation)
    found = []
    for subject in sheet.subjects:
        journals = [one for one in sheet.journals if fold(one.key.subject) == fold(subject.subject)]
        marked = any(grading_on(one, book, period.last) == MARK for one in journals)
        owed = any(not mark.value for mark in subject.marks.values())
        works = _works(book, journals[0].key.subject) if marked and owed else None
        marks: dict[str, Likely] = {}
        for pupil in sheet.pupils:
            mark = subject.marks.get(pupil.id)
            if mark is not None and (mark.value or works is None):
                marks[pupil.id] = Likely(mark.value, mark)
            elif mark is not None and works is not None:
                given = works.so_far(pupil, period)
                marks[pupil.id] = _likely(mark, given, bounds, weighted=weighted)
        at = CellRef(journals[0].path, MARKS_SHEET) if journals else None
        found.append(LikelySubject(subject.subject, marks, at))
    return tuple(found)


def too_few(book: ClassBook, period: PeriodOf, subjects: Iterable[LikelySubject]) -> Iterator[Few]:
    """Yield who has too few marks to attest and no period mark yet; not those released for the whole period."""
    enough = ENOUGH_MARKS.number(book.regulation)
    pupils = period_sheet(book, period).pupils
    for subject in subjects:
        for pupil in pupils:
            likely = subject.marks.get(pupil.id)
            if likely is None or likely.entries is None or likely.entries >= enough:
                continue
            if not _released(book, pupil, subject.subject, period):
                yield Few(subject.subject, pupil, likely.entries, enough - likely.entries, likely.set.owner)


def mark_by(average: Fraction, bounds: Sequence[Fraction]) -> int:
    """Return the mark of an average: 2 below the first bound, one more from each bound on."""
    return WORST + sum(average >= bound for bound in bounds)


def average_of(digits: Sequence[tuple[int, float]], *, weighted: bool) -> Fraction | None:
    """Return the exact average of marks with weights (to a thousandth); None where they add up to nothing."""
    if not digits:
        return None
    parts = [
        (mark, number * (round(weight * _THOUSAND) if weighted else 1))
        for (mark, weight), number in Counter(digits).items()
    ]
    whole = sum(weight for _, weight in parts)
    return Fraction(sum(mark * weight for mark, weight in parts), whole) if whole > 0 else None


def _likely(mark: PeriodMark, works: Works | None, bounds: Sequence[Fraction], *, weighted: bool) -> Likely:
    if works is None:
        return Likely("", mark, unread=True)
    average = average_of(works.digits, weighted=weighted)
    value = "" if average is None else str(mark_by(average, bounds))
    return Likely(value, mark, average, works.entries)


@once_a_class_each
def _works(book: ClassBook, subject: str) -> SubjectWorks:
    return SubjectWorks(subject, book)


def _released(book: ClassBook, pupil: Pupil, subject: str, period: PeriodOf) -> bool:
    rows = book.teacher_book.releases if book.teacher_book else ()
    return any(
        row.pupil == pupil.id
        and (not row.subject or fold(row.subject) == fold(subject))
        and (row.since or dt.date.min) <= period.first
        and period.last <= (row.until or dt.date.max)
        for row in rows
    )
