"""The rows of the tables «отметки» and «пропуски»: the cells of «Отметки» one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.records.tokens import ABSENT, Tokens
from sgo_sheets.reports.table_words import Day, Line, Words, pupil_words
from sgo_sheets.rules.absences import covers
from sgo_sheets.russian import WEEKDAYS
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import Journal, School

LATE = "ОП"


class _Cell(NamedTuple):
    """A cell that says something: whose, which column of the grid, the words all rows begin with."""

    pupil: Pupil
    column: int
    head: Line
    day: Day
    tokens: Tokens


def mark_rows(words: Words) -> Iterator[Line]:
    """Yield the rows of «отметки»."""
    kinds: dict[str, tuple[str, float]] = {}
    for journal in words.school.journals:
        typed = [column.kind for column in journal.grid.columns] if journal.grid else []
        for cell in _cells(journal, words, lambda tokens: bool(tokens.marks)):
            name = typed[cell.column]
            if name not in kinds:
                kind = words.school.regulation.kind_of(name)
                kinds[name] = (kind.name, kind.weight) if kind else (name, 1.0)
            for mark in cell.tokens.marks:
                yield (*cell.head, *cell.day, *kinds[name], int(mark) if mark.isdigit() else None, mark)


def absence_rows(words: Words) -> Iterator[Line]:
    """Yield the rows of «пропуски»: the reason is the journal's, for «н» the class teacher's where there is one."""
    reasons = _reasons(words.school)
    for journal in words.school.journals:
        numbers: dict[dt.date, set[int]] = {}
        for slot in journal.slots:
            numbers.setdefault(slot.date, set()).add(slot.number)
        columns = journal.grid.columns if journal.grid else ()
        for cell in _cells(journal, words, lambda tokens: bool(tokens.absence or tokens.late)):
            date, typed = cell.day[0], columns[cell.column].number
            known = {typed} if typed else numbers.get(date, set())
            reason = cell.tokens.absence or LATE
            if reason == ABSENT:
                covering = (row.reason for row in reasons.get(cell.pupil.id, ()) if covers(row, date, known))
                reason = next(filter(None, covering), ABSENT)
            number = next(iter(known)) if len(known) == 1 else None
            yield (*cell.head, *cell.day, WEEKDAYS[date.weekday()], number, reason)


def _cells(journal: Journal, words: Words, wanted: Callable[[Tokens], bool]) -> Iterator[_Cell]:
    """Yield the wanted cells of a grid on days when the pupil belongs to the journal."""
    grid = journal.grid
    if grid is None:
        return
    dates = [column.date for column in grid.columns]
    heads: dict[tuple[str, dt.date], Line] = {}
    members = {member.pupil: member for member in journal.members}
    for row in grid.rows:
        pupil, member = words.school.pupils.get(row.pupil), members.get(row.pupil)
        if pupil is None or member is None:
            continue
        named = pupil_words(pupil)
        for place, tokens in row.cells.items():
            date = dates[place]
            if not wanted(tokens) or not member.on(date):
                continue
            name = journal.home if len(journal.classes) == 1 else pupil.class_on(date) or journal.home
            if (name, date) not in heads:
                heads[name, date] = words.head(journal, name, journal.holder(date))
            yield _Cell(pupil, place, (*heads[name, date], *named), words.day(name, date), tokens)


def _reasons(school: School) -> Mapping[str, list[AbsenceReason]]:
    found: dict[str, list[AbsenceReason]] = {}
    for book in school.books:
        for row in book.teacher_book.reasons if book.teacher_book else ():
            found.setdefault(row.pupil, []).append(row)
    return found
