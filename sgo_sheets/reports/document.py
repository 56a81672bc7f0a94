"""What every report is before it becomes a page or a workbook: a head, tables of plain values, what is missing.

A report module turns its figures into a ``Document``; ``workbook`` writes it as .xlsx, the site shows the same one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from sgo_sheets.findings import CellRef

Value = str | int | Decimal | dt.date | None
"""One cell: text, a whole number, a rounded figure with its digits, a day; None – nothing."""


class Kind(StrEnum):
    """What the cells of a column, or of a row under the table, hold."""

    NAME = "name"
    TEXT = "text"
    MARK = "mark"  # an int 5…1, a word («осв»); None – it is owed; NOT_STUDIED, NOT_DUE – there is none to wait for
    NUMBER = "number"


NOT_STUDIED = "–"
NOT_DUE = ""
"""In a column of marks: none is given here (a subject of half-years in the row of a quarter, no exam)."""


class Column(NamedTuple):
    """A column: the words of its header, what it holds, its width in characters, whether the header is turned.

    ``group`` is the header above several neighbours («Отметки за период»).
    """

    title: str
    kind: Kind
    width: float
    turned: bool = False
    group: str = ""


class Place(StrEnum):
    """Where a row stands: among the lines, under them as a sum, or between as a heading of what follows."""

    LINE = "line"
    TOTAL = "total"
    HEADING = "heading"


class Row(NamedTuple):
    """A row: a value for every column; ``opens`` – the first of several rows about one thing (a pupil's periods)."""

    cells: tuple[Value, ...]
    place: Place = Place.LINE
    opens: bool = False


class Table(NamedTuple):
    """A table: its name (also that of its worksheet), columns, rows; ``frozen`` columns stay in sight."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    frozen: int = 1


class Lack(NamedTuple):
    """Something the report lacks: what, the code and the name of who owes it («» when nobody is known), where."""

    what: str
    person: str
    name: str
    at: CellRef


class Signature(NamedTuple):
    """A line to sign on paper: the post and the name, «» where it is not known."""

    post: str
    name: str


class Chart(Protocol):
    """A drawing of what a table says: a value of its figures, drawn only where its page is made."""

    @property
    def title(self) -> str:
        """Return the words over it."""

    @property
    def svg(self) -> str:
        """Return the picture."""

    @property
    def words(self) -> str:
        """Return the same in words for those who do not see it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be shown, printed and written.

    ``about`` are the lines under the title (class, period); ``formed`` is when the newest workbook it rests on was
    saved (as in ``Book.saved``): the clock of the build has no part in it. It is None for a span that was closed then
    (``spans.formed_at``) and where no time is known. ``notes`` are lines under the tables.
    """

    number: int
    school: str
    title: str
    about: tuple[str, ...]
    tables: tuple[Table, ...]
    lacks: tuple[Lack, ...] = ()
    signatures: tuple[Signature, ...] = ()
    formed: dt.datetime | None = None
    landscape: bool = True
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A report that has no data to show: the reason in a Russian sentence."""

    number: int
    school: str
    title: str
    about: tuple[str, ...]
    reason: str


def listed(names: Sequence[str], limit: int = 5) -> str:
    """Return «Берёзкина Вера, Лугов Пётр и ещё 3»: at most ``limit`` names."""
    shown = ", ".join(names[:limit])
    return f"{shown} и ещё {len(names) - limit}" if len(names) > limit else shown
