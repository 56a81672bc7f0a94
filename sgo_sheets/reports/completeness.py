"""How far the journals of a class are filled on a day (Регламент п. 8.8): lessons and period marks owed and given.

Whether what is there was there in time only the history of the workbooks could tell: here it counts as done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.records.plan_book import Load
from sgo_sheets.rules.owed_lessons import owed_lessons
from sgo_sheets.rules.owed_marks import owed_marks
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.rules.terms import applied
from sgo_sheets.russian import fold
from sgo_sheets.school.journals import path_key
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

TOPIC = "R0801"
"""The rule whose term says by when a lesson is written down."""


class Share(NamedTuple):
    """So many things were to be done by the day, and so many of them are."""

    owed: int = 0
    done: int = 0

    def plus(self, other: Share) -> Share:
        """Return the sum of both."""
        return Share(self.owed + other.owed, self.done + other.done)


@dataclass(frozen=True, slots=True)
class Filling:
    """The journals of one subject of a class: their paths, the lessons so far, how many of them are written down.

    ``lacking`` – some load of the subject has no journal; ``unread`` – some journal of it could not be read.
    """

    subject: str
    paths: tuple[str, ...]
    lessons: int
    written: int
    lacking: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Completeness:
    """A class on a day, by what was to be done before it.

    ``rows`` – lessons whose term has ended, those with a row in «Уроки» (п. 8.1); ``topics`` – those rows, with a topic
    (п. 8.4); ``marks`` – marks of periods that have ended (п. 8.5). A journal of several classes counts once for
    lessons, in the class it is judged in.
    """

    fillings: Mapping[str, Filling]
    rows: Share
    topics: Share
    marks: Share


def completeness(book: ClassBook, on: dt.date) -> Completeness:
    """Return how far the journals of a class are filled; subjects in the order of «Предметы», then the unknown ones."""
    order = {fold(name): place for place, name in enumerate(book.subjects)}
    found: dict[str, list[Filling]] = {}
    rows = topics = Share()
    for journal in book.journals:
        filling, rowed, recorded = _journal(journal, book, on)
        found.setdefault(journal.key.subject, []).append(filling)
        if journal.home == book.name:
            rows, topics = rows.plus(rowed), topics.plus(recorded)
    for load in book.lacking:
        if _begun(load, book, on):
            found.setdefault(load.subject, []).append(Filling(load.subject, (), 1, 0, lacking=True))
    for subject, path in _unread(book):
        found.setdefault(subject, []).append(Filling(subject, (path,), 0, 0, unread=True))
    subjects = sorted(found, key=lambda name: (order.get(fold(name), len(order)), name))
    marks = Share()
    for given in (_marks(journal, book, on) for journal in book.journals):
        marks = marks.plus(given)
    return Completeness({name: _together(found[name]) for name in subjects}, rows, topics, marks)


def _journal(journal: Journal, book: ClassBook, on: dt.date) -> tuple[Filling, Share, Share]:
    """Return how far a journal is filled; of the lessons whose term has ended those with a row, and with a topic."""
    if not journal.lessons_read:
        return Filling(journal.key.subject, (journal.path,), 0, 0, unread=True), Share(), Share()
    rule = BY_CODE[TOPIC]
    term = applied(rule.terms, book.regulation.terms.get(rule.code)).due
    lessons = written = owed = rowed = recorded = 0
    for lesson in owed_lessons(journal, journal.slots, journal.lessons, book.calendar):
        row = lesson.row
        if lesson.date > on or (row is not None and row.cancelled):
            continue
        is_written = row is not None and bool(row.taught)
        lessons, written = lessons + 1, written + is_written
        due = term.due(lesson.date, book.calendar) if term else None
        if due is not None and due < on:
            owed, rowed, recorded = owed + 1, rowed + (row is not None), recorded + is_written
    filling = Filling(journal.key.subject, (journal.path,), lessons, written)
    return filling, Share(owed, rowed), Share(rowed, recorded)


def _begun(load: Load, book: ClassBook, on: dt.date) -> bool:
    """Return whether a load without a journal has had a lesson by the day, as the timetable says."""
    wanted = (load.target, load.subject, load.group)
    return any(
        (slot.target, slot.subject, slot.group) == wanted and slot.date <= on and not slot.cancelled
        for slot in book.slots
    )


def _unread(book: ClassBook) -> Iterator[tuple[str, str]]:
    """Yield the subject, as the file is named, and the path of every journal that cannot be read."""
    names = {fold(name): name for name in book.subjects}
    for at in book.unreadable:
        folder, stem = path_key(at.workbook)
        if at.workbook.startswith("Журналы/") and folder and not at.sheet:
            subject = names.get(stem) or names.get(stem.rsplit(" (", 1)[0])
            if subject is not None:
                yield subject, at.workbook


def _marks(journal: Journal, book: ClassBook, on: dt.date) -> Share:
    """Return the marks of ended periods owed to the pupils of the class in a journal."""
    if not journal.finals_read or book.roll is None:
        return Share()
    owing = owed_marks(journal, book.roll, book.teacher_book or ClassTeacherBook(""), book)
    marks = [owed.mark for owed in owing if owed.period.last < on]
    return Share(len(marks), sum(mark is not None for mark in marks))


def _together(fillings: Iterable[Filling]) -> Filling:
    """Return one filling of all journals (groups, streams) of a subject."""
    parts = list(fillings)
    return Filling(
        subject=parts[0].subject,
        paths=tuple(path for part in parts for path in part.paths),
        lessons=sum(part.lessons for part in parts),
        written=sum(part.written for part in parts),
        lacking=any(part.lacking for part in parts),
        unread=any(part.unread for part in parts),
    )
