"""The invented school before it is written: people, loads, timetable, lesson plans."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from sgo_sheets.demo.absence import who_is_away
from sgo_sheets.demo.curriculum import HOURS, MAXIMUM, STREAM_HOURS, class_names, grade_of, plan_hours, school_week
from sgo_sheets.demo.lesson_plans import lesson_plan
from sgo_sheets.demo.names import FEMALE, MALE, patronymic_of, surname_of
from sgo_sheets.demo.school import make_world
from sgo_sheets.demo.substitutions import make_substitutions
from sgo_sheets.demo.timetable import Week
from sgo_sheets.demo.world import Spec, World
from tests.demo.invented import COMMITTED, LARGE, SMALL

SCHOOLS = [pytest.param(spec, id=f"{spec.classes} classes") for spec in (SMALL, COMMITTED, LARGE)]


@pytest.fixture(scope="module", params=SCHOOLS)
def made(request: pytest.FixtureRequest) -> tuple[World, Week]:
    """Return an invented school and its timetable."""
    return make_world(request.param)


@pytest.mark.parametrize(
    ("base", "father", "girl"),
    [
        ("Лугов", "Илья", "Лугова Ильинична"),
        ("Полянский", "Никита", "Полянская Никитична"),
        ("Степной", "Лев", "Степная Львовна"),
        ("Снежный", "Пётр", "Снежная Петровна"),
        ("Ягодин", "Юрий", "Ягодина Юрьевна"),
    ],
)
def test_a_girls_names_have_their_own_forms(base: str, father: str, girl: str) -> None:
    assert f"{surname_of(base, FEMALE)} {patronymic_of(father, FEMALE)}" == girl
    assert surname_of(base, MALE) == base


def test_a_small_school_has_the_classes_that_show_most() -> None:
    assert class_names(5) == ("1А", "5А", "9А", "10А", "11А")
    forty = Counter(grade_of(name) for name in class_names(40))
    assert forty == {**dict.fromkeys(range(1, 10), 4), 10: 2, 11: 2}


def test_pupils_have_numbers_of_their_own_and_fit_their_class(made: tuple[World, Week]) -> None:
    world, _ = made
    assert len({child.id for child in world.children}) == len(world.children)
    names = Counter((child.school_class, child.person.short) for child in world.children)
    assert max(names.values()) == 1
    for child in world.children:
        age = (world.year.first - child.born).days / 365.25 - grade_of(child.school_class)
        assert 5 < age < 7.2, f"{child} is of another age than the class"


def test_brothers_and_sisters_are_years_apart(made: tuple[World, Week]) -> None:
    world, _ = made
    for one in world.children:
        others = [child for child in world.children if child.family == one.family and child.id != one.id]
        assert all(abs((other.born - one.born).days) > 300 for other in others)
        assert all(other.person.first != one.person.first for other in others)


def test_nobody_is_in_two_places_at_one_hour(made: tuple[World, Week]) -> None:
    world, week = made
    shifts = {room.name: room.shift for room in world.rooms}
    rooms = {one.code: one.room for one in world.staff.teachers}
    where: dict[tuple[str, str, int, int], set[str]] = {}
    for name, cells in week.items():
        for (day, lesson), unit in cells.items():
            for item in unit.items:
                for busy in (item.teacher, f"room {rooms[item.teacher]}"):
                    where.setdefault((busy, shifts[name], day, lesson), set()).add(f"{item.target} {item.subject}")
    clashes = {hour: what for hour, what in where.items() if len(what) > 1}
    assert not clashes


def test_every_class_gets_its_hours_without_a_gap_and_within_the_maximum(made: tuple[World, Week]) -> None:
    world, week = made
    for room in world.rooms:
        cells = week[room.name]
        own = Counter(unit.subject for unit in cells.values() if unit.items[0].target == room.name)
        joint = sum(unit.items[0].target != room.name for unit in cells.values())
        assert own == HOURS[room.grade]
        assert joint == STREAM_HOURS * sum(room.name in stream.classes for stream in world.streams)
        assert len(cells) <= MAXIMUM[room.grade]
        for day in range(6):
            lessons = sorted(lesson for weekday, lesson in cells if weekday == day)
            assert lessons == list(range(1, len(lessons) + 1))
            assert not lessons or day < school_week(room.grade)


def test_every_load_row_has_a_teacher_with_a_bearable_load(made: tuple[World, Week]) -> None:
    world, _ = made
    hours: Counter[str] = Counter()
    for item in world.staff.items:
        hours[item.teacher] += item.hours
    assert max(hours.values()) <= 27
    assert set(hours) <= {one.code for one in world.staff.teachers}
    assert set(world.staff.homeroom) == {room.name for room in world.rooms}


def test_a_substitute_is_free_and_well(made: tuple[World, Week]) -> None:
    world, week = made
    ill, rows = make_substitutions(world, week)
    shifts = {room.name: room.shift for room in world.rooms}
    busy = {
        (teacher, shifts[name], day, lesson)
        for name, cells in week.items()
        for (day, lesson), unit in cells.items()
        for teacher in unit.teachers
    }
    taken: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        teacher, date = row.get("Учитель"), row["Дата"]
        if not isinstance(date, dt.date) or not teacher:
            continue
        shift = shifts.get(str(row["Класс"]), "1 смена")
        assert (teacher, shift, date.weekday(), row["Урок"]) not in busy
        assert not any(one.teacher == teacher and one.first <= date <= one.last for one in ill)
        taken[teacher, shift, date, row["Урок"]] += 1
    assert not taken or max(taken.values()) == 1


def test_the_committed_school_shows_what_the_issue_asks_for() -> None:
    world, week = make_world(COMMITTED)
    _, substitutions = make_substitutions(world, week)
    away = who_is_away(world)
    arrived = [child for child in world.children if child.arrived]
    assert [child.arrived.month for child in arrived if child.arrived] == [10]
    assert any(child.left and child.left <= COMMITTED.on for child in world.children)
    assert world.staff.change is not None
    assert world.staff.change.since.month == 11
    assert {group for name, _, group in world.groups if name == "5А"} == {"1", "2"}
    assert {name for name, *_ in world.groups} == {"5А", "9А"}
    assert [stream.name for stream in world.streams] == ["10А+11А"]
    assert {"замена учителя", "замена предмета", "перенос", "отмена"} <= {str(row["Вид"]) for row in substitutions}
    assert any(row["Дата"] == COMMITTED.on for row in substitutions)
    assert away.releases
    assert world.year.quarters[0].last < COMMITTED.on < world.year.quarters[1].last


def test_what_has_not_happened_yet_is_not_known() -> None:
    september = Spec(COMMITTED.classes, COMMITTED.pupils, COMMITTED.seed, dt.date(2026, 9, 10))
    world, _ = make_world(september)
    later, _ = make_world(COMMITTED)
    assert not any(child.arrived or child.left for child in world.children)
    assert world.staff.change is None
    assert {child.person for child in world.children} < {child.person for child in later.children}
    away = who_is_away(world)
    assert all(one.first <= september.on for own in away.absences.values() for one in own)
    assert all(one.presented <= september.on for own in away.absences.values() for one in own)


@pytest.mark.parametrize("grade", range(1, 12))
def test_a_plan_has_the_hours_of_the_curriculum_and_says_nothing_twice(grade: int) -> None:
    for subject, weekly in HOURS[grade].items():
        rows = lesson_plan(subject, grade, plan_hours(grade, weekly))
        assert len(rows) == plan_hours(grade, weekly)
        assert all(row.topic and row.section for row in rows)
        assert len({(row.section, row.topic) for row in rows}) >= len(rows) - 1
        assert grade > 1 or not any(row.homework or row.kind for row in rows)
