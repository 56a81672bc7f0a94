"""What reports of attendance (8 and 9) rest on: who was in the class, what of it is written down, who owes the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.records.journal_books import AbsenceReason, Lesson
from sgo_sheets.reports.attendance import PupilDay, pupil_days
from sgo_sheets.reports.class_period import short_name, unread_roll, unreadable
from sgo_sheets.reports.document import Lack, listed
from sgo_sheets.reports.once import lessons_owed, once_a_class, once_a_class_each
from sgo_sheets.reports.period_marks import unread_journals
from sgo_sheets.reports.spans import formed_at
from sgo_sheets.rules.report_gaps import NO_JOURNAL, is_unrecorded
from sgo_sheets.rules.report_words import teacher_book_path
from sgo_sheets.russian import counted, day
from sgo_sheets.school.elements import JournalKey, Pupil, Span
from sgo_sheets.school.model import ClassBook, Journal


class PupilDays(NamedTuple):
    """A pupil who was in the class in a span, and what he missed or came late to in it."""

    pupil: Pupil
    days: tuple[PupilDay, ...]


def refusal(book: ClassBook, days: Span) -> str:
    """Return why attendance over days has nothing to report, «» where it has."""
    if book.roll is None:
        return unread_roll(book)
    if not pupils_of(book, days):
        return f"С {day(days.first)} по {day(days.last)} в классе нет ни одного обучающегося."
    if not is_recorded(book, days):
        return f"С {day(days.first)} по {day(days.last)} в журналах класса не записано ни одного урока."
    return ""


def is_recorded(book: ClassBook, days: Span) -> bool:
    """Return whether journals hold any lesson or absence of these days."""
    return any(days.first <= date <= days.last for date in _recorded(book))


@once_a_class_each
def pupils_of(book: ClassBook, days: Span) -> tuple[PupilDays, ...]:
    """Return everyone who was in the class on any of the days, those who have left too, in the order of the roll."""
    known = pupil_days(book)
    return tuple(
        PupilDays(pupil, tuple(one for one in known.get(pupil.id, ()) if days.first <= one.date <= days.last))
        for pupil in book.roll or ()
        if was_in(pupil, book.name, days)
    )


def was_in(pupil: Pupil, school_class: str, days: Span) -> bool:
    """Return whether a pupil was in a class on any of the days."""
    for stay in pupil.stays:
        if stay.school_class == school_class and stay.first <= days.last and days.first <= stay.last:
            return True
    return False


def formed(book: ClassBook, days: Span) -> dt.datetime | None:
    """Return when the newest workbook attendance rests on was saved, None once that was after the days."""
    books = (*([book.teacher_book] if book.teacher_book else ()), *book.former_books.values())
    return formed_at((*(one.saved for one in book.journals), *(one.saved for one in books)), days.last)


def lacks(book: ClassBook, days: Span) -> tuple[Lack, ...]:
    """Return what is missing: lessons not written down, journals, reasons; with who owes each.

    A lesson after the newest save of a workbook may not have been yet: it is not missing.
    """
    newest = formed(book, days)
    until = Span(days.first, newest.date() if newest else days.last)
    return (
        *unreadable(book, unread_journals(book), until.last),
        *_unread_grids(book, until),
        *_without_journal(book, until),
        *_unwritten(book, until),
        *_unexplained(book, days),
    )


@once_a_class
def _recorded(book: ClassBook) -> frozenset[dt.date]:
    held: set[dt.date] = set()
    for journal in book.journals:
        held.update(row.date for row in journal.lessons if row.date and row.date not in held and row.held)
    return frozenset(held.union(*({one.date for one in days} for days in pupil_days(book).values())))


class _Blank(NamedTuple):
    """A lesson that is not written down: when, the code of who owes it."""

    date: dt.date
    owner: str


@once_a_class
def _blanks(book: ClassBook) -> tuple[tuple[Journal, tuple[_Blank, ...]], ...]:
    """Return the lessons of the year that are not written down, by journal."""
    found = []
    for journal, owed in lessons_owed(book):
        bare = (one for one in owed if journal.lessons_read and is_unrecorded(one, journal, book))
        found.append((journal, tuple(_Blank(one.date, one.person or journal.holder(one.date)) for one in bare)))
    return tuple(found)


def _unwritten(book: ClassBook, days: Span) -> Iterator[Lack]:
    for journal, blanks in _blanks(book):
        owed: dict[str, list[dt.date]] = {}
        for blank in blanks:
            if days.first <= blank.date <= days.last:
                owed.setdefault(blank.owner, []).append(blank.date)
        for owner, dates in owed.items():
            words = f"{_subject(journal.key)}: не записано уроков: {len(dates)}, первый {day(dates[0])}"
            yield Lack(words, owner, short_name(book, owner), CellRef(journal.path, Lesson.sheet))


def _unread_grids(book: ClassBook, days: Span) -> Iterator[Lack]:
    for journal in book.journals:
        held = any(one.first <= days.last and days.first <= one.last for one in journal.holdings)
        if held and journal.grid is None:
            owner, words = journal.holder(days.last), f"{_subject(journal.key)}: лист «Отметки» не прочитан"
            yield Lack(words, owner, short_name(book, owner), CellRef(journal.path, MARKS_SHEET))


def _without_journal(book: ClassBook, days: Span) -> Iterator[Lack]:
    for load in book.lacking:
        key = JournalKey(load.target, load.subject, load.group)
        if any(slot.date in days and (slot.target, slot.subject, slot.group) == key for slot in book.slots):
            words = f"{_subject(key)}: {NO_JOURNAL}"
            yield Lack(words, load.teacher, short_name(book, load.teacher), load.at("subject"))


def _unexplained(book: ClassBook, days: Span) -> Iterator[Lack]:
    number, names = 0, []
    for one in pupils_of(book, days):
        if bare := sum(day.missed.unexplained for day in one.days):
            number += bare
            names.append(one.pupil.name)
    if number:
        words = f"без причины {counted(number, 'урок', 'урока', 'уроков')}: {listed(names)}"
        owner = book.class_teacher(days.last)
        yield Lack(words, owner, short_name(book, owner), CellRef(teacher_book_path(book), AbsenceReason.sheet))


def _subject(key: JournalKey) -> str:
    return key.subject + (f" ({key.group})" if key.group else "")
