"""Which reports of chapter X are there: formed from complete data, as the history notes them on a real build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sgo_sheets.findings import Datum, Problem
from sgo_sheets.rules.case import Case, Scope
from sgo_sheets.rules.chapter10_current import RULES as CURRENT
from sgo_sheets.rules.chapter10_reports import RULES as PERIODIC
from sgo_sheets.rules.parts import cases, gather
from sgo_sheets.rules.school_parts import Unread
from sgo_sheets.school.model import ClassBook, School

REPORT_RULES = (*PERIODIC, *CURRENT)


def formed(place: ClassBook | School, on: dt.date) -> tuple[Datum, ...]:
    """Return the reports of a class (or those that rest on the school as a whole) complete on a day, each once.

    A report of a period or a window counts from its last day on. What cannot be read is never complete. The names are
    those of ``ReportDuty.datum``; the school's reports of a period have one for each class.
    """
    found = [
        datum
        for problem in _problems(place)
        if problem.met and (problem.since is None or problem.since <= on)
        for datum in problem.data
    ]
    return tuple(dict.fromkeys(found))


def _problems(place: ClassBook | School) -> Iterator[Problem]:
    shared: dict[str, Any] = {}
    for rule in REPORT_RULES:
        if isinstance(place, School):
            runs = iter([Case(place, scope=Scope.SCHOOL, shared=shared)] if rule.scope is Scope.SCHOOL else [])
        else:
            runs = cases(place, rule.scope, shared)
        for case in runs:
            given = gather(rule.needs, case)
            if not isinstance(given, Unread):
                yield from rule.check(**given)
