"""Whose duty a finding is, whoever it has fallen to: the teacher's, the class teacher's, or the office's."""

from __future__ import annotations

from sgo_sheets.findings import Finding, Role
from sgo_sheets.rules.registry import BY_CODE

OFFICE = frozenset({Role.ADMIN, Role.DEPUTY, Role.DIRECTOR})
_TEACHING = frozenset({Role.TEACHER, Role.CLASS_TEACHER})


def duty_of(finding: Finding) -> Role:
    """Return whose duty it is: what nobody holds falls to завуч, yet stays a teacher's or a class teacher's duty."""
    own = BY_CODE[finding.code].role if finding.code in BY_CODE else finding.role
    return own if finding.role is Role.DEPUTY and own in _TEACHING else finding.role


def is_of_office(finding: Finding, subject: str) -> bool:
    """Return whether the administration owes it: what a fault of form says of a subject's journal is the teacher's."""
    return duty_of(finding) in OFFICE and not (subject and finding.code not in BY_CODE)
