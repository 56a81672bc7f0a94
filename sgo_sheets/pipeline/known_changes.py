"""What the history knows of changed marks, given to the classes: for families, and for control after a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sgo_sheets.findings import CellRef
from sgo_sheets.history import Closing, Correction, LateMark, late_changes
from sgo_sheets.history.changes import UNREAD
from sgo_sheets.pipeline.past import Past
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.records.journal_books import ClassPeriodMarks, PeriodMarks
from sgo_sheets.russian import day, fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.changes import LateChange, MarkChange
from sgo_sheets.school.model import ClassBook, Journal, School

Found = Mapping[str, Sequence[Correction]]


def with_changes(school: School, past: Past, held: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> School:
    """Return the school whose classes know which marks of their pupils were changed; the same one without a history.

    ``held`` – workbook → (SHA-256, day since when) of saves held back: what changed in them is not true yet.
    """
    if past.history is None:
        return school
    return replace(school, books=tuple(_with_changes(book, past, held) for book in school.books))


def _with_changes(book: ClassBook, past: Past, held: Mapping[str, tuple[str, str]]) -> ClassBook:
    teacher = [book.teacher_book.path] if book.teacher_book is not None and book.teacher_book.path else []
    paths = [*(journal.path for journal in (*book.journals, *book.former)), *teacher]
    found = {}
    for path in dict.fromkeys(paths):
        since = held[path][1] if path in held else "9999"
        if own := lasting(one for one in past.corrections(path) if one.at[:10] < since):
            found[path] = own
    if not found:
        return book
    pupils = {pupil.id for pupil in book.diaries()}
    late = tuple(one for one in _late(book, found) if one.pupil in pupils)
    return replace(book, late_changes=late, changes=tuple(_changes(book, found, pupils)))


def _late(book: ClassBook, found: Found) -> Iterator[LateChange]:
    closings = [Closing(period.name, period.first, period.last) for period in book.periods if period.type != YEAR]
    journals = {journal.path: journal for journal in book.journals}
    for path, own in found.items():
        for mark in late_changes(own, closings):
            yield LateChange(
                at=_place(mark, journals.get(path)), pupil=mark.pupil, what=_what(mark), old=mark.old, new=mark.new,
                changed_on=mark.seen, period_end=mark.closed,
            )  # fmt: skip


def _what(mark: LateMark) -> str:
    if mark.sheet == MARKS_SHEET:
        return f"отметка за {day(dt.date.fromisoformat(mark.field[:10]))}"
    return f"отметка за период «{mark.field}»" if mark.sheet == PeriodMarks.sheet else f"отметка «{mark.field}»"


def _place(mark: LateMark, journal: Journal | None) -> CellRef:
    """Return the cell the mark stands in now, its sheet where the cell is not found any more."""
    sheet = CellRef(mark.workbook, mark.sheet)
    if journal is None:
        return sheet
    if mark.sheet == MARKS_SHEET and journal.grid is not None:
        date = dt.date.fromisoformat(mark.field[:10])
        row = next((row for row in journal.grid.rows if row.pupil == mark.pupil), None)
        column = next((n for n, one in enumerate(journal.grid.columns) if one.date == date), None)
        return sheet if row is None or column is None else journal.grid.at(row, column)
    final = next((row for row in journal.finals if row.pupil == mark.pupil), None)
    return sheet if final is None else final.at(mark.field)


def _changes(book: ClassBook, found: Found, own: set[str]) -> Iterator[MarkChange]:
    """Yield what changed for the class's pupils, the oldest first."""
    journals = {journal.path: journal for journal in (*book.journals, *book.former)}
    for path, corrections in found.items():
        journal = journals.get(path)
        for one in corrections:
            pupil = one.key if one.sheet != ClassPeriodMarks.sheet else one.key.split(" ")[0]
            if pupil not in own:
                continue
            seen = dt.date.fromisoformat(one.at[:10])
            lesson = dt.date.fromisoformat(one.field[:10]) if one.sheet == MARKS_SHEET else None
            period = one.key.removeprefix(pupil).strip() if one.sheet == ClassPeriodMarks.sheet else one.field
            yield MarkChange(
                day=seen, pupil=pupil, subject=journal.key.subject if journal else one.field, lesson=lesson,
                period="" if lesson else period, old=one.old, new=one.new,
                teacher=journal.holder(lesson or seen) if journal else book.class_teacher(seen),
            )  # fmt: skip


def lasting(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the changes that stayed, the oldest first: of several in a day their sum, of a slip mended nothing."""
    found: dict[tuple[str, str, str], list[Correction]] = {}
    for one in corrections:
        own = found.setdefault((one.sheet, one.key, fold(one.field)), [])
        if own and own[-1].at[:10] == one.at[:10]:
            own[-1] = own[-1]._replace(new=one.new)
        else:
            own.append(one)
        while own and (own[-1].old == own[-1].new or (len(own) > 1 and own[-2].old == own[-1].new)):
            del own[-1 if own[-1].old == own[-1].new else -2 :]
    kept = [one for own in found.values() for one in own if UNREAD not in (one.old, one.new)]
    return sorted(kept, key=lambda one: one.at)
