"""The calendar, the study periods and the bells of each class, from the sheets of Школа.xlsx."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sgo_sheets.findings import Finding, Role
from sgo_sheets.records.faults import UNKNOWN_REFERENCE
from sgo_sheets.records.school_book import Bell, CalendarDay, Holiday, Organisation, Period, SchoolClass
from sgo_sheets.school.calendar import Break, Calendar, DayOff
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.names import expand_classes

YEAR = "год"
_WORD_OF_LOAD = {"четверти": "четверть", "триместры": "триместр", "полугодия": "полугодие", "год": YEAR}
FIVE_DAYS, SIX_DAYS = 5, 6


@dataclass(frozen=True, slots=True)
class Timescape:
    """Calendars and periods of all classes, with what was wrong in the sheets."""

    school: Calendar
    calendars: dict[str, Calendar]
    periods: dict[str, tuple[PeriodOf, ...]]
    findings: tuple[Finding, ...]


def school_year(organisation: Organisation | None) -> Span | None:
    """Return the first and last day of the school year, None while they are not filled or contradict."""
    if organisation is None or organisation.year_start is None or organisation.year_end is None:
        return None
    if organisation.year_end <= organisation.year_start:
        return None
    return Span(organisation.year_start, organisation.year_end)


def periods_of(load_periods: str, periods: Iterable[PeriodOf]) -> tuple[PeriodOf, ...]:
    """Return the periods a load is marked by: its own («полугодия») where «Нагрузка» says so, else all of the class."""
    wanted = _WORD_OF_LOAD.get(load_periods)
    chosen = [p for p in periods if wanted is None or p.type in (wanted, YEAR)]
    return tuple(chosen)


def timescape(
    organisation: Organisation,
    classes: Sequence[SchoolClass],
    periods: Sequence[Period],
    holidays: Sequence[Holiday],
    days: Sequence[CalendarDay],
) -> Timescape:
    """Return the calendars and periods of every class."""
    findings: list[Finding] = []
    rows: tuple[Period | Holiday | CalendarDay, ...] = (*periods, *holidays, *days)
    spread = {id(row): _classes(row, row.classes, classes, findings) for row in rows}
    known = frozenset(row.date.year for row in days if row.date)
    work_week = organisation.work_week if organisation.work_week in (FIVE_DAYS, SIX_DAYS) else FIVE_DAYS
    base = Calendar(
        school_week=organisation.school_week if organisation.school_week in (FIVE_DAYS, SIX_DAYS) else SIX_DAYS,
        work_week=work_week or FIVE_DAYS,
        known_years=known,
    )
    calendars = {}
    of_class = {}
    for one in classes:
        own = [p for p in periods if one.name in spread[id(p)] and p.start and p.end and p.start <= p.end]
        named = tuple(
            sorted(
                (PeriodOf(p.name, p.type, p.start, p.end) for p in own if p.start and p.end),
                key=lambda p: (p.type == YEAR, p.first, p.last),
            )
        )
        of_class[one.name] = named
        terms = [p for p in named if p.type != YEAR] or list(named)
        calendars[one.name] = replace(
            base,
            school_week=one.school_week if one.school_week in (FIVE_DAYS, SIX_DAYS) else base.school_week,
            study=tuple((p.first, p.last) for p in terms),
            breaks=tuple(
                Break(h.name, h.start, h.end) for h in holidays if h.start and h.end and one.name in spread[id(h)]
            ),
            days=_days([d for d in days if one.name in spread[id(d)]]),
        )
    everyone = [d for d in days if not d.classes]
    return Timescape(replace(base, days=_days(everyone)), calendars, of_class, tuple(findings))


def _classes(
    row: Period | Holiday | CalendarDay, spec: str, classes: Sequence[SchoolClass], findings: list[Finding]
) -> frozenset[str]:
    found, unknown = expand_classes(spec, classes)
    findings.extend(
        UNKNOWN_REFERENCE.at(row.at("classes"), f"«{part}» — нет такого класса в листе «Классы».", Role.ADMIN)
        for part in unknown
    )
    return found


def _days(rows: Sequence[CalendarDay]) -> dict[dt.date, DayOff]:
    """Return the rows by date; the day a study day was moved from has no lessons unless a row says otherwise."""
    days: dict[dt.date, DayOff] = {}
    for row in rows:
        if row.date:
            days.setdefault(row.date, DayOff(row.kind, row.instead, row.reason))
    for row in rows:
        if row.kind == "учебный" and row.instead:
            days.setdefault(row.instead, DayOff("перенесён", None, row.reason))
    return days


def bell_times(
    bells: Sequence[Bell], set_name: str, weekday: int, number: int
) -> tuple[dt.time | None, dt.time | None]:
    """Return when a lesson begins and ends for a class's set of bells; the first set serves a class that names none."""
    wanted = set_name or (bells[0].set if bells else "")
    for bell in bells:
        if bell.number == number and weekday in bell.days and bell.set.casefold() == wanted.casefold():
            return bell.start, bell.end
    return None, None
