"""Rows that were not applied keep their last good version: a child's marks do not vanish for a half-sorted sheet.

The judgement sees such a row as missing and says so; the diary shows it as it was when it could last be believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sgo_sheets.findings import Finding
from sgo_sheets.records import faults
from sgo_sheets.records.catalog import MARKS_SHEET, Book, Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import PeriodMarks

_ROW = re.compile(r"[A-Z]+(\d+)")
_TAINTS = frozenset({faults.COPIED_BOOK.code, faults.NAME_MISMATCH.code})


def tainted(findings: Iterable[Finding]) -> dict[str, dict[str, frozenset[int]]]:
    """Return workbook → sheet → rows that were not applied because № and name disagree.

    A workbook without sheets in it is doubtful as a whole: another claims the same «Титул».
    """
    found: dict[str, dict[str, frozenset[int]]] = {}
    for finding in findings:
        at = finding.at
        if finding.code not in _TAINTS:
            continue
        if finding.code == faults.COPIED_BOOK.code:
            found[at.workbook] = {}
        elif (match := _ROW.fullmatch(at.cell)) and (at.workbook not in found or found[at.workbook]):
            sheets = found.setdefault(at.workbook, {})
            sheets[at.sheet] = sheets.get(at.sheet, frozenset()) | {int(match[1])}
    return found


def mend(
    books: Sequence[Book], taints: Mapping[str, Mapping[str, frozenset[int]]], last_good: Callable[[str], Book | None]
) -> tuple[Book, ...]:
    """Return the workbooks with the last good version of tainted rows and of workbooks of which there are two.

    A second copy that was never good is left out. The same tuple comes back when there is nothing to mend.
    """
    if not taints:
        return tuple(books)
    mended = []
    for book in books:
        if book.path not in taints:
            mended.append(book)
            continue
        last = last_good(book.path)
        if not taints[book.path]:
            mended.extend([replace(last, findings=book.findings)] if last else [])
        else:
            mended.append(book if last is None else _mend_rows(book, taints[book.path], last))
    return tuple(mended)


def _mend_rows(book: Book, sheets: Mapping[str, frozenset[int]], last: Book) -> Book:
    grid, tables = book.grid, dict(book.tables)
    if grid is not None and last.grid is not None and MARKS_SHEET in sheets:
        grid = _mend_grid(grid, sheets[MARKS_SHEET], last.grid)
    if PeriodMarks.sheet in sheets:
        old = {row.pupil: row.model_copy(update={"name": ""}) for row in last.rows(PeriodMarks)}
        tables[PeriodMarks.sheet] = tuple(
            old.get(row.pupil, row) if row.row in sheets[PeriodMarks.sheet] else row for row in book.rows(PeriodMarks)
        )
    return replace(book, grid=grid, tables=tables, digest=f"{book.digest}+{last.digest}")


def _mend_grid(grid: Grid, rows: frozenset[int], last: Grid) -> Grid:
    places = _places(grid.columns)
    moved = {index: places[key] for key, index in _places(last.columns).items() if key in places}
    old = {row.pupil: row for row in last.rows}

    def mended(row: GridRow) -> GridRow:
        good = old.get(row.pupil)
        if row.row not in rows or good is None:
            return row
        cells = {moved[index]: tokens for index, tokens in good.cells.items() if index in moved}
        return replace(row, name="", cells=cells)  # the card may have got another surname since

    return replace(grid, rows=tuple(mended(row) for row in grid.rows))


def _places(columns: Sequence[GridColumn]) -> dict[tuple[object, ...], int]:
    """Return where each column of lessons stands, known by date, lesson, kind and which of equals it is."""
    found: dict[tuple[object, ...], int] = {}
    for index, column in enumerate(columns):
        which = 0
        while (key := (column.date, column.number, column.kind, which)) in found:
            which += 1
        found[key] = index
    return found
