"""The year of a journal as report 1 counts it: lessons by the timetable, given ones, topics, with whose each is."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.rules.owed_lessons import Owed
from sgo_sheets.school.elements import PeriodOf
from sgo_sheets.school.model import Journal


class Event(NamedTuple):
    """Something of a day that counts for a teacher; ``of`` – the number of the КТП, where it has one."""

    date: dt.date
    teacher: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Lessons:
    """The year of a journal: lessons by the timetable, given ones, rows of the КТП, lessons nobody wrote down."""

    planned: tuple[Event, ...]
    given: tuple[Event, ...]
    topics: tuple[Event, ...]
    blank: tuple[tuple[Event, CellRef], ...]

    def during(self, period: PeriodOf) -> Lessons:
        """Return those of a period; all of them stand in the order of days."""
        parts = []
        for events in (self.planned, self.given, self.topics):
            first = bisect_left(events, period.first, key=_DATE)
            parts.append(events[first : bisect_right(events, period.last, lo=first, key=_DATE)])
        blank = tuple(pair for pair in self.blank if period.first <= pair[0].date <= period.last)
        return Lessons(parts[0], parts[1], parts[2], blank)


NOTHING = Lessons((), (), (), ())
_DATE = itemgetter(0)


def lessons_of(journal: Journal, lessons: Iterable[Owed]) -> Lessons:
    """Return the lessons of a journal with who has each: the plan is the holder's, what was given – of who gave it."""
    planned: list[Event] = []
    blank: list[tuple[Event, CellRef]] = []
    substitutes: dict[int, str] = {}
    for owed in lessons:
        planned.append(Event(owed.date, journal.holder(owed.date) or owed.person))
        if owed.person and owed.row is not None:
            substitutes[id(owed.row)] = owed.person
        if owed.row is None or not (owed.row.topic or owed.row.cancelled or owed.row.unread("topic")):
            at = owed.row.at("topic") if owed.row is not None else CellRef(journal.path, Lesson.sheet)
            blank.append((Event(owed.date, owed.person or journal.holder(owed.date)), at))
    given: list[Event] = []
    topics: list[Event] = []
    for row in journal.lessons:
        if row.date is None:
            continue
        holder = journal.holder(row.date)
        if row.held:
            given.append(Event(row.date, substitutes.get(id(row)) or holder, row.plan_number))
        if row.plan_number is not None:
            topics.append(Event(row.date, holder, row.plan_number))
    return Lessons(tuple(planned), tuple(given), tuple(topics), tuple(blank))
