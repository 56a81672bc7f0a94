"""Report 2, «Отчёт классного руководителя за учебный период».

How many there were, how they finished the period, what they missed, with the previous period beside it; then the pupils
behind the numbers (reports.md no. 2). «Неуспевающие» hold those not attested, so that the rows add up to the class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sgo_sheets.reports.attendance_data import lacks as attendance_lacks
from sgo_sheets.reports.class_period import ClassPeriod, about, class_period
from sgo_sheets.reports.class_period_document import signatures
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import Document, Lack, Refused
from sgo_sheets.reports.period_figures import Figures, figures_of, summary
from sgo_sheets.reports.period_people import Person, Said, people
from sgo_sheets.reports.spans import ReportSpan, period_spans
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.model import ClassBook

NUMBER = 2
BY_PUPILS = (
    "Успеваемость и качество считаются по обучающимся, у которых есть отметки. "
    "Неуспевающие: есть «2», «1», «нзч» или «н/а» хотя бы по одному предмету."
)


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class over a study period or the year, or why there is none."""
    period = _period(span)
    report = class_period(book, period)
    title = REPORT_NAMES[NUMBER]
    if isinstance(report, Refused):
        return replace(report, number=NUMBER, title=title)
    earlier, words = before(book, period)
    periods = [(period.name, figures_of(book, period, report.categories)), *earlier]
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=title,
        about=about(book, period),
        tables=(summary("Показатели класса", periods), people(_persons(report))),
        lacks=with_attendance(book, period, report.lacks),
        signatures=signatures(book, period.last),
        formed=report.saved,
        landscape=False,
        notes=(BY_PUPILS, *words),
    )


def before(book: ClassBook, period: PeriodOf) -> tuple[list[tuple[str, Figures]], tuple[str, ...]]:
    """Return the figures of the previous period with its name, and what is to be said where there are none.

    The previous is the last of the same type that ended before this one began; of the year – the last one in it.
    """
    of_year = period.type == YEAR
    ended = [
        one
        for one in book.periods
        if (one.type != YEAR and one.last <= period.last if of_year else one.type == period.type)
        and (of_year or one.last < period.first)
    ]
    if not ended:
        return [], ()
    earlier = max(ended, key=lambda one: (one.last, one.first))
    report = class_period(book, earlier)
    if isinstance(report, Refused):
        return [], (f"Сравнить не с чем: отметок за период «{earlier.name}» нет.",)
    return [(earlier.name, figures_of(book, earlier, report.categories))], ()


def with_attendance(book: ClassBook, period: PeriodOf, found: Iterable[Lack]) -> tuple[Lack, ...]:
    """Return what is missing of marks and then of attendance, each once."""
    marks = tuple(found)
    named = {lack.at for lack in marks}
    rest = attendance_lacks(book, Span(period.first, period.last))
    return (*marks, *(lack for lack in rest if lack.at not in named))


def _period(span: ReportSpan) -> PeriodOf:
    if span.period is None:
        raise ValueError(f"report {NUMBER} is of a study period, not of {span.name}")
    return span.period


def _persons(report: ClassPeriod) -> list[Person]:
    return [
        Person(
            line.name,
            line.category,
            [Said(name, mark) for name, mark in zip(report.subjects, line.marks, strict=True) if mark],
        )
        for line in report.pupils
    ]


REPORT = ClassReport(NUMBER, period_spans, make)
