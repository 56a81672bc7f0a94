"""Findings by rule, as the lists of the deputy head and the administrator show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.russian import slug
from sgo_sheets.school.model import School
from sgo_sheets.site.control_lines import Heap, Sorted, heaps
from sgo_sheets.site.control_places import Places

LISTED = 40
"""So many lines of one rule are listed openly; the rest is folded."""
NOBODY = "ответственный не назначен"


class Person(NamedTuple):
    """Who answers, in words, and the address of the person's page («» where there is none)."""

    name: str
    href: str


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


class Part(NamedTuple):
    """A part of a list: its title, how many findings it holds, by rule; ``open`` – it is read first, not folded."""

    title: str
    number: int
    rules: tuple[RuleGroup, ...]
    open: bool


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


def parts_of(found: Sorted, unchecked: Iterable[Finding], on: dt.date, places: Places) -> tuple[Part, ...]:
    """Return the parts of a list: what presses openly, the rest folded; empty parts are left out."""
    parts = (
        ("Просрочено", found.overdue, True),
        ("Исправить", found.mend, True),
        ("Срок впереди", (*found.fortnight, *found.later), False),
        ("Сделано с опозданием", found.done_late, False),
        ("Не проверено: нужное не прочитано", tuple(unchecked), False),
        ("К сведению", found.notes, False),
    )
    return tuple(
        Part(title, len(own), rule_groups(own, on, places), is_open) for title, own, is_open in parts if own
    )  # fmt: skip


def people_of(school: School, paged: Iterable[str], root: str) -> Callable[[str], Person]:
    """Return the function that names an employee; ``root`` leads from the page to the folder ``staff/``.

    ``paged`` are the codes of those who have a page.
    """
    pages = frozenset(paged)

    def person(code: str) -> Person:
        if code not in school.staff:
            return Person(code or NOBODY, "")
        return Person(school.staff[code].short_name, f"{root}teachers/{slug(code)}.html" if code in pages else "")

    return person
