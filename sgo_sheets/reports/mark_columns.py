"""The columns that several reports share: counts of period marks by sort, and the indicators of п. 10 from them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from sgo_sheets.reports import indicators
from sgo_sheets.reports.document import Value
from sgo_sheets.reports.indicators import AVERAGE_DIGITS, PERCENT_DIGITS, Counts, rounded


class CountColumn(NamedTuple):
    """A sort of marks: its short header, its words in a row, how many there are; ``always`` – shown though empty."""

    title: str
    words: str
    of: Callable[[Counts], int]
    always: bool = False


class FigureColumn(NamedTuple):
    """An indicator: its words, its formula, the digits after the point."""

    words: str
    of: Callable[[Counts], Fraction | None]
    digits: int

    def shown(self, counts: Counts) -> Value:
        """Return the rounded indicator of these counts, None where nobody is counted."""
        return figure(self.of(counts), self.digits)


COUNT_COLUMNS: tuple[CountColumn, ...] = (
    CountColumn("5", "Отметок «5»", lambda c: c.fives, always=True),
    CountColumn("4", "Отметок «4»", lambda c: c.fours, always=True),
    CountColumn("3", "Отметок «3»", lambda c: c.threes, always=True),
    CountColumn("2", "Отметок «2»", lambda c: c.twos, always=True),
    CountColumn("н/а", "Не аттестованы", lambda c: c.not_attested, always=True),
    CountColumn("осв", "Освобождены", lambda c: c.exempt),
    CountColumn("зач", "Зачтено", lambda c: c.passed),
    CountColumn("нзч", "Не зачтено", lambda c: c.failed),
    CountColumn("нет", "Отметки нет", lambda c: c.blank),
)
FIGURE_COLUMNS: tuple[FigureColumn, ...] = (
    FigureColumn("Средний балл", indicators.average, AVERAGE_DIGITS),
    FigureColumn("Успеваемость, %", indicators.success, PERCENT_DIGITS),
    FigureColumn("Качество знаний, %", indicators.quality, PERCENT_DIGITS),
    FigureColumn("СОУ, %", indicators.mastery, PERCENT_DIGITS),
)


def count_columns(total: Counts, *extra: str) -> tuple[CountColumn, ...]:
    """Return the sorts of marks to show: the usual ones, the ``extra`` titles, and those that occur at all."""
    return tuple(one for one in COUNT_COLUMNS if one.always or one.title in extra or one.of(total))


def figure(value: Fraction | None, digits: int) -> Value:
    """Return the rounded value of a cell, None where there is none."""
    return None if value is None else rounded(value, digits)
