"""Report 1, «Отчёт учителя-предметника»: classes inside subjects with totals by parallel, subject and teacher.

The figures are those every class has given (``taught_totals``); totals sum the counts first (reports.md, no. 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sgo_sheets.reports.declared import TeacherReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Place, Refused, Row, Signature, Table, Value
from sgo_sheets.reports.indicators import Counts
from sgo_sheets.reports.mark_columns import FIGURE_COLUMNS, CountColumn, count_columns
from sgo_sheets.reports.spans import ReportSpan, school_period_spans
from sgo_sheets.reports.taught_totals import Taught
from sgo_sheets.reports.teacher_figures import TeacherFigures, is_filled, is_year, sum_of, teacher_figures
from sgo_sheets.russian import fold, period_days

NUMBER = 1
TITLE = "Отчёт учителя-предметника"
HOURS_NOTE = (
    "Часы по плану – уроки расписания с заменами и переносами; дано – уроки с записанной темой, и те, что учитель дал "
    "за другого. Темы КТП – строки листа «Уроки» с номером по КТП. Отметки за период – того, кто ведёт предмет в его "
    "последний день. В итогах обучающийся считается в каждом предмете."
)


def make(figures: TeacherFigures) -> Document | Refused:
    """Return the report of a teacher over a study period or the year, or why there is none."""
    span, rows, of_year = figures.span, figures.rows, is_year(figures.span)
    about = (f"Учитель {figures.teacher}", _days(span))
    if not any(map(is_filled, rows)):
        reason = "Не записано ни одного урока и не выставлено ни одной отметки за период."
        if not (rows or of_year):
            reason = f"У учителя нет классов, у которых есть учебный период «{span.name}»."
        return Refused(NUMBER, figures.school, TITLE, about, reason)
    periods = {name: place for place, name in enumerate(figures.periods)}
    return Document(
        number=NUMBER,
        school=figures.school,
        title=TITLE,
        about=about,
        tables=(_table(rows, periods, with_period=of_year),),
        lacks=tuple(Lack(one.what, one.teacher, figures.teacher, one.at) for one in figures.lacks),
        signatures=(
            Signature("Учитель", figures.teacher),
            Signature("Заместитель директора по учебно-воспитательной работе", ""),
        ),
        formed=figures.formed,
        notes=(*_unmarked(rows), HOURS_NOTE),
    )


REPORT = TeacherReport(NUMBER, school_period_spans, teacher_figures, make)


def _days(span: ReportSpan) -> str:
    name = "учебный год" if is_year(span) else span.name
    return f"{name}: {period_days(span.first, span.last)}"


def _total(rows: Sequence[Taught]) -> Taught:
    found = rows[0]
    for row in rows[1:]:
        found = sum_of(found, row)
    return found


def _unmarked(rows: Sequence[Taught]) -> Iterator[str]:
    """Yield a note on the classes that have no mark of a period at all yet."""
    waiting = [row for row in rows if row.marks.blank and row.marks.blank == row.marks.pupils]
    for period, own in groupby(sorted(waiting, key=lambda row: row.period), key=lambda row: row.period):
        names = ", ".join(f"{row.subject} – {_class(row)}" for row in own)
        yield f"Отметок за период «{period}» пока нет: {names}."


def _class(row: Taught) -> str:
    name = row.target + (f" ({row.group})" if row.group else "")
    return name if row.planned or row.pupils else f"{name}, замещение"


def _table(rows: Sequence[Taught], periods: Mapping[str, int], *, with_period: bool) -> Table:
    sorts = count_columns(sum((row.marks for row in rows), Counts()), "осв", "нет")
    columns = (
        Column("Класс", Kind.NAME, 22),
        *([Column("Период", Kind.TEXT, 13)] if with_period else []),
        Column("Обучающихся", Kind.NUMBER, 7, turned=True),
        *(Column(one.title, Kind.NUMBER, 5, group="Отметок за период") for one in sorts),
        *(Column(one.words, Kind.NUMBER, 8, turned=True) for one in FIGURE_COLUMNS),
        Column("план", Kind.NUMBER, 7, group="Часы"),
        Column("дано", Kind.NUMBER, 7, group="Часы"),
        Column("план", Kind.NUMBER, 7, group="Темы КТП"),
        Column("дано", Kind.NUMBER, 7, group="Темы КТП"),
    )
    spread = _Spread(sorts, periods, with_period=with_period)
    lines: list[Row] = []
    for subject, of_subject in groupby(rows, key=lambda row: row.subject):
        own = list(of_subject)
        lines.append(Row((subject, *(None,) * (len(columns) - 1)), Place.HEADING))
        for grade, of_grade in groupby(own, key=lambda row: row.grade):
            parallel = list(of_grade)
            lines.extend(spread.line(_class(row), row) for row in parallel)
            lines.extend(spread.totals(f"Итого {grade} параллель", parallel))
        lines.extend(spread.totals("Итого по предмету", own))
    lines.extend(spread.totals("Всего у учителя", rows))
    return Table("Отчёт учителя", columns, tuple(lines), frozen=1)


@dataclass(frozen=True, slots=True)
class _Spread:
    """Lays figures out in the columns of the table."""

    sorts: Sequence[CountColumn]
    periods: Mapping[str, int]
    with_period: bool

    def line(self, words: str, row: Taught, place: Place = Place.LINE) -> Row:
        """Return the figures of one row; a row of who gave no mark has hours alone."""
        marks = row.marks
        cells: tuple[Value, ...] = (
            words,
            *([row.period] if self.with_period else []),
            row.pupils or None,
            *(one.of(marks) if marks.pupils else None for one in self.sorts),
            *(one.shown(marks) for one in FIGURE_COLUMNS),
            row.planned,
            row.given,
            row.topics or None,
            row.done if row.topics or row.done else None,
        )
        return Row(cells, place)

    def totals(self, words: str, rows: Sequence[Taught]) -> Iterator[Row]:
        """Yield the sums of rows, of each period apart; none where all of them are of one journal."""
        if len({(row.subject, row.target, row.group) for row in rows}) < 2:
            return
        by_period: dict[str, list[Taught]] = {}
        for row in sorted(rows, key=lambda row: self.periods[fold(row.period)]):
            by_period.setdefault(fold(row.period), []).append(row)
        for own in by_period.values():
            yield self.line(words, _total(own), Place.TOTAL)
