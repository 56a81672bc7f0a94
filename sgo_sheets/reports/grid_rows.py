"""The rows of the tables «отметки» and «пропуски» that a class gives: the cells of «Отметки» one by one.

A row is made of three parts: what the column of the grid says (class, subject, teacher, day …), whose it is, what
stands in the cell. A part is worked out once for all the rows that share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.records.tokens import ABSENT, Tokens
from sgo_sheets.reports.table_words import Line, Words, pupil_words
from sgo_sheets.rules.absences import covers, numbers_of, reason_rows
from sgo_sheets.russian import WEEKDAYS
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, Journal

LATE = "ОП"
_HEAD = 5
Pick = Callable[[Line], Line | None]
"""Takes a part of a row and returns what is wanted of it, None where no row with such a part is."""
Parts = tuple[Line, Line, Line]


class Picks(NamedTuple):
    """What is wanted of each part of the rows: of the column of the grid, of the pupil, of the cell."""

    column: Pick
    pupil: Pick
    cell: Pick


WHOLE = Picks(lambda line: line, lambda line: line, lambda line: line)
COLUMN_PLACES, PUPIL_PLACES = (*range(_HEAD), *range(8, 13)), (5, 6, 7)
CELL_PLACES = (13, 14)
"""Which columns of «отметки» and «пропуски» each part holds, in its order; «пропуски» has one column less."""


def joined(parts: Parts) -> Line:
    """Return the parts of a row as a row of the table."""
    column, pupil, cell = parts
    return (*column[:_HEAD], *pupil, *column[_HEAD:], *cell)


class Asked(NamedTuple):
    """A class that is asked for rows: ``pupils`` – those known, by №; ``picks`` – what of the rows is wanted."""

    book: ClassBook
    pupils: Mapping[str, Pupil]
    words: Words
    picks: Picks = WHOLE


class _Row(NamedTuple):
    """A row of a grid: whose, what is wanted of him, what is wanted of each column on his days, its cells."""

    pupil: str
    named: Line
    columns: list[Line | None]
    cells: Mapping[int, Tokens]


def mark_parts(asked: Asked) -> Iterator[Parts]:
    """Yield the rows of «отметки» of a class."""
    kinds: dict[str, Line] = {}
    said: dict[str, Line | None] = {}
    for journal in asked.book.journals:
        typed = [column.kind for column in journal.grid.columns] if journal.grid else []
        for name in set(typed) - kinds.keys():
            kind = asked.book.regulation.kind_of(name)
            kinds[name] = (kind.name, kind.weight) if kind else (name, 1.0)
        for row in _rows(journal, asked, [kinds[name] for name in typed]):
            columns, named = row.columns, row.named
            for place, tokens in row.cells.items():
                column = columns[place] if tokens.marks else None
                if column is None:
                    continue
                for mark in tokens.marks:
                    if mark not in said:
                        said[mark] = asked.picks.cell((int(mark) if mark.isdigit() else None, mark))
                    cell = said[mark]
                    if cell is not None:
                        yield column, named, cell


def absence_parts(asked: Asked) -> Iterator[Parts]:
    """Yield the rows of «пропуски» of a class.

    The reason is the journal's, for «н» the class teacher's where there is one: of this class or of the one the pupil
    came from, as in reports 8 and 9.
    """
    book = asked.book
    reasons = reason_rows([*([book.teacher_book] if book.teacher_book else []), *book.former_books.values()])
    for journal in book.journals:
        slots, columns = numbers_of(journal), journal.grid.columns if journal.grid else ()
        known = [{one.number} if one.number else slots.get(one.date, set()) for one in columns]
        days = [(WEEKDAYS[one.date.weekday()], _only(numbers)) for one, numbers in zip(columns, known, strict=True)]
        for row in _rows(journal, asked, days):
            for place, tokens in row.cells.items():
                column = row.columns[place] if tokens.absence or tokens.late else None
                if column is None:
                    continue
                reason = tokens.absence or LATE
                if reason == ABSENT and row.pupil in reasons:
                    date = columns[place].date
                    covering = (one.reason for one in reasons[row.pupil] if covers(one, date, known[place]))
                    reason = next(filter(None, covering), ABSENT)
                cell = asked.picks.cell((reason,))
                if cell is not None:
                    yield column, row.named, cell


def _only(numbers: set[int]) -> int | None:
    return next(iter(numbers)) if len(numbers) == 1 else None


def _rows(journal: Journal, asked: Asked, more: Sequence[Line]) -> Iterator[_Row]:
    """Yield the rows of a grid that may hold something wanted; of a stream only the days on which they are here.

    ``more`` – what the columns say besides the class, the teacher and the day.
    """
    grid, name = journal.grid, asked.book.name
    if grid is None:
        return
    dates = [column.date for column in grid.columns]
    whole = (
        (*asked.words.head(journal, name, journal.holder(date)), *asked.words.day(name, date), *rest)
        for date, rest in zip(dates, more, strict=True)
    )
    every = list(map(asked.picks.column, whole))
    if all(one is None for one in every):
        return
    stream = len(journal.classes) > 1
    members = {member.pupil: member for member in journal.members}
    known: dict[tuple[object, object], list[Line | None]] = {}
    for row in grid.rows:
        pupil, member = asked.pupils.get(row.pupil), members.get(row.pupil)
        named = asked.picks.pupil(pupil_words(pupil)) if pupil is not None and member is not None else None
        if pupil is None or member is None or named is None:
            continue
        stays = pupil.stays if stream else ()
        if (member.spans, stays) not in known:  # nearly all of a class share their days
            here = (member.on(date) and (not stream or pupil.class_on(date) == name) for date in dates)
            known[member.spans, stays] = [one if on else None for one, on in zip(every, here, strict=True)]
        yield _Row(pupil.id, named, known[member.spans, stays], row.cells)
