"""Who works at the school and who teaches what: loads that leave room for a timetable without clashes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.names import FEMALE, MALE, SURNAMES, Person, grown_up
from sgo_sheets.demo.world import Change, Item, Room, Spec, Staff, Stream, Teacher
from sgo_sheets.demo.year import DAY, Year

TARGET_HOURS = 22
_MERGED = {
    plan.COMPUTERS: plan.SUMS, plan.PHYSICS: plan.SUMS, plan.MATTER: plan.LIFE, plan.EARTH: plan.LIFE,
    plan.SONG: plan.CRAFT,
}  # fmt: skip
_LEAVING = (plan.EARTH, plan.LIFE, plan.MATTER, plan.PAST)
_OWN_TEACHERS = (plan.ENGLISH, plan.PE, "Музыка", plan.CULTURES)
_FEW_HOURS = 10
_POSITIONS = {
    plan.LETTERS: "русского языка и литературы", plan.SUMS: "математики", plan.FOREIGN: "английского языка",
    plan.PAST: "истории и обществознания", plan.EARTH: "географии", plan.LIFE: "биологии", plan.MATTER: "химии",
    plan.PHYSICS: "физики", plan.SONG: "музыки и ИЗО", plan.CRAFT: "труда (технологии)",
    plan.SPORT: "физической культуры", plan.COMPUTERS: "информатики", plan.PRIMARY: "начальных классов",
}  # fmt: skip


@dataclass(slots=True)
class _Post:
    """A teacher to be found: what he will teach."""

    department: str
    items: list[Item] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(item.hours for item in self.items)


def make_staff(spec: Spec, year: Year, rooms: Sequence[Room], streams: Sequence[Stream]) -> Staff:
    """Return everybody who works at the school and the load of every class; a teacher is replaced in November."""
    rng = spec.stream("staff")
    posts = _posts(rooms, streams, spec)
    leaving = _leaving(posts)
    names = _Names(rng)
    teachers = _office(names, spec, year)
    items: list[Item] = []
    of_post: dict[str, _Post] = {}
    for post in posts:
        code = f"СТ-{len(teachers) + 1:02}"
        items.extend(item._replace(teacher=code) for item in post.items)
        of_post[code] = post
        teachers.append(_teacher(names, code, post.department, year))
    left = next((code for code, post in of_post.items() if post is leaving), "")
    homes = _homeroom(rooms, items, left)
    change = _change(spec, year, left, f"СТ-{len(teachers) + 1:02}") if left else None
    if change is not None:
        place = next(n for n, one in enumerate(teachers) if one.code == left)
        teachers[place] = replace(teachers[place], dismissed=change.since - DAY)
        fresh = _teacher(names, change.new, of_post[left].department, year)
        teachers.append(replace(fresh, hired=change.since, room=teachers[place].room))
    guides = set(homes.values())
    with_roles = [
        replace(one, roles=(*one.roles, "Классный руководитель")) if one.code in guides else one for one in teachers
    ]
    return Staff(tuple(with_roles), tuple(items), homes, change)


def _posts(rooms: Sequence[Room], streams: Sequence[Stream], spec: Spec) -> list[_Post]:
    """Return the teachers a school needs, each with a load of about ``TARGET_HOURS``."""
    bundles: dict[str, list[list[Item]]] = {}
    primary: list[_Post] = []
    for room in rooms:
        own: dict[str, list[Item]] = {}
        for subject, hours in plan.HOURS[room.grade].items():
            department = plan.BY_NAME[subject].department
            if room.grade <= 4 and subject not in _OWN_TEACHERS:
                department = plan.PRIMARY
            split = plan.split_of(room.grade, subject, room.size, large=spec.large)
            for group in split:
                bundles.setdefault(department, []).append([Item(room.name, subject, group, hours, "")])
            if not split:
                own.setdefault(department, []).append(Item(room.name, subject, "", hours, ""))
        primary.extend(_Post(plan.PRIMARY, found) for name, found in own.items() if name == plan.PRIMARY)
        for name, found in own.items():
            if name != plan.PRIMARY:
                bundles.setdefault(name, []).append(found)
    for stream in streams:
        for subject, _ in stream.courses:
            item = Item(stream.name, subject, "", plan.STREAM_HOURS, "")
            bundles.setdefault(plan.BY_NAME[subject].department, []).append([item])
    for small, partner in _MERGED.items():
        if small in bundles and sum(i.hours for bundle in bundles[small] for i in bundle) < _FEW_HOURS:
            bundles.setdefault(partner, []).extend(bundles.pop(small))
    return [*primary, *(post for name in sorted(bundles) for post in _shared_out(name, bundles[name]))]


def _shared_out(department: str, bundles: list[list[Item]]) -> list[_Post]:
    """Return the posts of a department: the largest bundles first, each to who has least; groups to two teachers."""
    total = sum(item.hours for bundle in bundles for item in bundle)
    split = any(item.group for bundle in bundles for item in bundle)
    posts = [_Post(department) for _ in range(max(-(-total // TARGET_HOURS), 2 if split else 1))]
    for bundle in sorted(bundles, key=lambda b: (-bool(b[0].group), -sum(i.hours for i in b), b[0])):
        first = bundle[0]
        free = [post for post in posts if not any(_together(first, other) for other in post.items)]
        min(free or posts, key=lambda post: post.hours).items.extend(bundle)
    return posts


def _together(one: Item, other: Item) -> bool:
    """Return whether two rows of the load are taught at the same hour: groups of one class, courses of one stream."""
    same_class = one.target == other.target
    return (same_class and bool(one.group) and one.subject == other.subject) or (same_class and "+" in one.target)


def _leaving(posts: Sequence[_Post]) -> _Post | None:
    """Return the post whose teacher is replaced in November: of a small department, with few hours."""
    for department in _LEAVING:
        own = [post for post in posts if post.department == department]
        if own and len(posts) > 3:
            return min(own, key=lambda post: post.hours)
    return None


def _change(spec: Spec, year: Year, old: str, new: str) -> Change | None:
    since = year.next_study(dt.date(year.first.year, 11, 9))
    return Change(old, new, since) if since is not None and since <= spec.on else None


def _homeroom(rooms: Sequence[Room], items: Sequence[Item], left: str) -> dict[str, str]:
    """Return a class teacher for every class: one who teaches it, nobody twice while that is possible."""
    homes: dict[str, str] = {}
    for room in rooms:
        hours: dict[str, int] = {}
        for item in items:
            if item.target == room.name and item.teacher != left:
                hours[item.teacher] = hours.get(item.teacher, 0) + item.hours
        free = {code: own for code, own in hours.items() if code not in homes.values()} or hours
        homes[room.name] = max(free, key=lambda code: (free[code], code))
    return homes


@dataclass(slots=True)
class _Names:
    """Grown-ups, each of another surname while there are any left, and how many sports halls they have."""

    rng: Random
    taken: set[str] = field(default_factory=set)
    halls: int = 0

    def person(self, sex: str) -> Person:
        free = [base for base in SURNAMES if base not in self.taken] or list(SURNAMES)
        base = self.rng.choice(free)
        self.taken.add(base)
        return grown_up(self.rng, sex, base)


def _office(names: _Names, spec: Spec, year: Year) -> list[Teacher]:
    posts = [("директор", ("Директор",)), ("системный администратор", ("Администратор",))]
    posts += [("заместитель директора", ("Завуч",))] * (1 + spec.classes // 20)
    return [
        Teacher(f"СТ-{n:02}", names.person(names.rng.choice((MALE, FEMALE))), position, roles, _hired(names.rng, year))
        for n, (position, roles) in enumerate(posts, start=1)
    ]


def _teacher(names: _Names, code: str, department: str, year: Year) -> Teacher:
    rng = names.rng
    sex = MALE if rng.random() < (0.6 if department in (plan.SPORT, plan.CRAFT) else 0.15) else FEMALE
    number = int(code.removeprefix("СТ-"))
    room = str(100 * (1 + number // 20) + number % 20 + 1)
    if department == plan.SPORT:
        names.halls += 1
        room = f"спортзал {names.halls}" if names.halls > 1 else "спортзал"
    return Teacher(code, names.person(sex), f"учитель {_POSITIONS[department]}", ("Учитель",), _hired(rng, year), room)


def _hired(rng: Random, year: Year) -> dt.date:
    return dt.date(year.first.year - rng.randint(1, 25), 8, rng.randint(20, 28))
