"""The columns of «Отметки»: lessons by date, after each period its mark, then the spare ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from sgo_sheets.records.catalog import GridContent
from sgo_sheets.workbooks.forms.looks import Line

SPARE_COLUMNS = 10
LESSON_WIDTH, PERIOD_WIDTH = 5.0, 8.5
HEADERS = ("№", "№ личного дела", "Обучающийся", "Средний балл")
FIRST_COLUMN = len(HEADERS) + 1
Periods = tuple[tuple[str, dt.date, dt.date], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the grid: the lesson it belongs to (by its place in ``GridContent.columns``), or what else it is.

    ``lesson`` is None for a spare column and for the mark of a period, which ``period`` names. ``edge`` is the right
    border: a dark line ends a week, a strong one a period. ``folded`` – a lesson of a period that is over.
    """

    number: int
    lesson: int | None = None
    period: str = ""
    edge: Line = "thin"
    folded: bool = False

    @property
    def width(self) -> float:
        """Return the width of the column in characters."""
        return PERIOD_WIDTH if self.period else LESSON_WIDTH

    @property
    def letters(self) -> str:
        """Return the letters of the column."""
        return get_column_letter(self.number)


def places_of(grid: GridContent, periods: Periods, saved: dt.date) -> tuple[Place, ...]:
    """Return the columns in order. A period is over when it ended before ``saved``.

    The column of a period's mark also keeps the outline groups of two periods apart: side by side they would be one.
    """
    places: list[Place] = []
    left = list(periods)
    days = [day for day, _, _ in grid.columns]
    for lesson, day in enumerate(days):
        while left and day > left[0][2]:
            places.append(Place(FIRST_COLUMN + len(places), period=left.pop(0)[0], edge="medium"))
        over = bool(left) and left[0][1] <= day and left[0][2] < saved
        edge = edge_after(day, days[lesson + 1] if lesson + 1 < len(days) else None, periods)
        places.append(Place(FIRST_COLUMN + len(places), lesson, edge=edge, folded=over))
    for name, _, _ in left:
        places.append(Place(FIRST_COLUMN + len(places), period=name, edge="medium"))
    for _ in range(SPARE_COLUMNS):
        places.append(Place(FIRST_COLUMN + len(places)))
    return tuple(places)


def edge_after(day: dt.date, following: dt.date | None, periods: Periods) -> Line:
    """Return the line between a lesson and the next: strong where a period ends, dark where a week does."""
    if any(day <= last and (following is None or following > last) for _, _, last in periods):
        return "medium"
    if following is None or following.isocalendar()[:2] == day.isocalendar()[:2]:
        return "thin"
    return "week"
