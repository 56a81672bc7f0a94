"""A pivot of records: rows by columns, each cell a count, a sum, a mean, a share, the least or the most.

A cell keeps counts, sums and extremes, never a figure: so cells of classes may be added, and a total is the figure of
all its records. A mean of means would be another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sgo_sheets.records.report_tables import AVERAGE, COUNT, LEAST, MOST, SHARE, SUM
from sgo_sheets.reports.indicators import AVERAGE_DIGITS, PERCENT_DIGITS, rounded
from sgo_sheets.reports.table_words import Value
from sgo_sheets.russian import MONTH_NAMES, WEEKDAYS, fold

Key = tuple[Value, ...]


@dataclass(slots=True)
class Cell:
    """What has come into a cell: records, those with a value or of the share, the sum, the least, the most."""

    records: int = 0
    counted: int = 0
    total: Fraction = Fraction(0)
    least: Fraction | None = None
    most: Fraction | None = None

    def add(self, other: Cell) -> None:
        """Take in what has come into another cell."""
        self.records += other.records
        self.counted += other.counted
        if other.least is not None and other.most is not None:
            self.total += other.total
            self.least = other.least if self.least is None else min(self.least, other.least)
            self.most = other.most if self.most is None else max(self.most, other.most)

    def figure(self, function: str, whole: int) -> Decimal | int | None:
        """Return the figure of a function, None where there is nothing; ``whole`` – the records of the report."""
        if function == COUNT:
            return self.records
        if function == SHARE:
            return rounded(Fraction(100 * self.counted, whole), PERCENT_DIGITS) if whole else None
        if not self.counted:
            return None
        found = {SUM: self.total, AVERAGE: self.total / self.counted, LEAST: self.least, MOST: self.most}[function]
        return None if found is None else _shown(found, exact=function != AVERAGE)


def _shown(value: Fraction, *, exact: bool) -> Decimal | int:
    if exact and value.denominator == 1:
        return int(value)
    return rounded(value, AVERAGE_DIGITS)


Cells = Mapping[tuple[Key, Value], Cell]
"""The cells by the key of the row and the value of the column (None: there is no column)."""


@dataclass(slots=True)
class Pivot:
    """The cells with their totals."""

    cells: dict[tuple[Key, Value], Cell] = field(default_factory=dict)
    by_row: dict[Key, Cell] = field(default_factory=dict)
    by_column: dict[Value, Cell] = field(default_factory=dict)
    whole: Cell = field(default_factory=Cell)

    @property
    def rows(self) -> list[Key]:
        """Return the keys of the rows in order: numbers by size, days by time, texts as people sort them."""
        return sorted(self.by_row, key=lambda key: tuple(map(order, key)))

    @property
    def columns(self) -> list[Value]:
        """Return the values of the columns in order."""
        return sorted(self.by_column, key=order)


def merged(parts: Iterable[Cells]) -> Pivot:
    """Return the pivot of records that were counted in parts: of each class, say."""
    found = Pivot()
    for cells in parts:
        for (row, column), cell in cells.items():
            found.cells.setdefault((row, column), Cell()).add(cell)
            found.by_row.setdefault(row, Cell()).add(cell)
            found.by_column.setdefault(column, Cell()).add(cell)
            found.whole.add(cell)
    return found


def order(value: Value) -> tuple[object, ...]:
    """Return the key that sorts the values of a column: nothing first, then numbers, days, texts; «5А» before «10А».

    Months of a school year and days of the week stand in their own order.
    """
    if value is None or value == "":
        return (0,)
    if isinstance(value, (int, float)):
        return (1, value)
    if isinstance(value, dt.date):
        return (2, value)
    first, _, rest = value.partition(" ")
    if first in MONTH_NAMES and rest.isdigit():
        return (3, int(rest), MONTH_NAMES.index(first), "")
    if value in WEEKDAYS:
        return (3, 0, WEEKDAYS.index(value), "")
    digits = "".join(c for c in value[:2] if c.isdigit())
    return (4, int(digits) if digits else 99, 0, fold(value))
