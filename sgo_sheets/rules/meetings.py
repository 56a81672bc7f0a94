"""Who and what is busy when: lessons of a timetable by the clock, and pairs of them that cannot both be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.rules.doubts import place_of
from sgo_sheets.rules.timetable_hours import hours_of
from sgo_sheets.russian import WEEKDAYS_ACCUSATIVE, fold
from sgo_sheets.school.calendars import bell_times
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.model import School
from sgo_sheets.school.timetable import EVERY, Poster


@dataclass(frozen=True, slots=True)
class Meeting:
    """A lesson in a cell of the timetable: whose, when by the clock (None without bells), where.

    ``sure`` is False where a cell may be a lesson of the class or of its stream: nobody is accused of it.
    """

    key: JournalKey
    column: str
    weekday: int
    number: int
    weeks: str
    room: str
    at: CellRef
    bells: str
    start: dt.time | None
    end: dt.time | None
    sure: bool = True

    @property
    def when(self) -> str:
        """Return «в понедельник в 8:30», «во вторник на 2 уроке» where the bells are not known."""
        weekday = WEEKDAYS_ACCUSATIVE[self.weekday]
        preposition = "во" if self.weekday == 1 else "в"
        at = f"в {self.start:%H:%M}".replace(" 0", " ") if self.start else f"на {self.number} уроке"
        return f"{preposition} {weekday} {at}"

    @property
    def what(self) -> str:
        """Return «5А Математика (C3)»: the lesson and its cell."""
        return f"{self.key} (клетка {self.at.cell})"


class Clash(NamedTuple):
    """Two lessons that cannot both be: the second in reading order, and the first."""

    second: Meeting
    first: Meeting


def meetings(school: School, poster: Poster) -> list[Meeting]:
    """Return the lessons of a timetable in reading order: from row to row, from left to right."""
    infos = {one.name: one for one in school.classes}
    usual = school.bells[0].set if school.bells else ""
    found = []
    for column, hours in hours_of(poster).items():
        info = infos.get(next(iter(school.streams.get(column, (column,)))))
        bells = (info.bells if info else "") or usual
        targets: dict[tuple[CellRef | None, str, str], set[str]] = {}
        for _, _, entry in hours:
            targets.setdefault((entry.at, entry.subject, entry.room), set()).add(entry.target)
        for weekday, number, entry in hours:
            start, end = bell_times(school.bells, bells, weekday, number)
            key = JournalKey(entry.target, entry.subject, entry.group)
            at = entry.at or poster.at
            sure = len(targets[entry.at, entry.subject, entry.room]) == 1
            found.append(
                Meeting(
                    key,
                    column,
                    weekday,
                    number,
                    entry.weeks,
                    fold(entry.room),
                    at,
                    fold(bells),
                    start,
                    end,
                    sure,
                )
            )
    return sorted(found, key=_reading_order)


def _reading_order(meeting: Meeting) -> tuple[int, int, str]:
    letters, row = place_of(meeting.at)
    return row, len(letters), letters


def clashes(
    lessons: Sequence[Meeting], resource: Callable[[Meeting], str], innocent: Callable[[Meeting, Meeting], bool]
) -> Iterator[tuple[str, Clash]]:
    """Yield the pairs of lessons that want one resource («» = none) at one time, each second lesson once.

    A lesson of a stream stands in the column of each of its classes and is one lesson.
    """
    busy: dict[tuple[str, int], list[Meeting]] = {}
    for lesson in lessons:
        name = resource(lesson) if lesson.sure else ""
        if not name:
            continue
        others = busy.setdefault((name, lesson.weekday), [])
        first = next((other for other in others if together(other, lesson) and not innocent(other, lesson)), None)
        if first is not None:
            yield name, Clash(lesson, first)
        others.append(lesson)


def together(one: Meeting, other: Meeting) -> bool:
    """Return whether two lessons of one weekday share a minute: by the clock, within one set of bells by number.

    Lessons of even weeks and those of odd weeks do not meet. Where the bells of different sets are not known, nobody is
    accused.
    """
    if EVERY not in (one.weeks, other.weeks) and one.weeks != other.weeks:
        return False
    if one.bells == other.bells:
        return one.number == other.number
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def same_lesson(one: Meeting, other: Meeting) -> bool:
    """Return whether two entries are one lesson: of one stream, or groups in one cell and one room."""
    if one.key == other.key:
        return True
    return (one.at, one.key.subject, one.room) == (other.at, other.key.subject, other.room)


def teachers_of(holders: Mapping[JournalKey, Sequence[str]]) -> Callable[[Meeting], str]:
    """Return the function that says who surely gives a lesson: «» where several teach together, or nobody is known."""

    def teacher(meeting: Meeting) -> str:
        own = holders.get(meeting.key, ())
        return own[0] if len(own) == 1 else ""

    return teacher
