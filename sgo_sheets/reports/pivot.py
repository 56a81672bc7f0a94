"""A pivot of records: rows by columns, each cell a count, a sum, a mean, a share, the least or the most.

Totals are worked out from the records, never from the cells: a mean of means would be another figure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sgo_sheets.records.report_tables import AVERAGE, COUNT, LEAST, MOST, SHARE, SUM
from sgo_sheets.reports.indicators import AVERAGE_DIGITS, PERCENT_DIGITS, rounded
from sgo_sheets.reports.table_words import Line, Value
from sgo_sheets.russian import MONTH_NAMES, WEEKDAYS, fold
from sgo_sheets.school.custom import CustomSpec

Key = tuple[Value, ...]


@dataclass(slots=True)
class Cell:
    """What has come into a cell: records, those with a value or of the share, the sum, the least, the most."""

    records: int = 0
    counted: int = 0
    total: Fraction = Fraction(0)
    least: Fraction | None = None
    most: Fraction | None = None

    def add(self, value: Fraction | None, *, counts: bool) -> None:
        """Take in a record: its value where it has one, and whether it counts to the share."""
        self.records += 1
        self.counted += counts
        if value is not None:
            self.total += value
            self.least = value if self.least is None else min(self.least, value)
            self.most = value if self.most is None else max(self.most, value)

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


@dataclass(slots=True)
class Pivot:
    """The cells by the key of the row and the value of the column (None: there is no column), with their totals."""

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


def pivot(spec: CustomSpec, lines: Iterable[Line]) -> Pivot:
    """Return the pivot of the records that fulfil the conditions of a report."""
    found = Pivot()
    seen: dict[Value, Fraction | None] = {}
    touched: dict[tuple[Key, Value], tuple[Cell, ...]] = {}
    for line in lines:
        if not all(one.accepts(line[one.place]) for one in spec.conditions):
            continue
        raw = line[spec.value] if spec.value is not None else None
        if raw not in seen:
            seen[raw] = Fraction(str(raw)) if isinstance(raw, (int, float)) else None
        value = seen[raw]
        counts = spec.share.accepts(line[spec.share.place]) if spec.share else spec.value is None or value is not None
        row = tuple(line[place] for place in spec.rows)
        column = line[spec.column] if spec.column is not None else None
        place = (row, column)
        if place not in touched:
            touched[place] = (
                found.cells.setdefault(place, Cell()),
                found.by_row.setdefault(row, Cell()),
                found.by_column.setdefault(column, Cell()),
                found.whole,
            )
        for cell in touched[place]:
            cell.add(value, counts=counts)
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
