"""The study periods of a class against its school year: what is absent, overlaps, or leaves days to nobody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.school_book import Period, SchoolClass
from sgo_sheets.russian import day
from sgo_sheets.school.calendar import Calendar, days_between
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import Span
from sgo_sheets.school.names import expand_classes

_NUMBERS = re.compile(r"(\d{4})\D+(\d{4}|\d{2})")
_WEEKDAYS = 5


class Flaw(NamedTuple):
    """What is wrong with the periods of a class, and where."""

    at: CellRef
    message: str


def names_year(typed: str, first: dt.date) -> bool | None:
    """Return whether a name («2026/2027», «2026-27 учебный год») is of the year that begins so; None – not a name."""
    match = _NUMBERS.search(typed)
    if match is None:
        return None
    return int(match[1]) == first.year and int(match[2]) % 100 == (first.year + 1) % 100


def flaws_of(
    info: SchoolClass, rows: Sequence[Period], classes: Sequence[SchoolClass], year: Span, calendar: Calendar | None
) -> Iterator[Flaw]:
    """Yield what is wrong with the periods of a class, the grossest alone: absent, of another year, then the days."""
    own = sorted(
        (row for row in rows if info.name in expand_classes(row.classes, classes)[0]),
        key=lambda row: (row.start or year.first, row.row),
    )
    if not own:
        yield Flaw(info.at("name"), "нет учебных периодов")
        return
    wrong = [flaw for row in own if (flaw := _misplaced(row, year)) is not None]
    if wrong:
        yield from wrong
        return
    if all(row.type != YEAR for row in own):
        yield Flaw(info.at("name"), "нет периода «год»")
    by_type: dict[str, list[Period]] = {}
    for row in own:
        by_type.setdefault(row.type, []).append(row)
    for kind in by_type.values():
        yield from _overlaps(kind)
    terms = [kind for name, kind in by_type.items() if name != YEAR]
    last = max((row.end for row in by_type.get(YEAR, ()) if row.end), default=None)
    if terms and last is not None and calendar is not None:
        gaps = [_gaps(kind, Span(year.first, last), calendar) for kind in terms]
        if all(gaps):
            yield from gaps[0]


def _misplaced(row: Period, year: Span) -> Flaw | None:
    """Return what is wrong with the days of a period by themselves: turned round, or not of this year."""
    if row.start is None or row.end is None:
        return None
    if row.end < row.start:
        return Flaw(row.at("end"), f"«{row.name}» кончается {day(row.end)}, раньше своего начала {day(row.start)}")
    if row.end < year.first or row.start > year.last:
        days = f"{day(row.start)}–{day(row.end)}"
        return Flaw(row.at("start"), f"«{row.name}» ({days}) – не этого учебного года")
    return None


def _overlaps(rows: Sequence[Period]) -> Iterator[Flaw]:
    for before, after in pairwise(rows):
        if before.end and after.start and after.start <= before.end:
            message = f"«{after.name}» начинается {day(after.start)}, а «{before.name}» кончается {day(before.end)}"
            yield Flaw(after.at("start"), message)


def _gaps(rows: Sequence[Period], span: Span, calendar: Calendar) -> list[Flaw]:
    """Return the stretches of weekdays in no period, holidays or days off; of each the next period's «Начало»."""
    spans = [(row.start, row.end, row) for row in rows if row.start and row.end]
    found: dict[CellRef, tuple[dt.date, dt.date]] = {}
    for date in days_between(*span):
        inside = any(start <= date <= end for start, end, _ in spans)
        if inside or date.weekday() >= _WEEKDAYS or not calendar.is_working(date) or calendar.break_on(date):
            continue
        after = next((row.at("start") for start, _, row in spans if start > date), spans[-1][2].at("end"))
        found[after] = (found.get(after, (date, date))[0], date)
    return [Flaw(at, f"{day(a)}–{day(b)} – ни периода, ни каникул") for at, (a, b) in found.items()]
