"""Writing an invented school: office books first, read back as any school's, then the journals made from them."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from sgo_sheets.demo import office, registers
from sgo_sheets.demo.absence import Away, who_is_away
from sgo_sheets.demo.consequences import consequences
from sgo_sheets.demo.curriculum import MARK
from sgo_sheets.demo.desk import Desk
from sgo_sheets.demo.homeroom import class_teacher_book
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
from sgo_sheets.project import CONFIG, SENTINEL
from sgo_sheets.records.catalog import BookContent
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.russian import file_name
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.journals import journal_path
from sgo_sheets.school.model import JournalKey
from sgo_sheets.school.prefill import CLASS_TEACHER_FILE, draft
from sgo_sheets.workbooks.forms import write_book
from sgo_sheets.workbooks.forms.marks_help import KINDS
from sgo_sheets.workbooks.reader import read_all

PLAN, TIMETABLE = "Учебный план.xlsx", "Расписание.xlsx"
Progress = Callable[[str, int, int], None]
_CONFIG_TEXT = """\
# Выдуманная школа: sgo demo ПАПКА {arguments}
# Все люди в ней выдуманы, всякое совпадение случайно.

[school]
workbooks = "workbooks"
site = "site"
timezone = "Europe/Moscow"
on = {on}   # «сегодня» этой школы: она одинакова в любом году
"""
_SENTINEL_TEXT = "По этому файлу программа узнаёт папку с книгами школы. Не удаляйте его.\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """A workbook to be written: its path, what stands in it, when it was saved (UTC)."""

    path: str
    content: BookContent
    saved: dt.datetime


def make_school(
    root: Path,
    *,
    classes: int,
    pupils: int,
    seed: int,
    on: dt.date,
    clean: bool = False,
    violations: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Planted, ...]:
    """Write an invented school into a folder: sgo.toml and workbooks/, filled up to a day.

    Returns the mistakes planted in it, in the order of their cells; none with ``clean``, and with ``violations`` one of
    every kind the office can make besides those of journals. The same arguments give the
    same bytes, whatever the number of ``workers`` (processes that write journals). Raises FileExistsError when a
    workbook is there already.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    spec = Spec(classes, pupils, seed, on, clean, violations)
    workbooks = root / "workbooks"
    tell("Придумываю школу", 0, 0)
    world, week = make_world(spec)
    away, accounts = who_is_away(world), list(registers.accounts(world))
    common = {page.path: page for page in _common(world, week, accounts)}
    planted: list[Planted] = []
    if not clean:
        common, planted = _spoilt_common(world, common)
    _write_all(workbooks, common.values(), tell)
    (workbooks / SENTINEL).write_text(_SENTINEL_TEXT, encoding="utf-8", newline="\n")
    school = assemble(read_all(workbooks))
    keys = dict.fromkeys(JournalKey(item.target, item.subject, item.group) for item in world.staff.items)
    jobs = [journal_job(world, school, draft(school, key), journal_path(key), away) for key in keys]
    homerooms = [_homeroom(world, room, away, accounts) for room in world.rooms]
    spoilt: Mapping[str, BookContent] = {}
    if not clean:
        jobs, homerooms, spoilt, more = _spoilt_journals(world, jobs, homerooms, common[PLAN])
        planted += more
    _write_journals(workbooks, [(job, spoilt.get(job.path)) for job in jobs], workers, tell)
    _write_all(workbooks, homerooms, tell)
    if violations:
        pages = {page.path: page for page in (*common.values(), *homerooms)}
        desk = Desk(world, {path: page.content for path, page in pages.items()})
        planted += spoil_office(desk, spec.stream("violations"))
        spoilt_pages = [replace(p, content=desk.contents[p.path]) for p in pages.values()]
        changed = [page for page in spoilt_pages if page.content is not pages[page.path].content]
        _write_all(workbooks, changed, tell, again=True)
    (root / CONFIG).write_text(_config(spec), encoding="utf-8", newline="\n")
    return tuple(sorted(planted, key=lambda one: (one.at, one.code)))


