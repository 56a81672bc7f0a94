"""The school-wide workbooks, with the terms of the rules: what ``init`` and ``forms`` both create."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sgo_sheets.rules.sheets import setting_rows, term_rows
from sgo_sheets.workbooks.calendar_seed import calendar_seed
from sgo_sheets.workbooks.forms import write_book
from sgo_sheets.workbooks.forms.start import Start, starting_books, usual_year


@dataclass(frozen=True, slots=True)
class Made:
    """What was created, what was there and left alone, and the calendar years nothing is known of."""

    created: tuple[str, ...]
    kept: int
    unknown_years: tuple[int, ...]


def make_starting_books(workbooks: Path, first_year: int, saved: dt.datetime) -> Made:
    """Create the school-wide workbooks that are missing. One that exists, in any format, is never touched."""
    created = []
    kept = 0
    for name, content in starting_books(Start(usual_year(first_year), term_rows(), setting_rows())).items():
        if exists(workbooks / name):
            kept += 1
            continue
        write_book(workbooks / name, content, saved=saved.replace(tzinfo=None))
        created.append(name)
    return Made(tuple(created), kept, calendar_seed([first_year, first_year + 1]).unknown)


def exists(path: Path) -> bool:
    """Return whether a workbook is there in any of the formats that are read."""
    return any(path.with_name(path.stem + ending).exists() for ending in (".xlsx", ".xlsm", ".ods"))
