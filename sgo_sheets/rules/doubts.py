"""Cells of a journal or of a class teacher's book that were not read or not applied, and what may hang on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.school.model import ClassTeacherBook, Journal

_CELL = re.compile(r"([A-Z]+)(\d+)")


class Place(NamedTuple):
    """A cell's letters and row; («», 0) where the reference names no cell."""

    letters: str
    row: int


def place_of(at: CellRef) -> Place:
    """Return the letters and the row of a cell."""
    match = _CELL.fullmatch(at.cell)
    return Place(match[1], int(match[2])) if match else Place("", 0)


def lost_cells(book: Journal | ClassTeacherBook, sheet: str, rows: Iterable[int]) -> list[CellRef]:
    """Return the doubtful cells of a sheet that stand in none of the rows that were applied."""
    doubts = [at for at in book.doubts if at.sheet == sheet and at.cell]
    if not doubts:
        return []
    kept = set(rows)
    return [at for at in doubts if place_of(at).row not in kept]
