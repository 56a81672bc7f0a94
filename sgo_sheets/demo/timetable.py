"""The timetable: every class without a gap, no teacher or room in two places at one hour.

Streams and double lessons are placed first; then every class is filled at random and the clashes are repaired by
swapping two lessons of a class, the best swap first, until none is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from sgo_sheets.demo.curriculum import CRAFTS, school_week
from sgo_sheets.demo.world import Item, Room, Spec, Stream

CLASH, TWICE_A_DAY = 20, 1
_MOVES = 60_000
_TRIES = 12


class Hour(NamedTuple):
    """An hour of the week in a shift: day (Monday = 0) and lesson, 1-based."""

    shift: str
    day: int
    lesson: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands in one cell of a class: a lesson, or the groups of it that are taught at one hour."""

    subject: str
    items: tuple[Item, ...]
    teachers: tuple[str, ...]


Week = Mapping[str, Mapping[tuple[int, int], Unit]]
"""Class → (day, lesson) → what is taught."""


class NoTimetableError(RuntimeError):
    """No timetable without clashes was found: the loads are too tight."""


def make_timetable(spec: Spec, rooms: Sequence[Room], items: Sequence[Item], streams: Sequence[Stream]) -> Week:
    """Return the week of every class. Raises NoTimetableError when no attempt is free of clashes."""
    for attempt in range(_TRIES):
        board = _Board(spec.stream("timetable", attempt), rooms, items, streams)
        if board.fill() and board.repair():
            return {room.name: dict(sorted(board.cells[room.name].items())) for room in rooms}
    raise NoTimetableError(f"no timetable for {len(rooms)} classes in {_TRIES} attempts")


def hours_of_days(total: int, days: int, turn: int) -> list[int]:
    """Return how many lessons each day has; longer days begin on Tuesday and differ from class to class."""
    base, rest = divmod(total, days)
    counts = [base] * days
    for extra in range(rest):
        counts[(1 + turn + extra) % days] += 1
    return counts


