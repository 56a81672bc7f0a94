"""Report 9, «Отчёт о посещаемости класса»: pupils × study days of a month, with codes; sums by pupil and by day.

A cell holds the codes of the lessons missed with their number («Б6» – six lessons by illness); ОП is a lesson the
pupil was late for (reports.md no. 9). The sums by pupil and by day make the same sum of the class.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sgo_sheets.reports.attendance import CODES, Missed, PupilDay, total
from sgo_sheets.reports.attendance_data import PupilDays, formed, lacks, pupils_of, refusal
from sgo_sheets.reports.class_period_document import signatures
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table, Value
from sgo_sheets.reports.once import once_a_class_each
from sgo_sheets.reports.spans import ReportSpan, month_spans
from sgo_sheets.reports.staff_charts import missed_by_week
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import WEEKDAYS_SHORT, days_span
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import ClassBook

NUMBER = 9
LATE = "ОП"
_DAYS, _LESSONS = "Пропущено дней", "Пропущено уроков"
_FIGURES: tuple[tuple[str, str, str], ...] = (
    ("всего", _DAYS, "Пропустили день"),
    ("по болезни", _DAYS, "из них по болезни"),
    ("всего", _LESSONS, "Пропущено уроков"),
    ("Б", _LESSONS, "по болезни (Б)"),
    ("УП", _LESSONS, "по уваж. причине (УП)"),
    ("НП", _LESSONS, "по неуваж. причине (НП)"),
    ("ОТ", _LESSONS, "причина не указана (ОТ)"),
    ("Опозданий", "", "Опозданий (ОП)"),
)
"""The figures of ``Missed`` in its order: the column of a pupil's sums, its group, the row of the day's sums."""
LEGEND = (
    "Б – болезнь, УП – уважительная причина, НП – неуважительная, ОТ – причина не указана, ОП – опоздание; "
    "число – сколько уроков."
)


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class over a month, or why there is none."""
    days = Span(span.first, span.last)
    about = (f"Класс {book.name}", f"{span.name}: {days_span(span.first, span.last)}")
    if reason := refusal(book, days):
        return Refused(NUMBER, book.organisation.full_name, REPORT_NAMES[NUMBER], about, reason)
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about,
        tables=(month_table(book, span),),
        lacks=lacks(book, days),
        signatures=signatures(book, span.last),
        formed=formed(book, days),
        notes=(LEGEND,),
        charts=missed_by_week(_by_day(book, span)),
    )


REPORT = ClassReport(NUMBER, lambda book: month_spans(book.year), make)


@once_a_class_each
def _study_days(book: ClassBook, days: Span) -> tuple[dt.date, ...]:
    return book.calendar.study_days(*days)


def _by_day(book: ClassBook, span: ReportSpan) -> dict[dt.date, int]:
    """Return the lessons missed on each study day of a month by the whole class."""
    days = Span(span.first, span.last)
    found = dict.fromkeys(_study_days(book, days), 0)
    for pupil in pupils_of(book, days):
        for one in pupil.days:
            found[one.date] = found.get(one.date, 0) + one.missed.lessons
    return found


def month_table(book: ClassBook, span: ReportSpan) -> Table:
    """Return the table of a month: its study days, and other days on which somebody is said to have missed a lesson."""
    pupils = pupils_of(book, Span(span.first, span.last))
    known = {one.date for pupil in pupils for one in pupil.days}
    dates = sorted(known.union(_study_days(book, Span(span.first, span.last))))
    columns = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 26),
        *(Column(f"{date.day} {WEEKDAYS_SHORT[date.weekday()]}", Kind.NUMBER, 4.5, group=span.name) for date in dates),
        *(
            Column(title, Kind.NUMBER, 8.5 if group == _DAYS else 5.5, turned=True, group=group)
            for title, group, _ in _FIGURES
        ),
    )
    lines = tuple(_line(place, one, dates) for place, one in enumerate(pupils, 1))
    return Table("Посещаемость", columns, (*lines, *_sums(pupils, dates)), frozen=2)


def _line(place: int, one: PupilDays, dates: Sequence[dt.date]) -> Row:
    said = {day.date: _codes(day) for day in one.days}
    return Row((place, one.pupil.name, *map(said.get, dates), *total(one.days)))


def _codes(day: PupilDay) -> Value:
    """Return «УП2 Б4», «ОП» of a day; days on which nothing was missed have an empty cell."""
    said = [f"{code}{number}" for code in CODES if (number := day.codes.count(code))]
    if late := day.missed.late:
        said.append(LATE if late == 1 else f"{LATE}{late}")
    return " ".join(said)


def _sums(pupils: Sequence[PupilDays], dates: Sequence[dt.date]) -> Iterator[Row]:
    """Yield the sums of every day, and of the class under the same sum of the pupils."""
    by_day = dict.fromkeys(dates, Missed())
    for one in pupils:
        for day in one.days:
            by_day[day.date] = by_day[day.date].plus(day.missed)
    width = len(_FIGURES)
    yield Row((None, "Итоги по дням", *(None,) * len(dates), *(None,) * width), Place.HEADING)
    for place, (_, _, words) in enumerate(_FIGURES):
        figures = [by_day[date][place] for date in dates]
        sums: list[Value] = [None] * width
        sums[place] = sum(figures)
        yield Row((None, words, *(figure or None for figure in figures), *sums), Place.TOTAL)
