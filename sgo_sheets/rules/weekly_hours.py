"""Hours a week: what the plan gives a class, what its rows of the load add up to, how they are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.plan_book import Load
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.russian import decimal, plural
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import School
from sgo_sheets.school.plan import column_classes, read_hours

NEAR = 0.01


@dataclass(slots=True)
class Planned:
    """Hours of a subject in a class: the sum of its rows and their cells; ``known`` – every cell was understood."""

    hours: float = 0.0
    cells: list[CellRef] = field(default_factory=list)
    known: bool = True


class Given(NamedTuple):
    """Hours of one key of the load: any of ``sums`` is right – co-teachers' hours count once, or add up."""

    key: JournalKey
    sums: frozenset[float]


def planned_hours(school: School) -> Mapping[str, Mapping[str, Planned]]:
    """Return the hours of «План» by class and subject: rows of a subject are summed, dashes and empty cells are none.

    A column of a stream or of a whole grade gives its hours to each class that has no column of its own.
    """
    doubts = doubted(school)
    headers = {header for row in school.plan for header in (*row.hours, *row.located)}
    names = {header: column_classes(header, school.classes, school.streams) for header in headers}
    alone = {own[0] for own in names.values() if len(own) == 1}
    found: dict[str, dict[str, Planned]] = {}
    for row in school.plan:
        for header in {*row.hours, *(name for name in row.located if row.unread(name))}:
            hours = read_hours(row.hours.get(header))
            at = row.at(header)
            known = hours is not None and at not in doubts and not row.unread(header)
            for name in (one for one in names[header] if len(names[header]) == 1 or one not in alone):
                own = found.setdefault(name, {}).setdefault(row.subject, Planned())
                own.known = own.known and known
                if hours:
                    own.hours += hours
                    own.cells.append(at)
    return found


def loads_by_class(school: School) -> Mapping[str, list[Load]]:
    """Return the rows of the load of every class, those of its streams among them."""
    found: dict[str, list[Load]] = {one.name: [] for one in school.classes}
    for load in taught(school.loads):
        for name in (*school.streams.get(load.target, ()), load.target):
            if name in found:
                found[name].append(load)
    return found


def by_key(loads: Iterable[Load]) -> dict[JournalKey, list[Load]]:
    """Return the rows of the load by class or stream, subject and group."""
    found: dict[JournalKey, list[Load]] = {}
    for load in loads:
        found.setdefault(JournalKey(load.target, load.subject, load.group), []).append(load)
    return found


def given(key: JournalKey, rows: Sequence[Load]) -> Given | None:
    """Return the hours of one key that count at one time, None while a row has none."""
    hours = [load.hours for load in rows if load.hours is not None]
    if len(hours) < len(rows) or not hours:
        return None
    return Given(key, frozenset({max(hours), sum(hours)}))


def class_sums(school_class: str, parts: Iterable[Given]) -> frozenset[float]:
    """Return the hours a class has of a subject, every sum that is right.

    Groups have the same hours at the same time, so the largest counts; a lesson of the whole class comes on top. A
    stream's hours are the class's; of several streams the pupils go to one, or to all.
    """
    by_target: dict[str, list[Given]] = {}
    for part in parts:
        by_target.setdefault(part.key.target, []).append(part)
    own = _of_target(by_target.pop(school_class, []))
    streams = [_of_target(rows) for rows in by_target.values()]
    found: set[float] = set()
    for first, *rest in product(own, *streams):
        found |= {first + sum(rest), first + max(rest, default=0.0), max(first, *rest, 0.0)}
    return frozenset(found)


def _of_target(parts: Sequence[Given]) -> list[float]:
    whole = next((sorted(part.sums) for part in parts if not part.key.group), [0.0])
    groups = [part.sums for part in parts if part.key.group]
    largest = {max(map(min, groups)), max(map(max, groups))} if groups else {0.0}
    return [one + other for one in whole for other in sorted(largest)]


def agrees(hours: float, sums: Iterable[float]) -> bool:
    """Return whether hours are one of the right sums."""
    return any(abs(hours - one) < NEAR for one in sums)


def hours_said(hours: float) -> str:
    """Return «3 часа», «1,5 часа»."""
    if float(hours).is_integer():
        return f"{int(hours)}\u00a0{plural(int(hours), 'час', 'часа', 'часов')}"
    return f"{decimal(hours, 2).rstrip('0')}\u00a0часа"


def subjects_of(loads: Iterable[Load]) -> Iterator[str]:
    """Yield each subject of the rows once, in their order."""
    yield from dict.fromkeys(load.subject for load in loads)
