"""Counting records for a pivot: only what the report names is looked at, and equal records are added at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sgo_sheets.reports.grid_rows import Pick
from sgo_sheets.reports.pivot import Cell, Cells, Pivot, merged
from sgo_sheets.reports.table_words import Line, Value
from sgo_sheets.school.custom import CustomSpec


@dataclass(frozen=True, slots=True)
class Sift:
    """What a report wants of records that come in parts.

    ``picks`` – for each part what returns the values the report is laid out by, None where a condition is not
    fulfilled; ``places`` – the columns of the table those values are of, part after part.
    """

    spec: CustomSpec
    picks: tuple[Pick, ...]
    places: tuple[int, ...]

    def cells(self, counts: Mapping[tuple[Line, ...], int]) -> Cells:
        """Return the cells of records as they were picked, each with how many there are of it."""
        spec, at = self.spec, {place: number for number, place in enumerate(self.places)}
        rows = [at[place] for place in spec.rows]
        column, value = (at[place] if place is not None else None for place in (spec.column, spec.value))
        share = at[spec.share.place] if spec.share else None
        fractions: dict[Value, Fraction | None] = {}
        found: dict[tuple[Line, Value], Cell] = {}
        for parts, times in counts.items():
            line = [one for part in parts for one in part]
            raw = line[value] if value is not None else None
            if raw not in fractions:
                fractions[raw] = Fraction(str(raw)) if isinstance(raw, (int, float)) else None
            number = fractions[raw]
            if spec.share and share is not None:
                counts_in = spec.share.accepts(line[share])
            else:
                counts_in = value is None or number is not None
            key = tuple([line[place] for place in rows]), line[column] if column is not None else None
            total = number * times if number is not None else Fraction(0)
            found.setdefault(key, Cell()).add(Cell(times, times * counts_in, total, number, number))
        return found


def sift(spec: CustomSpec, parts: Iterable[Iterable[int]]) -> Sift:
    """Return the sift of a report; ``parts`` – the columns that each part of a record holds, in its order."""
    named = {*spec.rows, spec.column, spec.value, spec.share.place if spec.share else None}
    holds = [tuple(part) for part in parts]
    picks = tuple(_pick(spec, part, [number for number, place in enumerate(part) if place in named]) for part in holds)
    return Sift(spec, picks, tuple(place for part in holds for place in part if place in named))


def counted(spec: CustomSpec, lines: Iterable[Line]) -> Cells:
    """Return the cells of whole records that fulfil the conditions of a report."""
    whole = sift(spec, [range(len(spec.table.columns))])
    (pick,) = whole.picks
    return whole.cells(Counter((found,) for found in map(pick, lines) if found is not None))


def pivot(spec: CustomSpec, lines: Iterable[Line]) -> Pivot:
    """Return the pivot of the records that fulfil the conditions of a report."""
    return merged([counted(spec, lines)])


def _pick(spec: CustomSpec, part: tuple[int, ...], wanted: list[int]) -> Pick:
    tests = [(part.index(one.place), one.accepts) for one in spec.conditions if one.place in part]

    def pick(line: Line) -> Line | None:
        for place, accepts in tests:
            if not accepts(line[place]):
                return None
        return tuple([line[place] for place in wanted])

    return pick
