"""What the data of a class lack for its reports of chapter X: marks of a period, lessons of a fortnight, cards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sgo_sheets.rules.exemptions import excused
from sgo_sheets.rules.fortnights import DAY, FORTNIGHT, first_study_day, rhythm_of
from sgo_sheets.rules.graded import GRADED
from sgo_sheets.rules.owed_lessons import Owed, owed_of
from sgo_sheets.rules.owed_marks import Owing, is_newcomer, owed_marks
from sgo_sheets.rules.people import holder
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import JournalKey, PeriodOf, Pupil, Span
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

PERIOD_MARK, TOPIC, LESSON, JOURNAL, QUIET = "R0813", "R0801", "R0802", "R0806", "R0811"
"""The rules that speak of the causes: what an exemption lifts there is not missed in a report either."""


NO_JOURNAL = "нет журнала"


class Lack(NamedTuple):
    """What is missing in one subject: in words, how many of it (0 – not counted), the code of who owes it."""

    subject: str
    what: str
    number: int
    owner: str


class PeriodGap(NamedTuple):
    """A study period of a class and what its marks lack."""

    period: PeriodOf
    lacks: tuple[Lack, ...]


class Window(NamedTuple):
    """Two weeks of lessons of a class and what is not entered of them; ``blank`` – the days of unrecorded lessons."""

    span: Span
    lacks: tuple[Lack, ...]
    blank: frozenset[dt.date]


def study_periods(book: ClassBook) -> tuple[PeriodOf, ...]:
    """Return the periods after which reports are due: all but the year, which ends with the last of them."""
    return tuple(period for period in book.periods if period.type != YEAR)


def owing_of(
    journal: Journal, roll: Sequence[Pupil], teacher_book: ClassTeacherBook, book: ClassBook, shared: dict[str, Any]
) -> tuple[Owing, ...]:
    """Return who is owed a period mark in a journal, counted once for all who share the dictionary."""
    known: dict[str, tuple[Owing, ...]] = shared.setdefault("owed marks", {})
    if journal.path not in known:
        known[journal.path] = tuple(owed_marks(journal, roll, teacher_book, book))
    return known[journal.path]


def lacking_marks(owing: Iterable[Owing], key: JournalKey, book: ClassBook) -> Counter[str]:
    """Return how many marks a journal lacks by period; newcomers and what is excused from R0813 do not count."""

    def counts(owed: Owing) -> bool:
        last, pupil = owed.period.last, owed.pupil.id
        return not is_newcomer(owed, book) and not excused(
            book.regulation, PERIOD_MARK, key, last, school_class=book.name, pupil=pupil
        )

    return Counter(owed.period.name for owed in owing if owed.mark is None and counts(owed))


def period_gaps(
    book: ClassBook, roll: Sequence[Pupil], teacher_book: ClassTeacherBook, shared: dict[str, Any]
) -> tuple[PeriodGap, ...]:
    """Return what every study period lacks: a subject without a journal, marks that are not given."""
    found = []
    lacking = [
        (one, lacking_marks(owing_of(one, roll, teacher_book, book, shared), one.key, book)) for one in book.journals
    ]
    for period in study_periods(book):
        lacks = [*_without_journal(book, Span(period.first, period.last), marked=True)]
        for journal, numbers in lacking:
            if number := numbers[period.name]:
                lacks.append(Lack(_subject(journal.key), "нет отметок", number, holder(journal.holdings, period.last)))
        found.append(PeriodGap(period, tuple(lacks)))
    return tuple(found)


def windows(book: ClassBook, shared: dict[str, Any]) -> tuple[Window, ...]:
    """Return the fortnights of the class in which there are lessons, with what is not entered of them.

    They count from the class's first study day, as those of п. 8.4 do.
    """
    if "report windows" not in shared:
        shared["report windows"] = tuple(_windows(book, shared))
    found: tuple[Window, ...] = shared["report windows"]
    return found


def _windows(book: ClassBook, shared: dict[str, Any]) -> Iterator[Window]:
    start = first_study_day(book)
    if start is None:
        return
    lacks: dict[int, list[Lack]] = {}
    blank: dict[int, set[dt.date]] = {}
    unmade = {(load.target, load.subject, load.group) for load in book.lacking}
    bare = [slot.date for slot in book.slots if unmade and (slot.target, slot.subject, slot.group) in unmade]
    for journal in book.journals:
        empty: dict[int, list[dt.date]] = {}
        for owed in owed_of(journal, book, shared):
            number = (owed.date - start).days // FORTNIGHT.days
            lacks.setdefault(number, [])
            if is_unrecorded(owed, journal, book):
                empty.setdefault(number, []).append(owed.date)
                blank.setdefault(number, set()).add(owed.date)
        quiet = set(_quiet(journal, book, start, shared))
        for number in sorted({*empty, *quiet}):
            owner = holder(journal.holdings, start + number * FORTNIGHT + FORTNIGHT - DAY)
            what, count = ("не записаны уроки", len(empty[number])) if number in empty else ("нет отметок", 0)
            lacks.setdefault(number, []).append(Lack(_subject(journal.key), what, count, owner))
    for number in sorted(lacks):
        span = Span(start + number * FORTNIGHT, start + number * FORTNIGHT + FORTNIGHT - DAY)
        days = frozenset((*blank.get(number, ()), *(date for date in bare if date in span)))
        yield Window(span, (*_without_journal(book, span), *lacks[number]), days)


def is_unrecorded(owed: Owed, journal: Journal, book: ClassBook) -> bool:
    """Return whether a lesson that was to be is not written down, and no exemption lets it be."""
    return _blank(owed, journal) and not _let_off(owed, journal, book)


def _blank(owed: Owed, journal: Journal) -> bool:
    """Return whether a lesson is not written down: no row, or a row without a topic."""
    row = owed.row
    if row is None:
        return owed.slot is not None
    return not (row.cancelled or row.taught or row.unread("topic") or row.at("topic") in journal.doubts)


def _let_off(owed: Owed, journal: Journal, book: ClassBook) -> bool:
    code = LESSON if owed.row is None else TOPIC
    return excused(book.regulation, code, journal.key, owed.date, school_class=book.name)


def _quiet(journal: Journal, book: ClassBook, start: dt.date, shared: dict[str, Any]) -> Iterator[int]:
    """Yield the numbers of the fortnights without any mark, as R0811 sees them."""
    if journal.grid is None:
        return
    for fortnight in rhythm_of(journal, book, shared).fortnights:
        last = fortnight.span.last
        if not fortnight.marked and not excused(book.regulation, QUIET, journal.key, last, school_class=book.name):
            yield (fortnight.span.first - start) // FORTNIGHT


def _without_journal(book: ClassBook, span: Span, *, marked: bool = False) -> Iterator[Lack]:
    """Yield the loads that have lessons in the span and no journal; ``marked`` – only those of subjects with marks."""
    for load in book.lacking:
        if marked and not _is_marked(load.subject, book):
            continue
        key = JournalKey(load.target, load.subject, load.group)
        taught = (slot.date for slot in book.slots if (slot.target, slot.subject, slot.group) == key)
        first = next((date for date in taught if date in span), None)
        if first is not None and not excused(book.regulation, JOURNAL, key, first, school_class=book.name):
            yield Lack(_subject(key), NO_JOURNAL, 0, load.teacher)


def _is_marked(subject: str, book: ClassBook) -> bool:
    found = book.subjects.get(subject)
    return ((found.grading if found else "") or "отметка") in GRADED


def _subject(key: JournalKey) -> str:
    return key.subject + (f" ({key.group})" if key.group else "")
