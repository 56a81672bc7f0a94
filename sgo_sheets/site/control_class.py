"""A class teacher's page: own duties, «Мой класс: чего не хватает по предметам», diaries and reports of the class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from sgo_sheets.findings import Finding, Role
from sgo_sheets.reports.completeness import Completeness, Filling, completeness
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.rules.tally import Tally
from sgo_sheets.russian import fold, slug
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.clause_words import clause_order, clause_words
from sgo_sheets.site.control_duty import duty_of, is_of_office
from sgo_sheets.site.control_lines import Heap, Sorted, by, heaps, sort_out, title_of
from sgo_sheets.site.control_places import Places, of_class
from sgo_sheets.site.control_standing import Standing, standings, weighing
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_index import class_reports


class Status(NamedTuple):
    """How the journals of a subject stand: a key for the look, a symbol, the words of it."""

    key: str
    symbol: str
    words: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A subject of the class: whose it is, how it stands, what is late, to be mended and due soon."""

    anchor: str
    name: str
    teachers: tuple[str, ...]
    status: Status
    filled: str
    heaps: tuple[Heap, ...]
    waiting: tuple[Heap, ...]


def anchor_of(subject: str) -> str:
    """Return the anchor of a subject on the page of a class."""
    return f"s-{slug(subject)}"


DONE, NONE = Status("done", "✓", "в порядке"), Status("none", "·", "уроков ещё не было")
EMPTY, ABSENT = Status("empty", "пусто", "журнал пуст"), Status("empty", "нет", "журнала нет")
UNREAD = Status("unread", "?", "не читается")


def status_of(filling: Filling, late: int) -> Status:
    """Return how the journals of a subject stand; ``late`` – overdue obligations and violations in them."""
    if filling.unread:
        return UNREAD
    if filling.lacking and not filling.paths:
        return ABSENT
    if late:
        empty = filling.lessons > 0 and not filling.written
        return EMPTY if empty else Status("late", str(late), f"просрочено или исправить: {late}")
    return DONE if filling.lessons else NONE


class Theme(NamedTuple):
    """What the class teacher owes under one clause: its words and its heaps, what presses first."""

    words: str
    number: int
    heaps: tuple[Heap, ...]


def class_page(
    book: ClassBook,
    findings: Iterable[Finding],
    on: dt.date,
    render: Renderer,
    done: Tally = MappingProxyType({}),
) -> Page:
    """Return ``staff/classes/<slug>.html``; of the findings and of what is ``done`` those that touch the class count.

    The class teacher's own duties stand first, then what subject teachers owe (Порядок п. 3.1), then, in one line each
    and without names, what the administration owes of the class.
    """
    places = Places.of((book,))
    own = of_class(book, findings)
    office = [f for f in own if is_of_office(f, places.topic(f).subject) and not _is_own_book(f, book, on)]
    mine = [f for f in own if f not in office and _is_class_teachers(f, places.topic(f).subject)]
    taught = [f for f in own if f not in office and f not in mine]
    path = class_path(book.name)
    content = render.page(
        "control_class.html",
        path=path,
        name=book.name,
        teacher=_person(book, book.class_teacher(on)),
        teacher_href=f"../teachers/{slug(book.class_teacher(on))}.html" if book.class_teacher(on) else "",
        on=on,
        fresh=render.moment(book.saved) if book.saved else None,
        mine=_heaped(mine, on, places),
        themes=_themes(mine, on, places),
        standing=_standing(mine, book, on, done),
        whole=sort_out((*mine, *taught), on),
        subjects=_subjects(book, taught, on, places, completeness(book, on)),
        office=_office(office, on),
        pupils=None if book.roll is None else [(p.name, diary_href(p)) for p in book.diaries()],
        reports=class_reports(book, on, "../"),
    )
    return Page(path, content, f"class:{book.name}")


def _is_class_teachers(finding: Finding, subject: str) -> bool:
    return duty_of(finding) is Role.CLASS_TEACHER or not subject


def _is_own_book(finding: Finding, book: ClassBook, on: dt.date) -> bool:
    """Return whether reading found it in a book of the class teacher's own: the class teacher mends it."""
    return finding.code not in BY_CODE and finding.person == book.class_teacher(on) != ""


