"""The page of a code: what a rule or a fault of form means, by when, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgo_sheets.findings import Role, Severity
from sgo_sheets.records.faults import FAULTS, Fault
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule, page_of


@dataclass(frozen=True, slots=True)
class CodePage:
    """What can be said of a code. A fault of form (W…) has no role or term, and a clause only for passwords."""

    code: str
    title: str
    severity: Severity
    why: str
    fix: str
    clause: str = ""
    role: Role | None = None
    term: str = ""


def _of_rule(rule: Rule) -> CodePage:
    term = str(rule.due) if rule.due else ""
    return CodePage(rule.code, rule.title, rule.severity, rule.why, rule.fix, rule.clause, rule.role, term)


def _of_fault(fault: Fault) -> CodePage:
    title, why, fix = page_of(f"{fault.title}\n\n{fault.text}")
    return CodePage(fault.code, title, fault.severity, why, fix, fault.clause)


CODE_PAGES: Mapping[str, CodePage] = {
    page.code: page for page in (*map(_of_rule, RULES), *map(_of_fault, FAULTS.values()))
}
"""Every code a finding may have → its page: rules in the order of the regulation, then faults of form."""
