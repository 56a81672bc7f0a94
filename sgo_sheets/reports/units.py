"""What reports of the school count by: classes, their parallels, the steps 1–4, 5–9, 10–11, the school."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from sgo_sheets.reports.document import Place

STEPS: tuple[tuple[str, range], ...] = (
    ("1–4 классы", range(1, 5)),
    ("5–9 классы", range(5, 10)),
    ("10–11 классы", range(10, 13)),
)
"""The steps of education with the grades of each."""
GRADES = range(1, 13)
SCHOOL = "По школе"


class UnitKind(StrEnum):
    """What a row of a report of the school is about."""

    CLASS = "class"
    PARALLEL = "parallel"
    STEP = "step"
    SCHOOL = "school"

    @property
    def place(self) -> Place:
        """Return where the row stands: a class among the lines, everything else as a sum."""
        return Place.LINE if self is UnitKind.CLASS else Place.TOTAL


class Unit(NamedTuple):
    """A part of the school: what it is, its name, its classes in order."""

    kind: UnitKind
    name: str
    classes: tuple[str, ...]


def units(classes: Iterable[tuple[str, int]]) -> tuple[Unit, ...]:
    """Return the units of a school in the order of rows: classes, then their parallel, step after step, the school.

    ``classes`` are names with grades. One of no grade from 1 to 12 counts in the school alone.
    """
    named = list(classes)
    found: list[Unit] = []
    for title, grades in STEPS:
        of_step: list[str] = []
        for grade in grades:
            own = tuple(name for name, its in named if its == grade)
            if own:
                found += [Unit(UnitKind.CLASS, name, (name,)) for name in own]
                found.append(Unit(UnitKind.PARALLEL, f"{grade} параллель", own))
                of_step += own
        if of_step:
            found.append(Unit(UnitKind.STEP, title, tuple(of_step)))
    found += [Unit(UnitKind.CLASS, name, (name,)) for name, its in named if its not in GRADES]
    return (*found, Unit(UnitKind.SCHOOL, SCHOOL, tuple(name for name, _ in named)))