def _themes(findings: Iterable[Finding], on: dt.date, places: Places) -> list[Theme]:
    """Return what the class teacher owes by clause: overdue, to be mended, due within a fortnight."""
    themes = []
    groups = by(findings, lambda finding: finding.clause)
    for clause in sorted(groups, key=clause_order):
        found = sort_out(groups[clause], on)
        urgent = (*found.overdue, *found.mend, *found.fortnight)
        if urgent:
            number = len(found.overdue) + len(found.mend)
            themes.append(Theme(clause_words(clause), number, heaps(urgent, on, places.words)))
    return themes


def _standing(mine: Iterable[Finding], book: ClassBook, on: dt.date, done: Tally) -> Standing:
    """Return how the class teacher's obligations stand."""
    own = {
        one: number
        for one, number in done.items()
        if one.school_class == book.name and one.code in BY_CODE and BY_CODE[one.code].role is Role.CLASS_TEACHER
    }
    found = standings(sort_out(mine, on), own, weighing(book.regulation), lambda _: ("",), lambda _: ("",))
    return found.get("", Standing())


def _office(findings: Iterable[Finding], on: dt.date) -> list[tuple[str, int]]:
    """Return what the administration owes of the class: the title of the rule and how many times."""
    found = sort_out(findings, on)
    groups = by((*found.overdue, *found.mend), lambda finding: title_of(finding.code) or finding.message)
    return sorted(((title, len(own)) for title, own in groups.items()), key=lambda line: (-line[1], line[0]))


def class_path(name: str) -> str:
    """Return where the page of a class lies."""
    return f"staff/classes/{slug(name)}.html"


def diary_href(pupil: Pupil) -> str:
    """Return the address of a pupil's diary from a folder inside ``staff/``."""
    return f"../../families/{slug(pupil.id)}/index.html"


class Heaped(NamedTuple):
    """Sorted findings in heaps."""

    sorted: Sorted
    overdue: tuple[Heap, ...]
    mend: tuple[Heap, ...]
    fortnight: tuple[Heap, ...]
    notes: tuple[Heap, ...]


def _heaped(findings: Iterable[Finding], on: dt.date, places: Places) -> Heaped:
    found = sort_out(findings, on)
    parts = (found.overdue, found.mend, found.fortnight, found.notes)
    return Heaped(found, *(heaps(part, on, places.words) for part in parts))


def _subjects(
    book: ClassBook, findings: Iterable[Finding], on: dt.date, places: Places, filled: Completeness
) -> list[SubjectView]:
    by_subject: dict[str, list[Finding]] = {fold(name): [] for name in filled.fillings}
    names = dict(filled.fillings)
    for finding in findings:
        subject = places.topic(finding).subject
        if fold(subject) not in by_subject:
            names[subject] = Filling(subject, (), 0, 0)
        by_subject.setdefault(fold(subject), []).append(finding)
    views = []
    for name, filling in names.items():
        found = sort_out(by_subject[fold(name)], on)
        views.append(
            SubjectView(
                anchor=anchor_of(name),
                name=name,
                teachers=_teachers(book, name, on),
                status=status_of(filling, pressing(by_subject[fold(name)], on)),
                filled=f"записано уроков: {filling.written} из {filling.lessons}" if filling.lessons else "",
                heaps=heaps((*found.overdue, *found.mend, *found.notes), on, places.words),
                waiting=heaps(found.fortnight, on, places.words),
            )
        )
    return views


def pressing(findings: Iterable[Finding], on: dt.date) -> int:
    """Return how many findings of a subject are late or break the regulation now; notes and warnings do not count."""
    found = sort_out(findings, on)
    return len(found.overdue) + sum(finding.severity == "violation" for finding in found.mend)


def _teachers(book: ClassBook, subject: str, on: dt.date) -> tuple[str, ...]:
    codes = [j.holder(on) for j in book.journals if fold(j.key.subject) == fold(subject)]
    codes += [load.teacher for load in book.lacking if fold(load.subject) == fold(subject)]
    return tuple(dict.fromkeys(_person(book, code) for code in codes if code))


def _person(book: ClassBook, code: str) -> str:
    person = book.staff.get(code)
    return person.short_name if person else code
