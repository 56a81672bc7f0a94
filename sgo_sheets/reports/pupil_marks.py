"""What «Отметки» and «Итоги» say of every pupil of a class, read once a class: reports 15–20 count from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sgo_sheets.records.catalog import Grid
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.records.tokens import ABSENT, Tokens, parse_final
from sgo_sheets.reports.once import once_a_class
from sgo_sheets.reports.pupil_tally import Tally
from sgo_sheets.rules.absences import covers, numbers_of, reason_rows
from sgo_sheets.rules.period_average import weight_of
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

NO_MARKS_GRADE = 1
"""In class 1 there are no marks (Регламент п. 8.2)."""
LATE, EXEMPT_SHORT = "ОП", "осв"
_LAST = 99
_FIGURES = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


class Entry(NamedTuple):
    """What a cell says of a pupil: ``code`` is the absence («ОТ», «Б», «УП», «НП») or «», ``debt`` – a dot."""

    date: dt.date
    number: int
    subject: str
    marks: tuple[str, ...] = ()
    weight: float = 1.0
    code: str = ""
    late: bool = False
    exempt: bool = False
    debt: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Return what the journal shows: marks, then the code, coming late, a release, a dot."""
        flags = ((self.late, LATE), (self.exempt, EXEMPT_SHORT), (self.debt, "."))
        return (*self.marks, *((self.code,) if self.code else ()), *(word for said, word in flags if said))


def tally_of(entries: Iterable[Entry]) -> Tally:
    """Return the marks that are figures, counted; a dot, зач and нзч are outside every average."""
    found = Tally()
    for one in entries:
        for mark in one.marks:
            figure = _FIGURES.get(mark)
            if figure is not None:
                key = figure, one.weight
                found[key] = found.get(key, 0) + 1
    return found


@once_a_class
def entries_of(book: ClassBook) -> Mapping[str, Sequence[Entry]]:
    """Return what is written of every pupil of the roll, by № личного дела, in the order of days and lessons.

    Journals of the classes he came from count for the days he was there.
    """
    roll = {pupil.id: pupil for pupil in book.roll or ()}
    reasons = reason_rows(_teacher_books(book))
    found: dict[str, list[Entry]] = {pupil: [] for pupil in roll}
    for journal in {journal.path: journal for journal in (*book.former, *book.journals)}.values():
        for pupil, entry in _of_journal(journal, book, roll, reasons):
            found[pupil].append(entry)
    for own in found.values():
        own.sort(key=lambda one: (one.date, one.number, one.subject))
    return found


@once_a_class
def pupil_months(book: ClassBook) -> Mapping[str, Mapping[str, Tally]]:
    """Return the marks of every pupil of the roll by month («2026-09»), months without any left out."""
    return {pupil: by_month(own) for pupil, own in entries_of(book).items()}


def by_month(entries: Iterable[Entry]) -> dict[str, Tally]:
    """Return the marks of entries in the order of days by month, months without any left out."""
    months = groupby(entries, key=lambda one: (one.date.year, one.date.month))
    tallied = ((month, tally_of(those)) for month, those in months)
    return {f"{year}-{month:02d}": tally for (year, month), tally in tallied if tally}


def _teacher_books(book: ClassBook) -> tuple[ClassTeacherBook, ...]:
    return (*([book.teacher_book] if book.teacher_book else []), *book.former_books.values())


def _of_journal(
    journal: Journal, book: ClassBook, roll: Mapping[str, Pupil], reasons: Mapping[str, Sequence[AbsenceReason]]
) -> Iterator[tuple[str, Entry]]:
    grid = journal.grid
    if grid is None:
        return
    weights = [weight_of(column.kind, book.regulation) for column in grid.columns]
    numbers: Mapping[dt.date, set[int]] | None = None
    rows = {row.pupil: row for row in grid.rows}
    for member in journal.members:
        pupil, row = roll.get(member.pupil), rows.get(member.pupil)
        if pupil is None or row is None:
            continue
        moved = len(pupil.stays) > 1
        for place, tokens in row.cells.items():
            date = grid.columns[place].date
            if not member.on(date) or (moved and pupil.class_on(date) not in journal.classes):
                continue
            code = tokens.absence
            if code == ABSENT and pupil.id in reasons:
                numbers = numbers_of(journal) if numbers is None else numbers
                code = _reason(reasons[pupil.id], grid, place, numbers)
            marks = tokens.marks if journal.grade != NO_MARKS_GRADE else ()
            if marks or code or _flagged(tokens):
                number = grid.columns[place].number or _LAST
                flags = tokens.late, tokens.exempt, tokens.debt and journal.grade != NO_MARKS_GRADE
                yield pupil.id, Entry(date, number, journal.key.subject, marks, weights[place], code, *flags)


def _flagged(tokens: Tokens) -> bool:
    return tokens.late or tokens.exempt or tokens.debt


def _reason(rows: Sequence[AbsenceReason], grid: Grid, place: int, numbers: Mapping[dt.date, set[int]]) -> str:
    """Return the reason the class teacher gives for an «н» (п. 8.3), ОТ where nobody has given one."""
    column = grid.columns[place]
    lessons = {column.number} if column.number is not None else numbers.get(column.date, set())
    return next((row.reason for row in rows if row.reason and covers(row, column.date, lessons)), ABSENT)


@once_a_class
def finals_of(book: ClassBook) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return marks of periods by (pupil, subject), headers folded: the journal's own, else the class teacher's.

    П. 8.5. A mark of the pupil's present class stands before one of a class he came from.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}

    def put(pupil: str, subject: str, header: str, value: str) -> None:
        if value:
            found.setdefault((pupil, subject), {}).setdefault(fold(header), value)

    for journal in (*book.journals, *book.former):
        for row in journal.finals:
            for header, raw in row.marks.items():
                put(row.pupil, journal.key.subject, header, parse_final(raw).value)
    by_header = {fold(s.short): s.name for s in book.subjects.values()} | {fold(name): name for name in book.subjects}
    for teacher_book in _teacher_books(book):
        for marks in teacher_book.marks:
            for header, raw in marks.marks.items():
                subject = by_header.get(fold(header))
                if subject is not None:
                    put(marks.pupil, subject, marks.period, parse_final(raw).value)
    return found
