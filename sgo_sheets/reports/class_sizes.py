"""Report 10, «Наполняемость классов»: pupils of every class on a day against the plan and 20 September (no. 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Role
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.reports.declared import SchoolReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Refused, Row, Table, Value, listed
from sgo_sheets.reports.indicators import rounded
from sgo_sheets.reports.rolls import (
    SEX,
    Rolls,
    Sexes,
    blank_lacks,
    name_of,
    office_signatures,
    rests_on,
    rolls_on,
    sexes,
    too_early,
    unread_classes,
    unread_lacks,
)
from sgo_sheets.reports.spans import ReportSpan, formed_at
from sgo_sheets.reports.units import Unit, UnitKind, units
from sgo_sheets.rules.people import official
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import School

NUMBER = 10
AVERAGE_DIGITS = 1
_NOTE = (
    "Отклонение – на сколько обучающихся больше (со знаком минус – меньше), чем по плану или чем было 20 сентября. "
    "В среднем – на один класс, в котором кто-нибудь есть."
)
_PLANNED = next(column.header for column in SchoolClass.columns() if column.field == "capacity")


class Size(NamedTuple):
    """A row: pupils by sex, the places planned (None – not for every class), the pupils of 20 September.

    ``classes`` are those that have anybody; ``base`` is None before 20 September.
    """

    unit: Unit
    classes: int
    pupils: Sexes
    planned: int | None
    base: int | None

    @property
    def average(self) -> Fraction | None:
        """Return the pupils of a class on average, None where there is none."""
        return Fraction(self.pupils.all, self.classes) if self.classes else None


def census_day(year: Span) -> dt.date:
    """Return 20 September, on which schools are counted."""
    return dt.date(year.first.year, 9, 20)


def day_span(on: dt.date, name: str = "", key: str = "") -> ReportSpan:
    """Return a span of one day, «на 20.09.2026»."""
    return ReportSpan(name or f"на {day(on)}", on, on, key or on.isoformat())


def spans(school: School) -> tuple[ReportSpan, ...]:
    """Return the days of the report: the first of the year, 20 September, the first of every later month."""
    year = school.year
    months = [
        (year.first.year + (year.first.month + n - 1) // 12, (year.first.month + n - 1) % 12 + 1) for n in range(1, 13)
    ]
    days = {year.first, census_day(year), *(dt.date(*month, 1) for month in months)}
    return tuple(day_span(on) for on in sorted(days) if on in year)


def class_sizes(school: School, on: dt.date) -> tuple[Size, ...]:
    """Return the row of every class, parallel, step and of the school on a day."""
    rolls, census = rolls_on(school, on), census_day(school.year)
    base = rolls_on(school, census) if on >= census else None
    places = {info.name: info.capacity for info in school.classes}
    return tuple(_size(unit, rolls, base, places) for unit in units((book.name, book.grade) for book in school.books))


def _size(unit: Unit, rolls: Rolls, base: Rolls | None, places: dict[str, float | None]) -> Size:
    planned = [places.get(name) for name in unit.classes]
    known = [int(number) for number in planned if number is not None]
    return Size(
        unit=unit,
        classes=sum(bool(rolls[name]) for name in unit.classes),
        pupils=sexes(pupil for name in unit.classes for pupil in rolls[name]),
        planned=sum(known) if known and len(known) == len(planned) else None,
        base=None if base is None else sum(len(base[name]) for name in unit.classes),
    )


def make(school: School, _totals: object, span: ReportSpan) -> Document | Refused:
    """Return the report of the school on a day, or why there is none."""
    on, title, about = span.first, REPORT_NAMES[NUMBER], (f"На {day(span.first)}",)
    reason = too_early(school, on)
    rows = () if reason else class_sizes(school, on)
    if not (rows and rows[-1].pupils.all):
        reason = reason or f"На {day(on)} в школе нет обучающихся."
        return Refused(NUMBER, school.organisation.full_name, title, about, reason)
    return Document(
        number=NUMBER,
        school=school.organisation.full_name,
        title=title,
        about=about,
        tables=(_table(school, rows, on),),
        lacks=tuple(_lacks(school, on)),
        signatures=office_signatures(school, on),
        formed=formed_at([school.roll_saved], on),
        notes=(_NOTE,),
    )


REPORT = SchoolReport(NUMBER, spans, make, rests_on=rests_on)


def _table(school: School, rows: Sequence[Size], on: dt.date) -> Table:
    unknown = rows[-1].pupils.unknown > 0
    columns = (
        Column("Класс", Kind.NAME, 16),
        Column("Классный руководитель", Kind.TEXT, 24),
        Column("Всего", Kind.NUMBER, 8, group="Обучающихся"),
        Column("Мальчиков", Kind.NUMBER, 11, group="Обучающихся"),
        Column("Девочек", Kind.NUMBER, 9, group="Обучающихся"),
        *((Column("Пол не указан", Kind.NUMBER, 10, group="Обучающихся"),) if unknown else ()),
        Column("Мест", Kind.NUMBER, 8, group="По плану"),
        Column("Отклонение", Kind.NUMBER, 12, group="По плану"),
        Column("Было", Kind.NUMBER, 8, group="На 20 сентября"),
        Column("Отклонение", Kind.NUMBER, 12, group="На 20 сентября"),
        Column("В среднем", Kind.NUMBER, 10),
    )
    teachers = {book.name: name_of(school, book.class_teacher(on)) for book in school.books}
    unread = unread_classes(school)
    lines = []
    for row in rows:
        cells = tuple(_cells(row, teachers, unknown=unknown))
        known = row.unit.name not in unread or row.unit.kind is not UnitKind.CLASS
        lines.append(Row(cells if known else (*cells[:2], *(None,) * (len(cells) - 2)), row.unit.kind.place))
    return Table(REPORT_NAMES[NUMBER], columns, tuple(lines))


def _cells(row: Size, teachers: dict[str, str], *, unknown: bool) -> Iterator[Value]:
    single = row.unit.kind is UnitKind.CLASS
    pupils = row.pupils
    yield row.unit.name
    yield (teachers[row.unit.name] or None) if single else None
    yield from (pupils.all, pupils.boys, pupils.girls)
    if unknown:
        yield pupils.unknown
    for other in (row.planned, row.base):
        yield other
        yield None if other is None else pupils.all - other
    yield None if single or row.average is None else rounded(row.average, AVERAGE_DIGITS)


def _lacks(school: School, on: dt.date) -> Iterator[Lack]:
    yield from unread_lacks(school, on)
    for book in school.books:
        yield from blank_lacks(book, book.pupils_on(on), (SEX,), on)
    headless = [book.name for book in school.books if not book.class_teacher(on)]
    if headless:
        person = official(Role.DEPUTY, school.staff, school.responsibles, on)
        what = f"не назначен классный руководитель: {listed(headless)}"
        yield Lack(what, person, name_of(school, person), CellRef("Учебный план.xlsx", Load.sheet))
    unplanned = [info for info in school.classes if info.capacity is None]
    if unplanned:
        person = official(Role.ADMIN, school.staff, school.responsibles, on)
        names = listed([info.name for info in unplanned])
        yield Lack(f"не указана «{_PLANNED}»: {names}", person, name_of(school, person), unplanned[0].at("capacity"))
