"""The control page of the deputy head (Регламент п. 8.8): what is done in time, what is wrong, whose it is, how late.

The pages of class teachers, teachers and the administrator are beside it. They depend on the day and belong to staff
alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from sgo_sheets.findings import Finding, Role
from sgo_sheets.reports.completeness import Completeness, completeness
from sgo_sheets.rules.deviations import deviations
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.russian import slug
from sgo_sheets.school.model import School
from sgo_sheets.site.control_class import class_page
from sgo_sheets.site.control_groups import Part, Person, parts_of, people_of
from sgo_sheets.site.control_heat import LEGEND, heat_table
from sgo_sheets.site.control_lines import by, days_late, sort_out
from sgo_sheets.site.control_lists import LISTS, anchor_of_person, list_pages
from sgo_sheets.site.control_places import Places
from sgo_sheets.site.control_standing import Standing
from sgo_sheets.site.control_summary import chapters, clause_lines, clause_standings, week_days
from sgo_sheets.site.control_teacher import teacher_parts, with_page
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

__all__ = ["class_page", "deputy_pages", "teacher_parts"]

TOP = 10
"""So many people with the most overdue obligations are named."""


class Debtor(NamedTuple):
    """Somebody with overdue obligations: the anchor of the list, how many, how late the oldest is, in days."""

    person: Person
    anchor: str
    number: int
    late: int


class Own(NamedTuple):
    """What the administration itself owes: an anchor, a title, its parts."""

    anchor: str
    title: str
    number: int
    parts: tuple[Part, ...]


def deputy_pages(
    school: School,
    verdict: Verdict,
    on: dt.date,
    render: Renderer,
    counted: Mapping[str, Completeness] | None = None,
) -> Iterator[Page]:
    """Yield ``staff/index.html``, the summary on one sheet, and the lists behind its numbers.

    ``counted`` – how far the journals of each class are filled, where that is known already.
    """
    places = Places.of(school.books)
    found = sort_out(verdict.findings, on)
    known = counted or {}
    filled = {book.name: known.get(book.name) or completeness(book, on) for book in school.books}
    saved = [book.saved for book in school.books if book.saved]
    paged = with_page(school, verdict, on)
    person = people_of(school, paged, "")
    standing = clause_standings(found, verdict, school.regulation, filled.values())
    total = _total(standing.values())
    lines = clause_lines(found, verdict, standing, school.regulation)
    path = "staff/index.html"
    content = render.page(
        "control.html",
        path=path,
        school=school.organisation.short_name or school.organisation.full_name,
        on=on,
        fresh=render.moment(max(saved)) if saved else None,
        found=found,
        total=total,
        unchecked_count=len(verdict.unchecked),
        faults=sorted({fault.code for fault in verdict.faults}),
        chapters=chapters(lines),
        well=[f"п.\u00a0{line.clause}" for line in lines if line.is_well],
        heat=heat_table(school, verdict, on, filled, places),
        legend=LEGEND,
        debtors=_debtors(found.overdue, on, person),
        week=week_days(found.week),
        own=_own(verdict, on, places),
        deviations=deviations(school.regulation, school.year),
        lists=LISTS,
        person=person,
        classes=[(book.name, f"classes/{slug(book.name)}.html") for book in school.books],
        staff_list=sorted(person(code) for code in paged),
    )
    yield Page(path, content, "deputy")
    yield from list_pages(school, verdict, on, render, person=person, standing=standing)


def _total(standings: Iterable[Standing]) -> Standing:
    total = Standing()
    for one in standings:
        total = total.plus(one)
    return total


def _debtors(overdue: Iterable[Finding], on: dt.date, person: Callable[[str], Person]) -> list[Debtor]:
    """Return the people with the most overdue obligations, the most and the latest first."""
    groups = by(overdue, lambda finding: finding.person)
    found = [
        Debtor(person(code), anchor_of_person(code), len(own), max(days_late(finding, on) for finding in own))
        for code, own in groups.items()
    ]
    return sorted(found, key=lambda debtor: (-debtor.number, -debtor.late, debtor.person))[:TOP]


def _own(verdict: Verdict, on: dt.date, places: Places) -> list[Own]:
    """Return what завуч and the director owe: what the director owes is shown to завуч too."""
    found = []
    for role, anchor, title in ((Role.DEPUTY, "mine", "За завучем"), (Role.DIRECTOR, "director", "За директором")):
        own = sort_out((finding for finding in verdict.findings if finding.role is role), on)
        parts = parts_of(own, (), on, places)
        if parts:
            found.append(Own(anchor, title, len(own.overdue) + len(own.mend), parts))
    return found
