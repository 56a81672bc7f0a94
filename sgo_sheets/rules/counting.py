"""Counting what is done without listing it: a year has hundreds of thousands of such things, each must cost nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from sgo_sheets.findings import Problem, State, Timings
from sgo_sheets.rules.case import Case, Scope
from sgo_sheets.rules.people import owner_of
from sgo_sheets.rules.settings import MOVE_DUE
from sgo_sheets.rules.tally import Done, state_of_met, timing_of
from sgo_sheets.rules.terms import Terms, moved


def due_of(problem: Problem, terms: Terms, case: Case) -> dt.date | None:
    """Return the last day that is in time: the problem's own, else by the rule's term; None where it is unknown."""
    if problem.due is not None or terms.due is None:
        return problem.due
    return terms.due.due(problem.since, case.place.calendar, case.place.year)


@dataclass(slots=True)
class Counting:
    """Counts what a rule says is done in one case; ``done`` is the tally it adds to."""

    code: str
    terms: Terms
    case: Case
    on: dt.date
    timings: Timings
    done: Counter[Done]
    moves: bool = False
    owners: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look once at what holds for every problem."""
        self.moves = MOVE_DUE.flag(self.case.place.regulation)

    def takes(self, problem: Problem) -> bool:
        """Count a thing that is there and return True; False for one that was done late and is to be listed.

        What has not happened yet counts for nothing.
        """
        if problem.since is not None and problem.since > self.on:
            return True
        timing = timing_of(problem, self.timings) if self.timings else None
        state = State.DONE_UNKNOWN if timing is None else state_of_met(self._due(problem), timing)
        if state is State.DONE_LATE:
            return False
        self.add(state, problem)
        return True

    def _due(self, problem: Problem) -> dt.date | None:
        due = due_of(problem, self.terms, self.case)
        return moved(due, self.case.place.calendar) if self.moves and due is not None else due

    def add(self, state: State, problem: Problem) -> None:
        """Add one to the things done so, for whoever answers for them today."""
        case = self.case
        named = (problem.person, problem.school_class)
        person = self.owners.get(named)
        if person is None:
            person = owner_of(case, self.terms.role, problem.person, self.on, problem.school_class).person
            self.owners[named] = person
        key = case.own.key if case.own is not None else None
        of_class = problem.school_class if case.scope is Scope.SCHOOL else case.book.name
        subject = key.subject if key else problem.subject
        self.done[Done(self.code, state, person, of_class, subject)] += 1
