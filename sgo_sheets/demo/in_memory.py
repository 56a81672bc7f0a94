"""A workbook read without a file: what stands in it, as the cells a form would hold, through the project's reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BY_KIND, MARKS_SHEET, Book, BookContent, GridContent, Rows
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, PeriodMarks
from sgo_sheets.workbooks.book import book_of_values
from sgo_sheets.workbooks.forms.tables import heads_of

Cells = list[list[Any]]


def book_in_memory(path: str, content: BookContent, year: tuple[dt.date, dt.date] | None) -> Book:
    """Return the workbook as it would be read from the file the form writes."""
    sheets: dict[str, Cells] = {}
    for record in BY_KIND[content.kind].sheets:
        held = content.sheets.get(record.sheet, {} if record.shape is Shape.PROPERTIES else Rows())
        if isinstance(held, Rows):
            sheets[record.sheet] = _table(record, held)
        elif isinstance(held, Mapping):
            names = [column.header for column in record.columns()]
            sheets[record.sheet] = [["Показатель", "Значение"], *([name, held.get(name)] for name in names)]
    grid = content.sheets.get(MARKS_SHEET)
    if isinstance(grid, GridContent):
        sheets[MARKS_SHEET] = _grid(grid)
    return book_of_values(path, sheets, year, path)


def _table(record: type[Record], rows: Rows) -> Cells:
    heads = [head.header for head in heads_of(record, rows, PERIOD_EXTRAS if record is PeriodMarks else ())]
    return [heads, *([row.get(name) for name in heads] for row in rows.rows)]


def _grid(grid: GridContent) -> Cells:
    dates, numbers, kinds = zip(*grid.columns, strict=True) if grid.columns else ((), (), ())
    head = [
        [None, None, "Дата", *dates],
        [None, None, "Урок", *numbers],
        [None, None, "Вид работы", *kinds],
        ["№", "№ личного дела", "Обучающийся", *(None for _ in grid.columns)],
    ]
    rows = [
        [place + 1, number, name, *(grid.marks.get((place, column)) for column in range(len(grid.columns)))]
        for place, (number, name) in enumerate(grid.pupils)
    ]
    return [*head, *rows]
