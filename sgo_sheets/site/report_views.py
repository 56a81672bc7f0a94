"""A report's tables as a page shows them: every cell as text with its look, rows in bodies, groups of columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from sgo_sheets.reports.document import NOT_DUE, NOT_STUDIED, Column, Kind, Place, Row, Table, Value
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
    """A table: ``groups`` are (words, columns) over the header, () where there are none; bodies are (place, rows).

    The place of rows about one thing is «line opens»: such a body is kept on one page.
    """

    name: str
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, int], ...]
    bodies: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]


def table_view(table: Table) -> TableView:
    """Return the table ready for the page."""
    bodies = tuple(
        (str(place) + (" opens" if rows[0].opens else ""), tuple(tuple(_cells(row, table.columns)) for row in rows))
        for place, rows in _bodies(table.rows)
    )
    return TableView(table.name, table.columns, table_groups(table), bodies)


def _bodies(rows: Iterable[Row]) -> Iterator[tuple[Place, list[Row]]]:
    """Yield the rows that stand together: of one place, and of one pupil where rows open."""
    body: list[Row] = []
    for row in rows:
        if body and (row.opens or row.place is not body[-1].place):
            yield body[-1].place, body
            body = []
        body.append(row)
    if body:
        yield body[-1].place, body


def _cells(row: Row, columns: tuple[Column, ...]) -> Iterator[Cell]:
    for column, value in zip(columns, row.cells, strict=True):
        text = _text(value)
        if column.kind is Kind.NAME:
            yield Cell(text, "k-name", head=True)
        elif column.kind is Kind.MARK and row.place is Place.LINE and value != NOT_DUE:
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


def table_rows(table: Table) -> Markup:
    """Return the rows of a table as the page shows them, a <tbody> for each stretch of a place; as ``table_view`` does.

    A school has tens of thousands of these cells and few different ones: each sort is made once.
    """
    kinds = tuple(column.kind for column in table.columns)
    return Markup("").join(
        Markup('<tbody class="place-{}">\n{}</tbody>\n').format(
            place, Markup("").join(_row(row, kinds) for row in rows)
        )
        for place, rows in groupby(table.rows, key=lambda row: row.place)
    )


def table_groups(table: Table) -> tuple[tuple[str, int], ...]:
    """Return the words over the header with the number of columns under each, () where there are none."""
    groups = tuple((name, len(list(own))) for name, own in groupby(column.group for column in table.columns))
    return groups if any(name for name, _ in groups) else ()


def _row(row: Row, kinds: tuple[Kind, ...]) -> Markup:
    line = row.place is Place.LINE
    cells = (_cell(_text(value), kind, line, value is None) for value, kind in zip(row.cells, kinds, strict=True))
    return Markup(f"<tr>{''.join(cells)}</tr>\n")  # noqa: S704 - every cell is escaped below


@lru_cache(maxsize=8192)
def _cell(text: str, kind: Kind, line: bool, empty: bool) -> Markup:
    if kind is Kind.NAME:
        return Markup('<th scope="row" class="k-name">{}</th>').format(text)
    if kind is Kind.MARK and line and (text or empty):
        cell = _mark(text)
        said = Markup('<span class="vh">{}</span>').format(cell.said) if cell.said else ""
        return Markup('<td class="{}">{}{}</td>').format(cell.look, cell.text, said)
    return Markup('<td class="k-{}">{}</td>').format(kind.value, text)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, (int, Decimal)):
        return str(value).replace(".", ",").replace("-", "−")
    return value
