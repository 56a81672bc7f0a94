"""What the problem of a rule becomes on a day: a finding with its role, person, due day and state, or nothing."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sgo_sheets.findings import Finding, Kind, Problem, Severity, State, Timings
from sgo_sheets.rules.case import Case
from sgo_sheets.rules.counting import due_of
from sgo_sheets.rules.people import Owner, owner_of
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.school_parts import Unread
from sgo_sheets.rules.settings import MOVE_DUE
from sgo_sheets.rules.tally import DONE, state_of_met, timing_of
from sgo_sheets.rules.terms import DATE, Terms, moved, state_on


class Judged(NamedTuple):
    """By what is judged: the day, and what the history knows of when data came."""

    on: dt.date
    timings: Timings


def finding_of(rule: Rule, terms: Terms, problem: Problem, case: Case, day: Judged) -> Finding | None:
    """Return the finding of a problem on a day, None when its day has not come or lay before this school year."""
    on, calendar, year = day.on, case.place.calendar, case.place.year
    due = due_of(problem, terms, case)
    ahead = terms.due is not None and terms.due.before
    to_come = problem.since is not None and problem.since > on and not ahead
    if to_come and due != problem.since:
        return None  # what has not happened yet is spoken of only if it is owed before, or on the very day it happens
    if due is None and terms.due is not None and terms.due.unit == DATE and not problem.met:
        return None  # a day to be agreed with others: nothing is owed until «Сроки» sets it
    if due is not None and MOVE_DUE.flag(case.place.regulation):
        due = moved(due, calendar)
    owed = terms.due is not None or problem.due is not None
    done_at = problem.done_at
    timing = timing_of(problem, day.timings) if problem.data else None
    if done_at is None and (problem.met or timing is not None):
        state = state_of_met(due, timing)
        done_at = timing.seen if timing is not None else None
    else:
        state = state_on(on, due, done_at, calendar) if owed else State.OPEN
    unknown = "; срок не вычислен: в листе «Календарь» нет строк этого года" if state is State.UNCHECKED else ""
    if to_come and state is not State.SOON:
        return None
    if problem.until is not None and problem.until < on:
        return None
    if due is not None and due < year.first and state not in DONE:
        return None
    role, person = owner_of(case, terms.role, problem.person, on, problem.school_class)
    return Finding(
        code=rule.code,
        clause=rule.clause,
        at=problem.at,
        message=problem.message + unknown,
        role=role,
        severity=_lighter(problem.severity, terms.severity),
        kind=Kind.OBLIGATION if owed else Kind.FINDING,
        person=person,
        since=problem.since,
        due=due,
        done_at=done_at,
        state=state,
        school_class=problem.school_class,
        subject=problem.subject,
    )


def _lighter(said: Severity | None, usual: Severity) -> Severity:
    """Return the weight the rule gives this very problem, unless the school weighs the rule lighter still."""
    weights = list(Severity)
    return usual if said is None else max(said, usual, key=weights.index)


def unseen(rule: Rule, terms: Terms, unread: Unread, owner: Owner) -> Finding:
    """Return that a rule was not asked because something it needs could not be read: nobody is accused."""
    return Finding(
        rule.code,
        rule.clause,
        unread.at,
        f"не проверено: {unread.why}",
        owner.role,
        terms.severity,
        Kind.FINDING if terms.due is None else Kind.OBLIGATION,
        owner.person,
        state=State.UNCHECKED,
    )
