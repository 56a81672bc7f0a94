"""A report's tables as a page shows them: every cell as text with its look, rows in bodies, groups of columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from sgo_sheets.reports.document import NOT_DUE, NOT_STUDIED, Column, Kind, Place, Row, Table
from sgo_sheets.russian import NBSP, day

OWED = "○"
SHORT = 18
"""A text no wider than so many characters (a date, a phone) stays in one line on paper too."""
_POOR = ("2", "1", "н/а", "нзч")


class TableView(NamedTuple):
    """A table ready for the page: ``groups`` are (words, columns) over the header, () where there are none.

    ``rows`` are its bodies as markup; ``owed`` – whether a mark is missing in it.
    """

    name: str
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, int], ...]
    rows: Markup
    owed: bool


def table_view(table: Table) -> TableView:
    """Return the table as the page shows it.

    A school has tens of thousands of cells and few different ones: each sort is made once.
    """
    sorts = [(column.kind, column.width <= SHORT) for column in table.columns]
    bodies = [
        f'<tbody class="place-{place}">\n{"".join([_row(row, sorts) for row in rows])}</tbody>\n'
        for place, rows in stretches(table.rows)
    ]
    marks = [place for place, column in enumerate(table.columns) if column.kind is Kind.MARK]
    owed = any(row.place is Place.LINE and row.cells[place] is None for row in table.rows for place in marks)
    rows = Markup("".join(bodies))  # noqa: S704 - every cell is escaped below
    return TableView(table.name, table.columns, _groups(table), rows, owed)


def stretches(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows that stand together, with their place: «line opens» are rows about one thing, kept on one page."""
    body: list[Row] = []
    for row in (*rows, None):
        if body and (row is None or row.opens or row.place is not body[-1].place):
            yield str(body[0].place) + (" opens" if body[0].opens else ""), body
            body = []
        if row is not None:
            body.append(row)


def _row(row: Row, sorts: Sequence[tuple[Kind, bool]]) -> str:
    line = row.place is Place.LINE
    cells = [
        _cell(value if value is None or isinstance(value, str) else _text(value), kind, short, line)
        for value, (kind, short) in zip(row.cells, sorts, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


@lru_cache(maxsize=8192)
def _cell(text: str | None, kind: Kind, short: bool, line: bool) -> str:
    """Return a cell as markup; ``text`` is None where there is nothing, be it owed or not."""
    if kind is Kind.MARK and line and text != NOT_DUE:
        return _mark(text)
    if kind is Kind.NAME:
        return f'<th scope="row" class="k-name">{escape(text or "")}</th>'
    look = "k-text short" if kind is Kind.TEXT and short else f"k-{kind.value}"
    return f'<td class="{look}">{escape(text or "")}</td>'


def _mark(text: str | None) -> str:
    if text is None:
        return f'<td class="k-mark owed">{OWED}<span class="vh">отметки нет</span></td>'
    if text == NOT_STUDIED:
        return f'<td class="k-mark not-studied">{text}<span class="vh">не изучает</span></td>'
    look = "k-mark poor" if text.startswith(_POOR) else "k-mark"
    return f'<td class="{look}">{escape(text.replace(" ", NBSP))}</td>'


def _groups(table: Table) -> tuple[tuple[str, int], ...]:
    """Return the words over the header with the number of columns under each, () where there are none."""
    groups = tuple((name, len(list(own))) for name, own in groupby(column.group for column in table.columns))
    return groups if any(name for name, _ in groups) else ()


def _text(value: int | Decimal | dt.date) -> str:
    if isinstance(value, dt.date):
        return day(value)
    return str(value).replace(".", ",").replace("-", "−")
