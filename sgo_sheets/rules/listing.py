"""Findings and rules as data: the JSON of ``sgo check`` and ``sgo rules`` (docs/findings-json.md)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from sgo_sheets.findings import Finding
from sgo_sheets.rules.catalogue import CATALOGUE
from sgo_sheets.rules.pages import CODE_PAGES

FINDINGS_SCHEMA = "sgo-findings/1"
RULES_SCHEMA = "sgo-rules/1"


def findings_json(findings: Iterable[Finding], on: dt.date) -> str:
    """Return findings, as they stand on a day, as JSON."""
    return _json({"schema": FINDINGS_SCHEMA, "on": on.isoformat(), "findings": [finding_row(f) for f in findings]})


def finding_row(finding: Finding) -> dict[str, str | None]:
    """Return the finding as the fields of the schema, in their order; days are ISO or None, the unknown is ""."""
    return {
        "kind": finding.kind.value,
        "code": finding.code,
        "clause": finding.clause,
        "severity": finding.severity.value,
        "workbook": finding.at.workbook,
        "sheet": finding.at.sheet,
        "cell": finding.at.cell,
        "message": finding.message,
        "role": finding.role.value,
        "person": finding.person,
        "since": _day(finding.since),
        "due": _day(finding.due),
        "done_at": _day(finding.done_at),
        "state": finding.state.value,
    }


def rules_json() -> str:
    """Return the rules of the regulation, then the faults of form, as JSON."""
    rules = [
        {
            "code": page.code,
            "clause": page.clause,
            "role": page.role.value if page.role else "",
            "severity": page.severity.value,
            "term": page.term,
            "title": page.title,
            "why": page.why,
            "fix": page.fix,
        }
        for page in CODE_PAGES.values()
    ]
    return _json({"schema": RULES_SCHEMA, "rules": rules})


def clauses_json() -> str:
    """Return every clause of the regulation with what covers it, in its order, as JSON."""
    clauses = [
        {
            "clause": clause.clause,
            "title": clause.title,
            "covered_by": list(clause.covered_by),
            "reason": clause.reason,
        }
        for clause in CATALOGUE
    ]
    return _json(clauses)


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _json(content: dict[str, Any] | list[dict[str, Any]]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
