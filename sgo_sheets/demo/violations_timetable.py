"""Violations of the timetable: they stand in a second timetable, of the last weeks, so that no lesson is missed yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.desk import Desk, OfficeSpoil
from sgo_sheets.demo.office import subjects
from sgo_sheets.demo.planting import Planted, cell_of
from sgo_sheets.demo.world import Room
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.catalog import Rows
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.timetable_book import TimetableRow
from sgo_sheets.russian import day as short_day

TIMETABLE = "Расписание.xlsx"
WEEKS_LEFT = 2
HALL = "спортзал"


@dataclass(slots=True)
class _Table:
    """The second timetable while it is spoilt: its rows, its classes, and those that somebody has spoilt."""

    sheet: str
    rows: list[dict[str, Raw]]
    columns: tuple[str, ...]
    rooms: list[Room]
    spoilt: set[str] = field(default_factory=set)

    def planted(self, code: str, place: int, name: str) -> Planted:
        """Return what is planted in the cell of a class."""
        at = cell_of(TIMETABLE, TimetableRow, Rows(tuple(self.rows), self.columns), place, name)
        return Planted(code, at._replace(sheet=self.sheet), self.text(place, name))

    def text(self, place: int, name: str) -> str:
        """Return what stands in the cell of a class."""
        return plain(self.rows[place].get(name))

    def later(self, place: int, one: Room, other: Room, code: str) -> Planted:
        """Return what is planted in the second of two cells of a row."""
        return self.planted(code, place, max(one.name, other.name, key=self.columns.index))

    def lessons(self, room: Room) -> Iterator[int]:
        """Yield the rows with one lesson of the whole class, not in the sports hall."""
        for place in range(len(self.rows)):
            subject, _, where = self.text(place, room.name).rpartition(", ")
            if subject in plan.HOURS[room.grade] and HALL not in where:
                yield place

    def free(self, room: Room) -> Iterator[int]:
        """Yield the rows in which a class has no lesson."""
        yield from (place for place in range(len(self.rows)) if not self.text(place, room.name))

    def where(self, place: int, room: Room) -> str:
        """Return the room of a lesson of the whole class."""
        return self.text(place, room.name).rpartition(", ")[2]

    def taught_in(self, place: int, where: str, but: Room) -> list[Room]:
        """Return the other classes with a lesson of the whole class in a room at an hour, in the shift of a class."""
        return [
            room
            for room in self.rooms
            if room.name != but.name
            and room.shift == but.shift
            and place in set(self.lessons(room))
            and self.where(place, room) == where
        ]

    def is_free(self, place: int, where: str) -> bool:
        """Return whether nobody is taught in a room at an hour, in any shift."""
        lines = [line for room in self.rooms for line in self.text(place, room.name).split("\n")]
        return all(line.rpartition(", ")[2] != where for line in lines)


def last_weeks(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Write a timetable for the last weeks of the year in which everything goes wrong once."""
    year = desk.world.year
    end = year.study_last
    since = end - (end.weekday() + 7 * WEEKS_LEFT) * DAY
    content = desk.contents[TIMETABLE]
    held = content.sheets[TimetableRow.sheet]
    if desk.world.spec.on >= since - 7 * DAY or not isinstance(held, Rows) or not isinstance(since, dt.date):
        return ()
    table = _Table(
        f"{TimetableRow.sheet} с {short_day(since)}", [dict(row) for row in held.rows], held.columns,
        rng.sample(list(desk.world.rooms), len(desk.world.rooms)),
    )  # fmt: skip
    planted = [
        *_forgotten_class(table), *_busy_teacher(table), *_busy_room(table), *_busy_class(table),
        *_unknown_lesson(table, desk),
    ]  # fmt: skip
    sheets = {**content.sheets, table.sheet: Rows(tuple(table.rows), table.columns)}
    desk.contents[TIMETABLE] = replace(content, sheets=sheets)
    return planted


def _busy_teacher(table: _Table) -> Iterator[Planted]:
    """Move a lesson to an hour at which its teacher teaches another class (each teaches in a room of his own)."""
    for room in table.rooms:
        for place in table.lessons(room):
            for other in table.free(room):
                found = table.taught_in(other, table.where(place, room), room)
                if found:
                    table.rows[other][room.name] = table.text(place, room.name)
                    table.rows[place][room.name] = ""
                    table.spoilt |= {room.name, found[0].name}
                    yield table.later(other, room, found[0], "R0704")
                    return


def _busy_room(table: _Table) -> Iterator[Planted]:
    """Send a class to the room of another."""
    for room in (one for one in table.rooms if one.name not in table.spoilt):
        for place in table.lessons(room):
            others = [
                one
                for one in table.rooms
                if one.name != room.name and one.shift == room.shift and place in set(table.lessons(one))
            ]
            for other in others:
                where, taken = table.where(place, room), table.where(place, other)
                if where != taken:
                    text = table.text(place, room.name)
                    table.rows[place][room.name] = text.removesuffix(where) + taken
                    table.spoilt |= {room.name, other.name}
                    yield table.later(place, room, other, "R0705")
                    return


def _busy_class(table: _Table) -> Iterator[Planted]:
    """Put two lessons of a class into one cell."""
    for room in sorted(table.rooms, key=lambda one: one.name in table.spoilt):
        for place in table.lessons(room):
            for other in table.lessons(room):
                if other != place and table.is_free(place, table.where(other, room)):
                    both = f"{table.text(place, room.name)}\n{table.text(other, room.name)}"
                    table.rows[other][room.name] = ""
                    table.rows[place][room.name] = both
                    table.spoilt.add(room.name)
                    yield table.planted("R0706", place, room.name)
                    return


def _unknown_lesson(table: _Table, desk: Desk) -> Iterator[Planted]:
    """Give a class a lesson of a subject it does not learn."""
    for room in sorted(table.rooms, key=lambda one: one.name in table.spoilt):
        strange = [one.name for one in subjects(desk.world) if one.name not in plan.HOURS[room.grade]]
        strange = [name for name in strange if plan.BY_NAME[name].component == plan.FEDERAL]
        free = list(table.free(room))
        if strange and free:
            table.rows[free[0]][room.name] = strange[0]
            table.spoilt.add(room.name)
            yield table.planted("R0702", free[0], room.name)
            return


def _forgotten_class(table: _Table) -> Iterator[Planted]:
    """Forget a class; it lends itself to nothing else then."""
    if len(table.rooms) == 1:
        return
    room = table.rooms.pop()
    for row in table.rows:
        row[room.name] = ""
    header = table.planted("R0701", -1, room.name)
    yield replace(header, shown=room.name)


SPOILS: tuple[OfficeSpoil, ...] = (last_weeks,)
"""One spoil for all of them: they share the second timetable."""
