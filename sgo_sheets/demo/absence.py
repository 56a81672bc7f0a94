"""When pupils are away, why, and with what paper; who is released from physical education."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from sgo_sheets.demo.curriculum import school_week
from sgo_sheets.demo.world import Child, Spec, World
from sgo_sheets.demo.year import DAY, Year, days

ILL, VALID, INVALID = "Б", "УП", "НП"
_ILLNESS = ((9, 0.13), (10, 0.2), (11, 0.22), (12, 0.24), (1, 0.2), (2, 0.26), (3, 0.2), (4, 0.12), (5, 0.08))
FAMILY_DAY, FEW_LESSONS, TRUANCY = 0.1, 0.08, 0.012
RELEASED = 0.03
CALL = "звонок родителей"


@dataclass(frozen=True, slots=True)
class Absence:
    """A pupil's absence: days, both included, and the lessons, None for whole days.

    ``document`` is what explains it and ``presented`` the day it was brought; both are known by the day asked for.
    """

    first: dt.date
    last: dt.date
    lessons: tuple[int, int] | None
    reason: str
    document: str
    presented: dt.date

    def covers(self, day: dt.date, lesson: int) -> bool:
        """Return whether the pupil misses a lesson of a day."""
        if not self.first <= day <= self.last:
            return False
        return self.lessons is None or self.lessons[0] <= lesson <= self.lessons[1]


@dataclass(frozen=True, slots=True)
class Release:
    """A release from physical education by a doctor's paper."""

    first: dt.date
    last: dt.date
    document: str


@dataclass(frozen=True, slots=True)
class Away:
    """Everybody's absences and releases, by № личного дела."""

    absences: Mapping[str, tuple[Absence, ...]]
    releases: Mapping[str, Release]


def who_is_away(world: World) -> Away:
    """Return the absences and releases of the whole school that have begun by the day asked for."""
    spec, year = world.spec, world.year
    grades = {room.name: room.grade for room in world.rooms}
    absences = {one.id: absences_of(spec, year, one, school_week(grades[one.school_class])) for one in world.children}
    released = {one.id: release_of(spec, year, one, grades[one.school_class]) for one in world.children}
    return Away(absences, {number: release for number, release in released.items() if release is not None})


def absences_of(spec: Spec, year: Year, child: Child, week: int) -> tuple[Absence, ...]:
    """Return the pupil's absences that have begun by the day asked for, in order and never two on one day.

    One that is not over yet ends, so far as anybody knows, on that day: the parents have called.
    """
    rng = spec.stream("absence", child.id)
    found: list[Absence] = []
    for absence in sorted(_all(rng, year, week, child), key=lambda one: one.first):
        if absence.first > spec.on or (found and absence.first <= found[-1].last):
            continue
        open_yet = absence.presented > spec.on
        so_far = replace(absence, last=min(absence.last, spec.on), document=CALL, presented=absence.first)
        found.append(so_far if open_yet else absence)
    return tuple(found)


def _all(rng: Random, year: Year, week: int, child: Child) -> Iterator[Absence]:
    for month, chance in _ILLNESS:
        start = dt.date(year.first.year + (month < 9), month, 1)
        ill, family, few, truant = (rng.random() for _ in range(4))
        when = [start + rng.randrange(28) * DAY for _ in range(4)]
        length, number, first_lesson = rng.randint(3, 10), rng.randint(100, 999), rng.randint(1, 4)
        if ill < chance:
            yield from _made((year, week), when[0], length, None, ILL, f"справка № {number}")
        if family < FAMILY_DAY:
            words = ("заявление родителей", "заявление родителей", "приказ об олимпиаде", "вызов на соревнования")
            yield from _made((year, week), when[1], number % 2 + 1, None, VALID, words[number % 4])
        if few < FEW_LESSONS:
            lessons = (first_lesson, first_lesson + number % 2)
            yield from _made((year, week), when[2], 1, lessons, VALID, "записка родителей")
        if truant < TRUANCY and child.level < 4:
            yield from _made((year, week), when[3], 1, (first_lesson, first_lesson + 1), INVALID, "объяснительная")


def _made(
    calendar: tuple[Year, int], first: dt.date, length: int, lessons: tuple[int, int] | None, *why: str
) -> Iterator[Absence]:
    """Yield the absence if it touches a study day; the paper is brought on the first study day after it."""
    year, week = calendar
    reason, document = why
    last = first + (length - 1) * DAY
    study = [day for day in days(first, last) if year.is_study(day, week)]
    if study:
        back = year.next_study(study[-1] + DAY, week) or study[-1]
        yield Absence(study[0], study[-1], lessons, reason, document, back if lessons is None else study[-1])


def release_of(spec: Spec, year: Year, child: Child, grade: int) -> Release | None:
    """Return the pupil's release from physical education: a whole term, or two weeks; None for most."""
    rng = spec.stream("release", child.id)
    lot, terms = rng.random(), year.terms(grade)
    term = terms[rng.randrange(len(terms))]
    number = rng.randint(10, 99)
    if lot > RELEASED or grade == 1:
        return None
    last = term.last if lot < RELEASED / 2 else term.first + 13 * DAY
    return Release(term.first, last, f"справка КЭК № {number}") if term.first <= spec.on else None
