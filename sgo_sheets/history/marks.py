"""What changed on «Отметки»: columns are known by the lesson above them, rows by № личного дела."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.history.changes import ROW, UNREAD, Change
from sgo_sheets.records.catalog import MARKS_SHEET, Grid, GridColumn
from sgo_sheets.records.journal_books import LessonColumn, PupilRow
from sgo_sheets.records.tokens import Tokens

DAY_MARKS, THERE = "отметки", "есть"
_NAME = next(column.header for column in PupilRow.columns() if column.field == "name")
_KIND = next(column.header for column in LessonColumn.columns() if column.field == "kind")
Cells = Mapping[str, Tokens]


class Pair(NamedTuple):
    """A column of the newer version, of the older one, or both: the same lesson. ``label`` names it in the log."""

    label: str
    old: int | None
    new: int | None


def said(tokens: Tokens | None) -> str:
    """Return what a cell says, as the log writes it."""
    if tokens is None:
        return ""
    flags = ((tokens.late, "ОП"), (tokens.exempt, "осв"), (tokens.debt, "."), (bool(tokens.faults), UNREAD))
    return " ".join((*tokens.marks, *filter(None, (tokens.absence,)), *(text for there, text in flags if there)))


def columns_of(grid: Grid) -> tuple[Cells, ...]:
    """Return the cells of each column by the pupil's №; of two rows of one pupil the first counts."""
    found: list[dict[str, Tokens]] = [{} for _ in grid.columns]
    seen = set()
    for row in grid.rows:
        if row.pupil not in seen:
            seen.add(row.pupil)
            for place, tokens in row.cells.items():
                found[place][row.pupil] = tokens
    return tuple(found)


def pairs(old: Grid, new: Grid) -> list[Pair]:
    """Return which column is which.

    Columns of one day are told apart by the number of the lesson, the kind of work and their content; a column whose
    whole content stands under another day now was moved.
    """
    before, after = columns_of(old), columns_of(new)
    places: dict[int, int] = {}
    left: dict[dt.date, list[int]] = {}
    right: dict[dt.date, list[int]] = {}
    for place, column in enumerate(old.columns):
        left.setdefault(column.date, []).append(place)
    for place, column in enumerate(new.columns):
        right.setdefault(column.date, []).append(place)
    for day, mine in right.items():
        places.update(_of_one_day(old, new, before, after, left.get(day, []), mine))
    lost = [place for place in range(len(old.columns)) if place not in places.values()]
    come = [place for place in range(len(new.columns)) if place not in places]
    for place in come:
        same = [other for other in lost if before[other] and before[other] == after[place]]
        if len(same) == 1:
            places[place] = same[0]
            lost.remove(same[0])
    labels, old_labels = _labels(new.columns), _labels(old.columns)
    found = [Pair(labels[place], places.get(place), place) for place in range(len(new.columns))]
    return [*found, *(Pair(old_labels[place], place, None) for place in lost)]


def _of_one_day(  # noqa: PLR0917 - the same three of the older and the newer version
    old: Grid, new: Grid, before: Sequence[Cells], after: Sequence[Cells], mine: list[int], theirs: list[int]
) -> dict[int, int]:
    if len(mine) == len(theirs) == 1:
        return {theirs[0]: mine[0]}
    found: dict[int, int] = {}
    ways: tuple[Callable[[GridColumn, Cells], Hashable], ...] = (
        lambda column, cells: (column.number, column.kind, frozenset(cells.items())),
        lambda column, _: (column.number, column.kind),
        lambda column, _: column.number,
        lambda column, cells: (column.kind, frozenset(cells.items())),
        lambda _column, _cells: None,
    )
    left, right = list(mine), list(theirs)
    for way in ways:
        for place in list(right):
            key = way(new.columns[place], after[place])
            other = next((one for one in left if way(old.columns[one], before[one]) == key), None)
            if other is not None:
                found[place] = other
                left.remove(other)
                right.remove(place)
    return found


def _labels(columns: Sequence[GridColumn]) -> list[str]:
    """Return the names of the columns: day, number of the lesson, which of several alike."""
    counts: dict[str, int] = {}
    found = []
    for column in columns:
        name = column.date.isoformat() + (f" урок {column.number}" if column.number is not None else "")
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return found


def grid_changes(old: Grid, new: Grid, *, unsure: bool = False) -> Iterator[Change]:
    """Yield what changed; ``unsure`` – some row or column of the older version could not be read."""
    if old.columns == new.columns and old.rows == new.rows:
        return
    before, after = columns_of(old), columns_of(new)
    names, new_names = {row.pupil: row.name for row in old.rows}, {row.pupil: row.name for row in new.rows}
    for pupil, name in new_names.items():
        if pupil in names and names[pupil] != name:
            yield Change(MARKS_SHEET, pupil, _NAME, names[pupil], name)
    moved = set()
    for label, was, now in pairs(old, new):
        mine: Cells = before[was] if was is not None else {}
        theirs: Cells = after[now] if now is not None else {}
        if was is not None and now is not None:
            first, second = old.columns[was], new.columns[now]
            if first.kind != second.kind:
                yield Change(MARKS_SHEET, label, _KIND, first.kind, second.kind)
            if first.date != second.date:
                moved.add(second.date)
                yield Change(MARKS_SHEET, second.date.isoformat(), ROW, first.date.isoformat(), second.date.isoformat())
        if mine != theirs:
            for pupil in dict.fromkeys((*theirs, *mine)):
                change = Change(MARKS_SHEET, pupil, label, said(mine.get(pupil)), said(theirs.get(pupil)))
                if change.old != change.new:
                    yield change
    yield from _days(old, new, before, after, moved, unsure=unsure)


def _days(
    old: Grid, new: Grid, before: Sequence[Cells], after: Sequence[Cells], moved: set[dt.date], *, unsure: bool
) -> Iterator[Change]:
    """Yield the days that have got their first mark, or lost the last one."""
    left, right = _marked(old, before), _marked(new, after)
    known = {column.date for column in old.columns}
    for day in sorted(left ^ right):
        if day not in moved:
            was, now = THERE if day in left else "", THERE if day in right else ""
            absent = UNREAD if unsure and not was and day not in known else was
            yield Change(MARKS_SHEET, day.isoformat(), DAY_MARKS, absent, now)


def _marked(grid: Grid, columns: Sequence[Cells]) -> set[dt.date]:
    return {
        column.date
        for column, cells in zip(grid.columns, columns, strict=True)
        if any(tokens.marks or tokens.faults for tokens in cells.values())
    }
