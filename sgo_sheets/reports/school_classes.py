"""Report 4, «Сводный отчёт классного руководителя» (по школе): a row per class with the figures of report 2.

Subtotals by step and the total are sums of the classes; percentages are worked out of the sums (reports.md no. 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sgo_sheets.reports.declared import SchoolReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table
from sgo_sheets.reports.homeroom_period import BY_PUPILS
from sgo_sheets.reports.period_figures import SECTIONS, Figures
from sgo_sheets.reports.school_period import SchoolPeriod, about, attendance_lacks, school_period, signatures, together
from sgo_sheets.reports.spans import ReportSpan, school_period_spans
from sgo_sheets.reports.staff_charts import by_pupils
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.school.model import School

NUMBER = 4
MOVES = "«Прибыло» и «выбыло» – вместе с переводами из класса в класс внутри школы; без них – «Движение учащихся»."


def make(school: School, totals: Mapping[str, ClassTotals], span: ReportSpan) -> Document | Refused:
    """Return the report of the school over a study period or the year, or why there is none."""
    found = school_period(school, totals, span, NUMBER)
    if isinstance(found, Refused):
        return found
    columns = (
        Column("Класс", Kind.NAME, 13),
        Column("Классный руководитель", Kind.TEXT, 20),
        *(
            Column(one.short, Kind.NUMBER, 5.5, turned=True, group=own.name)
            for own in SECTIONS
            for one in own.indicators
        ),
    )
    return Document(
        number=NUMBER,
        school=school.organisation.full_name,
        title=f"{REPORT_NAMES[NUMBER]} (по школе)",
        about=about(span),
        tables=(Table("По классам", columns, tuple(_rows(school, found))),),
        lacks=(*found.lacks, *attendance_lacks(school, found.rows)),
        signatures=signatures(school),
        formed=found.saved,
        notes=(BY_PUPILS, *found.notes, MOVES),
        charts=by_pupils("По классам, %", ((row.book.name, row.figures.tally) for row in found.rows)),
    )


def _rows(school: School, found: SchoolPeriod) -> Iterator[Row]:
    for name, own in found.steps:
        for row in own:
            teacher = school.staff.get(row.book.class_teacher(row.period.last))
            yield _row(row.book.name, teacher.short_name if teacher else None, row.figures)
        yield _row(name, None, together(own), Place.TOTAL)
    yield _row("По школе", None, together(found.rows), Place.TOTAL)


def _row(name: str, teacher: str | None, figures: Figures, place: Place = Place.LINE) -> Row:
    return Row((name, teacher, *(one.of(figures) for own in SECTIONS for one in own.indicators)), place)


REPORT = SchoolReport(NUMBER, school_period_spans, make)
