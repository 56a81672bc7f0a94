"""Workbooks for tests of reading: sheets as rows of values, saved by openpyxl, read by the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from sgo_sheets.findings import Finding
from sgo_sheets.records.catalog import Book
from sgo_sheets.workbooks.reader import read_book

YEAR = (dt.date(2026, 9, 1), dt.date(2027, 5, 31))
JOURNAL = "Журналы/5А/Математика.xlsx"
PLAN = "КТП/Химия 8.xlsx"
SCHOOL = "Школа.xlsx"
Rows = Sequence[Sequence[Any]]

TITLE: Rows = (("Показатель", "Значение"), ("Класс", "5А"), ("Предмет", "Математика"), ("Учебный год", "2026/2027"))
PLAN_TITLE: Rows = (("Показатель", "Значение"), ("Предмет", "Химия"), ("Параллель", 8))
MARKS: Rows = (
    (None, None, "Дата", dt.date(2026, 9, 7), dt.date(2026, 9, 9)),
    (None, None, "Урок"),
    (None, None, "Вид работы", "О", "К"),
    ("№", "№ личного дела", "Обучающийся"),
    (1, "К-101", "Соколова Вера", 5, "н"),
    (2, "К-102", "Орлов Пётр", None, "4 5"),
)
LESSONS: Rows = (("Дата", "Урок", "Тема урока"), (dt.date(2026, 9, 7), None, "Дроби"))
FINALS: Rows = (("№ личного дела", "Обучающийся", "1 четверть"), ("К-101", "Соколова Вера", 5))
JOURNAL_SHEETS: Mapping[str, Rows] = {"Титул": TITLE, "Отметки": MARKS, "Уроки": LESSONS, "Итоги": FINALS}


def make(sheets: Mapping[str, Rows], edit: Callable[[Workbook], None] | None = None) -> Workbook:
    """Return a workbook of the rows, dates formatted as dates, changed by ``edit``."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if edit is not None:
        edit(book)
    return book


def read(
    folder: Path,
    path: str,
    sheets: Mapping[str, Rows],
    edit: Callable[[Workbook], None] | None = None,
    year: tuple[dt.date, dt.date] | None = YEAR,
) -> Book:
    """Save a workbook and return it as read."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    make(sheets, edit).save(file)
    return read_book(folder, path, year)


def read_journal(folder: Path, edit: Callable[[Workbook], None] | None = None, **sheets: Rows) -> Book:
    """Return a journal as read, with some sheets replaced: marks=…, lessons=…, finals=…, title=…."""
    names = {"marks": "Отметки", "lessons": "Уроки", "finals": "Итоги", "title": "Титул"}
    return read(folder, JOURNAL, {**JOURNAL_SHEETS, **{names[key]: rows for key, rows in sheets.items()}}, edit)


def read_plan(folder: Path, *rows: Sequence[Any], edit: Callable[[Workbook], None] | None = None) -> Book:
    """Return a lesson plan as read; without a header row of its own the usual one stands above the rows."""
    return read(folder, PLAN, {"Титул": PLAN_TITLE, "План": rows}, edit)


def said(book: Book) -> list[tuple[str, str]]:
    """Return code and place of every finding: («W0302», «План!A3»)."""
    return [(finding.code, _place(finding)) for finding in book.findings]


def _place(finding: Finding) -> str:
    return finding.at.sheet + (f"!{finding.at.cell}" if finding.at.cell else "")
