"""What journals and classes are put together from, between reading and the finished school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgo_sheets.records.plan_book import GroupMember, Load
from sgo_sheets.school.calendars import Timescape
from sgo_sheets.school.elements import Holding, JournalKey, Pupil, Slot, Span
from sgo_sheets.school.names import PupilIndex
from sgo_sheets.school.office import Office
from sgo_sheets.school.regulation import Regulation
from sgo_sheets.school.timetable import Poster


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons of all classes, the days on which a timetable of theirs is in force, and the timetables."""

    slots: Mapping[str, tuple[Slot, ...]]
    covered: Mapping[str, tuple[Span, ...]]
    posters: tuple[Poster, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What journals and classes are put together from."""

    office: Office
    year: Span
    times: Timescape
    index: PupilIndex
    pupils: Mapping[str, Pupil]
    roll: Mapping[str, tuple[Pupil, ...]]
    loads: tuple[Load, ...]
    held: Mapping[JournalKey, tuple[Holding, ...]]
    groups: Mapping[tuple[str, str], list[GroupMember]]
    regulation: Regulation
    lessons: Lessons
