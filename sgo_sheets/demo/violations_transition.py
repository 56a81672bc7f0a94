"""Violations on purpose in what a new school year must find corrected (chapter III): year, periods, classes, load."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sgo_sheets.demo.desk import Desk, OfficeSpoil
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.plan_book import HOMEROOM, Load
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.school_book import Organisation, Period, SchoolClass

SCHOOL, PLAN = "Школа.xlsx", "Учебный план.xlsx"
_SINCE, _WEEK = 10, 7


def old_year(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave last year's name to the new school year."""
    del rng
    first = desk.world.year.first.year
    name = f"{first - 1}/{first}"
    desk.set_property(SCHOOL, Organisation, "Учебный год", name)
    return (Planted("R0303", desk.at_property(SCHOOL, Organisation, "Учебный год"), name),)


def overlapping_halves(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give the first grade half-years beside its quarters, the second beginning on the last day of the first."""
    del rng
    if all(room.grade != 1 for room in desk.world.rooms):
        return ()
    first, second = desk.world.year.halves
    shared = first.last
    for name, begins, ends in ((first.name, first.first, shared), (second.name, shared, second.last)):
        row: dict[str, Raw] = {"Классы": "1", "Тип": "полугодие", "Период": name, "Начало": begins, "Окончание": ends}
        place = desk.add(SCHOOL, Period, row)
    return (Planted("R0304", desk.at(SCHOOL, Period, place, "Начало"), plain(shared)),)


def no_class_teacher(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Let the class teacher go some days ago, with nobody to follow."""
    year, on = desk.world.year, desk.world.spec.on
    last = max(year.first, on - _SINCE * DAY)
    free = [room for room in desk.world.rooms if f"teacher of {room.name}" not in desk.used]
    if last + DAY > on or last >= year.last or not free:
        return ()
    room = rng.choice(free)
    desk.claim(f"teacher of {room.name}")
    place = desk.find(PLAN, Load, Класс=room.name, Предмет=HOMEROOM)[0]
    desk.change(PLAN, Load, place, {"По": last})
    return (Planted("R0305", desk.at(PLAN, Load, place, "По"), plain(last)),)


def class_left_over(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Keep a class that exists no more: nobody teaches it and the plan does not know it."""
    del rng
    grade = next((room.grade for room in desk.world.rooms if room.grade not in (1, 10)), 8)
    name = f"{grade}Я"
    row: dict[str, Raw] = {**desk.rows(SCHOOL, SchoolClass)[0], "Класс": name, "Параллель": grade}
    place = desk.add(SCHOOL, SchoolClass, {**row, "Профиль": ""})
    teacher = next(iter(desk.world.staff.homeroom.values()))
    desk.add(PLAN, Load, {"Класс": name, "Предмет": HOMEROOM, "Учитель": teacher})
    at = desk.at(SCHOOL, SchoolClass, place, "Класс")
    return (Planted("R0306", at, name), Planted("R0306", at, name))


def teacher_of_the_past(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give a class a second class teacher who had left before that."""
    change = desk.world.staff.change
    if change is None:
        return ()
    room = rng.choice(desk.world.rooms)
    row: dict[str, Raw] = {
        "Класс": room.name, "Предмет": HOMEROOM, "Учитель": change.old, "С": change.since + _WEEK * DAY,
    }  # fmt: skip
    place = desk.add(PLAN, Load, row)
    return (Planted("R0307", desk.at(PLAN, Load, place, "Учитель"), change.old),)


SPOILS: tuple[OfficeSpoil, ...] = (
    old_year, overlapping_halves, no_class_teacher, class_left_over, teacher_of_the_past,
)  # fmt: skip
