"""The coordinator's summary for the pedagogical council (Порядок п. 5.2, 6): one sheet, in words and numbers.

It names clauses, classes and subjects and nobody. A subject that one person teaches is put together with others like
it, so that a number of a subject is not the number of a person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sgo_sheets.findings import Finding, Role
from sgo_sheets.reports.completeness import Completeness, Filling, Share, completeness
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.people import works
from sgo_sheets.russian import counted, fold
from sgo_sheets.school.model import School
from sgo_sheets.site.clause_words import chapter_of, clause_order, clause_words
from sgo_sheets.site.control_duty import duty_of
from sgo_sheets.site.control_lines import Sorted, sort_out
from sgo_sheets.site.control_places import Places
from sgo_sheets.site.control_standing import Standing, percent
from sgo_sheets.site.control_summary import clause_standings
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

ALONE = "предметы, которые ведёт один учитель"
NAMED = 4
"""So many clauses are named as those that need attention."""


class ChapterLine(NamedTuple):
    """A chapter: how its obligations stand, what is to be mended."""

    title: str
    standing: Standing
    mend: int


class Attention(NamedTuple):
    """A clause that needs attention: how many obligations are overdue and how many things are to be mended."""

    clause: str
    words: str
    number: int


class Filled(NamedTuple):
    """A class or a subject: lessons so far and how many are written down, in per cent; what is overdue or to mend."""

    name: str
    share: Share
    percent: str
    pressing: int


def council_page(
    school: School,
    verdict: Verdict,
    on: dt.date,
    render: Renderer,
    counted_classes: Mapping[str, Completeness] | None = None,
) -> Page:
    """Return ``staff/council.html``; ``counted_classes`` – how full the journals are, where that is known already."""
    known = counted_classes or {}
    filled = {book.name: known.get(book.name) or completeness(book, on) for book in school.books}
    places = Places.of(school.books)
    found = sort_out(verdict.findings, on)
    standing = clause_standings(found, verdict, school.regulation, filled.values())
    path = "staff/council.html"
    content = render.page(
        "council.html",
        path=path,
        school=school.organisation.full_name or school.organisation.short_name,
        on=on,
        size=_size(school, on),
        total=_total(standing.values()),
        mend=len(found.mend),
        unchecked=len(verdict.unchecked),
        lessons=_sum(one.rows for one in filled.values()),
        topics=_sum(one.topics for one in filled.values()),
        marks=_sum(one.marks for one in filled.values()),
        per_cent=percent,
        chapters=_chapters(standing, found),
        attention=_attention(standing, found),
        classes=_classes(filled, found, places),
        subjects=_subjects(school, filled, found, places),
    )
    return Page(path, content, "deputy")


def _size(school: School, on: dt.date) -> list[str]:
    """Return how large the school is, in words."""
    pupils = sum(pupil.class_on(on) is not None for pupil in school.pupils.values())
    teachers = {load.teacher for load in school.loads if works(school.staff.get(load.teacher), on)}
    return [
        counted(len(school.books), "класс", "класса", "классов"),
        counted(pupils, "обучающийся", "обучающихся", "обучающихся"),
        counted(len(teachers), "педагог", "педагога", "педагогов"),
        counted(len(school.journals), "электронный журнал", "электронных журнала", "электронных журналов"),
    ]


def _sum(shares: Iterable[Share]) -> Share:
    total = Share()
    for share in shares:
        total = total.plus(share)
    return total


def _total(standings: Iterable[Standing]) -> Standing:
    total = Standing()
    for one in standings:
        total = total.plus(one)
    return total


def _chapters(standing: Mapping[str, Standing], found: Sorted) -> list[ChapterLine]:
    mend = Counter(chapter_of(finding.clause) for finding in found.mend)
    sums: dict[str, Standing] = {}
    for clause in sorted({*standing, *(finding.clause for finding in found.mend)}, key=clause_order):
        title = chapter_of(clause)
        sums[title] = sums.get(title, Standing()).plus(standing.get(clause, Standing()))
    return [ChapterLine(title, one, mend[title]) for title, one in sums.items()]


def _attention(standing: Mapping[str, Standing], found: Sorted) -> list[Attention]:
    """Return the clauses with the most that presses, the most first."""
    pressing = Counter(finding.clause for finding in found.mend if finding.clause)
    for clause, one in standing.items():
        pressing[clause] += one.overdue
    ordered = sorted(pressing.items(), key=lambda item: (-item[1], clause_order(item[0])))
    return [Attention(clause, clause_words(clause), number) for clause, number in ordered[:NAMED] if number]


def _classes(filled: Mapping[str, Completeness], found: Sorted, places: Places) -> list[Filled]:
    """Return the classes in their order: what teachers and class teachers owe in them, the office's part left out."""
    pressing: Counter[str] = Counter()
    for finding in _of_teaching(found):
        pressing.update(places.topic(finding).classes)
    return [_filled(name, one.fillings.values(), pressing[name]) for name, one in filled.items()]


def _subjects(school: School, filled: Mapping[str, Completeness], found: Sorted, places: Places) -> list[Filled]:
    """Return the subjects in their order; those one person teaches as one line."""
    teachers: dict[str, set[str]] = {}
    for load in school.loads:
        teachers.setdefault(fold(load.subject), set()).add(load.teacher)
    order = {fold(name): name for name in school.subjects}
    fillings: dict[str, list[Filling]] = {}
    for one in filled.values():
        for name, filling in one.fillings.items():
            fillings.setdefault(_named(name, teachers, order), []).append(filling)
    pressing: Counter[str] = Counter()
    for finding in _of_teaching(found):
        subject = places.topic(finding).subject
        if subject:
            pressing[_named(subject, teachers, order)] += 1
    places_of = {name: place for place, name in enumerate(order.values())}
    names = sorted(fillings, key=lambda name: (places_of.get(name, len(places_of)), name))
    return [_filled(name, fillings[name], pressing[name]) for name in names]


def _named(subject: str, teachers: Mapping[str, set[str]], order: Mapping[str, str]) -> str:
    """Return the name a subject is counted under."""
    key = fold(subject)
    return order.get(key, subject) if len(teachers.get(key, ())) > 1 else ALONE


def _of_teaching(found: Sorted) -> list[Finding]:
    teaching = (Role.TEACHER, Role.CLASS_TEACHER)
    return [finding for finding in (*found.overdue, *found.mend) if duty_of(finding) in teaching]


def _filled(name: str, fillings: Iterable[Filling], pressing: int) -> Filled:
    own = list(fillings)
    share = Share(sum(one.lessons for one in own), sum(one.written for one in own))
    return Filled(name, share, f"{percent(share.done, share.owed)}\u00a0%" if share.owed else "–", pressing)
