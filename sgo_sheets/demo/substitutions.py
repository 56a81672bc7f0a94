"""Teachers fall ill: who takes their lessons, so that nobody is in two places; a lesson moved, a lesson cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sgo_sheets.demo.timetable import Hour, Unit, Week
from sgo_sheets.demo.world import Item, World
from sgo_sheets.demo.year import DAY, days
from sgo_sheets.records.raw_values import Raw

OTHER_TEACHER, OTHER_SUBJECT, CANCELLED, MOVED = "замена учителя", "замена предмета", "отмена", "перенос"
AHEAD = 3
"""Substitutions are known so many days ahead."""


@dataclass(frozen=True, slots=True)
class Illness:
    """A teacher who is away: both days included."""

    teacher: str
    first: dt.date
    last: dt.date


@dataclass(slots=True)
class _Book:
    """What is arranged so far."""

    world: World
    week: Week
    busy: dict[Hour, set[str]] = field(default_factory=dict)
    extra: set[tuple[str, dt.date, Hour]] = field(default_factory=set)
    ill: tuple[Illness, ...] = ()
    rows: list[dict[str, Raw]] = field(default_factory=list)
    shifts: dict[str, str] = field(default_factory=dict)


def make_substitutions(world: World, week: Week) -> tuple[tuple[Illness, ...], tuple[Mapping[str, Raw], ...]]:
    """Return who was away and the rows of «Замены», by date: all that is known on the day asked for."""
    book = _Book(world, week, ill=tuple(_illnesses(world)))
    book.shifts = {room.name: room.shift for room in world.rooms}
    for name, cells in week.items():
        for cell, unit in cells.items():
            book.busy.setdefault(Hour(book.shifts[name], *cell), set()).update(unit.teachers)
    for illness in book.ill:
        for day in days(illness.first, illness.last):
            _cover(book, illness, day)
    _one_moved(book)
    _one_cancelled(book)
    order = {room.name: place for place, room in enumerate(world.rooms)}
    rows = sorted(book.rows, key=lambda row: (str(row["Дата"]), order.get(str(row["Класс"]), 999), str(row["Урок"])))
    return book.ill, tuple(rows)


def _illnesses(world: World) -> Iterator[Illness]:
    """Yield the teachers' illnesses that have begun by the day asked for, none twice in one month.

    Whoever leaves or comes in November is never ill.
    """
    last: dict[str, dt.date] = {}
    rng = world.spec.stream("illness")
    change = world.staff.change
    spared = {change.old, change.new} if change else set()
    teachers = sorted({item.teacher for item in world.staff.items} - spared)
    start = world.year.first + 7 * DAY
    while start <= world.spec.on:
        for _ in range(1 + len(teachers) // 25):
            teacher, offset, length = rng.choice(teachers), rng.randrange(14), rng.randint(0, 3)
            first = world.year.next_study(start + offset * DAY)
            if first is None or first > world.spec.on or first < last.get(teacher, first):
                continue
            last[teacher] = first + 30 * DAY
            yield Illness(teacher, first, first + length * DAY)
        start += 14 * DAY


def _cover(book: _Book, illness: Illness, day: dt.date) -> None:
    """Give the lessons of one day of an absent teacher to others."""
    world = book.world
    if day > world.spec.on + AHEAD * DAY:
        return
    done: set[str] = set()
    for room in world.rooms:
        week = 6 if room.grade >= 10 else 5
        if not world.year.is_study(day, week):
            continue
        for (weekday, lesson), unit in book.week[room.name].items():
            if weekday != day.weekday():
                continue
            for item in unit.items:
                key = f"{item.target}:{lesson}"
                if item.teacher == illness.teacher and key not in done:
                    done.add(key)
                    _replace(book, day, Hour(room.shift, weekday, lesson), unit, item)


def _replace(book: _Book, day: dt.date, hour: Hour, unit: Unit, item: Item) -> None:
    row: dict[str, Raw] = {"Дата": day, "Класс": item.target, "Урок": hour.lesson, "Причина": "болезнь учителя"}
    colleagues = {other.teacher for other in book.world.staff.items if other.subject == item.subject}
    free = [code for code in sorted(colleagues) if _free(book, code, day, hour)]
    if free:
        book.rows.append(
            {**row, "Вид": OTHER_TEACHER, "Предмет": item.subject, "Группа": item.group, "Учитель": free[0]}
        )
        book.extra.add((free[0], day, hour))
        return
    other = _other_lesson(book, day, hour, item) if len(unit.items) == 1 and item.target in book.week else None
    if other is not None:
        book.rows.append({**row, "Вид": OTHER_SUBJECT, "Предмет": other.subject, "Учитель": other.teacher})
        book.extra.add((other.teacher, day, hour))
        return
    anybody = sorted({other.teacher for other in book.world.staff.items})
    code = next((code for code in anybody if _free(book, code, day, hour)), None)
    if code is not None:
        book.rows.append({**row, "Вид": OTHER_TEACHER, "Предмет": item.subject, "Группа": item.group, "Учитель": code})
        book.extra.add((code, day, hour))


def _other_lesson(book: _Book, day: dt.date, hour: Hour, item: Item) -> Item | None:
    """Return a lesson the class does not have that day, by one of its teachers who is free."""
    cells = book.week[item.target].items()
    today = {unit.subject for (weekday, _), unit in cells if weekday == day.weekday()}
    today |= {str(row["Предмет"]) for row in book.rows if row["Дата"] == day and row["Класс"] == item.target}
    own = [one for one in book.world.staff.items if one.target == item.target and not one.group]
    return next((one for one in own if one.subject not in today and _free(book, one.teacher, day, hour)), None)


def _free(book: _Book, code: str, day: dt.date, hour: Hour) -> bool:
    away = any(ill.teacher == code and ill.first <= day <= ill.last for ill in book.ill)
    change = book.world.staff.change
    leaves = change is not None and code in (change.old, change.new)
    taken = code in book.busy.get(hour, set()) or (code, day, hour) in book.extra
    return not (away or leaves or taken)


def _one_moved(book: _Book) -> None:
    """Move the last lesson of some class to the end of another day of that week."""
    world = book.world
    for monday in _mondays(world, dt.date(world.year.first.year, 10, 12)):
        for name, cells in book.week.items():
            for source, target in ((0, 2), (1, 3), (3, 1)):
                last = max(cell for cell in cells if cell[0] == source)
                unit, hour = cells[last], Hour(book.shifts[name], target, _count(cells, target) + 1)
                there, moved = monday + source * DAY, monday + target * DAY
                plain = len(unit.items) == 1 and not unit.items[0].group and unit.items[0].target == name
                clear = not any(row["Дата"] in (there, moved) and row["Класс"] == name for row in book.rows)
                if plain and clear and hour.lesson <= 6 and _free(book, unit.teachers[0], moved, hour):
                    book.rows.append({
                        "Дата": there, "Класс": name, "Урок": last[1], "Вид": MOVED, "Предмет": unit.subject,
                        "Перенесён на": moved, "Урок на": hour.lesson, "Причина": "экскурсия класса",
                    })  # fmt: skip
                    return


def _one_cancelled(book: _Book) -> None:
    """Cancel the last lesson of the last class on a day in November."""
    world = book.world
    name, cells = list(book.week.items())[-1]
    for monday in _mondays(world, dt.date(world.year.first.year, 11, 16)):
        day = monday + 3 * DAY
        last = max(cell for cell in cells if cell[0] == 3)
        unit = cells[last]
        if len(unit.items) == 1 and not any(row["Дата"] == day and row["Класс"] == name for row in book.rows):
            book.rows.append({
                "Дата": day, "Класс": unit.items[0].target, "Урок": last[1], "Вид": CANCELLED, "Предмет": unit.subject,
                "Причина": "медицинский осмотр",
            })  # fmt: skip


def _mondays(world: World, day: dt.date) -> Sequence[dt.date]:
    """Return the Monday of a day's week, if the week is a whole study week that has begun by the day asked for."""
    monday = day - day.weekday() * DAY
    whole = all(world.year.is_study(monday + n * DAY) for n in range(5))
    return [monday] if whole and monday <= world.spec.on else []


def _count(cells: Mapping[tuple[int, int], Unit], day: int) -> int:
    return sum(cell[0] == day for cell in cells)
