"""What reading found, told to the person who answers for it, and what is wrong in Регламент.xlsx itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sgo_sheets.findings import Finding, Role
from sgo_sheets.records import faults as form
from sgo_sheets.rules.exemptions import spare
from sgo_sheets.rules.people import reading_owners
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.settings import SWITCHES, unusable
from sgo_sheets.rules.terms import applied
from sgo_sheets.rules.verdict import Verdict, in_order
from sgo_sheets.russian import perhaps
from sgo_sheets.school.model import School


def judge_reading(school: School, on: dt.date, rules: Sequence[Rule] = RULES) -> Verdict:
    """Return what reading found, with the person who answers for it, and what is wrong in Регламент.xlsx itself."""
    owner = reading_owners(school, on)
    findings = []
    for finding in (*school.findings, *_unusable_terms(school, rules), *_unusable_settings(school)):
        role, person = owner(finding)
        findings.append(replace(finding, role=role, person=finding.person or person))
    idle = [
        item._replace(finding=replace(item.finding, person=owner(item.finding).person))
        for item in spare(school, (rule.code for rule in rules), on)
    ]
    return Verdict(findings=in_order(findings), spare=tuple(idle))


def _unusable_terms(school: School, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the rows of «Сроки» that name no rule or whose value cannot be used."""
    known = {rule.code: rule for rule in rules}
    for code, row in school.regulation.terms.items():
        rule = known.get(code)
        if rule is None:
            message = f"правила «{row.code}» нет; строка не учтена.{perhaps(code, known)}"
            yield form.UNKNOWN_REFERENCE.at(row.at("code"), message, Role.DEPUTY)
        elif mistake := applied(rule.terms, row, school.year).mistake:
            message = f"{mistake}; действует срок программы: {rule.due}."
            yield form.NOT_READ.at(row.at("value"), message, Role.DEPUTY)


def _unusable_settings(school: School) -> Iterator[Finding]:
    """Yield the rows of «Настройки» that name no setting or whose value cannot be used."""
    known = [switch.name for switch in SWITCHES]
    for name, at in school.regulation.names.items():
        if name not in known:
            message = f"настройки «{name}» нет; строка не учтена.{perhaps(name, known)}"
            yield form.UNKNOWN_REFERENCE.at(at, message, Role.DEPUTY)
    for switch, mistake in unusable(school.regulation):
        message = f"{mistake}; действует значение программы: {switch.default}."
        yield form.NOT_READ.at(school.regulation.places[switch.name], message, Role.DEPUTY)
