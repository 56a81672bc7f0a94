"""What the look at a sheet gathers: how far its filled cells reach, and the cells that have no honest value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sgo_sheets.records import faults
from sgo_sheets.workbooks.archive import LIMITS, Limits, strange

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; 0-based, both ends included."""

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MERGES = 10_000


@dataclass(slots=True)
class Extent:
    """The filled part of one sheet while it grows; refuses as soon as it is larger than a sheet may be."""

    limits: Limits = LIMITS
    cells: int = 0
    rows: int = 0
    columns: int = 0

    def fill(self, row: int, column: int, cells: int = 1) -> None:
        """Count filled cells whose last one stands at a 0-based row and column."""
        self.cells += cells
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        limits = self.limits
        if self.rows > limits.rows:
            raise strange(f"на листе заполнена строка {self.rows}, а допустимо не больше {limits.rows} строк")
        if self.columns > limits.columns:
            raise strange(f"на листе заполнен столбец № {self.columns}, а допустимо не больше {limits.columns}")
        if self.cells > limits.cells:
            raise strange(f"на листе заполнено больше {limits.cells} клеток")
        if self.rows * self.columns > limits.area:
            raise strange(f"лист слишком велик: {self.rows} строк на {self.columns} столбцов")


@dataclass(slots=True)
class Oddities:
    """Cells of one sheet without an honest value, 0-based, and merged ranges."""

    cells: dict[tuple[int, int], faults.Fault] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)

    def merge(self, area: Range) -> None:
        """Remember a merged range; more of them than a person could make are forgotten."""
        if len(self.merged) < _MERGES:
            self.merged.append(area)

    def __bool__(self) -> bool:
        return bool(self.cells or self.merged)


def address(text: str) -> tuple[int, int]:
    """Return the 0-based row and column of «B12»; raises ``RefusedError`` for what is no address of a sheet."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise strange("на листе клетка с невозможным адресом")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if not 1 <= row <= _LAST_ROW or column > _LAST_COLUMN:
        raise strange("на листе клетка с невозможным адресом")
    return row - 1, column - 1


def span(text: str) -> Range | None:
    """Return the range «B2:C5», None for anything else."""
    first, _, last = text.partition(":")
    if not (_ADDRESS.fullmatch(first) and _ADDRESS.fullmatch(last)):
        return None
    (top, left), (bottom, right) = address(first), address(last)
    return top, left, bottom, right


def no_dtd(*_: object) -> None:
    """Refuse a document type: the handler of every parser of the guard."""
    raise strange("в файле есть опасные объявления (DTD)")
