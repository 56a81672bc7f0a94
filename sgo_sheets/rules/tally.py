"""How many obligations are done, and how: what is done in time is counted, not listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sgo_sheets.findings import Problem, State, Timing, Timings


class Done(NamedTuple):
    """What done obligations have in common: the rule, how they were done, who did them, of which class and subject."""

    code: str
    state: State
    person: str
    school_class: str
    subject: str


Tally = Mapping[Done, int]
"""How many obligations were done so."""
DONE = frozenset({State.DONE_IN_TIME, State.DONE_LATE, State.DONE_UNKNOWN})


def rows(tally: Tally) -> list[list[str | int]]:
    """Return a tally as plain values: the fields of ``Done`` and the number."""
    return [[*done, number] for done, number in tally.items()]


def added(tallies: Iterable[Tally]) -> dict[Done, int]:
    """Return the sum of tallies, in order."""
    found: dict[Done, int] = {}
    for tally in tallies:
        for done, number in tally.items():
            found[done] = found.get(done, 0) + number
    return dict(sorted(found.items()))


def timing_of(problem: Problem, timings: Timings) -> Timing | None:
    """Return when what was owed came to be there, None where the history does not know.

    Of several data the first that came counts; one that was there when the history began leaves the day unknown.
    """
    known = [timings.get(datum) for datum in problem.data]
    times = [timing for timing in known if timing is not None]
    return min(times, key=lambda timing: timing.seen) if times and len(times) == len(known) else None


def state_of_met(due: dt.date | None, timing: Timing | None) -> State:
    """Return how something was done that is there: late only if it was seen missing after its day."""
    if due is None or timing is None:
        return State.DONE_UNKNOWN
    if timing.seen <= due:
        return State.DONE_IN_TIME
    return State.DONE_LATE if timing.lacking > due else State.DONE_UNKNOWN
