"""How many lessons a week a timetable gives a class, and whether a class's column of it was read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.rules.doubts import place_of
from sgo_sheets.rules.stretches import DAY
from sgo_sheets.rules.weekly_hours import Planned, loads_by_class
from sgo_sheets.school.elements import JournalKey, Span
from sgo_sheets.school.model import School
from sgo_sheets.school.timetable import EVERY, Entry, Poster


class Hour(NamedTuple):
    """A lesson of a class's column: the day of the week (Monday = 0), its number, what is taught."""

    weekday: int
    number: int
    entry: Entry


class Lessons(NamedTuple):
    """Lessons a week of one journal in a class, and the first cell of them."""

    a_week: float
    at: CellRef


def columns_of(school: School, name: str) -> tuple[str, ...]:
    """Return the columns of a timetable that hold a class's lessons: its own and those of its streams."""
    return (name, *(stream for stream, classes in school.streams.items() if name in classes))


def hours_of(poster: Poster) -> Mapping[str, list[Hour]]:
    """Return the lessons of every column, from top to bottom."""
    found: dict[str, list[Hour]] = {}
    for (name, weekday, number), entries in poster.entries.items():
        found.setdefault(name, []).extend(Hour(weekday, number, entry) for entry in entries)
    return found


def weekly(hours: Mapping[str, Sequence[Hour]], columns: Iterable[str], sheet: CellRef) -> dict[JournalKey, Lessons]:
    """Return the lessons a week by journal; one of alternating weeks is half a lesson.

    A lesson of a stream that stands in the class's column and in the stream's own counts once.
    """
    found: dict[JournalKey, Lessons] = {}
    for name in columns:
        own: dict[JournalKey, Lessons] = {}
        for hour in hours.get(name, ()):
            entry = hour.entry
            key = JournalKey(entry.target, entry.subject, entry.group)
            before = own.get(key, Lessons(0.0, entry.at or sheet))
            own[key] = before._replace(a_week=before.a_week + weight(entry))
        for key, lessons in own.items():
            if key not in found or found[key].a_week < lessons.a_week:
                found[key] = lessons
    return found


def taught_at_once(hours: Mapping[str, Sequence[Hour]], name: str) -> dict[str, float]:
    """Return the lessons a week of every subject in a class's own column, each cell once."""
    cells: dict[tuple[str, int, int], list[Entry]] = {}
    for weekday, number, entry in hours.get(name, ()):
        cells.setdefault((entry.subject, weekday, number), []).append(entry)
    found: dict[str, float] = {}
    for (subject, _, _), entries in cells.items():
        found[subject] = found.get(subject, 0.0) + _width(entries)
    return found


def weight(entry: Entry) -> float:
    """Return 1 for a lesson of every week, 0.5 for one of alternating weeks."""
    return 1.0 if entry.weeks == EVERY else 0.5


def poster_spans(posters: Sequence[Poster], year: Span) -> Iterator[tuple[Poster | None, Span]]:
    """Yield the timetables of the year, each with the days it is in force; None before the first."""
    begun = [poster for poster in posters if poster.since <= year.last]
    if not begun or begun[0].since > year.first:
        yield None, Span(year.first, begun[0].since - DAY if begun else year.last)
    for place, poster in enumerate(begun):
        last = begun[place + 1].since - DAY if place + 1 < len(begun) else year.last
        if last >= max(poster.since, year.first):
            yield poster, Span(max(poster.since, year.first), last)


def doubtful(poster: Poster, name: str, doubts: Iterable[CellRef]) -> bool:
    """Return whether something of a class's column, or a row of the sheet, was not read: nothing is missing then."""
    header = poster.headers.get(name)
    for at in doubts:
        if (at.workbook, at.sheet) != (poster.at.workbook, poster.at.sheet):
            continue
        letters, row = place_of(at)
        if not row or (row not in poster.rows and row > (place_of(header).row if header else 0)):
            return True
        if header is not None and letters == place_of(header).letters:
            return True
    return False


def busy_hours(
    school: School, name: str, planned: Mapping[str, Planned], tables: Sequence[Mapping[str, Sequence[Hour]]]
) -> float:
    """Return the hours a week a pupil of a class is busy by the plan.

    Courses that stand in one cell of the timetable are taught at one time and count once, but no hour less than the
    timetable has; while there is no timetable, the courses of one stream count as if they were. ``tables`` are those of
    the year (``hours_of``).
    """
    total = sum(one.hours for one in planned.values())
    found = []
    for table in tables:
        cells: dict[tuple[int, int], list[Entry]] = {}
        for hour in table.get(name, ()):
            cells.setdefault((hour.weekday, hour.number), []).append(hour.entry)
        if cells:
            slots = sum(_width(entries) for entries in cells.values())
            apart = sum(
                _width([entry for entry in entries if entry.subject == subject])
                for entries in cells.values()
                for subject in {entry.subject for entry in entries}
            )
            found.append(min(total, max(slots, total - (apart - slots))))
    return min(found) if found else total - _parallel(school, name, planned)


def _width(entries: Iterable[Entry]) -> float:
    """Return how much of a week's lesson the entries of a cell take."""
    weeks = {entry.weeks for entry in entries}
    return 1.0 if EVERY in weeks else 0.5 * len(weeks)


def _parallel(school: School, name: str, planned: Mapping[str, Planned]) -> float:
    """Return the hours of a class's streams over those of their longest course."""
    targets: dict[str, set[str]] = {}
    for load in loads_by_class(school)[name]:
        targets.setdefault(load.subject, set()).add(load.target)
    over = 0.0
    for stream in columns_of(school, name)[1:]:
        own = [planned[subject].hours for subject in planned if targets.get(subject) == {stream}]
        over += sum(own) - max(own, default=0.0)
    return over