@dataclass(slots=True)
class _Board:
    rng: Random
    rooms: Sequence[Room]
    items: Sequence[Item]
    streams: Sequence[Stream]
    cells: dict[str, dict[tuple[int, int], Unit]] = field(default_factory=dict)
    fixed: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    busy: dict[tuple[str, Hour], int] = field(default_factory=dict)
    shifts: dict[str, str] = field(default_factory=dict)
    allowed: dict[tuple[str, str], int] = field(default_factory=dict)

    def fill(self) -> bool:
        """Put every lesson somewhere; return whether the fixed ones could be placed."""
        self.shifts = {room.name: room.shift for room in self.rooms}
        joint = {name: stream for stream in self.streams for name in stream.classes}
        open_cells: dict[str, list[tuple[int, int]]] = {}
        left: dict[str, list[Unit]] = {}
        for turn, room in enumerate(self.rooms):
            units = list(_units(room.name, self.items))
            extra = sum(unit.items[0].hours for unit in _joint_units(joint.get(room.name), self.items))
            days = school_week(room.grade)
            counts = hours_of_days(sum(unit.items[0].hours for unit in units) + extra, days, turn)
            open_cells[room.name] = [(day, n) for day, count in enumerate(counts) for n in range(1, count + 1)]
            left[room.name] = [unit for unit in units for _ in range(unit.items[0].hours)]
            self.cells[room.name], self.fixed[room.name] = {}, set()
            for unit in units:
                self.allowed[room.name, unit.subject] = -(-unit.items[0].hours // days)
        if not all(self._place_stream(stream, open_cells) for stream in self.streams):
            return False
        if not all(self._place_double(room.name, left[room.name], open_cells[room.name]) for room in self.rooms):
            return False
        for room in self.rooms:
            free = [cell for cell in open_cells[room.name] if cell not in self.cells[room.name]]
            self.rng.shuffle(left[room.name])
            for cell, unit in zip(free, left[room.name], strict=True):
                self._put(room.name, cell, unit)
        return True

    def _place_stream(self, stream: Stream, open_cells: Mapping[str, list[tuple[int, int]]]) -> bool:
        common = set.intersection(*(set(open_cells[name]) for name in stream.classes))
        for unit in _joint_units(stream, self.items):
            for _ in range(unit.items[0].hours):
                days = {cell[0] for name in stream.classes for cell in self.fixed[name]}
                free = sorted(
                    (cell for cell in common if cell[0] not in days and self._free(stream.classes[0], cell, unit)),
                    key=lambda cell: (-cell[1], cell[0]),
                )
                if not free:
                    return False
                for name in stream.classes:
                    self._put(name, free[0], unit, count=name == stream.classes[0])
                    self.fixed[name].add(free[0])
        return True

    def _place_double(self, name: str, left: list[Unit], cells: Sequence[tuple[int, int]]) -> bool:
        """Put the two hours of crafts one after the other."""
        unit = next((unit for unit in left if unit.subject == CRAFTS and unit.items[0].hours == 2), None)
        if unit is None:
            return True
        pairs = [((day, n), (day, n + 1)) for day, n in cells if (day, n + 1) in cells]
        free = [pair for pair in pairs if all(self._free(name, cell, unit) for cell in pair)]
        if not free:
            return False
        for cell in self.rng.choice(free):
            self._put(name, cell, unit)
            self.fixed[name].add(cell)
            left.remove(unit)
        return True

    def _hour(self, name: str, cell: tuple[int, int]) -> Hour:
        return Hour(self.shifts[name], *cell)

    def _free(self, name: str, cell: tuple[int, int], unit: Unit) -> bool:
        taken = any(self.busy.get((teacher, self._hour(name, cell))) for teacher in unit.teachers)
        return cell not in self.cells[name] and not taken

    def _put(self, name: str, cell: tuple[int, int], unit: Unit, *, count: bool = True) -> None:
        self.cells[name][cell] = unit
        for teacher in unit.teachers if count else ():
            key = (teacher, self._hour(name, cell))
            self.busy[key] = self.busy.get(key, 0) + 1

    def repair(self) -> bool:
        """Swap lessons until nobody is in two places; return whether that was reached."""
        tabu: dict[tuple[str, tuple[int, int]], int] = {}
        bad: list[tuple[str, tuple[int, int]]] = []
        for move in range(_MOVES):
            bad = [(name, cell) for name, cell in bad if self._cost(name, cell)] or self._clashing()
            if not bad:
                return True
            name, cell = self.rng.choice(bad)
            best = self._best_swap(name, cell, tabu, move)
            if best is not None:
                self._swap(name, cell, best)
                tabu[name, cell] = tabu[name, best] = move + 7
        return False

    def _clashing(self) -> list[tuple[str, tuple[int, int]]]:
        return [
            (name, cell)
            for name, cells in self.cells.items()
            for cell in cells
            if cell not in self.fixed[name] and self._cost(name, cell)
        ]

    def _cost(self, name: str, cell: tuple[int, int]) -> int:
        unit = self.cells[name][cell]
        hour = self._hour(name, cell)
        clashes = sum(self.busy[teacher, hour] - 1 for teacher in unit.teachers)
        same = sum(other.subject == unit.subject for (day, _), other in self.cells[name].items() if day == cell[0])
        return CLASH * clashes + TWICE_A_DAY * max(0, same - self.allowed.get((name, unit.subject), 9))

    def _best_swap(
        self, name: str, cell: tuple[int, int], tabu: Mapping[tuple[str, tuple[int, int]], int], move: int
    ) -> tuple[int, int] | None:
        best: list[tuple[int, int]] = []
        least = 10**6
        for other, unit in self.cells[name].items():
            if other in self.fixed[name] or unit is self.cells[name][cell] or tabu.get((name, other), 0) > move:
                continue
            before = self._cost(name, cell) + self._cost(name, other)
            self._swap(name, cell, other)
            change = self._cost(name, cell) + self._cost(name, other) - before
            self._swap(name, cell, other)
            if change < least:
                least, best = change, [other]
            elif change == least:
                best.append(other)
        return self.rng.choice(best) if best else None

    def _swap(self, name: str, one: tuple[int, int], other: tuple[int, int]) -> None:
        cells = self.cells[name]
        for cell, step in ((one, -1), (other, -1)):
            for teacher in cells[cell].teachers:
                self.busy[teacher, self._hour(name, cell)] += step
        cells[one], cells[other] = cells[other], cells[one]
        for cell in (one, other):
            for teacher in cells[cell].teachers:
                key = (teacher, self._hour(name, cell))
                self.busy[key] = self.busy.get(key, 0) + 1


def _units(target: str, items: Sequence[Item]) -> Iterator[Unit]:
    """Yield the lessons of a class, its groups of a subject together."""
    by_subject: dict[str, list[Item]] = {}
    for item in items:
        if item.target == target:
            by_subject.setdefault(item.subject, []).append(item)
    for subject, own in by_subject.items():
        yield Unit(subject, tuple(own), tuple(dict.fromkeys(item.teacher for item in own)))


def _joint_units(stream: Stream | None, items: Sequence[Item]) -> list[Unit]:
    """Return the lessons of a stream: its courses are taught at one hour."""
    own = tuple(item for item in items if stream is not None and item.target == stream.name)
    return [Unit(own[0].subject, own, tuple(dict.fromkeys(item.teacher for item in own)))] if own else []
