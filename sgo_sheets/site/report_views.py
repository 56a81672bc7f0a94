"""A report's tables as a page shows them: every cell as text with its look, rows in bodies, groups of columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sgo_sheets.reports.document import NOT_STUDIED, Column, Kind, Place, Row, Table, Value
from sgo_sheets.russian import NBSP, day

OWED = "○"
SHORT = 18
"""A text no wider than so many characters (a date, a phone) stays in one line on paper too."""
_POOR = ("2", "1", "н/а", "нзч")


class Cell(NamedTuple):
    """A cell: its text, its look, what a screen reader adds, whether it names the row."""

    text: str
    look: str
    said: str = ""
    head: bool = False


class TableView(NamedTuple):
    """A table: ``groups`` are (words, columns) over the header, () where there are none; bodies are (place, rows)."""

    name: str
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, int], ...]
    bodies: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]


def table_view(table: Table) -> TableView:
    """Return the table ready for the page."""
    groups = tuple((name, len(list(own))) for name, own in groupby(column.group for column in table.columns))
    bodies = tuple(
        (str(place), tuple(tuple(_cells(row, table.columns)) for row in rows))
        for place, rows in groupby(table.rows, key=lambda row: row.place)
    )
    return TableView(table.name, table.columns, groups if any(name for name, _ in groups) else (), bodies)


def _cells(row: Row, columns: tuple[Column, ...]) -> Iterator[Cell]:
    for column, value in zip(columns, row.cells, strict=True):
        text = _text(value)
        if column.kind is Kind.NAME:
            yield Cell(text, "k-name", head=True)
        elif column.kind is Kind.MARK and row.place is Place.LINE:
            yield _mark(text)
        elif column.kind is Kind.TEXT and column.width <= SHORT:
            yield Cell(text, "k-text short")
        else:
            yield Cell(text, f"k-{column.kind.value}")


def _mark(text: str) -> Cell:
    if not text:
        return Cell(OWED, "k-mark owed", "отметки нет")
    if text == NOT_STUDIED:
        return Cell(text, "k-mark not-studied", "не изучает")
    return Cell(text.replace(" ", NBSP), "k-mark poor" if text.startswith(_POOR) else "k-mark")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, (int, Decimal)):
        return str(value).replace(".", ",").replace("-", "−")
    return value
