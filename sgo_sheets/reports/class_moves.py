"""How many pupils a class had over some days: at the start, come, gone, at the end (reports.md no. 2 and 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sgo_sheets.school.elements import Pupil, Span

_DAY = dt.timedelta(days=1)


class Moves(NamedTuple):
    """Pupils on the first day, come after it, gone after it, on the last day: ``end = start + arrived − left``."""

    start: int = 0
    arrived: int = 0
    left: int = 0
    end: int = 0

    def plus(self, other: Moves) -> Moves:
        """Return the sums."""
        return Moves(*(mine + its for mine, its in zip(self, other, strict=True)))


def class_moves(roll: Iterable[Pupil], school_class: str, days: Span) -> Moves:
    """Return the moves of a class over days, both included; who leaves on a day is out from that day on.

    One who comes and goes within the days, or goes and comes back, counts in both.
    """
    start = arrived = left = end = 0
    for pupil in roll:
        for first, last in _in_class(pupil, school_class):
            start += first <= days.first <= last
            arrived += days.first < first <= days.last
            left += days.first <= last < days.last
            end += first <= days.last <= last
    return Moves(start, arrived, left, end)


def _in_class(pupil: Pupil, school_class: str) -> Iterator[Span]:
    """Yield the days a pupil was in the class; an order into the class he is in moves nobody."""
    held: Span | None = None
    for stay in pupil.stays:
        if stay.school_class != school_class:
            continue
        if held is not None and held.last + _DAY == stay.first:
            held = Span(held.first, stay.last)
            continue
        if held is not None:
            yield held
        held = Span(stay.first, stay.last)
    if held is not None:
        yield held
