"""Report 5, «Сводный отчёт об успеваемости по школе»: sixteen columns by parallel, subtotals by step, the total.

Control sums of every row: 3 = 4 + 5 + 7 + 8; 6 ≤ 5; 9 = 10 + 11; 12 = 13 + 14 + 15; 2 = 3 + 9 + 12 + 16
(reports.md no. 5). Pupils of grade 1, who have no marks, are in columns 2 and 16: column 2 is the whole school.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from sgo_sheets.reports.category_sums import sums_of
from sgo_sheets.reports.declared import SchoolReport
from sgo_sheets.reports.document import Chart, Column, Document, Kind, Place, Refused, Row, Table
from sgo_sheets.reports.period_figures import Figures
from sgo_sheets.reports.school_period import SchoolPeriod, about, school_period, signatures, together
from sgo_sheets.reports.spans import ReportSpan, school_period_spans
from sgo_sheets.reports.staff_charts import by_pupils, over_periods
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import School

NUMBER = 5
_SUCCEED, _NOT_ATTESTED, _FAIL = "Успевают", "Не аттестовано", "Не успевают"
_HEADS: tuple[tuple[str, str], ...] = (
    ("", "Количество учащихся"),
    (_SUCCEED, "всего"),
    (_SUCCEED, "на «5»"),
    (_SUCCEED, "на «4», «5» всего"),
    (_SUCCEED, "из них с одной «4»"),
    (_SUCCEED, "с одной «3»"),
    (_SUCCEED, "на «3», «4» и «5»"),
    (_NOT_ATTESTED, "всего"),
    (_NOT_ATTESTED, "по ув. пр."),
    (_NOT_ATTESTED, "по прог."),
    (_FAIL, "всего"),
    (_FAIL, "по одному"),
    (_FAIL, "по двум"),
    (_FAIL, "более 2"),
    ("", "Не выставлено оценок"),
)
"""The group and the title of columns 2–16, in the order of ``Sums``."""


def make(school: School, totals: Mapping[str, ClassTotals], span: ReportSpan) -> Document | Refused:
    """Return the report of the school over a study period or the year, or why there is none."""
    found = school_period(school, totals, span, NUMBER)
    if isinstance(found, Refused):
        return found
    columns = (
        Column("Параллель", Kind.NAME, 15),
        *(Column(title, Kind.NUMBER, 7, turned=True, group=group) for group, title in _HEADS),
    )
    return Document(
        number=NUMBER,
        school=school.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about(span),
        tables=(Table("Успеваемость по параллелям", columns, tuple(_rows(found))),),
        lacks=found.lacks,
        signatures=signatures(school),
        formed=found.saved,
        notes=found.notes,
        charts=(*_parallels(found), *_dynamics(school, totals, span)),
    )


def _parallels(found: SchoolPeriod) -> tuple[Chart, ...]:
    grades = groupby(found.rows, key=lambda row: row.book.grade)
    return by_pupils("По параллелям, %", ((f"{grade} классы", together(tuple(own)).tally) for grade, own in grades))


def _dynamics(school: School, totals: Mapping[str, ClassTotals], span: ReportSpan) -> tuple[Chart, ...]:
    """Return the school over the periods of the year, of the type most classes have; in the report of the year only."""
    if span.period is None or span.period.type != YEAR:
        return ()
    types = Counter(period.type for book in school.books for period in book.periods if period.type != YEAR)
    usual = max(types, key=types.__getitem__, default="")
    spans = [one for one in school_period_spans(school) if one.period is not None and one.period.type == usual]
    found = [(one.name, school_period(school, totals, one, NUMBER)) for one in spans]
    return over_periods([(name, together(own.rows).tally) for name, own in found if isinstance(own, SchoolPeriod)])


def _rows(found: SchoolPeriod) -> Iterator[Row]:
    for name, own in found.steps:
        for grade, classes in groupby(own, key=lambda row: row.book.grade):
            yield _row(grade, together(tuple(classes)))
        yield _row(name, together(own), Place.TOTAL)
    yield _row("По школе", together(found.rows), Place.TOTAL)


def _row(name: str | int, figures: Figures, place: Place = Place.LINE) -> Row:
    return Row((name, *sums_of(figures.tally)), place)


REPORT = SchoolReport(NUMBER, school_period_spans, make)
