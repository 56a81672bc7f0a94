"""A class teacher's page: own duties, «Мой класс: чего не хватает по предметам», diaries and reports of the class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import Finding, Role
from sgo_sheets.reports.completeness import Completeness, Filling, completeness
from sgo_sheets.russian import fold, slug
from sgo_sheets.school.model import ClassBook, Pupil
from sgo_sheets.site.control_lines import Heap, Sorted, heaps, sort_out
from sgo_sheets.site.control_places import Places, of_class
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_paths import report_paths


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


def class_page(book: ClassBook, findings: Iterable[Finding], on: dt.date, render: Renderer) -> Page:
    """Return ``staff/classes/<slug>.html``; of the findings those that touch the class are taken."""
    places = Places.of((book,))
    own = of_class(book, findings)
    mine = [f for f in own if f.role is Role.CLASS_TEACHER or not places.topic(f).subject]
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
        whole=sort_out(own, on),
        subjects=_subjects(book, [f for f in own if f not in mine], on, places, completeness(book, on)),
        pupils=None if book.roll is None else [(p.name, diary_href(p)) for p in book.diaries()],
        reports=[(one.period.name, one.link("../"), one.open_on(on)) for one in report_paths(book)],
    )
    return Page(path, content, f"class:{book.name}")


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
    for finding in findings:
        by_subject.setdefault(fold(places.topic(finding).subject), []).append(finding)
    views = []
    for name, filling in filled.fillings.items():
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
