"""Violations of chapters VI and VII, each planted once: in the plan, the load, a КТП, the holidays, the timetable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.desk import Desk, OfficeSpoil, Row
from sgo_sheets.demo.planting import Planted
from sgo_sheets.records.journal_books import PlanLesson, PlanTitle
from sgo_sheets.records.plan_book import Load, PlanRow
from sgo_sheets.records.raw_values import plain
from sgo_sheets.records.regulation_book import Setting
from sgo_sheets.records.school_book import Holiday, SchoolClass
from sgo_sheets.rules.settings import MOST_FIVE_DAYS
from sgo_sheets.russian import file_name

PLAN, SCHOOL, REGULATION = "Учебный план.xlsx", "Школа.xlsx", "Регламент.xlsx"
LESSON_PLAN = "КТП"


def no_component(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out the component of a row of the plan."""
    place = rng.randrange(len(desk.rows(PLAN, PlanRow)))
    desk.change(PLAN, PlanRow, place, {"Компонент": ""})
    return (Planted("R0601", desk.at(PLAN, PlanRow, place, "Компонент")),)


def no_profile(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out the profile of a class of grade 10 or 11."""
    places = [n for n, row in enumerate(desk.rows(SCHOOL, SchoolClass)) if row["Параллель"] in (10, 11)]
    if not places:
        return ()
    place = rng.choice(places)
    desk.change(SCHOOL, SchoolClass, place, {"Профиль": ""})
    return (Planted("R0602", desk.at(SCHOOL, SchoolClass, place, "Профиль")),)


def no_hours(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out the hours of a row of the load."""
    place = _load(desk, rng, lambda row: bool(row["Часов в неделю"]))
    if place is None:
        return ()
    desk.change(PLAN, Load, place, {"Часов в неделю": None})
    return (Planted("R0603", desk.at(PLAN, Load, place, "Часов в неделю")),)


def nobody_in_group(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Open one group more in which there is nobody, without hours to be taught."""
    places = [n for n in desk.find(PLAN, Load, Группа="1") if desk.rows(PLAN, Load)[n].get("КТП")]
    if not places:
        return ()
    row = {**desk.rows(PLAN, Load)[rng.choice(places)], "Группа": "3", "Часов в неделю": 0}
    new = desk.add(PLAN, Load, row)
    return (Planted("R0604", desk.at(PLAN, Load, new, "Группа"), "3"),)


def hours_differ(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Promise a class an hour more in the plan than anybody teaches."""

    def free(row: Row) -> bool:
        grade = plan.grade_of(plain(row["Класс"]))
        return not row.get("Группа") and sum(plan.HOURS[grade].values()) < plan.MAXIMUM[grade]

    place = _load(desk, rng, free)
    if place is None:
        return ()
    row = desk.rows(PLAN, Load)[place]
    name, subject = plain(row["Класс"]), plain(row["Предмет"])
    matrix = desk.rows(PLAN, PlanRow)
    where = next(n for n, one in enumerate(matrix) if one["Предмет"] == subject and one.get(name))
    hours = matrix[where][name]
    desk.change(PLAN, PlanRow, where, {name: (hours if isinstance(hours, int) else 0) + 1})
    return (Planted("R0605", desk.at(PLAN, Load, place, "Часов в неделю"), plain(row["Часов в неделю"])),)


def above_maximum(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Lower the sanitary maximum of a grade under what its classes learn."""
    grades = [room.grade for room in desk.world.rooms if room.grade <= 9]
    places = desk.find(REGULATION, Setting, Показатель=MOST_FIVE_DAYS.name)
    if not grades or not places:
        return ()
    grade = rng.choice(grades)
    desk.change(REGULATION, Setting, places[0], {"Значение": f"{MOST_FIVE_DAYS.default}; {grade} – 19"})
    planted = []
    for room in desk.world.rooms:
        if room.grade == grade:
            matrix = desk.rows(PLAN, PlanRow)
            first = next(n for n, row in enumerate(matrix) if row.get(room.name))
            planted.append(Planted("R0606", desk.at(PLAN, PlanRow, first, room.name), plain(matrix[first][room.name])))
    return planted


def plan_not_assigned(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out the КТП of a row of the load whose КТП serves another row as well."""
    place = _load(desk, rng, lambda row: _uses(desk, row) > 1)
    if place is None:
        return ()
    desk.change(PLAN, Load, place, {"КТП": ""})
    return (Planted("R0607", desk.at(PLAN, Load, place, "КТП")),)


def plan_missing(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Name a КТП nobody has written in a row of the load."""
    place = _load(desk, rng, lambda row: _uses(desk, row) > 1)
    if place is None:
        return ()
    name = f"{plain(desk.rows(PLAN, Load)[place]['КТП'])} углублённый"
    desk.change(PLAN, Load, place, {"КТП": name})
    return (Planted("R0608", desk.at(PLAN, Load, place, "КТП"), name),)


def plan_too_long(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give the first topic of a КТП six hours."""
    place = _load(desk, rng, lambda row: _uses(desk, row) == 1)
    if place is None:
        return ()
    name = plain(desk.rows(PLAN, Load)[place]["КТП"])
    desk.change(_path(name), PlanLesson, 0, {"Часов": 6})
    return (Planted("R0609", desk.at(PLAN, Load, place, "КТП"), name),)


def topic_empty(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Clear the last topic but one of a КТП."""
    place = _load(desk, rng, lambda row: _uses(desk, row) == 1)
    if place is None:
        return ()
    path = _path(plain(desk.rows(PLAN, Load)[place]["КТП"]))
    last = len(desk.rows(path, PlanLesson)) - 2
    desk.change(path, PlanLesson, last, {"Тема урока": ""})
    return (Planted("R0610", desk.at(path, PlanLesson, last, "Тема урока")),)


def plan_unused(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Teach one subject of a class by the КТП of another with as many hours, so that its own lies idle."""
    rows = desk.rows(PLAN, Load)

    def twins(row: Row) -> list[Row]:
        same = ("Класс", "Часов в неделю")
        others = [one for one in rows if all(one.get(header) == row[header] for header in same)]
        fresh = [one for one in others if one.get("КТП") and f"КТП {plain(one['КТП'])}" not in desk.used]
        return [one for one in fresh if one["КТП"] != row["КТП"]]

    place = _load(desk, rng, lambda row: _uses(desk, row) == 1 and bool(twins(row)))
    if place is None:
        return ()
    path = _path(plain(rows[place]["КТП"]))
    desk.change(PLAN, Load, place, {"КТП": twins(rows[place])[0]["КТП"]})
    shown = plain(desk.properties(path, PlanTitle)["Предмет"])
    return (Planted("R0611", desk.at_property(path, PlanTitle, "Предмет"), shown),)


def holidays_not_published(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Forget to say when some holidays were published."""
    places = [n for n, row in enumerate(desk.rows(SCHOOL, Holiday)) if row["Классы"] != "1"]
    place = rng.choice(places)
    desk.change(SCHOOL, Holiday, place, {"Опубликовано": None})
    return (Planted("R0703", desk.at(SCHOOL, Holiday, place, "Опубликовано")),)


def _load(desk: Desk, rng: Random, wanted: Callable[[Row], bool]) -> int | None:
    """Return an undated row of the load whose class and subject nobody has spoilt yet, None where there is none."""
    rows = desk.rows(PLAN, Load)
    order = list(range(len(rows)))
    rng.shuffle(order)
    for place in order:
        row = rows[place]
        whole = row.get("КТП") and not row.get("С") and not row.get("По") and "+" not in plain(row["Класс"])
        names = [f"load {plain(row['Класс'])} {plain(row['Предмет'])}", f"КТП {plain(row.get('КТП'))}"]
        if whole and not desk.used & set(names) and wanted(row):
            desk.used.update(names)
            return place
    return None


def _uses(desk: Desk, row: Row) -> int:
    """Return how many rows of the load name the КТП of a row."""
    return len(desk.find(PLAN, Load, КТП=row.get("КТП"))) if row.get("КТП") else 0


def _path(name: str) -> str:
    return f"{LESSON_PLAN}/{file_name(name)}.xlsx"


SPOILS: tuple[OfficeSpoil, ...] = (
    plan_not_assigned, plan_missing, nobody_in_group, plan_unused, plan_too_long, topic_empty, no_component, no_profile,
    no_hours, hours_differ, above_maximum, holidays_not_published,
)  # fmt: skip
"""Those that need a КТП of several rows, or of one, come first."""
