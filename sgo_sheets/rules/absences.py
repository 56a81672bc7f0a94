"""Lessons missed without a reason: «н» in the grids of a class that no row of the class teacher explains (п. 8.3)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.records.tokens import ABSENT
from sgo_sheets.school.calendar import Calendar
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

_LESSONS = re.compile(r"(\d+)\s*(?:[-–—]\s*(\d+))?")
_MOST_LESSONS = 20


class Missed(NamedTuple):
    """A lesson a pupil of the class missed without a reason; ``row`` is the row about it that gives none, if any."""

    pupil: Pupil
    date: dt.date
    at: CellRef
    row: AbsenceReason | None


def missed_lessons(book: ClassBook, roll: Iterable[Pupil], teacher_book: ClassTeacherBook) -> tuple[Missed, ...]:
    """Return the lessons missed without a reason on days when the pupil was in this class, by pupil and day.

    A reason is УП, Б or НП in the grid, or a row of «Причины пропусков» of this class (or of the class the pupil came
    from) over that day and lesson. Where the lesson's number is not known, any row of the day counts.
    """
    pupils = {pupil.id: pupil for pupil in roll}
    rows = reason_rows((teacher_book, *book.former_books.values()))
    found = [missed for journal in book.journals for missed in _of_journal(journal, book, pupils, rows)]
    return tuple(sorted(found, key=lambda one: (one.pupil.name, one.pupil.id, one.date, one.at.workbook)))


def reason_rows(books: Iterable[ClassTeacherBook]) -> Mapping[str, Sequence[AbsenceReason]]:
    """Return the rows of «Причины пропусков» of several books by № личного дела, in the order of the books."""
    rows: dict[str, list[AbsenceReason]] = {}
    for one in books:
        for row in one.reasons:
            rows.setdefault(row.pupil, []).append(row)
    return rows


def missed_of(
    book: ClassBook, roll: Iterable[Pupil], teacher_book: ClassTeacherBook, shared: dict[str, Any]
) -> tuple[Missed, ...]:
    """Return the missed lessons, looked for once for all who share the dictionary."""
    if "missed lessons" not in shared:
        shared["missed lessons"] = missed_lessons(book, roll, teacher_book)
    found: tuple[Missed, ...] = shared["missed lessons"]
    return found


def _of_journal(
    journal: Journal, book: ClassBook, pupils: Mapping[str, Pupil], rows: Mapping[str, Sequence[AbsenceReason]]
) -> Iterator[Missed]:
    grid = journal.grid
    if grid is None:
        return
    numbers: dict[dt.date, set[int]] | None = None
    for line in grid.rows:
        pupil = pupils.get(line.pupil)
        for place, tokens in line.cells.items() if pupil is not None else ():
            if tokens.absence != ABSENT or pupil is None:
                continue
            column = grid.columns[place]
            if pupil.class_on(column.date) != book.name:
                continue
            if numbers is None:
                numbers = numbers_of(journal)
            number = {column.number} if column.number is not None else numbers.get(column.date, set())
            covering = [row for row in rows.get(pupil.id, ()) if covers(row, column.date, number)]
            if not any(row.reason or row.unread("reason") for row in covering):
                yield Missed(pupil, column.date, grid.at(line, place), covering[0] if covering else None)


def numbers_of(journal: Journal) -> dict[dt.date, set[int]]:
    """Return the numbers of the journal's lessons in the timetable, by day."""
    found: dict[dt.date, set[int]] = {}
    for slot in journal.slots:
        found.setdefault(slot.date, set()).add(slot.number)
    return found


def covers(row: AbsenceReason, date: dt.date, numbers: Iterable[int]) -> bool:
    """Return whether a row of «Причины пропусков» speaks of a lesson; an empty set of numbers means «unknown»."""
    if row.since is None or not row.since <= date <= (row.until or dt.date.max):
        return False
    lessons = lesson_numbers(row.lessons)
    return not lessons or not (wanted := set(numbers)) or not lessons.isdisjoint(wanted)


@lru_cache(maxsize=512)
def lesson_numbers(text: str) -> frozenset[int]:
    """Return the lessons of «1-3» or «1, 2»; an empty set means the whole day."""
    found: set[int] = set()
    for match in _LESSONS.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        found.update(range(first, min(last, _MOST_LESSONS) + 1))
    return frozenset(found)


def runs(missed: Sequence[Missed], calendar: Calendar) -> Iterator[list[Missed]]:
    """Yield one pupil's missed lessons, in the order of days, as absences: no study day lies between two of them."""
    run: list[Missed] = []
    for one in missed:
        if run and calendar.study_days(run[-1].date + dt.timedelta(days=1), one.date - dt.timedelta(days=1)):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
