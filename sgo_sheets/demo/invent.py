"""Inventing a school: every workbook of it in memory, the journals as what is to be taught, and what is wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sgo_sheets.demo import office, registers
from sgo_sheets.demo.absence import Away, who_is_away
from sgo_sheets.demo.consequences import consequences
from sgo_sheets.demo.curriculum import MARK
from sgo_sheets.demo.desk import Desk
from sgo_sheets.demo.homeroom import class_teacher_book
from sgo_sheets.demo.in_memory import book_in_memory
from sgo_sheets.demo.journals import Job, filled, journal_job, lesson_plan_book
from sgo_sheets.demo.mistakes import plant
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.school import make_world
from sgo_sheets.demo.school_workbook import school_book
from sgo_sheets.demo.spoilt_office import (
    blank_reason,
    contradicting_homeroom,
    missing_journal,
    missing_reason,
    misspelt_subject,
    text_birthday,
)
from sgo_sheets.demo.substitutions import make_substitutions
from sgo_sheets.demo.timetable import Week
from sgo_sheets.demo.violations import spoil_office
from sgo_sheets.demo.world import Item, Room, Spec, World
from sgo_sheets.records.catalog import BookContent
from sgo_sheets.russian import file_name
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.journals import journal_path
from sgo_sheets.school.model import School
from sgo_sheets.school.prefill import CLASS_TEACHER_FILE, draft

PLAN, TIMETABLE = "Учебный план.xlsx", "Расписание.xlsx"


@dataclass(frozen=True, slots=True)
class Page:
    """A workbook to be written: its path, what stands in it, when it was saved (UTC)."""

    path: str
    content: BookContent
    saved: dt.datetime


@dataclass(frozen=True, slots=True)
class Invented:
    """A school before it is written: pages of the office and of class teachers, journals, and what is wrong in them.

    ``journals`` are what is taught in each, and the journal itself where it is spoilt.
    """

    world: World
    pages: tuple[Page, ...]
    journals: tuple[tuple[Job, BookContent | None], ...]
    planted: tuple[Planted, ...]


def invent(spec: Spec) -> Invented:
    """Return the school of a spec; the mistakes are in the order of their cells."""
    world, week = make_world(spec)
    away, accounts = who_is_away(world), list(registers.accounts(world))
    common = {page.path: page for page in _common(world, week, accounts)}
    planted: list[Planted] = []
    if not spec.clean:
        common, planted = _spoilt_common(world, common)
    year = world.year.first, world.year.last
    school = assemble([book_in_memory(page.path, page.content, year) for page in common.values()])
    keys = dict.fromkeys(JournalKey(item.target, item.subject, item.group) for item in world.staff.items)
    jobs = [journal_job(world, school, draft(school, key), journal_path(key), away) for key in keys]
    homerooms = [_homeroom(world, room, away, accounts) for room in world.rooms]
    spoilt: Mapping[str, BookContent] = {}
    if not spec.clean:
        jobs, homerooms, spoilt, more = _spoilt_journals(world, jobs, homerooms, common[PLAN])
        planted += more
    pages = (*common.values(), *homerooms)
    if spec.violations:
        desk = Desk(world, {page.path: page.content for page in pages})
        planted += spoil_office(desk, spec.stream("violations"))
        pages = tuple(replace(page, content=desk.contents[page.path]) for page in pages)
    journals = tuple((job, spoilt.get(job.path)) for job in jobs)
    return Invented(world, pages, journals, tuple(sorted(planted, key=lambda one: (one.at, one.code))))


def read(invented: Invented) -> School:
    """Return the school as it would be read from its workbooks, without writing them."""
    year = invented.world.year.first, invented.world.year.last
    books = [book_in_memory(page.path, page.content, year) for page in invented.pages]
    books += [book_in_memory(job.path, spoilt or filled(job), year) for job, spoilt in invented.journals]
    return assemble(sorted(books, key=lambda book: book.path))


def _common(world: World, week: Week, accounts: list[registers.Account]) -> Iterator[Page]:
    """Yield the workbooks of the whole school, the cards and the lesson plans."""
    start, changed, today = (_morning(day) for day in (world.year.first, _changed(world), world.spec.on))
    ill, substitutions = make_substitutions(world, week)
    yield Page("Школа.xlsx", school_book(world, ill), changed)
    yield Page("Регламент.xlsx", office.regulation_book(), start)
    yield Page(PLAN, office.plan_book(world), changed)
    yield Page(TIMETABLE, office.timetable_book(world, week, substitutions), today)
    yield Page("Книга движения.xlsx", registers.movement_book(world), changed)
    yield Page("Учётные записи.xlsx", registers.accounts_book(accounts), changed)
    yield Page("Конструктор отчётов.xlsx", office.constructor_book(world), start)
    for room in world.rooms:
        yield Page(_roll_path(room), registers.roll_book(world, room.name), changed)
    plans: dict[str, Item] = {}
    for item in world.staff.items:
        plans.setdefault(item.plan, item)
    for name, item in plans.items():
        yield Page(f"КТП/{file_name(name)}.xlsx", lesson_plan_book(world, item), start)


def _roll_path(room: Room) -> str:
    return f"Контингент/{file_name(room.name)}.xlsx"


def _homeroom(world: World, room: Room, away: Away, accounts: list[registers.Account]) -> Page:
    path = f"Журналы/{file_name(room.name)}/{CLASS_TEACHER_FILE}"
    return Page(path, class_teacher_book(world, room, away, accounts), evening(world.spec.on))


def _spoilt_common(world: World, pages: Mapping[str, Page]) -> tuple[dict[str, Page], list[Planted]]:
    """Return the school-wide workbooks with two mistakes: in a card and in the substitutions."""
    rng = world.spec.stream("mistakes", "office")
    roll = _roll_path(world.rooms[-1])
    card, first = text_birthday(roll, pages[roll].content, rng)
    table, second = misspelt_subject(TIMETABLE, pages[TIMETABLE].content, world.spec.on, world.rooms[0].name)
    changed = {roll: replace(pages[roll], content=card), TIMETABLE: replace(pages[TIMETABLE], content=table)}
    return {**pages, **changed}, [first, second]


def _spoilt_journals(
    world: World, jobs: list[Job], homerooms: list[Page], plan: Page
) -> tuple[list[Job], list[Page], Mapping[str, BookContent], list[Planted]]:
    """Return the journals to be made, the class teachers' books, the spoilt journals, and all that is wrong."""
    spec = world.spec
    rng = spec.stream("mistakes", "journals")
    absent = missing_journal(plan.path, plan.content, jobs)
    left = [job for job in jobs if absent is None or job.path != absent[0]]
    spoilt, planted = plant(left, rng)
    planted += [absent[1]] if absent else []
    planted += consequences(world, left, planted)
    pages, more = _spoilt_reasons(spec, homerooms)
    planted += more
    for place, page in enumerate(homerooms):
        folder = page.path.rpartition("/")[0]
        whole = [job for job in left if job.path.rpartition("/")[0] == folder and job.path not in spoilt]
        for job in whole:
            found = contradicting_homeroom(page.path, pages[place].content, job) if job.course.graded == MARK else None
            if found is not None:
                pages[place] = replace(pages[place], content=found[0])
                return left, pages, spoilt, [*planted, found[1]]
    return left, pages, spoilt, planted


def _spoilt_reasons(spec: Spec, homerooms: list[Page]) -> tuple[list[Page], list[Planted]]:
    """Return the class teachers' books, a reason of absence missing in two of them, and what is wrong."""
    pages, planted, used = list(homerooms), [], set[int]()
    for spoil in (missing_reason, blank_reason):
        for place, page in enumerate(pages):
            found = spoil(page.path, page.content, spec.on) if place not in used else None
            if found is not None:
                used.add(place)
                pages[place] = replace(page, content=found[0])
                planted.append(found[1])
                break
    return pages, planted


def _changed(world: World) -> dt.date:
    """Return the last day on which somebody came, left or moved."""
    days = [day for child in world.children for day in (child.arrived, child.left) if day]
    change = world.staff.change
    return max([world.year.first, *days, *([change.since] if change else [])])


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(5, 30))


def evening(day: dt.date) -> dt.datetime:
    """Return when teachers save their journals on a day (UTC)."""
    return dt.datetime.combine(day, dt.time(12, 45))
