"""Stretches of the year in which nothing changes: the load, the timetable; and differences that last for a while."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sgo_sheets.findings import CellRef, Problem
from sgo_sheets.records.plan_book import Load
from sgo_sheets.rules.terms import DayOfYear, by_date
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import ClassBook

DAY = dt.timedelta(days=1)
SEPTEMBER = by_date(15, 9)
"""The plan, the КТП and the timetable are owed by 15 September (п. 6.4, 6.6, 7.3)."""
FEW = 3
"""So many differences of one class are said one by one; more of them are one finding."""
T = TypeVar("T", bound=Hashable)


class Difference(NamedTuple):
    """A difference at a cell, in words; ``subject`` where it is of one subject."""

    at: CellRef
    text: str
    subject: str = ""


def changes(loads: Iterable[Load]) -> Iterator[dt.date]:
    """Yield the days on which a row of the load begins to count or no longer counts."""
    for load in loads:
        if load.since is not None:
            yield load.since
        if load.until is not None:
            yield load.until + DAY


def in_force(loads: Iterable[Load], date: dt.date) -> list[Load]:
    """Return the rows of the load that count on a day."""
    return [
        load
        for load in loads
        if (load.since is None or load.since <= date) and (load.until is None or date <= load.until)
    ]


def stretches(year: Span, starts: Iterable[dt.date]) -> list[Span]:
    """Return the year cut on these days."""
    days = sorted({year.first, *(start for start in starts if year.first < start <= year.last)})
    lasts = [*(start - DAY for start in days[1:]), year.last]
    return [Span(first, last) for first, last in zip(days, lasts, strict=True)]


def taught_stretches(book: ClassBook, starts: Iterable[dt.date]) -> list[Span]:
    """Return the stretches in which the class has at least one study day, each from its first to its last one.

    A teacher who leaves on Friday and one who comes on Monday leave no gap.
    """
    days = book.calendar.study_days(book.year.first, book.year.last)
    found = []
    for span in stretches(book.year, starts):
        begin, end = bisect_left(days, span.first), bisect_left(days, span.last + DAY)
        if begin < end:
            found.append(Span(days[begin], days[end - 1]))
    return found


def lasting(found: Sequence[tuple[Span, Sequence[T]]]) -> Iterator[tuple[T, Span]]:
    """Yield each thing found in one stretch or in several that follow one another, with the days it lasts."""
    open_since: dict[T, dt.date] = {}
    before: Span | None = None
    for span, things in found:
        for thing in [thing for thing in open_since if thing not in things]:
            yield thing, Span(open_since.pop(thing), before.last if before else span.first)
        for thing in things:
            open_since.setdefault(thing, span.first)
        before = span
    for thing, first in open_since.items():
        yield thing, Span(first, before.last if before else first)


def september(year: Span) -> dt.date:
    """Return 15 September of the school year."""
    return (SEPTEMBER.every or DayOfYear(15, 9)).within(year)


def due_of(first: dt.date, year: Span) -> dt.date | None:
    """Return by when what counts from a day on must be right: None for the term of the rule, later on that day."""
    return first if first > september(year) else None


def few(
    found: Sequence[tuple[Span, Sequence[Difference]]], year: Span, school_class: str = "", head: str = ""
) -> Iterator[Problem]:
    """Yield the differences of one class: each by itself while they are few, else one finding that counts them.

    What counts later this year is spoken of ahead; what no longer counts, no more.
    """
    by_span: dict[Span, list[Difference]] = {}
    for difference, span in lasting(found):
        by_span.setdefault(span, []).append(difference)
    for span, own in by_span.items():
        until = None if span.last >= found[-1][0].last else span.last
        since = f" (с {day(span.first)})" if span.first > found[0][0].first else ""
        for one in own if len(own) <= FEW else [_together(own)]:
            yield Problem(
                one.at,
                f"{head}{one.text}{since}",
                due=due_of(span.first, year),
                until=until,
                school_class=school_class,
                subject=one.subject,
            )


def _together(own: Sequence[Difference]) -> Difference:
    said = "; ".join(one.text for one in own[:FEW])
    return Difference(own[0].at, f"{said}; и ещё расхождений: {len(own) - FEW}")
