"""The rules as pages: an index by chapter and one page per rule of the regulation and per fault of form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sgo_sheets.findings import Severity
from sgo_sheets.records.faults import FAULTS
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule, page_of
from sgo_sheets.site.clause_words import CHAPTERS
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

FORMS = {"01": "Книги", "02": "Листы и столбцы", "03": "Клетки", "04": "Ссылки и повторы"}


class RuleView(NamedTuple):
    """A rule or a fault as its page shows it; ``clause`` and ``term`` are «» where there is none."""

    code: str
    title: str
    why: str
    fix: str
    severity: Severity
    clause: str
    role: str
    term: str


def rule_view(rule: Rule) -> RuleView:
    """Return the page of a rule of the regulation."""
    term = str(rule.due) if rule.due else ""
    return RuleView(rule.code, rule.title, rule.why, rule.fix, rule.severity, rule.clause, rule.role.label, term)


def rule_href(code: str) -> str:
    """Return the address of a rule's page from the folder ``staff/rules/``."""
    return f"{code}.html"


def rulebook_pages(render: Renderer) -> Iterator[Page]:
    """Yield ``staff/rules/index.html`` and a page per code."""
    views = [rule_view(rule) for rule in RULES]
    for fault in FAULTS.values():
        title, why, fix = page_of(f"{fault.title}\n\n{fault.text}")
        views.append(RuleView(fault.code, title, why, fix, fault.severity, fault.clause, "", ""))
    groups: dict[str, list[RuleView]] = {}
    for view in views:
        chapter = view.code[1:3]
        name = f"Глава {CHAPTERS[chapter]}" if view.code[0] == "R" else f"Как заполнены книги: {FORMS[chapter].lower()}"
        groups.setdefault(name, []).append(view)
    path = "staff/rules/index.html"
    yield Page(path, render.page("rules.html", path=path, groups=groups), "staff")
    for view in views:
        path = f"staff/rules/{view.code}.html"
        yield Page(path, render.page("rule.html", path=path, rule=view), "staff")
