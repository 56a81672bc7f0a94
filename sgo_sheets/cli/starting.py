"""The school-wide workbooks, with the terms of the rules: what ``init`` and ``forms`` both create."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sgo_sheets.records.catalog import Rows
from sgo_sheets.records.kinds import Raw
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.settings import SWITCHES
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
    for name, content in starting_books(Start(usual_year(first_year), _terms(), _settings())).items():
        if exists(workbooks / name):
            kept += 1
            continue
        write_book(workbooks / name, content, saved=saved.replace(tzinfo=None))
        created.append(name)
    return Made(tuple(created), kept, calendar_seed([first_year, first_year + 1]).unknown)


def exists(path: Path) -> bool:
    """Return whether a workbook is there in any of the formats that are read."""
    return any(path.with_name(path.stem + ending).exists() for ending in (".xlsx", ".xlsm", ".ods"))


def _terms() -> Rows:
    """Return «Сроки»: a row for each rule of the regulation, with the numbers the program starts from."""
    return Rows(tuple(_term(rule) for rule in RULES))


def _term(rule: Rule) -> dict[str, Raw]:
    due = rule.due
    value: Raw = None if due is None else due.date or due.count
    return {
        "Код правила": rule.code,
        "Пункт": rule.clause,
        "Требование": rule.title,
        "Ответственный": rule.role.label,
        "Срок": "" if due is None else str(due),
        "Значение": value,
        "Единица": "" if due is None else due.unit,
        "Важность": rule.severity.label,
        "Проверять": "да",
    }


def _settings() -> Rows:
    """Return «Настройки»: every switch the program knows, with its default."""
    return Rows(tuple({"Показатель": switch.name, "Значение": switch.default} for switch in SWITCHES))
