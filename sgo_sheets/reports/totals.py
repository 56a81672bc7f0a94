"""What a class gives to the reports of the school and of teachers: small figures that travel and are remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sgo_sheets.reports.categories import Category
from sgo_sheets.reports.class_period import ClassPeriod, class_period
from sgo_sheets.reports.company import MonthMarks, months_of
from sgo_sheets.reports.spans import period_spans
from sgo_sheets.school.model import ClassBook


class PeriodTotals(NamedTuple):
    """The pupils of a class at the end of a period by category; ``lacking`` – how many things its report 7 lacks.

    ``key`` is that of the span (``ReportSpan``); ``categories`` are numbers in the order of ``Category``.
    """

    key: str
    period: str
    categories: tuple[int, ...]
    lacking: int

    @property
    def tally(self) -> Mapping[Category, int]:
        """Return how many pupils there are of every category."""
        return dict(zip(Category, self.categories, strict=True))


@dataclass(frozen=True, slots=True)
class ClassTotals:
    """The figures of one class. Every row holds plain values: text, whole numbers, tuples of them."""

    periods: tuple[PeriodTotals, ...] = ()
    months: tuple[MonthMarks, ...] = ()


def totals_of(book: ClassBook) -> ClassTotals:
    """Return the figures of a class for the whole year; they do not depend on the day."""
    return ClassTotals(tuple(_periods(book)), months_of(book))


def _periods(book: ClassBook) -> Iterator[PeriodTotals]:
    for span in period_spans(book):
        report = class_period(book, span.period) if span.period is not None else None
        if isinstance(report, ClassPeriod):
            numbers = tuple(report.categories[category] for category in Category)
            yield PeriodTotals(span.key, span.name, numbers, len(report.lacks))


def pack_totals(totals: ClassTotals) -> Any:
    """Return the figures as lists JSON can hold."""
    months = [[row.key, row.pupils, [list(one) for one in row.marks]] for row in totals.months]
    return {"periods": [list(row) for row in totals.periods], "months": months}


def unpack_totals(content: Any) -> ClassTotals:
    """Return the packed figures. Raises ValueError, TypeError or KeyError for anything else."""
    rows = (PeriodTotals(key, period, tuple(numbers), lacking) for key, period, numbers, lacking in content["periods"])
    months = (
        MonthMarks(key, pupils, tuple((mark, float(weight), number) for mark, weight, number in marks))
        for key, pupils, marks in content["months"]
    )
    return ClassTotals(tuple(rows), tuple(months))
