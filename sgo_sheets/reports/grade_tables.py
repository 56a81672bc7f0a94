"""Tables of the forms ОШ: indicators down, grades, steps and the school across (reports.md no. 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.reports.document import Column, Kind, Place, Row, Table
from sgo_sheets.reports.pupil_traits import Line, Tally
from sgo_sheets.reports.units import STEPS
from sgo_sheets.school.elements import Pupil

NOT_KEPT = "не ведётся"


class Filled(NamedTuple):
    """A class with its pupils of the day: name, grade, kind and profile as typed."""

    name: str
    grade: int
    kind: str
    profile: str
    pupils: tuple[Pupil, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """The columns of a table: some grades, the steps that have any of them, the sum."""

    grades: tuple[int, ...]

    @property
    def steps(self) -> tuple[tuple[str, range], ...]:
        """Return the steps of more than one of the grades, where there is more than one step to tell apart."""
        own = [step for step in STEPS if any(grade in step[1] for grade in self.grades)]
        return tuple(own) if len(own) > 1 else ()

    def columns(self, title: str, width: float = 34) -> tuple[Column, ...]:
        """Return the columns under the header of the first."""
        return (
            Column(title, Kind.NAME, width),
            *(Column(str(grade), Kind.NUMBER, 5, group="Класс") for grade in self.grades),
            *(Column(name.removesuffix(" классы"), Kind.NUMBER, 7, group="Ступень") for name, _ in self.steps),
            Column("Всего", Kind.NUMBER, 8),
        )

    def row(self, words: str, numbers: Mapping[int, int], place: Place = Place.LINE) -> Row:
        """Return a row of numbers by grade; what has none of the grades counts in the sum alone."""
        steps = (sum(number for grade, number in numbers.items() if grade in grades) for _, grades in self.steps)
        own = (numbers.get(grade, 0) for grade in self.grades)
        return Row((words, *own, *steps, sum(numbers.values())), place)

    def unkept(self, words: str) -> Row:
        """Return a row of something the workbooks do not hold."""
        return Row((words, *(None,) * (len(self.grades) + len(self.steps)), NOT_KEPT))

    def heading(self, words: str) -> Row:
        """Return a row over others."""
        return Row((words, *(None,) * (len(self.grades) + len(self.steps) + 1)), Place.HEADING)

    def lines(self, tallies: Mapping[int, Tally], number: str = "all") -> list[Row]:
        """Return a row of every value of a trait, counted by grade; ``number`` – of ``Sexes``: all or girls."""
        keys = sorted({key for tally in tallies.values() for key in tally})
        first = {key: next(tally[key].words for tally in tallies.values() if key in tally) for key in keys}
        return [
            self.row(first[key], {grade: _number(tally.get(key), number) for grade, tally in tallies.items()})
            for key in keys
        ]

    def table(self, name: str, title: str, rows: Iterable[Row]) -> Table:
        """Return a table of such rows."""
        return Table(name, self.columns(title), tuple(rows))


def across(classes: Sequence[Filled]) -> Across:
    """Return the columns of the grades some classes are of."""
    return Across(tuple(sorted({one.grade for one in classes})))


def _number(line: Line | None, number: str) -> int:
    return int(getattr(line.pupils, number)) if line is not None else 0


def by_grade(counted: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """Return the sums of (grade, number) by grade."""
    found: dict[int, int] = {}
    for grade, number in counted:
        found[grade] = found.get(grade, 0) + number
    return found
