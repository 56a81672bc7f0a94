"""A save that loses or changes too many old marks is held back: the last good version stays until a person says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.history.marks import columns_of, pairs, said
from sgo_sheets.pipeline.last_good import last_good
from sgo_sheets.pipeline.state import Kept
from sgo_sheets.records.catalog import MARKS_SHEET, Book, Grid
from sgo_sheets.records.faults import HELD_BACK
from sgo_sheets.records.tokens import Tokens
from sgo_sheets.russian import counted, day

OLD = dt.timedelta(days=14)  # younger marks are changed every day, and may be
SHARE = 3  # of so many old marks one may be gone or another without a question
LEAST = 12  # fewer are never held back


class Damage(NamedTuple):
    """What became of the old marks of a journal: gone, changed, out of how many."""

    lost: int
    changed: int
    of: int

    @property
    def grave(self) -> bool:
        """Return whether a person must say that it is meant."""
        touched = self.lost + self.changed
        return touched >= LEAST and touched * SHARE > self.of


@dataclass(frozen=True, slots=True)
class Holding:
    """The workbooks of a build, those held back replaced by their last good version.

    ``held`` – workbook → (SHA-256 of the version held back, the day (ISO) since when).
    """

    books: tuple[Book, ...]
    held: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Good:
    """The last good versions: what is kept, where the copies lie, and workbooks read before, which spare a reading."""

    kept: Mapping[str, Kept]
    copies: Path
    read: Mapping[str, Book]
    year: tuple[dt.date, dt.date] | None

    def of(self, path: str) -> Book | None:
        """Return the last good version of a workbook, None without one."""
        kept = self.kept.get(path)
        if kept is None:
            return None
        book = self.read.get(path)
        return (
            book if book is not None and book.digest == kept.digest else last_good(self.copies, path, kept, self.year)
        )


def hold_back(
    books: Sequence[Book],
    good: Good,
    held: Mapping[str, tuple[str, str]],
    accepted: Iterable[str],
    on: dt.date,
) -> Holding:
    """Return the workbooks with the last good version of those that lose too many old marks.

    ``held`` is what the last build held back: the very same version stays held however old its marks grow.
    ``accepted`` – workbooks whose changes are meant.
    """
    meant = frozenset(accepted)
    shown, found = [], {}
    for book in books:
        last = _good_one(book, good) if book.path not in meant else None
        if last is not None and last.grid is not None and book.grid is not None:
            damage = damage_of(last.grid, book.grid, on)
            before = held.get(book.path, ("", ""))
            if damage.grave or before[0] == book.digest:
                found[book.path] = (book.digest, before[1] or on.isoformat())
                shown.append(replace(last, findings=tuple(_told(book, last, damage, found[book.path][1]))))
                continue
        shown.append(book)
    return Holding(tuple(shown), found)


def _good_one(book: Book, good: Good) -> Book | None:
    kept = good.kept.get(book.path)
    return None if book.grid is None or kept is None or kept.digest == book.digest else good.of(book.path)


def damage_of(old: Grid, new: Grid, on: dt.date) -> Damage:
    """Return what became of the marks and absences of lessons older than two weeks.

    Rows whose № has got another name are passed over: a half-sorted sheet has a finding of its own, row by row.
    """
    if old.columns == new.columns and old.rows == new.rows:
        return Damage(0, 0, 0)
    before, after = columns_of(old), columns_of(new)
    lost = changed = total = 0
    names = {row.pupil: row.name for row in new.rows}
    renamed = {row.pupil for row in old.rows if names.get(row.pupil, row.name) != row.name}
    for _, was, now in pairs(old, new):
        if was is None or old.columns[was].date >= on - OLD:
            continue
        cells: Mapping[str, Tokens] = after[now] if now is not None else {}
        for pupil, tokens in before[was].items():
            if pupil in renamed or not (tokens.marks or tokens.absence):
                continue
            total += 1
            there = cells.get(pupil)
            if there is None or not (there.marks or there.absence or there.faults):
                lost += 1
            elif said(there) != said(tokens):
                changed += 1
    return Damage(lost, changed, total)


def _told(book: Book, last: Book, damage: Damage, since: str) -> Iterable[Finding]:
    """Yield what the teacher and the administrator are told."""
    of = f" от {day(last.saved.date())}" if last.saved else ""
    gone = f"пропало {damage.lost}" if damage.lost else ""
    other = f"изменено {damage.changed}" if damage.changed else ""
    facts = " и ".join(filter(None, (gone, other))) or "изменены"
    first = dt.date.fromisoformat(since)
    what = (
        f"сохранение задержано: {facts} из {counted(damage.of, 'отметки', 'отметок', 'отметок')} старше двух недель; "
        f"на сайте с {day(first)} остаётся прежняя версия{of}."
    )
    place = CellRef(book.path, MARKS_SHEET)
    mend = " Верните отметки (прежнюю версию даст администратор) или скажите ему, что так и задумано."
    yield replace(HELD_BACK.at(place, what + mend, Role.TEACHER), since=first)
    accept = (
        f' Прежние версии: sgo history versions "{book.path}"; если так и задумано: '
        f'sgo build --accept-changes "{book.path}".'
    )
    yield replace(HELD_BACK.at(place, what + accept, Role.ADMIN), since=first)
