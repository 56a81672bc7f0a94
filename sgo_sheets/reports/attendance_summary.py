"""Report 8, «Сводная ведомость учёта посещаемости»: what every pupil missed in each study period and in the year.

The row of the year is the sum of the periods and, where there were lessons outside of them, of those days
(reports.md no. 8). A period of which nothing is written down yet has no rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from sgo_sheets.reports.attendance import Missed, PupilDay, total
from sgo_sheets.reports.attendance_data import formed, is_recorded, lacks, pupils_of, refusal, was_in
from sgo_sheets.reports.class_period_document import signatures
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table
from sgo_sheets.reports.spans import ReportSpan, year_span
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.rules.report_gaps import study_periods
from sgo_sheets.russian import period_days
from sgo_sheets.school.elements import PeriodOf, Pupil, Span
from sgo_sheets.school.model import ClassBook

NUMBER = 8
OUTSIDE, YEAR_WORDS, CLASS_WORDS = "Вне периодов", "Год", "Всего по классу"
_DAYS, _LESSONS = "Пропущено дней", "Пропущено уроков"
FIGURES: tuple[Column, ...] = (
    Column("всего", Kind.NUMBER, 9, turned=True, group=_DAYS),
    Column("по болезни", Kind.NUMBER, 9, turned=True, group=_DAYS),
    Column("всего", Kind.NUMBER, 9, turned=True, group=_LESSONS),
    Column("по болезни", Kind.NUMBER, 9, turned=True, group=_LESSONS),
    Column("по уваж. причине", Kind.NUMBER, 9, turned=True, group=_LESSONS),
    Column("по неуваж. причине", Kind.NUMBER, 9, turned=True, group=_LESSONS),
    Column("причина не указана", Kind.NUMBER, 9, turned=True, group=_LESSONS),
    Column("Опозданий", Kind.NUMBER, 9, turned=True),
)
"""The columns of ``Missed``, in its order."""


class PupilLine(NamedTuple):
    """What a pupil missed in each part of the year he was in the class for: the name of the part and the numbers."""

    pupil: Pupil
    parts: tuple[tuple[str, Missed], ...]
    year: Missed


class AttendanceSummary(NamedTuple):
    """The figures: pupils, the class by part and in the year; ``unwritten`` – periods nothing is written down of."""

    pupils: tuple[PupilLine, ...]
    parts: tuple[tuple[str, Missed], ...]
    year: Missed
    unwritten: tuple[str, ...]


def attendance_summary(book: ClassBook) -> AttendanceSummary:
    """Return the figures of a class for the year; they do not depend on the day."""
    periods = terms(book)
    written = [period for period in periods if is_recorded(book, Span(period.first, period.last))]
    lines = tuple(_line(one.pupil, one.days, periods, written, book) for one in pupils_of(book, book.year))
    names = dict.fromkeys(name for period in (*written, None) for name in [period.name if period else OUTSIDE])
    sums = {name: total_of(m for line in lines for part, m in line.parts if part == name) for name in names}
    if not any(part == OUTSIDE for line in lines for part, _ in line.parts):
        del sums[OUTSIDE]
    unwritten = tuple(period.name for period in periods if period not in written)
    return AttendanceSummary(lines, tuple(sums.items()), total_of(line.year for line in lines), unwritten)


def terms(book: ClassBook) -> tuple[PeriodOf, ...]:
    """Return the study periods that make the year: where the class has quarters and half-years, the shorter ones."""
    periods = study_periods(book)
    kinds = Counter(period.type for period in periods)
    return tuple(period for period in periods if period.type == kinds.most_common(1)[0][0])


def total_of(figures: Iterable[Missed]) -> Missed:
    """Return the sum of the figures."""
    return reduce(Missed.plus, figures, Missed())


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class over the year, or why there is none."""
    year = Span(span.first, span.last)
    about = (f"Класс {book.name}", f"учебный год: {period_days(span.first, span.last)}")
    if reason := refusal(book, year):
        return Refused(NUMBER, book.organisation.full_name, REPORT_NAMES[NUMBER], about, reason)
    report = attendance_summary(book)
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about,
        tables=(Table("Посещаемость", _columns(), tuple(_rows(report)), frozen=3),),
        lacks=lacks(book, year),
        signatures=signatures(book, span.last),
        formed=formed(book, year),
        landscape=False,
        notes=tuple(_notes(report)),
    )


REPORT = ClassReport(NUMBER, lambda book: (year_span(book.year),), make)


def _line(
    pupil: Pupil, days: Sequence[PupilDay], periods: Sequence[PeriodOf], written: Sequence[PeriodOf], book: ClassBook
) -> PupilLine:
    parts = []
    for period in written:
        inside = Span(period.first, period.last)
        if was_in(pupil, book.name, inside):
            parts.append((period.name, total(one for one in days if one.date in inside)))
    outside = [one for one in days if not any(p.first <= one.date <= p.last for p in periods)]
    if outside:
        parts.append((OUTSIDE, total(outside)))
    return PupilLine(pupil, tuple(parts), total(days))


def _columns() -> tuple[Column, ...]:
    head = (Column("№", Kind.NUMBER, 5), Column("Обучающийся", Kind.NAME, 27), Column("Период", Kind.TEXT, 14))
    return (*head, *FIGURES)


def _rows(report: AttendanceSummary) -> Iterator[Row]:
    for place, line in enumerate(report.pupils, 1):
        name = line.pupil.name
        for number, (part, figures) in enumerate(line.parts):
            yield Row((place, name, part, *figures), opens=number == 0)
        yield Row((place, name, YEAR_WORDS, *line.year), Place.TOTAL, opens=not line.parts)
    for number, (part, figures) in enumerate(report.parts):
        yield Row((None, CLASS_WORDS, part, *figures), Place.TOTAL, opens=number == 0)
    yield Row((None, CLASS_WORDS, YEAR_WORDS, *report.year), Place.TOTAL)


def _notes(report: AttendanceSummary) -> Iterator[str]:
    yield "День пропущен по болезни, когда по болезни пропущены все пропущенные в этот день уроки."
    if report.unwritten:
        yield f"Уроки ещё не записаны: {', '.join(report.unwritten)}."
