"""The days a report is about: a study period, a month, the year; and the part they have in the name of its files."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from sgo_sheets.russian import MONTH_NAMES, fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook, PeriodOf, Span

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
    return _named(book.periods)


def school_period_spans(books: Iterable[ClassBook]) -> tuple[ReportSpan, ...]:
    """Return the study periods of a school and the year: those of one name are one, from the first day to the last."""
    found: dict[str, PeriodOf] = {}
    for period in (period for book in books for period in book.periods):
        known = found.setdefault(fold(period.name), period)
        if known is not period:
            first, last = min(known.first, period.first), max(known.last, period.last)
            found[fold(period.name)] = replace(known, first=first, last=last)
    return _named(sorted(found.values(), key=lambda period: (period.type == YEAR, period.first, period.last)))


def _named(periods: Iterable[PeriodOf]) -> tuple[ReportSpan, ...]:
    found: list[ReportSpan] = []
    taken: set[str] = set()
    for period in periods:
        key = period.first.isoformat()
        if key in taken:
            key = f"{key}-{period.last.isoformat()}"
        if key in taken:
            key = f"{key}-{len(found)}"
        taken.add(key)
        found.append(ReportSpan(period.name, period.first, period.last, key, period))
    return tuple(found)


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
