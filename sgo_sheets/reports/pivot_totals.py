"""What a class gives to each report of «Конструктор отчётов.xlsx»: the cells of its pivot, small enough to remember.

The report of the school adds them, so that a saved journal costs the walk through the marks of its own class alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sgo_sheets.reports.grid_rows import CELL_PLACES, COLUMN_PLACES, PUPIL_PLACES, Asked, Picks
from sgo_sheets.reports.pivot import Cell, Cells, Key, Pivot, merged
from sgo_sheets.reports.pivot_counts import counted, pivot, sift
from sgo_sheets.reports.table_rows import GRIDS, OF_CLASSES, class_rows, table_rows
from sgo_sheets.reports.table_words import Value, Words
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.model import ClassBook, School

MOST_KEPT = 3000
"""Of a class with more cells nothing is remembered: it is counted for the report each time."""
Pivots = Mapping[str, "Cells | None"]
"""The cells by the key of a report; None – the class has too many, or its list is not read."""


def keys_of(custom: Iterable[CustomSpec]) -> frozenset[str]:
    """Return the keys of the reports that are put together of what classes give."""
    return frozenset(key_of(spec) for spec in custom if spec.table.name in OF_CLASSES)


def key_of(spec: CustomSpec) -> str:
    """Return what names all that the cells of a report depend on besides the class; its title and place are not."""
    asked = (spec.table.name, spec.conditions, spec.rows, spec.column, spec.value, spec.share)
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def pivots_of(book: ClassBook, custom: Iterable[CustomSpec], known: Pivots | None = None) -> Pivots:
    """Return what a class gives to reports; what is ``known`` of it is not counted again."""
    found: dict[str, Cells | None] = {}
    for spec in custom:
        key = key_of(spec)
        if spec.table.name in OF_CLASSES and key not in found:
            found[key] = known[key] if known is not None and key in known else _few(book, spec)
    return found


def school_pivot(school: School, given: Mapping[str, Pivots], spec: CustomSpec) -> Pivot:
    """Return the pivot of the whole school; of classes that have given nothing (``given``, by name) it is counted."""
    if spec.table.name not in OF_CLASSES:
        return pivot(spec, table_rows(school, spec.table.name))
    key, words = key_of(spec), Words(school.staff, school.books)
    kept = (given.get(book.name, {}).get(key) for book in school.books)
    return merged(
        cells_of(Asked(book, school.pupils, words), spec) if cells is None else cells
        for book, cells in zip(school.books, kept, strict=True)
    )


def _few(book: ClassBook, spec: CustomSpec) -> Cells | None:
    if book.roll is None:
        return None
    cells = cells_of(Asked(book, {pupil.id: pupil for pupil in book.roll}, Words(book.staff, [book])), spec)
    return cells if len(cells) <= MOST_KEPT else None


def cells_of(asked: Asked, spec: CustomSpec) -> Cells:
    """Return the cells of one class."""
    name = spec.table.name
    if name not in GRIDS:
        return counted(spec, class_rows(asked, name))
    last = len(spec.table.columns) - sum(map(len, (COLUMN_PLACES, PUPIL_PLACES)))
    wanted = sift(spec, (COLUMN_PLACES, PUPIL_PLACES, CELL_PLACES[:last]))
    return wanted.cells(Counter(GRIDS[name](asked._replace(picks=Picks(*wanted.picks)))))


def pack_pivots(pivots: Pivots) -> Any:
    """Return the cells as lists JSON can hold: the values of columns, then each row with its cells."""
    return {key: None if cells is None else _packed(cells) for key, cells in pivots.items()}


def unpack_pivots(content: Any) -> Pivots:
    """Return the packed cells. Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
    try:
        return {key: None if cells is None else _unpacked(cells) for key, cells in content.items()}
    except ZeroDivisionError as error:
        raise ValueError from error


def _packed(cells: Cells) -> Any:
    columns = {column: number for number, column in enumerate(dict.fromkeys(column for _, column in cells))}
    rows: dict[Key, list[Any]] = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, []).append([columns[column], *_numbers(cell)])
    return [list(map(_plain, columns)), [[list(map(_plain, row)), held] for row, held in rows.items()]]


def _unpacked(content: Any) -> Cells:
    columns, rows = content
    values = dict(enumerate(map(_value, columns)))
    return {(tuple(map(_value, row)), values[place]): _cell(*numbers) for row, held in rows for place, *numbers in held}


def _numbers(cell: Cell) -> list[Any]:
    """Return the numbers of a cell, only those that say something."""
    if cell.least is not None and cell.most is not None:
        return [cell.records, cell.counted, *map(_fraction, (cell.total, cell.least, cell.most))]
    return [cell.records] if cell.counted == cell.records else [cell.records, cell.counted]


def _cell(records: int, among: int | None = None, *values: int | str) -> Cell:
    cell = Cell(int(records), int(records if among is None else among))
    if values:
        cell.total, cell.least, cell.most = map(Fraction, values)
    return cell


def _fraction(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)


def _plain(value: Value) -> Any:
    return [value.isoformat()] if isinstance(value, dt.date) else value


def _value(packed: Any) -> Value:
    if isinstance(packed, list):
        (text,) = packed
        return dt.date.fromisoformat(text)
    if packed is None or isinstance(packed, (str, int, float)):
        return packed
    raise ValueError(packed)
