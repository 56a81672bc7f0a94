"""Whether a journal is marked on a day, and what marks a pupil has in it."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.records.catalog import Grid, GridRow
from sgo_sheets.school.model import ClassBook, Journal

GRADED = frozenset({"отметка", "зачёт"})


def is_graded(journal: Journal, book: ClassBook, date: dt.date) -> bool:
    """Return whether the subject is marked (отметка or зачёт) on a day: by the load in force, else by «Предметы»."""
    subject = book.subjects.get(journal.key.subject)
    grading = (subject.grading if subject else "") or "отметка"
    for holding in journal.holdings:
        load = holding.load
        begun = load.grading_since is None or load.grading_since <= date
        if holding.first <= date <= holding.last and load.grading and begun:
            grading = load.grading
    return grading in GRADED


def mark_days(grid: Grid, row: GridRow) -> frozenset[dt.date]:
    """Return the days on which a pupil has a mark; a cell that could not be read may hold one."""
    return frozenset(grid.columns[place].date for place, tokens in row.cells.items() if tokens.marks or tokens.faults)
