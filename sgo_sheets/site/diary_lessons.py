"""The lessons of a class as its diaries show them: computed once for the class, shared by all its pupils.

A lesson is a slot of the timetable, a row of «Уроки», or both. What was set at a lesson is due at the next lesson of
the same journal, or on the day of «Сдать к».
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sgo_sheets.records.catalog import GridColumn
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.school.elements import JournalKey, Slot
from sgo_sheets.school.model import ClassBook, Journal
from sgo_sheets.site.diary_shared_views import Card, Task
from sgo_sheets.site.diary_text import clock, for_day, homework, pieces, room_words, set_on

NO_MARKS_GRADE = 1
"""In class 1 there are neither marks nor homework (Регламент п. 8.2)."""
_LAST = 99
OfClass = tuple[str, JournalKey]


@dataclass(frozen=True, slots=True)
class Board:
    """The lessons of a class and of the classes its pupils came from.

    ``owners`` – for each card the class and the journal it belongs to; ``days`` – places in ``cards`` by class and
    date, in the order of the day; ``columns`` – for each column of a journal's «Отметки» the place of its lesson;
    ``journals`` – the journals by class and key; ``when`` – the day and the number of each card, to sort by.
    """

    cards: tuple[Card, ...]
    owners: tuple[OfClass, ...]
    days: Mapping[str, Mapping[dt.date, tuple[int, ...]]]
    columns: Mapping[OfClass, tuple[int, ...]]
    journals: Mapping[OfClass, Journal]
    when: tuple[tuple[dt.date, int], ...]


@dataclass(slots=True)
class _Sitting:
    """One lesson of one journal while it is put together."""

    date: dt.date
    slot: Slot | None = None
    lesson: Lesson | None = None
    loose: bool = False
    errand: bool = False
    due: list[Task] = field(default_factory=list)
    given: Task | None = None

    @property
    def number(self) -> int | None:
        if self.slot is not None:
            return self.slot.number
        return self.lesson.number if self.lesson is not None else None

    @property
    def cancelled(self) -> bool:
        if self.lesson is not None and (self.lesson.held or self.lesson.cancelled):
            return self.lesson.cancelled
        return self.slot is not None and self.slot.cancelled

    @property
    def takes_place(self) -> bool:
        return not (self.cancelled or self.loose or self.errand)


def lesson_board(book: ClassBook) -> Board:
    """Return the lessons of the class's year, and those of the classes its pupils came from."""
    cards: list[Card] = []
    owners: list[OfClass] = []
    days: dict[str, dict[dt.date, tuple[int, ...]]] = {}
    columns: dict[OfClass, tuple[int, ...]] = {}
    journals: dict[OfClass, Journal] = {}
    for name, slots in {**book.elsewhere, book.name: book.slots}.items():
        own = {j.key: j for j in (*book.journals, *book.former) if name in j.classes}
        by_key: dict[JournalKey, list[Slot]] = {key: [] for key in own}
        for slot in slots:
            by_key.setdefault(JournalKey(slot.target, slot.subject, slot.group), []).append(slot)
        found: dict[dt.date, list[int]] = {}
        for key, its_slots in by_key.items():
            journal = own.get(key)
            sittings = _sittings(its_slots, journal.lessons if journal else ())
            places = _columns(sittings, journal.grid.columns if journal and journal.grid else ())
            if journal is None or journal.grade != NO_MARKS_GRADE:
                _set_homework(sittings)
            first = len(cards)
            cards.extend(_card(sitting, key) for sitting in sittings)
            owners.extend((name, key) for _ in sittings)
            for place in range(first, len(cards)):
                found.setdefault(cards[place].date, []).append(place)
            if journal is not None:
                journals[name, key] = journal
                columns[name, key] = tuple(first + place for place in places)
        days[name] = {date: tuple(sorted(found[date], key=lambda p: _order(cards[p]))) for date in sorted(found)}
    when = tuple((card.date, card.number or 0) for card in cards)
    return Board(tuple(cards), tuple(owners), days, columns, journals, when)


