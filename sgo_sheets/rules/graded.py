"""Whether a journal is marked on a day, and what marks a pupil has in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from sgo_sheets.records.catalog import Grid
from sgo_sheets.school.model import ClassBook, Journal

MARK = "отметка"
GRADED = frozenset({MARK, "зачёт"})


def is_graded(journal: Journal, book: ClassBook, date: dt.date) -> bool:
    """Return whether the subject is marked (отметка or зачёт) on a day."""
    return grading_on(journal, book, date) in GRADED


def grading_on(journal: Journal, book: ClassBook, date: dt.date) -> str:
    """Return «отметка», «зачёт» or «без отметки», as it is on a day: by the load in force, else by «Предметы»."""
    subject = book.subjects.get(journal.key.subject)
    grading = (subject.grading if subject else "") or MARK
    for holding in journal.holdings:
        load = holding.load
        begun = load.grading_since is None or load.grading_since <= date
        if holding.first <= date <= holding.last and load.grading and begun:
            grading = load.grading
    return grading


class Marked(NamedTuple):
    """The days on which a journal has a mark, of each row of the grid and of any; a cell not read may hold one."""

    by_row: Mapping[int, frozenset[dt.date]]
    days: frozenset[dt.date]


def marked_days(journal: Journal) -> Marked:
    """Return the days with marks by the row's number; none where the grid was not read."""
    grid = journal.grid or Grid(journal.path)
    dates = [column.date for column in grid.columns]
    by_row = {
        row.row: frozenset([dates[place] for place, said in row.cells.items() if said.marks or said.faults])
        for row in grid.rows
    }
    return Marked(by_row, frozenset().union(*by_row.values()))
