"""A verdict as plain values, so that a build that finds nothing to do can still say what the last one found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.rules.engine import RuleFault, Verdict


def pack(verdict: Verdict) -> Any:
    """Return the verdict as lists JSON can hold."""
    return {
        "findings": [_row(finding) for finding in verdict.findings],
        "unchecked": [_row(finding) for finding in verdict.unchecked],
        "faults": [list(fault) for fault in verdict.faults],
    }


def unpack(content: Any) -> Verdict:
    """Return the verdict of packed lists. Raises ValueError, TypeError or KeyError for anything else."""
    return Verdict(
        findings=tuple(_finding(row) for row in content["findings"]),
        unchecked=tuple(_finding(row) for row in content["unchecked"]),
        faults=tuple(RuleFault(*row) for row in content["faults"]),
    )


def _row(finding: Finding) -> list[Any]:
    days = [day.isoformat() if day else None for day in (finding.since, finding.due, finding.done_at)]
    return [
        finding.code, finding.clause, *finding.at, finding.message, finding.role, finding.severity, finding.kind,
        finding.person, *days, finding.state,
    ]  # fmt: skip


def _finding(row: list[Any]) -> Finding:
    code, clause, workbook, sheet, cell, message, role, severity, kind, person, since, due, done_at, state = row
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
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
