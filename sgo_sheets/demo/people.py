"""The pupils and their families: classes of about one size, ages that fit, brothers and sisters, who came and left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from sgo_sheets.demo.curriculum import class_names, grade_of
from sgo_sheets.demo.names import FEMALE, MALE, SURNAMES, Person, child, grown_up
from sgo_sheets.demo.world import Child, Family, Room, Spec
from sgo_sheets.demo.year import DAY, FIRST_SHIFT, SECOND_SHIFT, Year
from sgo_sheets.russian import fold

TOWN = "г. Светлозерск"
_STREETS = (
    "Берёзовая", "Вишнёвая", "Заречная", "Кленовая", "Луговая", "Мельничная", "Озёрная", "Полевая", "Речная",
    "Рябиновая", "Садовая", "Светлая", "Снежная", "Солнечная", "Сосновая", "Тихая", "Цветочная", "Ясная",
)  # fmt: skip
_SOCIAL = ("служащие", "служащие", "рабочие", "рабочие и служащие", "предприниматели", "работники сельского хозяйства")
_PROFILES = ("технологический", "гуманитарный", "естественно-научный", "социально-экономический")
_LATE_GRADES = (3, 4, 6)
SIBLINGS, BOTH_PARENTS, GUARDED = 0.16, 0.8, 0.02


def make_rooms(spec: Spec) -> tuple[Room, ...]:
    """Return the classes with their sizes on 1 September; in a large school some grades learn in the second shift."""
    names = class_names(spec.classes)
    rng = spec.stream("rooms")
    base, rest = divmod(spec.pupils, len(names))
    sizes = [base + (place < rest) for place in range(len(names))]
    spread = min(2, base // 6)
    for place in range(0, len(names) - 1, 2):
        shift = rng.randint(-spread, spread)
        sizes[place] += shift
        sizes[place + 1] -= shift
    rooms = []
    for place, (name, size) in enumerate(zip(names, sizes, strict=True)):
        grade = grade_of(name)
        late = spec.large and grade in _LATE_GRADES
        profile = _PROFILES[place % len(_PROFILES)] if grade >= 10 else ""
        rooms.append(Room(name, grade, size, SECOND_SHIFT if late else FIRST_SHIFT, profile))
    return tuple(rooms)


def make_children(spec: Spec, year: Year, rooms: Sequence[Room]) -> tuple[Child, ...]:
    """Return the pupils in the order of classes and names, with who arrives, leaves and moves by the day asked for."""
    rng = spec.stream("children")
    numbers = rng.sample(range(1001, 1001 + 3 * spec.pupils), spec.pupils)
    families: list[_Home] = []
    children: list[Child] = []
    for room in rooms:
        taken: set[str] = set()
        for _ in range(room.size):
            born = _birthday(rng, year, room.grade)
            home = _home(rng, families, room.grade)
            family, person = home.family, _child(rng, home, taken)
            enrolled = dt.date(year.first.year - room.grade + 1, 9, 1) if room.grade > 1 else year.first
            number = f"{person.surname[0].replace('Ё', 'Е')}-{numbers[len(children)]}"
            level = min(4.9, max(3.1, rng.gauss(4.05, 0.48)))
            children.append(Child(number, person, born, room.name, family, enrolled, round(level, 2)))
    moving = _movement(spec, year, rooms, children)
    here = [moving.get(one.id, one) for one in children]
    here = [one for one in here if one.arrived is None or one.arrived <= spec.on]
    order = {room.name: place for place, room in enumerate(rooms)}
    return tuple(sorted(here, key=lambda c: (order[c.school_class], fold(c.person.short), c.id)))


def _birthday(rng: Random, year: Year, grade: int) -> dt.date:
    return dt.date(year.first.year - grade - 6, 9, 1) - rng.randint(-150, 200) * DAY


@dataclass(slots=True)
class _Home:
    """A family, and the grades and first names of its children so far."""

    family: Family
    grades: list[int]
    names: set[str]


def _home(rng: Random, families: list[_Home], grade: int) -> _Home:
    """Return a new family, or one whose children are all at least two grades away."""
    older = [home for home in families[-600:] if all(abs(other - grade) >= 2 for other in home.grades)]
    if older and rng.random() < SIBLINGS:
        home = rng.choice(older)
        home.grades.append(grade)
        return home
    families.append(_Home(_family(rng), [grade], set()))
    return families[-1]


def _family(rng: Random) -> Family:
    surname = rng.choice(SURNAMES)
    father = grown_up(rng, MALE, surname)
    mother = grown_up(rng, FEMALE, surname if rng.random() < 0.9 else "")
    address = f"{TOWN}, ул. {rng.choice(_STREETS)}, д. {rng.randint(1, 60)}, кв. {rng.randint(1, 90)}"
    # There is no such area code, and no subscriber's number begins with 0.
    phone = f"+7 (8999) 0{rng.randint(1, 9)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}"
    whole, guarded = rng.random() < BOTH_PARENTS, rng.random() < GUARDED
    guardian = grown_up(rng, FEMALE, surname) if guarded else None
    social = rng.choice(_SOCIAL)
    return Family(surname, father, mother if whole or not guarded else None, guardian, address, phone, social)


def _child(rng: Random, home: _Home, taken: set[str]) -> Person:
    """Return a child of the family whose name nobody in the class or the family has."""
    father = home.family.father.first if home.family.father else "Иван"
    while True:
        person = child(rng, rng.choice((MALE, FEMALE)), home.family.surname, father)
        if person.short not in taken and person.first not in home.names:
            taken.add(person.short)
            home.names.add(person.first)
            return person


def _movement(spec: Spec, year: Year, rooms: Sequence[Room], children: Sequence[Child]) -> dict[str, Child]:
    """Return the pupils who arrive, leave or move this year, by №: only what has happened by the day asked for."""
    rng = spec.stream("movement")
    found: dict[str, Child] = {}

    def pick(preferred: str) -> Child | None:
        free = [one for one in children if one.id not in found and one.school_class == preferred]
        return rng.choice(free) if len(free) > 4 else None

    names = [room.name for room in rooms]
    for number, day in enumerate(_days_of(rng, year, _arrivals(year), max(1, spec.pupils // 100))):
        one = pick("5А" if number == 0 and "5А" in names else rng.choice(names))
        if one is not None and grade_of(one.school_class) > 1:
            found[one.id] = replace(one, arrived=day, enrolled=day)
    for number, day in enumerate(_days_of(rng, year, _departures(year), max(1, spec.pupils // 110))):
        one = pick("9А" if number == 0 and "9А" in names else rng.choice(names))
        if one is not None and day <= spec.on:
            found[one.id] = replace(one, left=day)
    moved = year.next_study(year.quarters[1].first)
    for _ in range(spec.pupils // 300):
        room = rng.choice(rooms)
        others = [other.name for other in rooms if other.grade == room.grade and other.name != room.name]
        one = pick(room.name)
        if others and one is not None and moved is not None and moved <= spec.on and room.grade < 10:
            found[one.id] = replace(one, moved=(moved, rng.choice(others)))
    return found


def _arrivals(year: Year) -> tuple[dt.date, ...]:
    """Return the first days of the spans newcomers arrive in: never in the last fortnight of a term."""
    start = year.first.year
    return (dt.date(start, 10, 5), dt.date(start, 9, 14), dt.date(start, 11, 16), dt.date(start + 1, 1, 25))


def _departures(year: Year) -> tuple[dt.date, ...]:
    start = year.first.year
    return (dt.date(start, 11, 9), dt.date(start, 9, 21), dt.date(start + 1, 2, 8), dt.date(start + 1, 4, 12))


def _days_of(rng: Random, year: Year, starts: Sequence[dt.date], count: int) -> Iterator[dt.date]:
    for number in range(count):
        day = year.next_study(starts[number % len(starts)] + rng.randint(0, 3) * DAY)
        if day is not None:
            yield day
