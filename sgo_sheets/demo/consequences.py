"""What reports of chapter X lack because of what is planted in journals: the same thing, said to whoever reports it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sgo_sheets.demo.journals import Job
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Room, World
from sgo_sheets.demo.year import DAY, WEEK
from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import ClassPeriodMarks, ClassTeacherTitle, PeriodMarks
from sgo_sheets.russian import file_name
from sgo_sheets.school.prefill import CLASS_TEACHER_FILE

LESSON_CODES = frozenset({"R0801", "R0802", "R0811"})
LOST_LESSONS, LOST_MARKS = "W0307", "W0403"
"""Mistakes that leave a whole row unread: then the reports of the class are «не проверено» and accuse nobody."""
FORTNIGHT = 2 * WEEK
PERIODS = CellRef("Школа.xlsx", "Периоды")


def consequences(world: World, jobs: Sequence[Job], planted: Sequence[Planted]) -> list[Planted]:
    """Return what reports lack: a mark of a term – four of them, lessons of a fortnight – the preliminary one."""
    targets = {job.path: _target(job) for job in jobs}
    found: list[Planted] = []
    for room in world.rooms:
        of_class = [one for one in planted if room.name in _classes(world, targets.get(one.at.workbook, ""))]
        if room.grade > 1:
            found += _of_marks(room, of_class)
            found += _of_lessons(world, room, of_class)
    return found


def _of_marks(room: Room, planted: Sequence[Planted]) -> Iterator[Planted]:
    """Yield the reports that lack a mark of a term."""
    lacking = [one for one in planted if one.code == "R0813"]
    for path in dict.fromkeys(one.at.workbook for one in lacking):
        yield Planted("R1004", CellRef(path, PeriodMarks.sheet))
    if lacking and not any(one.code == LOST_MARKS for one in planted):
        yield Planted("R1005", CellRef(_homeroom(room), ClassPeriodMarks.sheet))
        yield Planted("R1001", PERIODS)


def _of_lessons(world: World, room: Room, planted: Sequence[Planted]) -> Iterator[Planted]:
    """Yield the preliminary reports of the fortnights that are over and lack lessons or marks."""
    if any(one.code == LOST_LESSONS for one in planted):
        return
    days = {one.day for one in planted if one.code in LESSON_CODES and one.day is not None}
    for number in sorted({_fortnight(world, day) for day in days}):
        if world.year.first + (number + 1) * FORTNIGHT - DAY <= world.spec.on:
            yield Planted("R1007", CellRef(_homeroom(room), ClassTeacherTitle.sheet))


def _fortnight(world: World, day: dt.date) -> int:
    return (day - world.year.first) // FORTNIGHT


def _homeroom(room: Room) -> str:
    return f"Журналы/{file_name(room.name)}/{CLASS_TEACHER_FILE}"


def _classes(world: World, target: str) -> tuple[str, ...]:
    """Return the classes a journal belongs to: its own, or those of its stream."""
    return next((stream.classes for stream in world.streams if stream.name == target), (target,))


def _target(job: Job) -> str:
    title = job.form.sheets["Титул"]
    return str(title["Класс"]) if isinstance(title, dict) else ""
