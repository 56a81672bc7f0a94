"""The invented school before anything is written: who is in it, who teaches what, who came and went. All frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from sgo_sheets.demo.names import Person
from sgo_sheets.demo.year import Year


@dataclass(frozen=True, slots=True)
class Spec:
    """What was asked for: so many classes and pupils, a seed, the day up to which journals are filled."""

    classes: int
    pupils: int
    seed: int
    on: dt.date
    clean: bool = False
    violations: bool = False

    def stream(self, *words: object) -> Random:
        """Return the random numbers of one matter: independent of every other matter and of hash seeds."""
        return Random(":".join(str(word) for word in (self.seed, *words)))

    @property
    def large(self) -> bool:
        """Return whether the school is big enough for two shifts and more groups."""
        return self.classes >= 20


@dataclass(frozen=True, slots=True)
class Room:
    """A class of the school: its size on 1 September decides about groups."""

    name: str
    grade: int
    size: int
    shift: str
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A family: ``surname`` is the male form; a parent may be missing."""

    surname: str
    father: Person | None
    mother: Person | None
    guardian: Person | None
    address: str
    phone: str
    social: str


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil. ``arrived`` is the day of enrolment during this year; ``left`` the day from which he is gone.

    ``moved`` names the day and the class of a move inside the parallel. ``level`` is how well he learns, 3 to 5.
    """

    id: str
    person: Person
    born: dt.date
    school_class: str
    family: Family
    enrolled: dt.date
    level: float
    arrived: dt.date | None = None
    left: dt.date | None = None
    moved: tuple[dt.date, str] | None = None


@dataclass(frozen=True, slots=True)
class Teacher:
    """An employee. ``room`` is where he teaches; ``dismissed`` is his last day of work."""

    code: str
    person: Person
    position: str
    roles: tuple[str, ...]
    hired: dt.date
    room: str = ""
    dismissed: dt.date | None = None


class Item(NamedTuple):
    """One row of the load: a class or stream, a subject, a group («» = all), hours a week and the teacher's code."""

    target: str
    subject: str
    group: str
    hours: int
    teacher: str

    @property
    def plan(self) -> str:
        """Return the name of the КТП, told by the first grade of the class or stream."""
        grade = "".join(char for char in self.target[:2] if char.isdigit())
        return f"{self.subject} {grade}"


@dataclass(frozen=True, slots=True)
class Change:
    """A teacher who left during the year and who took over: the newcomer's first day."""

    old: str
    new: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works at the school and what they teach; ``homeroom`` maps a class to its teacher's code."""

    teachers: tuple[Teacher, ...]
    items: tuple[Item, ...]
    homeroom: dict[str, str]
    change: Change | None = None

    def teacher(self, code: str) -> Teacher:
        """Return the employee with a code."""
        return next(teacher for teacher in self.teachers if teacher.code == code)


class Stream(NamedTuple):
    """A stream: classes that learn together, and who of them takes which course."""

    name: str
    classes: tuple[str, ...]
    courses: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class World:
    """The whole invented school, up to the day asked for."""

    spec: Spec
    year: Year
    rooms: tuple[Room, ...]
    children: tuple[Child, ...]
    staff: Staff
    streams: tuple[Stream, ...]
    groups: dict[tuple[str, str, str], tuple[str, ...]]
    """(class, subject, group) → № of the pupils."""
