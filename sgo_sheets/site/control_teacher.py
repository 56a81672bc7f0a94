"""A teacher's page: today, this fortnight, overdue, by class; nothing of other teachers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding, Role, text_of
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.people import official, works
from sgo_sheets.russian import slug
from sgo_sheets.school.elements import JournalKey, Slot
from sgo_sheets.school.model import Journal, School
from sgo_sheets.site.control_lines import Heap, Sorted, by, heaps, sort_out
from sgo_sheets.site.control_places import Places
from sgo_sheets.site.control_standing import Standing, standings, weighing
from sgo_sheets.site.page import Page, Part
from sgo_sheets.site.render import Renderer

SCHOOL = "Школа"


class LessonToday(NamedTuple):
    """A lesson of today: number, time, class and subject, room; the cell of its topic and whether it is filled."""

    number: int
    time: str
    what: str
    room: str
    at: CellRef | None
    state: str


class Section(NamedTuple):
    """A part of the list: its anchor and title, heaps by class, the number of findings."""

    anchor: str
    title: str
    groups: tuple[tuple[str, tuple[Heap, ...]], ...]
    number: int
    empty: str


def teacher_path(code: str) -> str:
    """Return where the page of an employee lies."""
    return f"staff/teachers/{slug(code)}.html"


class Told(NamedTuple):
    """What is told of an employee on a day: the findings, how obligations stand, the lessons of the day."""

    code: str
    on: dt.date
    findings: tuple[Finding, ...]
    standing: Standing
    lessons: tuple[LessonToday, ...]


def teacher_parts(school: School, verdict: Verdict, on: dt.date, render: Renderer) -> Iterator[Part]:
    """Yield a page for everyone who works in the school, or who still owes something."""
    places = Places.of(school.books)
    own = by(verdict.findings, lambda finding: finding.person)
    findings = sort_out(verdict.findings, on)
    stands = standings(
        findings, verdict.done, weighing(school.regulation), lambda f: (f.person,), lambda d: (d.person,)
    )
    lessons = _lessons(school, on)
    journals = {journal.key: journal for journal in school.journals}
    office = school.office_print
    for code in with_page(school, verdict, on):
        today = tuple(_today(slot, journals) for slot in lessons.get(code, ()))
        told = Told(code, on, tuple(own.get(code, ())), stands.get(code, Standing()), today)
        key = "\n".join((office, on.isoformat(), text_of(told.findings), repr((told.standing, told.lessons))))
        yield Part(code, key, partial(_page, school, told, places, render))


def _page(school: School, told: Told, places: Places, render: Renderer) -> list[Page]:
    code, on = told.code, told.on
    person, found, path = school.staff[code], sort_out(told.findings, on), teacher_path(code)
    content = render.page(
        "control_teacher.html",
        path=path,
        name=person.short_name,
        position=person.position,
        links=[
            *_classes(school, code, on),
            *_offices(school, code, on),
            (f"../calendar/{slug(code)}.ics", "Сроки"),
        ],
        standing=told.standing,
        on=on,
        found=found,
        lessons=told.lessons,
        sections=_sections(found, on, places),
        next_due=min((f.due for f in (*found.fortnight, *found.later) if f.due), default=None),
    )
    return [Page(path, content, f"teacher:{code}")]


def with_page(school: School, verdict: Verdict, on: dt.date) -> tuple[str, ...]:
    """Return the codes of the employees who have a page: they work in the school, or still owe something."""
    owing = {finding.person for finding in verdict.findings}
    return tuple(code for code, person in school.staff.items() if code in owing or works(person, on))


def _sections(found: Sorted, on: dt.date, places: Places) -> list[Section]:
    parts = (
        ("today", "Срок сегодня", found.today, ""),
        ("overdue", "Просрочено", found.overdue, "Просроченного нет."),
        (
            "fortnight",
            "На этих двух неделях",
            tuple(f for f in found.fortnight if f not in found.today),
            "На две недели вперёд долгов нет.",
        ),
        ("mend", "Исправить", found.mend, ""),
        ("notes", "К сведению", found.notes, ""),
    )
    return [
        Section(anchor, title, _by_class(findings, on, places), len(findings), empty)
        for anchor, title, findings, empty in parts
        if findings or empty
    ]


def _by_class(findings: Iterable[Finding], on: dt.date, places: Places) -> tuple[tuple[str, tuple[Heap, ...]], ...]:
    groups = by(findings, lambda finding: ", ".join(places.topic(finding).classes) or SCHOOL)
    return tuple((name, heaps(groups[name], on, places.words)) for name in sorted(groups, key=_class_order))


def _class_order(name: str) -> tuple[int, str]:
    digits = "".join(c for c in name[:2] if c.isdigit())
    return (int(digits) if digits else 99, name)


def _classes(school: School, code: str, on: dt.date) -> list[tuple[str, str]]:
    """Return the classes the person is the class teacher of: the address of its page and the words."""
    return [
        (f"../classes/{slug(book.name)}.html", f"Мой класс {book.name}: чего не хватает по предметам")
        for book in school.books
        if book.class_teacher(on) == code
    ]  # fmt: skip


def _offices(school: School, code: str, on: dt.date) -> list[tuple[str, str]]:
    """Return the pages of the offices the person holds."""
    pages = ((Role.ADMIN, "../admin.html", "За администратором"), (Role.DEPUTY, "../index.html", "Контроль"))
    return [
        (href, words)
        for role, href, words in pages
        if official(role, school.staff, school.responsibles, on) == code
    ]  # fmt: skip


def _lessons(school: School, on: dt.date) -> Mapping[str, Sequence[Slot]]:
    """Return the lessons of a day by the code of who gives them; a stream's lesson stands in several classes."""
    found: dict[str, dict[tuple[object, ...], Slot]] = {}
    for book in school.books:
        for slot in book.slots:
            if slot.date == on and not slot.cancelled and slot.teacher:
                key = (slot.number, slot.target, slot.subject, slot.group)
                found.setdefault(slot.teacher, {}).setdefault(key, slot)
    return {code: sorted(slots.values(), key=_by_clock) for code, slots in found.items()}


def _by_clock(slot: Slot) -> tuple[dt.time, int, str]:
    """Return the key that puts the lessons of both shifts in the order of the day."""
    return slot.start or dt.time.min, slot.number, slot.target


def _today(slot: Slot, journals: Mapping[JournalKey, Journal]) -> LessonToday:
    key = JournalKey(slot.target, slot.subject, slot.group)
    journal = journals.get(key)
    time = f"{slot.start.hour}:{slot.start.minute:02d}" if slot.start else ""
    what = str(key) + (f" ({slot.changed})" if slot.changed else "")
    if journal is None:
        return LessonToday(slot.number, time, what, slot.room, None, "журнала нет")
    rows = [row for row in journal.lessons if row.date == slot.date and row.number in (None, slot.number)]
    if not rows:
        return LessonToday(slot.number, time, what, slot.room, CellRef(journal.path, "Уроки"), "строки урока нет")
    state = "тема записана" if rows[0].taught else "темы пока нет"
    return LessonToday(slot.number, time, what, slot.room, rows[0].at("topic"), state)
