"""The peer of the reader: openpyxl and pydantic, row by row, written the plain way.

It does the least that can be called the same job: opens a journal, finds the columns by header, validates every lesson
and every period row as a pydantic model and every filled cell of «Отметки» as a mark with its pupil and date. It does
none of what the project's reader does beyond that (look-alike letters, hints, cells of findings, hostile files).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel, field_validator

TOKENS = {"5", "4", "3", "2", "1", "н", "от", "уп", "б", "нп", "оп", "осв", ".", "•", "зач", "нзч"}


class PlainLesson(BaseModel):
    """A row of «Уроки»."""

    date: dt.date
    number: int | None = None
    topic: str = ""
    homework: str = ""

    @field_validator("date", mode="before")
    @classmethod
    def _date(cls, value: object) -> object:
        return value.date() if isinstance(value, dt.datetime) else value

    @field_validator("topic", "homework", mode="before")
    @classmethod
    def _text(cls, value: object) -> str:
        return "" if value is None else str(value).strip()


class PlainMark(BaseModel):
    """A filled cell of «Отметки»."""

    pupil: str
    date: dt.date
    tokens: list[str]

    @field_validator("tokens")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        unknown = [token for token in value if token.casefold() not in TOKENS]
        if unknown:
            raise ValueError(unknown[0])
        return value


class PlainFinal(BaseModel):
    """A row of «Итоги»."""

    pupil: str
    marks: dict[str, str]


def read_plain(path: Path, *, read_only: bool = False) -> tuple[list[PlainLesson], list[PlainMark], list[PlainFinal]]:
    """Return the lessons, marks and period rows of a journal; ``read_only`` is openpyxl's faster mode."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=read_only)
    try:
        lessons = _lessons(book["Уроки"])
        marks = _marks(book["Отметки"])
        finals = _finals(book["Итоги"])
    finally:
        book.close()
    return lessons, marks, finals


def _lessons(sheet: Worksheet) -> list[PlainLesson]:
    rows = sheet.iter_rows(values_only=True)
    header = _header(rows, "Тема урока")
    found = []
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        if cells.get("Дата") is not None:
            found.append(
                PlainLesson(
                    date=cells["Дата"],
                    number=cells.get("Урок"),
                    topic=cells.get("Тема урока"),
                    homework=cells.get("Домашнее задание"),
                )
            )
    return found


def _marks(sheet: Worksheet) -> list[PlainMark]:
    dates: list[object] = []
    number = 0
    found = []
    for row in sheet.iter_rows(values_only=True):
        if not number and "Дата" in row:
            dates = list(row)
        elif not number and "№ личного дела" in row:
            number = row.index("№ личного дела") + 1
        elif number and row[number - 1] is not None:
            for date, cell in zip(dates, row, strict=False):
                if isinstance(date, dt.datetime) and cell is not None:
                    tokens = str(cell).split()
                    found.append(PlainMark(pupil=str(row[number - 1]), date=date.date(), tokens=tokens))
    return found


def _finals(sheet: Worksheet) -> list[PlainFinal]:
    rows = sheet.iter_rows(values_only=True)
    header = _header(rows, "№ личного дела")
    found = []
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        pupil = cells.pop("№ личного дела", None)
        if pupil is not None:
            marks = {str(key): str(value) for key, value in cells.items() if key and value is not None}
            found.append(PlainFinal(pupil=str(pupil), marks=marks))
    return found


def _header(rows: object, required: str) -> list[str]:
    for row in rows:  # type: ignore[attr-defined]  # openpyxl's generator of rows
        if required in row:
            return [str(cell) if cell is not None else "" for cell in row]
    return []
