"""The administrator's page: accounts, movement, transition, organisation, cards, plan, the reports he owes (п. 5.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sgo_sheets.findings import Finding, Role
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.people import official
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.school.model import School
from sgo_sheets.site.control_groups import Part, Person, parts_of, people_of
from sgo_sheets.site.control_lines import Sorted, by, sort_out
from sgo_sheets.site.control_places import Places
from sgo_sheets.site.control_standing import Standing, standings, weighing
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

THEMES: tuple[tuple[str, str, str], ...] = (
    ("02", "accounts", "Учётные записи"),
    ("09", "movement", "Движение обучающихся"),
    ("03", "transition", "Переход на новый учебный год"),
    ("04", "organisation", "Сведения об организации"),
    ("05", "cards", "Личные карты"),
    ("06", "plan", "Учебный план"),
    ("07", "timetable", "Расписание"),
    ("08", "journals", "Журналы"),
    ("10", "reports", "Отчёты"),
    ("W", "books", "Как заполнены книги"),
)
"""The chapters of the regulation as the administrator's work is divided: chapter, anchor, words."""
ALWAYS = frozenset({"accounts", "movement", "transition", "organisation", "cards", "plan", "reports"})
"""Shown even when nothing is owed: the administrator sees that it is well."""


class Theme(NamedTuple):
    """A part of the administrator's work: how it stands, what presses, what is ahead."""

    anchor: str
    title: str
    number: int
    standing: Standing
    found: Sorted
    parts: tuple[Part, ...]


def admin_page(school: School, verdict: Verdict, on: dt.date, render: Renderer) -> Page:
    """Return ``staff/admin.html``: what the administrator owes, and nothing that teachers owe."""
    places = Places.of(school.books)
    own = [finding for finding in verdict.findings if finding.role is Role.ADMIN]
    unseen = [finding for finding in verdict.unchecked if finding.role is Role.ADMIN]
    code = official(Role.ADMIN, school.staff, school.responsibles, on)
    others = people_of(school, (), "")
    path = "staff/admin.html"
    content = render.page(
        "control_admin.html",
        path=path,
        name=school.staff[code].short_name if code in school.staff else "",
        on=on,
        found=sort_out(own, on),
        unchecked_count=len(unseen),
        themes=_themes(school, verdict, (own, unseen), on, places),
        person=lambda own: Person("", "") if own == code else others(own),
    )
    return Page(path, content, "admin")


def _themes(
    school: School,
    verdict: Verdict,
    what: tuple[Sequence[Finding], Sequence[Finding]],
    on: dt.date,
    places: Places,
) -> list[Theme]:
    """Return the themes of the page; ``what`` is what the administrator owes, and what could not be checked."""
    own, unseen = what
    findings, unread = by(own, _chapter), by(unseen, _chapter)
    done = {one: number for one, number in verdict.done.items() if _is_admins(one.code)}
    found = sort_out(own, on)
    stands = standings(
        found,
        done,
        weighing(school.regulation),
        lambda finding: (_chapter(finding),),
        lambda one: (_number(BY_CODE[one.code].clause),),
    )
    themes = []
    for chapter, anchor, title in THEMES:
        sorted_out = sort_out(findings.get(chapter, ()), on)
        parts = parts_of(sorted_out, unread.get(chapter, ()), on, places)
        standing = stands.get(chapter, Standing())
        if parts or standing.owed or anchor in ALWAYS:
            number = len(sorted_out.overdue) + len(sorted_out.mend)
            themes.append(Theme(anchor, title, number, standing, sorted_out, parts))
    return themes


def _is_admins(code: str) -> bool:
    return code in BY_CODE and BY_CODE[code].role is Role.ADMIN


def _chapter(finding: Finding) -> str:
    return _number(finding.clause)


def _number(clause: str) -> str:
    """Return the chapter of a clause («02»), «W» of a fault of form."""
    return clause.partition(".")[0].rjust(2, "0") if clause else "W"
