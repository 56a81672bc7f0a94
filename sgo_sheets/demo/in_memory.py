"""A workbook read without a file: what stands in it, as the cells a form would hold, through the project's reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BY_KIND, MARKS_SHEET, Book, BookContent, GridContent, Rows
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, PeriodMarks
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.workbooks.book import book_of_values
from sgo_sheets.workbooks.forms.places import FIRST_COLUMN, HEADERS, Periods, places_of
from sgo_sheets.workbooks.forms.tables import heads_of

Cells = list[list[Any]]


def book_in_memory(path: str, content: BookContent, year: tuple[dt.date, dt.date] | None) -> Book:
    """Return the workbook as it would be read from the file the form writes."""
    sheets: dict[str, Cells] = {}
    kind = BY_KIND[content.kind]
    for record in kind.sheets:
        blank: Rows | Mapping[str, Raw] = {} if record.shape is Shape.PROPERTIES else Rows()
        later = [name for name in content.sheets if name.startswith(f"{record.sheet} ")]
        for name in (record.sheet, *(later if record.sheet == kind.repeated else ())):
            sheets[name] = _sheet(record, content.sheets.get(name, blank))
    grid = content.sheets.get(MARKS_SHEET)
    if isinstance(grid, GridContent):
        sheets[MARKS_SHEET] = _grid(grid, content.periods)
    return book_of_values(path, sheets, year, path)


def _sheet(record: type[Record], held: Rows | GridContent | Mapping[str, Raw]) -> Cells:
    if isinstance(held, Rows):
        return _table(record, held)
    if isinstance(held, GridContent):
        raise TypeError("a grid is no table")
    return [["Показатель", "Значение"], *([one.header, held.get(one.header)] for one in record.columns())]


def _table(record: type[Record], rows: Rows) -> Cells:
    heads = [head.header for head in heads_of(record, rows, PERIOD_EXTRAS if record is PeriodMarks else ())]
    return [heads, *([row.get(name) for name in heads] for row in rows.rows)]


def _grid(grid: GridContent, periods: Periods) -> Cells:
    """Return the cells of «Отметки» with every column where the form puts it."""
    places = places_of(grid, periods, dt.date.min)

    def row(first: Sequence[Any], cells: Callable[[int], Any]) -> list[Any]:
        own = [None if place.lesson is None else cells(place.lesson) for place in places]
        return [*first, *(None for _ in range(FIRST_COLUMN - 1 - len(first))), *own]

    head = [
        row((None, None, "Дата"), lambda lesson: grid.columns[lesson][0]),
        row((None, None, "Урок"), lambda lesson: grid.columns[lesson][1]),
        row((None, None, "Вид работы"), lambda lesson: grid.columns[lesson][2]),
        row(HEADERS, lambda _: None),
    ]
    pupils = [row((number + 1, *pupil), partial(_mark, grid, number)) for number, pupil in enumerate(grid.pupils)]
    return [*head, *pupils]


def _mark(grid: GridContent, pupil: int, lesson: int) -> str | None:
    return grid.marks.get((pupil, lesson))
