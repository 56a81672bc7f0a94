"""Which lessons a journal owes, and which row of «Уроки» records which lesson of the timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.russian import day
from sgo_sheets.school.calendar import Calendar
from sgo_sheets.school.elements import Slot
from sgo_sheets.school.model import ClassBook, Journal


class Owed(NamedTuple):
    """A lesson that was to be: its place in the timetable (None on days no timetable covers) and its row, if any.

    ``person`` is the code of the substitute who owes what the substitute taught, «» for the holder of the load.
    """

    date: dt.date
    slot: Slot | None
    row: Lesson | None
    person: str = ""
    double: bool = False

    def __str__(self) -> str:
        """Return «09.11.2026», with the lesson's number where the day has two of them."""
        number = self.slot.number if self.slot else self.row.number if self.row else None
        return f"{day(self.date)} (урок {number})" if self.double and number else day(self.date)


def owed_lessons(
    journal: Journal, slots: Sequence[Slot], lessons: Sequence[Lesson], calendar: Calendar
) -> Iterator[Owed]:
    """Yield the lessons the journal owes, by date.

    On days a timetable covers they are its lessons, with substitutions, that are not cancelled; on other study days
    the rows of «Уроки» (Регламент п. 8.1). On days when nobody holds the load nothing is owed, but what a substitute
    taught.
    """
    planned, rows = _slots_by_date(slots), _rows_by_date(lessons)
    for date in sorted(planned.keys() | rows.keys()):
        found: list[tuple[Slot | None, Lesson | None]]
        if is_covered(journal, date):
            found = [
                (slot, row) for slot, row in paired(planned.get(date, ()), rows.get(date, ())) if not slot.cancelled
            ]
        elif calendar.is_study(date):
            found = [(None, row) for row in rows.get(date, ())]
        else:
            continue
        if not found:
            continue
        holder, double = journal.holder(date), len(found) > 1
        for slot, row in found:
            substitute = slot.teacher if slot is not None and slot.substitute else ""
            if holder or substitute:
                yield Owed(date, slot, row, substitute, double)


def owed_of(journal: Journal, book: ClassBook, shared: dict[str, Any]) -> tuple[Owed, ...]:
    """Return the lessons a journal owes, as seen from a class; counted once for all who share the dictionary."""
    known: dict[str, tuple[Owed, ...]] = shared.setdefault("owed lessons", {})
    if journal.path not in known:
        known[journal.path] = tuple(owed_lessons(journal, journal.slots, journal.lessons, book.calendar))
    return known[journal.path]


def lesson_days(slots: Sequence[Slot], lessons: Sequence[Lesson]) -> frozenset[dt.date]:
    """Return the days with a lesson: one of the timetable that is not «не проведён», or a row with a topic."""
    return frozenset(lesson_counts(slots, lessons))


def lesson_counts(slots: Sequence[Slot], lessons: Sequence[Lesson]) -> dict[dt.date, int]:
    """Return how many lessons there are on each day that has any: those of the timetable, or rows, if they are more."""
    rows = _rows_by_date(lessons)
    counts = {date: sum([row.held for row in own]) for date, own in rows.items()}
    for date, own_slots in _slots_by_date(slots).items():
        if len(own_slots) > counts.get(date, 0):  # else no more can stand in the timetable than were held
            pairs = paired(own_slots, rows.get(date, ()))
            standing = sum([not (slot.cancelled or (row is not None and row.cancelled)) for slot, row in pairs])
            counts[date] = max(counts.get(date, 0), standing)
    return {date: count for date, count in counts.items() if count}


def is_covered(journal: Journal, date: dt.date) -> bool:
    """Return whether some timetable is in force on the day."""
    for first, last in journal.covered:  # noqa: SIM110 - asked of every lesson of the school: any() costs three times as much
        if first <= date <= last:
            return True
    return False


def paired(slots: Sequence[Slot], rows: Sequence[Lesson]) -> list[tuple[Slot, Lesson | None]]:
    """Return each lesson of one day's timetable with the row that records it.

    Equal numbers first; then rows without a number, then rows with another number (a teacher's slip is no missing
    lesson), each to the first lesson still without a row, held lessons before cancelled ones.
    """
    if len(slots) == 1 and len(rows) <= 1:  # most days of most subjects
        return [(slots[0], rows[0] if rows else None)]
    taken: dict[int, Lesson] = {}
    left = list(rows)
    for place, slot in enumerate(slots):
        same = next((row for row in left if row.number == slot.number), None)
        if same is not None:
            taken[place] = same
            left.remove(same)
    free = sorted((place for place in range(len(slots)) if place not in taken), key=lambda p: slots[p].cancelled)
    taken.update(zip(free, sorted(left, key=lambda row: row.number is not None), strict=False))
    return [(slot, taken.get(place)) for place, slot in enumerate(slots)]


def _slots_by_date(slots: Sequence[Slot]) -> dict[dt.date, list[Slot]]:
    found: dict[dt.date, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.date, []).append(slot)
    return found


def _rows_by_date(lessons: Sequence[Lesson]) -> dict[dt.date, list[Lesson]]:
    found: dict[dt.date, list[Lesson]] = {}
    for row in lessons:
        if date := row.date:
            found.setdefault(date, []).append(row)
    return found