def _order(card: Card) -> tuple[int, bool, str]:
    number = card.number if card.number is not None else _LAST
    return (-1 if card.errand else number), card.cancelled, card.subject


def _sittings(slots: Sequence[Slot], lessons: Sequence[Lesson]) -> list[_Sitting]:
    """Return the lessons of a journal in order: rows of «Уроки» laid on the slots of their day."""
    by_day: dict[dt.date, list[_Sitting]] = {}
    for slot in slots:
        by_day.setdefault(slot.date, []).append(_Sitting(slot.date, slot))
    late: list[Lesson] = []
    for lesson in lessons:
        if lesson.date is None:
            continue
        same = [s for s in by_day.get(lesson.date, ()) if s.number == lesson.number and s.lesson is None]
        if same:
            same[0].lesson = lesson
        else:
            late.append(lesson)
    for lesson in late:
        date = lesson.date or dt.date.min
        free = [s for s in by_day.get(date, ()) if s.lesson is None]
        free.sort(key=lambda s: s.cancelled)
        if free:
            free[0].lesson = lesson
        else:
            by_day.setdefault(date, []).append(_Sitting(date, lesson=lesson))
    return [
        s
        for date in sorted(by_day)
        for s in sorted(by_day[date], key=lambda s: s.number if s.number is not None else _LAST)
    ]


def _columns(sittings: list[_Sitting], columns: Iterable[GridColumn]) -> list[int]:
    """Return the place of each column's lesson; a column on a day without a lesson makes a loose one."""
    by_day: dict[dt.date, list[int]] = {}
    for place, sitting in enumerate(sittings):
        by_day.setdefault(sitting.date, []).append(place)
    places = []
    for column in columns:
        same = by_day.get(column.date, [])
        exact = [p for p in same if column.number is not None and sittings[p].number == column.number]
        held = [p for p in same if sittings[p].takes_place]
        if not same:
            by_day[column.date] = same = [len(sittings)]
            sittings.append(_Sitting(column.date, loose=True))
        places.append((exact or held or same)[0])
    return places


def _set_homework(sittings: list[_Sitting]) -> None:
    """Put what each lesson set on the lesson it is due at, or on the day of «Сдать к» if that has none."""
    held = [s for s in sittings if s.takes_place]
    dates = [s.date for s in held]
    errands: dict[dt.date, _Sitting] = {}
    for sitting in sittings:
        lesson = sitting.lesson
        text = homework(lesson.homework) if lesson is not None else ""
        if not text or lesson is None:
            continue
        task = Task(pieces(text))
        if lesson.due is not None and lesson.due > sitting.date:
            place = bisect_left(dates, lesson.due)
            there = held[place] if place < len(held) and dates[place] == lesson.due else None
            target: _Sitting | None = there or errands.setdefault(lesson.due, _Sitting(lesson.due, errand=True))
        else:
            place = bisect_right(dates, sitting.date)
            target = held[place] if place < len(held) else None
        if target is not None:
            target.due.append(task._replace(note=set_on(sitting.date, target.date)))
        sitting.given = Task(task.pieces, for_day(target.date, sitting.date) if target is not None else "")
    sittings.extend(errands.values())


def _card(sitting: _Sitting, key: JournalKey) -> Card:
    slot, lesson = sitting.slot, sitting.lesson
    changed = slot.changed if slot is not None else ""
    if lesson is not None and lesson.cancelled:
        changed = changed or "урока не было"
    return Card(
        date=sitting.date,
        subject=key.subject,
        number=sitting.number,
        start=clock(slot.start) if slot is not None else "",
        end=clock(slot.end) if slot is not None else "",
        room=room_words(slot.room) if slot is not None else "",
        topic=lesson.taught if lesson is not None and lesson.held else "",
        due=tuple(sitting.due),
        given=sitting.given,
        changed=changed,
        cancelled=sitting.cancelled,
        recorded=lesson is not None and lesson.held,
        loose=sitting.loose,
        errand=sitting.errand,
        hand_in=lesson.due if lesson is not None else None,
    )
