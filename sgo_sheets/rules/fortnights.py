"""The fortnights of п. 8.4: counted from the class's first study day, with the lessons and the marks in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sgo_sheets.rules.graded import Marked, is_graded, marked_days
from sgo_sheets.rules.settings import HELD_LESSONS
from sgo_sheets.school.calendar import days_between
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import ClassBook, Journal

FORTNIGHT, DAY = dt.timedelta(days=14), dt.timedelta(days=1)


class Fortnight(NamedTuple):
    """Two weeks with lessons enough of a graded subject: the days of the lessons, and those that have a mark."""

    span: Span
    lessons: tuple[dt.date, ...]
    marked: tuple[dt.date, ...]


class Rhythm(NamedTuple):
    """The rhythm of a journal: the days of its held lessons that are marked, its fortnights, the days with marks.

    ``held`` has one day per lesson (classes 2–11); lessons at which the journal had no pupil are in no fortnight.
    """

    held: Sequence[dt.date]
    fortnights: tuple[Fortnight, ...]
    marked: Marked


def rhythm_of(journal: Journal, book: ClassBook, shared: dict[str, Any]) -> Rhythm:
    """Return the rhythm of a journal, worked out once for all who share the dictionary."""
    known: dict[str, Rhythm] = shared.setdefault("rhythm", {})
    if journal.path not in known:
        lessons = [row.date for row in journal.lessons if row.date and row.held] if journal.grade >= 2 else []
        held = [date for date in lessons if is_graded(journal, book, date)]
        attended = [date for date in held if any(member.on(date) for member in journal.members)]
        marked = marked_days(journal)
        known[journal.path] = Rhythm(held, tuple(fortnights(attended, marked.days, book)), marked)
    return known[journal.path]


def fortnights(held: Sequence[dt.date], marked: Iterable[dt.date], book: ClassBook) -> Iterator[Fortnight]:
    """Yield the fortnights, counted from the class's first study day, with two held lessons or more."""
    start = first_study_day(book)
    if start is None:
        return
    enough = HELD_LESSONS.number(book.regulation)
    lessons, marks = _by_fortnight(held, start), _by_fortnight(marked, start)
    for number in sorted(lessons):
        first = start + number * FORTNIGHT
        if len(lessons[number]) >= enough:
            span = Span(first, first + FORTNIGHT - DAY)
            yield Fortnight(span, tuple(lessons[number]), tuple(sorted(marks.get(number, ()))))


def first_study_day(book: ClassBook) -> dt.date | None:
    """Return the class's first study day, None where its calendar has none."""
    return next((date for date in days_between(*book.year) if book.calendar.is_study(date)), None)


def _by_fortnight(dates: Iterable[dt.date], start: dt.date) -> Mapping[int, list[dt.date]]:
    found: dict[int, list[dt.date]] = {}
    for date in dates:
        found.setdefault((date - start).days // FORTNIGHT.days, []).append(date)
    return found
