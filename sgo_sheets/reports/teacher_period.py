"""Report 1, «Отчёт учителя-предметника»: classes inside subjects with totals by parallel, subject and teacher.

The figures are those every class has given (``taught_totals``); totals sum the counts first (reports.md, no. 1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sgo_sheets.reports.declared import TeacherReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Place, Refused, Row, Signature, Table, Value
from sgo_sheets.reports.indicators import Counts
from sgo_sheets.reports.mark_columns import FIGURE_COLUMNS, CountColumn, count_columns
from sgo_sheets.reports.spans import ReportSpan, formed_at, school_period_spans
from sgo_sheets.reports.taught_totals import Taught
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.russian import fold, period_days
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import School

NUMBER = 1
TITLE = "Отчёт учителя-предметника"
HOURS_NOTE = (
    "Часы по плану – уроки расписания с заменами и переносами; дано – уроки с записанной темой, и те, что учитель дал "
    "за другого. Темы КТП – строки листа «Уроки» с номером по КТП. Отметки за период – того, кто ведёт предмет в его "
    "последний день. В итогах обучающийся считается в каждом предмете."
)


def make(school: School, totals: Mapping[str, ClassTotals], code: str, span: ReportSpan) -> Document | Refused:
    """Return the report of a teacher over a study period or the year, or why there is none."""
    person = school.staff.get(code)
    name = person.short_name if person else code
    about = (f"Учитель {name}", _days(span))
    rows = _merged(row for one in totals.values() for row in one.taught.rows if row.teacher == code)
    if not _of_year(span):
        rows = [row for row in rows if fold(row.period) == fold(span.name)]
        if not rows:
            reason = f"У учителя нет классов, у которых есть учебный период «{span.name}»."
            return Refused(NUMBER, school.organisation.full_name, TITLE, about, reason)
    rows = [row for row in rows if _filled(row) or not _of_year(span)]
    if not any(map(_filled, rows)):
        reason = "Не записано ни одного урока и не выставлено ни одной отметки за период."
        return Refused(NUMBER, school.organisation.full_name, TITLE, about, reason)
    periods = {fold(one.name): place for place, one in enumerate(school_period_spans(school))}
    rows.sort(key=_order(school, periods))
    owed = (lack for one in totals.values() for lack in one.taught.lacks if lack.teacher == code)
    wanted = {fold(row.period) for row in rows}
    short = person.short_name if person else code
    saved = [dt.datetime.fromisoformat(row.saved) for row in rows if row.saved]
    return Document(
        number=NUMBER,
        school=school.organisation.full_name,
        title=TITLE,
        about=about,
        tables=(_table(rows, periods, with_period=_of_year(span)),),
        lacks=tuple(Lack(one.what, code, short, one.at) for one in owed if fold(one.period) in wanted),
        signatures=(
            Signature("Учитель", short),
            Signature("Заместитель директора по учебно-воспитательной работе", ""),
        ),
        formed=formed_at(saved, span.last),
        notes=(*_unmarked(rows), HOURS_NOTE),
    )


REPORT = TeacherReport(NUMBER, school_period_spans, make)


def _of_year(span: ReportSpan) -> bool:
    return span.period is not None and span.period.type == YEAR


def _days(span: ReportSpan) -> str:
    name = "учебный год" if _of_year(span) else span.name
    return f"{name}: {period_days(span.first, span.last)}"


def _filled(row: Taught) -> bool:
    """Return whether anything is entered: a lesson or a mark."""
    return bool(row.given) or row.marks.pupils > row.marks.blank


def _merged(rows: Iterable[Taught]) -> list[Taught]:
    """Return the rows with those of one stream, which each of its classes gives, put together."""
    found: dict[tuple[str, ...], Taught] = {}
    for row in rows:
        key = (row.subject, row.target, row.group, fold(row.period))
        found[key] = _sum(found[key], row) if key in found else row
    return list(found.values())


def _sum(one: Taught, other: Taught) -> Taught:
    """Return the sums of two rows under the names of the first."""
    return one._replace(
        pupils=one.pupils + other.pupils,
        counts=tuple(mine + its for mine, its in zip(one.counts, other.counts, strict=True)),
        planned=one.planned + other.planned,
        given=one.given + other.given,
        topics=one.topics + other.topics,
        done=one.done + other.done,
        saved=max(one.saved, other.saved),
    )


def _total(rows: Sequence[Taught]) -> Taught:
    found = rows[0]
    for row in rows[1:]:
        found = _sum(found, row)
    return found


def _order(school: School, periods: Mapping[str, int]) -> Callable[[Taught], tuple[object, ...]]:
    """Return the key that puts rows by subject, grade, class, group and period, as the school lists them."""
    subjects = {name: place for place, name in enumerate(school.subjects)}

    def key(row: Taught) -> tuple[object, ...]:
        subject = subjects.get(row.subject, len(subjects))
        return subject, row.subject, row.grade, row.target, row.group, periods[fold(row.period)]

    return key


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
