"""Marks that were changed after their period had closed, as far as the history saw it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sgo_sheets.history.changes import UNREAD
from sgo_sheets.history.index import Correction
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.records.journal_books import ClassPeriodMarks
from sgo_sheets.russian import fold


class Closing(NamedTuple):
    """A period of the class: its name, first and last day."""

    name: str
    first: dt.date
    last: dt.date


class LateMark(NamedTuple):
    """A mark that was one thing after its period had closed and is another now.

    ``field`` is the day of the lesson («2026-09-14», with its number) or the period, of «Итоги класса» the subject;
    ``seen`` the day the change was first seen, ``closed`` the last day of the period.
    """

    workbook: str
    sheet: str
    pupil: str
    field: str
    old: str
    new: str
    seen: dt.date
    closed: dt.date


def late_changes(corrections: Iterable[Correction], periods: Sequence[Closing], grace: int = 0) -> tuple[LateMark, ...]:
    """Return the marks changed later than ``grace`` days after their period.

    Only a mark that was there counts, and only if the old one was still seen after that day: nobody is accused because
    nobody looked. A mark changed and changed back is no change.
    """
    found: dict[tuple[str, str, str, str], LateMark] = {}
    for one in corrections:
        pupil, period = _period(one, periods)
        key = (one.workbook, one.sheet, one.key, one.field)
        if period is None or UNREAD in (one.old, one.new):
            continue
        if key in found:
            found[key] = found[key]._replace(new=one.new)
        elif dt.date.fromisoformat(one.looked[:10]) > period.last + dt.timedelta(days=grace):
            seen = dt.date.fromisoformat(one.at[:10])
            found[key] = LateMark(one.workbook, one.sheet, pupil, one.field, one.old, one.new, seen, period.last)
    return tuple(late for late in found.values() if late.old != late.new)


def _period(one: Correction, periods: Sequence[Closing]) -> tuple[str, Closing | None]:
    """Return the pupil and the period a mark belongs to, None for one of no closed period of this class."""
    if one.sheet == MARKS_SHEET:
        day = dt.date.fromisoformat(one.field[:10])
        return one.key, next((p for p in periods if p.first <= day <= p.last), None)
    if one.sheet == ClassPeriodMarks.sheet:
        for period in periods:
            if fold(one.key).endswith(f" {fold(period.name)}"):
                return one.key[: -len(period.name)].strip(), period
        return one.key, None
    return one.key, next((p for p in periods if fold(p.name) == fold(one.field)), None)
