"""What a journal is to be taught to whom: lessons, pupils, terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sgo_sheets.demo.absence import Absence, Release
from sgo_sheets.demo.lesson_plans import Planned
from sgo_sheets.demo.year import Term


class Held(NamedTuple):
    """A lesson: its day and number in the day, and the row of the plan it follows (None beyond the plan)."""

    date: dt.date
    lesson: int
    planned: Planned | None


@dataclass(frozen=True, slots=True)
class Learner:
    """A pupil of the journal: the days he belongs to it, how well he learns, when he is away."""

    id: str
    level: float
    spans: tuple[tuple[dt.date, dt.date], ...]
    absences: tuple[Absence, ...] = ()
    release: Release | None = None

    def member(self, day: dt.date) -> bool:
        """Return whether he belongs to the journal on a day."""
        return any(first <= day <= last for first, last in self.spans)

    def away(self, held: Held) -> bool:
        """Return whether he misses a lesson."""
        return any(absence.covers(held.date, held.lesson) for absence in self.absences)

    def released(self, day: dt.date) -> bool:
        """Return whether a doctor has released him on a day."""
        return self.release is not None and self.release.first <= day <= self.release.last


@dataclass(frozen=True, slots=True)
class Course:
    """A journal to be taught. ``graded`` is «отметка», «зачёт» or «» (first grade, no marks).

    ``settled`` – term → the day by which its marks are given; where a term is missing, its last day. ``bonus`` is added
    to how well everybody does.
    """

    graded: str
    lessons: tuple[Held, ...]
    terms: tuple[Term, ...]
    on: dt.date
    settled: Mapping[str, dt.date] = field(default_factory=dict)
    bonus: float = 0.0
