"""What a class gives to the reports of the school and of teachers: small figures that travel and are remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sgo_sheets.records.journal_books import ClassPeriodMarks
from sgo_sheets.reports.attendance import Missed
from sgo_sheets.reports.attendance_data import is_recorded
from sgo_sheets.reports.attendance_data import lacks as attendance_lacks
from sgo_sheets.reports.categories import Category, tally
from sgo_sheets.reports.class_moves import Moves
from sgo_sheets.reports.class_period import NO_MARKS_GRADE, ClassPeriod, class_period
from sgo_sheets.reports.company import MonthMarks, months_of
from sgo_sheets.reports.period_figures import Figures, figures_of
from sgo_sheets.reports.pivot_totals import Pivots, pack_pivots, unpack_pivots
from sgo_sheets.reports.taught_totals import TaughtTotals, pack_taught, taught_totals, unpack_taught
from sgo_sheets.rules.report_words import teacher_book_path
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.model import ClassBook


class Owed(NamedTuple):
    """Something a class lacks for its figures: what, the code of who owes it, where."""

    what: str
    person: str
    workbook: str
    sheet: str
    cell: str


class PeriodTotals(NamedTuple):
    """The pupils of a class in a period: who came and went, their categories at its end, what they missed.

    ``period`` and ``type`` name the period; ``moves``, ``categories`` and ``missed`` are the numbers of ``Moves``, of
    every ``Category`` in order, and of ``Missed``; ``owed`` – what is missing of marks, ``unsure`` – how much is of
    attendance (report 8 names it). A class without a mark of the period has all its pupils in «отметок нет».
    """

    type: str
    period: str
    moves: tuple[int, ...]
    categories: tuple[int, ...]
    missed: tuple[int, ...]
    unsure: int
    owed: tuple[Owed, ...]

    @property
    def figures(self) -> Figures:
        """Return the numbers by their names."""
        of = dict(zip(Category, self.categories, strict=True))
        return Figures(Moves(*self.moves), of, Missed(*self.missed))


@dataclass(frozen=True, slots=True)
class ClassTotals:
    """The figures of one class. Every row holds plain values: text, whole numbers, tuples of them.

    ``pivots`` – what it gives to «Конструктор отчётов.xlsx», by the key of the report.
    """

    periods: tuple[PeriodTotals, ...] = ()
    taught: TaughtTotals = field(default_factory=TaughtTotals)
    months: tuple[MonthMarks, ...] = ()
    pivots: Pivots = field(default_factory=dict)


def totals_of(book: ClassBook) -> ClassTotals:
    """Return the figures of a class for the whole year; they do not depend on the day."""
    return ClassTotals(tuple(_periods(book)), taught_totals(book), months_of(book))


def _periods(book: ClassBook) -> Iterator[PeriodTotals]:
    """Yield a row for every period in which the class has anybody; none while its list is not read."""
    for period in book.periods if book.roll is not None else ():
        report = class_period(book, period)
        categories = report.categories if isinstance(report, ClassPeriod) else _unmarked(book, period)
        figures = figures_of(book, period, categories)
        if not any(figures.moves):
            continue
        owed: tuple[Owed, ...] = ()
        if isinstance(report, ClassPeriod):
            owed = tuple(_owed(report))
        elif figures.moves.end and book.grade != NO_MARKS_GRADE:
            owed = (_nothing(book, period),)
        numbers = tuple(figures.tally[category] for category in Category)
        days = Span(period.first, period.last)
        unsure = len(attendance_lacks(book, days)) if is_recorded(book, days) else 0
        moves, lost = tuple(figures.moves), tuple(figures.missed)
        yield PeriodTotals(period.type, period.name, moves, numbers, lost, unsure, owed)


def _unmarked(book: ClassBook, period: PeriodOf) -> Mapping[Category, int]:
    return tally(Category.UNMARKED for _ in book.pupils_on(period.last))


def _owed(report: ClassPeriod) -> Iterator[Owed]:
    for lack in report.lacks:
        yield Owed(lack.what, lack.person, lack.at.workbook, lack.at.sheet, lack.at.cell)


def _nothing(book: ClassBook, period: PeriodOf) -> Owed:
    """Return that the class has not one mark of the period: its class teacher answers for the whole of it."""
    words = f"не выставлено ни одной отметки за период «{period.name}»"
    return Owed(words, book.class_teacher(period.last), teacher_book_path(book), ClassPeriodMarks.sheet, "")


def pack_totals(totals: ClassTotals) -> Any:
    """Return the figures as lists JSON can hold."""
    periods = [[*row[:-1], [list(one) for one in row.owed]] for row in totals.periods]
    months = [[row.key, row.pupils, [list(one) for one in row.marks]] for row in totals.months]
    taught = pack_taught(totals.taught)
    return {"periods": periods, "taught": taught, "months": months, "pivots": pack_pivots(totals.pivots)}


def unpack_totals(content: Any) -> ClassTotals:
    """Return the packed figures. Raises ValueError, TypeError or KeyError for anything else."""
    rows = (
        PeriodTotals(
            kind, period, tuple(moves), tuple(numbers), tuple(missed), unsure, tuple(Owed(*one) for one in owed)
        )
        for kind, period, moves, numbers, missed, unsure, owed in content["periods"]
    )
    months = (
        MonthMarks(key, pupils, tuple((mark, float(weight), number) for mark, weight, number in marks))
        for key, pupils, marks in content["months"]
    )
    return ClassTotals(tuple(rows), unpack_taught(content["taught"]), tuple(months), unpack_pivots(content["pivots"]))
