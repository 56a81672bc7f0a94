"""The school year of a day: terms, holidays, bells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
SETTLED_BEFORE = 4
"""Teachers give the marks of a term so many working days before its end; «скоро» is said three days before."""
FIRST_SHIFT, SECOND_SHIFT = "1 смена", "2 смена"
LESSON = dt.timedelta(minutes=40)
_BREAKS = (10, 20, 20, 10, 10, 10)
_SHIFTS = {FIRST_SHIFT: ((8, 0), 7), SECOND_SHIFT: ((14, 10), 6)}


@dataclass(frozen=True, slots=True)
class Term:
    """A study period, or holidays: both days included."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Year:
    """A school year. ``breaks`` are the holidays of all classes, ``extra`` those of the first grade only."""

    first: dt.date
    last: dt.date
    quarters: tuple[Term, ...]
    halves: tuple[Term, ...]
    breaks: tuple[Term, ...]
    extra: Term
    off: frozenset[dt.date] = frozenset()

    @property
    def name(self) -> str:
        """Return «2026/2027»."""
        return f"{self.first.year}/{self.first.year + 1}"

    @property
    def study_last(self) -> dt.date:
        """Return the last day of lessons."""
        return self.quarters[-1].last

    def is_study(self, day: dt.date, week: int = 5) -> bool:
        """Return whether a class of a five- or six-day week has lessons on a day."""
        inside = any(term.first <= day <= term.last for term in self.quarters)
        return inside and day.weekday() < week and day not in self.off

    def next_study(self, day: dt.date, week: int = 5) -> dt.date | None:
        """Return the first study day from a day on, None when the year is over."""
        while day <= self.study_last:
            if self.is_study(day, week):
                return day
            day += DAY
        return None

    def settled(self, term: Term) -> dt.date:
        """Return the day by which the marks of a term are given: before anybody would be told that it is time."""
        day, left = term.last, 0
        while left <= SETTLED_BEFORE:
            left += day.weekday() < 5 and day not in self.off
            day -= DAY
        return day + DAY

    def terms(self, grade: int) -> tuple[Term, ...]:
        """Return the terms a grade is marked by: quarters, in 10 and 11 half-years."""
        return self.halves if grade >= 10 else self.quarters


def year_of(on: dt.date, off: frozenset[dt.date] = frozenset()) -> Year:
    """Return the school year a day lies in; from August on it is the coming one. ``off`` are days off of the state."""
    start = on.year if on.month >= 8 else on.year - 1
    first = dt.date(start, 9, 1)
    while first.weekday() > 4:
        first += DAY
    autumn = _week_off(dt.date(start, 10, 28))
    winter_last = dt.date(start + 1, 1, 8)
    while winter_last.weekday() != 6:
        winter_last += DAY
    winter = Term("зимние", dt.date(start, 12, 30), winter_last)
    spring = _week_off(dt.date(start + 1, 3, 25))
    end = _weekday_before(dt.date(start + 1, 5, 27))
    edges = (first, autumn.last + DAY, winter.last + DAY, spring.last + DAY)
    ends = (*(_weekday_before(holidays.first) for holidays in (autumn, winter, spring)), end)
    quarters = tuple(
        Term(f"{number} четверть", begins, ends_on)
        for number, (begins, ends_on) in enumerate(zip(edges, ends, strict=True), start=1)
    )
    halves = (Term("1 полугодие", first, quarters[1].last), Term("2 полугодие", quarters[2].first, end))
    return Year(
        first=first,
        last=dt.date(start + 1, 5, 31),
        quarters=quarters,
        halves=halves,
        breaks=(Term("осенние", autumn.first, autumn.last), winter, Term("весенние", spring.first, spring.last)),
        extra=Term("дополнительные", *_span(_week_off(dt.date(start + 1, 2, 16)))),
        off=off,
    )


def _weekday_before(day: dt.date) -> dt.date:
    """Return the last day from Monday to Friday before a day."""
    day -= DAY
    while day.weekday() > 4:
        day -= DAY
    return day


def _week_off(day: dt.date) -> Term:
    """Return nine days, Saturday to Sunday, around the week of a day."""
    monday = day - dt.timedelta(days=day.weekday())
    return Term("", monday - 2 * DAY, monday + 6 * DAY)


def _span(term: Term) -> tuple[dt.date, dt.date]:
    return term.first, term.last


def bell_rows() -> Iterator[tuple[str, int, dt.time, dt.time]]:
    """Yield set, lesson, beginning and end of every lesson of both shifts."""
    for name, ((hour, minute), count) in _SHIFTS.items():
        start = dt.datetime(2000, 1, 1, hour, minute)  # noqa: DTZ001 - a time of day
        for number in range(1, count + 1):
            yield name, number, start.time(), (start + LESSON).time()
            start += LESSON + dt.timedelta(minutes=_BREAKS[(number - 1) % len(_BREAKS)])


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield every day of a span."""
    for offset in range((last - first).days + 1):
        yield first + offset * DAY
