"""The control page of the deputy head (Регламент п. 8.8): what is wrong, whose it is, how late, by clause and class.

The pages of class teachers and teachers are beside it. They depend on the day and belong to staff alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.reports.completeness import Completeness, completeness
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.russian import slug
from sgo_sheets.school.model import School
from sgo_sheets.site.control_class import DONE, EMPTY, NONE, UNREAD, Status, class_page
from sgo_sheets.site.control_lines import Heap, by, days_late, heaps, sort_out
from sgo_sheets.site.control_places import Places
from sgo_sheets.site.control_summary import (
    anchor_of_clause,
    clause_lines,
    clause_order,
    clause_words,
    heat_table,
    week_days,
)
from sgo_sheets.site.control_teacher import teacher_pages, with_page
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

__all__ = ["class_page", "deputy_page", "teacher_pages"]

TOP = 10
"""So many people with the most overdue obligations are named."""
LISTED = 40
"""So many lines of one rule are listed openly; the rest is folded."""
LEGEND = (
    DONE,
    Status("late", "3", "столько просрочено или исправить"),
    Status("empty", EMPTY.symbol, "журнал пуст или его нет"),
    UNREAD,
    NONE,
)
NOBODY = "ответственный не назначен"


class Person(NamedTuple):
    """Who answers, in words, and the address of the person's page («» where there is none)."""

    name: str
    href: str


class Debtor(NamedTuple):
    """Somebody with overdue obligations: how many, and how late the oldest is, in days."""

    person: Person
    number: int
    late: int


class RuleGroup(NamedTuple):
    """Findings of one code, weight and state: what they say once, then a line for each sheet.

    ``more`` are the lines beyond the first ones; ``people`` – how many answer; ``late`` – days of the latest.
    """

    code: str
    title: str
    severity: Severity
    state: State
    number: int
    people: int
    late: int
    heaps: tuple[Heap, ...]
    more: tuple[Heap, ...]


class Group(NamedTuple):
    """A list under the summary: its anchor, its title, what it holds by code."""

    anchor: str
    title: str
    rules: tuple[RuleGroup, ...]
    number: int


def deputy_page(
    school: School,
    verdict: Verdict,
    on: dt.date,
    render: Renderer,
    counted: Mapping[str, Completeness] | None = None,
) -> Page:
    """Return ``staff/index.html``: the summary on one sheet, and under it the list behind every number.

    ``counted`` – how far the journals of each class are filled, where that is known already.
    """
    places = Places.of(school.books)
    found = sort_out(verdict.findings, on)
    known = counted or {}
    filled = {book.name: known.get(book.name) or completeness(book, on) for book in school.books}
    saved = [book.saved for book in school.books if book.saved]
    people = {code: Person(one.short_name, f"teachers/{slug(code)}.html") for code, one in school.staff.items()}
    paged = with_page(school, verdict, on)

    def person(code: str) -> Person:
        return people[code] if code in paged else Person(code or NOBODY, "")

    path = "staff/index.html"
    content = render.page(
        "control.html",
        path=path,
        school=school.organisation.short_name or school.organisation.full_name,
        on=on,
        fresh=render.moment(max(saved)) if saved else None,
        found=found,
        unchecked=rule_groups(verdict.unchecked, on, places),
        unchecked_count=len(verdict.unchecked),
        faults=sorted({fault.code for fault in verdict.faults}),
        clauses=clause_lines(found, filled.values()),
        heat=heat_table(school, verdict, on, filled, places),
        debtors=_debtors(found.overdue, on, person),
        week=week_days(found.week),
        week_rules=rule_groups(found.week, on, places),
        groups=_clause_groups((*found.overdue, *found.mend), on, places),
        notes=rule_groups(found.notes, on, places),
        legend=LEGEND,
        person=person,
        classes=[(book.name, f"classes/{slug(book.name)}.html") for book in school.books],
        staff_list=sorted(people[code] for code in paged),
    )
    return Page(path, content, "deputy")


def _debtors(overdue: Iterable[Finding], on: dt.date, person: Callable[[str], Person]) -> list[Debtor]:
    """Return the people with the most overdue obligations, the most and the latest first."""
    groups = by(overdue, lambda finding: finding.person)
    found = [
        Debtor(person(code), len(own), max(days_late(finding, on) for finding in own)) for code, own in groups.items()
    ]
    return sorted(found, key=lambda debtor: (-debtor.number, -debtor.late, debtor.person))[:TOP]


def _clause_groups(findings: Iterable[Finding], on: dt.date, places: Places) -> list[Group]:
    """Return what is overdue and what is to be mended, by clause; faults of form last."""
    groups = by(findings, lambda finding: finding.clause)
    return [
        Group(
            anchor_of_clause(clause),
            f"п. {clause}. {clause_words(clause)}" if clause else clause_words(clause),
            rule_groups(groups[clause], on, places),
            len(groups[clause]),
        )
        for clause in sorted(groups, key=clause_order)
    ]


def rule_groups(findings: Iterable[Finding], on: dt.date, places: Places) -> tuple[RuleGroup, ...]:
    """Return the findings by code, weight and state: the heaviest first, then the largest."""
    found: dict[tuple[str, Severity, State], list[Heap]] = {}
    for heap in heaps(findings, on, places.words):
        found.setdefault((heap.code, heap.severity, heap.state), []).append(heap)
    groups = [
        RuleGroup(
            code=code,
            title=own[0].title,
            severity=severity,
            state=state,
            number=sum(heap.number for heap in own),
            people=len({heap.person for heap in own}),
            late=max(heap.late for heap in own),
            heaps=tuple(own[:LISTED]),
            more=tuple(own[LISTED:]),
        )
        for (code, severity, state), own in found.items()
    ]
    weight = list(Severity)
    return tuple(sorted(groups, key=lambda group: (weight.index(group.severity), -group.number, group.code)))
