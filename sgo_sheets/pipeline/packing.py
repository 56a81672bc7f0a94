"""Verdicts and figures as plain values, so that a later build need not judge again what has not changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.reports.completeness import Completeness, Filling, Share
from sgo_sheets.rules.engine import RuleFault, Verdict
from sgo_sheets.rules.exemptions import Spare
from sgo_sheets.rules.tally import Done, rows


def pack(verdict: Verdict) -> Any:
    """Return the verdict as lists JSON can hold."""
    return {
        "findings": [finding.row() for finding in verdict.findings],
        "unchecked": [finding.row() for finding in verdict.unchecked],
        "faults": [list(fault) for fault in verdict.faults],
        "lifted": sorted(list(at) for at in verdict.lifted),
        "spare": [[item.code, item.finding.row()] for item in verdict.spare],
        "done": rows(verdict.done),
    }


def unpack(content: Any) -> Verdict:
    """Return the verdict of packed lists. Raises ValueError, TypeError or KeyError for anything else."""
    return Verdict(
        findings=tuple(_finding(row) for row in content["findings"]),
        unchecked=tuple(_finding(row) for row in content["unchecked"]),
        faults=tuple(RuleFault(*fault) for fault in content["faults"]),
        lifted=frozenset(CellRef(*at) for at in content["lifted"]),
        spare=tuple(Spare(code, _finding(row)) for code, row in content["spare"]),
        done={
            Done(code, State(state), person, school_class, subject): number
            for code, state, person, school_class, subject, number in content["done"]
        },
    )


def pack_filled(filled: Completeness) -> Any:
    """Return how far a class's journals are filled as lists JSON can hold."""
    fillings = [
        [subject, one.subject, list(one.paths), one.lessons, one.written, one.lacking, one.unread]
        for subject, one in filled.fillings.items()
    ]
    return [fillings, list(filled.rows), list(filled.topics), list(filled.marks)]


def unpack_filled(content: Any) -> Completeness:
    """Return the packed figures. Raises ValueError or TypeError for anything else."""
    fillings, rows, topics, marks = content
    found = {
        subject: Filling(name, tuple(paths), lessons, written, lacking, unread)
        for subject, name, paths, lessons, written, lacking, unread in fillings
    }
    return Completeness(found, Share(*rows), Share(*topics), Share(*marks))


def _finding(row: list[Any]) -> Finding:
    code, clause, workbook, sheet, cell, message, role, severity, kind, person, since, due, done_at, *rest = row
    state, school_class, subject = rest
    return Finding(
        code=code,
        clause=clause,
        at=CellRef(workbook, sheet, cell),
        message=message,
        role=Role(role),
        severity=Severity(severity),
        kind=Kind(kind),
        person=person,
        since=_day(since),
        due=_day(due),
        done_at=_day(done_at),
        state=State(state),
        school_class=school_class,
        subject=subject,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
