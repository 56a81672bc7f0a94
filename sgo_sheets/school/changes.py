"""Marks that were changed, as the history of the workbooks saw it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import CellRef


@dataclass(frozen=True, slots=True)
class LateChange:
    """A mark that was changed after its period had closed, as the history of the workbooks saw it (Регламент п. 8.8).

    ``what`` names the mark for people («отметка за период «1 четверть»»); ``old`` and ``new`` are its values as typed
    («» – none); ``period_end`` is the last day of its period, ``changed_on`` the first day the new value was seen.
    """

    at: CellRef
    pupil: str
    what: str
    old: str
    new: str
    changed_on: dt.date
    period_end: dt.date


class MarkChange(NamedTuple):
    """A mark of a pupil that became another, as the history of the workbooks saw it.

    ``day`` – when; ``lesson`` – the day of its lesson, None for a mark of the ``period``; ``old``, ``new`` – as the
    journal writes them («5 4», «ОТ», «»); ``teacher`` – the code of who holds the journal.
    """

    day: dt.date
    pupil: str
    subject: str
    lesson: dt.date | None
    period: str
    old: str
    new: str
    teacher: str