def _common(world: World, week: Week, accounts: list[registers.Account]) -> Iterator[_Page]:
    """Yield the workbooks of the whole school, the cards and the lesson plans."""
    start, changed, today = (_morning(day) for day in (world.year.first, _changed(world), world.spec.on))
    ill, substitutions = make_substitutions(world, week)
    yield _Page("Школа.xlsx", school_book(world, ill), changed)
    yield _Page("Регламент.xlsx", office.regulation_book(), start)
    yield _Page(PLAN, office.plan_book(world), changed)
    yield _Page(TIMETABLE, office.timetable_book(world, week, substitutions), today)
    yield _Page("Книга движения.xlsx", registers.movement_book(world), changed)
    yield _Page("Учётные записи.xlsx", registers.accounts_book(accounts), changed)
    yield _Page("Конструктор отчётов.xlsx", office.constructor_book(), start)
    for room in world.rooms:
        yield _Page(_roll_path(room), registers.roll_book(world, room.name), changed)
    plans: dict[str, Item] = {}
    for item in world.staff.items:
        plans.setdefault(item.plan, item)
    for name, item in plans.items():
        yield _Page(f"КТП/{file_name(name)}.xlsx", lesson_plan_book(world, item), start)


def _roll_path(room: Room) -> str:
    return f"Контингент/{file_name(room.name)}.xlsx"


def _homeroom(world: World, room: Room, away: Away, accounts: list[registers.Account]) -> _Page:
    path = f"Журналы/{file_name(room.name)}/{CLASS_TEACHER_FILE}"
    return _Page(path, class_teacher_book(world, room, away, accounts), _evening(world.spec.on))


def _spoilt_common(world: World, pages: Mapping[str, _Page]) -> tuple[dict[str, _Page], list[Planted]]:
    """Return the school-wide workbooks with two mistakes: in a card and in the substitutions."""
    rng = world.spec.stream("mistakes", "office")
    roll = _roll_path(world.rooms[-1])
    card, first = text_birthday(roll, pages[roll].content, rng)
    table, second = misspelt_subject(TIMETABLE, pages[TIMETABLE].content, world.spec.on, world.rooms[0].name)
    changed = {roll: replace(pages[roll], content=card), TIMETABLE: replace(pages[TIMETABLE], content=table)}
    return {**pages, **changed}, [first, second]


def _spoilt_journals(
    world: World, jobs: list[Job], homerooms: list[_Page], plan: _Page
) -> tuple[list[Job], list[_Page], Mapping[str, BookContent], list[Planted]]:
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


def _spoilt_reasons(spec: Spec, homerooms: list[_Page]) -> tuple[list[_Page], list[Planted]]:
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


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12, 45))


def _write_all(workbooks: Path, pages: Iterable[_Page], tell: Progress, *, again: bool = False) -> None:
    pages = list(pages)
    for number, page in enumerate(pages, start=1):
        write_book(workbooks / page.path, page.content, saved=page.saved, replace=again)
        tell("Пишу общие книги", number, len(pages))


def _write_journals(workbooks: Path, jobs: list[tuple[Job, BookContent | None]], workers: int, tell: Progress) -> None:
    """Write the journals, in a pool of fresh processes when there is more than one worker."""
    tasks = ((workbooks, job, content) for job, content in jobs)
    if workers > 1:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            for number, _ in enumerate(pool.map(_write_journal, tasks, chunksize=4), start=1):
                tell("Пишу журналы", number, len(jobs))
    else:
        for number, task in enumerate(tasks, start=1):
            _write_journal(task)
            tell("Пишу журналы", number, len(jobs))


def _write_journal(task: tuple[Path, Job, BookContent | None]) -> None:
    """Write one journal: as it is given, or as its teacher has filled it."""
    workbooks, job, spoilt = task
    kinds = tuple(short for _, short, _ in DEFAULT_WORK_KINDS)
    content = replace(spoilt or filled(job), lists={KINDS: kinds})
    held = [one.date for one in job.course.lessons if one.date <= job.course.on]
    write_book(workbooks / job.path, content, saved=_evening(held[-1] if held else job.year.first))


def _config(spec: Spec) -> str:
    arguments = f"--classes {spec.classes} --pupils {spec.pupils} --seed {spec.seed} --on {spec.on}"
    arguments += " --clean" * spec.clean + " --violations" * spec.violations
    return _CONFIG_TEXT.format(arguments=arguments, on=spec.on)
