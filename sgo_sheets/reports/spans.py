"""The days a report is about: a study period, a month, the year; and the part they have in the name of its files."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import NamedTuple

from sgo_sheets.russian import MONTH_NAMES
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.model import ClassBook, School

NEAR_THE_END = dt.timedelta(days=31)


class ReportSpan(NamedTuple):
    """The days a report is about, both included.

    ``name`` is for people («1 четверть», «сентябрь 2026», «учебный год»); ``key`` is its part of file names, unique
    among the spans of one report of one place; ``period`` is given where the span is a study period.
    """

    name: str
    first: dt.date
    last: dt.date
    key: str
    period: PeriodOf | None = None

    def open_on(self, on: dt.date) -> bool:
        """Return whether there may be anything to report on a day: it has begun; the year – it nears its end."""
        of_year = self.period is not None and self.period.type == YEAR
        return (self.last - NEAR_THE_END if of_year else self.first) <= on


def period_spans(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return the study periods of a class and the year; two that begin on one day are named by both their days."""
    return tuple(_keyed(book.periods))


def school_period_spans(school: School) -> tuple[ReportSpan, ...]:
    """Return the study periods of the school and the year: those of all classes, one for each type and name.

    A period lasts from its first day in any class to its last in any: the year of a class 9 may end before that of
    others, and is the same year.
    """
    days: dict[tuple[str, str], Span] = {}
    for period in (period for book in school.books for period in book.periods):
        known = days.get((period.type, period.name), Span(period.first, period.last))
        days[period.type, period.name] = Span(min(known.first, period.first), max(known.last, period.last))
    periods = [PeriodOf(name, kind, *span) for (kind, name), span in days.items()]
    return tuple(_keyed(sorted(periods, key=lambda one: (one.type == YEAR, one.first, one.last, one.name))))


def _keyed(periods: Iterable[PeriodOf]) -> Iterator[ReportSpan]:
    """Yield a span for each period: its key is its first day, both its days where that is taken, then a number too."""
    taken: set[str] = set()
    for period in periods:
        both = f"{period.first.isoformat()}-{period.last.isoformat()}"
        keys = chain((period.first.isoformat(), both), (f"{both}-{number}" for number in count(2)))
        key = next(key for key in keys if key not in taken)
        taken.add(key)
        yield ReportSpan(period.name, period.first, period.last, key, period)


def month_spans(year: Span) -> tuple[ReportSpan, ...]:
    """Return the calendar months of a school year, the first and the last cut to it."""
    found: list[ReportSpan] = []
    first = year.first
    while first <= year.last:
        end = first.replace(day=monthrange(first.year, first.month)[1])
        name = f"{MONTH_NAMES[first.month - 1]} {first.year}"
        found.append(ReportSpan(name, first, min(end, year.last), f"{first:%Y-%m}"))
        first = end + dt.timedelta(days=1)
    return tuple(found)


def year_span(year: Span) -> ReportSpan:
    """Return the whole school year."""
    return ReportSpan(f"{year.first.year}/{year.last.year} учебный год", year.first, year.last, "year")


def formed_at(saved: Iterable[dt.datetime | None], last: dt.date) -> dt.datetime | None:
    """Return when the newest workbook was saved; None once that was after the span: it is formed from a closed span.

    So a report of a closed span is the same whatever is saved later, as long as its figures are.
    """
    newest = max((moment for moment in saved if moment), default=None)
    return newest if newest is None or newest.date() <= last else None
