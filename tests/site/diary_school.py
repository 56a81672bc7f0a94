"""An invented class with everything a diary may show: the tests and the pictures of the diary start from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sgo_sheets.records.catalog import Book, BookKind, Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import AbsenceReason, Announcement, ClassPeriodMarks, Release
from sgo_sheets.records.regulation_book import Setting, WorkKind
from sgo_sheets.records.tokens import parse_cell
from sgo_sheets.school.model import ClassBook
from tests.school import small
from tests.school.small import d, rows

SAVED = dt.datetime(2026, 11, 23, 11, 5, tzinfo=dt.UTC)
VERA, PETR, NINA, OLEG = "К-101", "К-102", "К-103", "К-104"
MATHS = "Математика"
RUSSIAN = "Русский язык"
ENGLISH = "Английский язык"
HISTORY = "История"
SPORT = "Физическая культура"
SUBJECTS = (
    RUSSIAN, "Литература", MATHS, ENGLISH, "История", "География", "Биология",
    "Изобразительное искусство", "Музыка", "Труд (технология)", SPORT,
)  # fmt: skip
WEEK: Mapping[str, tuple[str, ...]] = {
    "пн": (RUSSIAN, MATHS, "Английский язык (1) / Английский язык (2)", SPORT, "Литература"),
    "вт": ("География", "Литература", "История", MATHS, RUSSIAN, "Музыка"),
    "ср": (MATHS, RUSSIAN, "Биология", "Английский язык (1) / Английский язык (2)", "Труд (технология)"),
    "чт": (RUSSIAN, "Труд (технология)", MATHS, SPORT, "История"),
    "пт": ("Литература", MATHS, "Английский язык (1) / Английский язык (2)", RUSSIAN, "Изобразительное искусство"),
    "сб": (RUSSIAN, "География", SPORT),
}
CARDS = [
    {"id": VERA, "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А"},
    {"id": PETR, "surname": "Лугов", "first_name": "Пётр", "class_at_start": "5А"},
    {"id": NINA, "surname": "Озёрная", "first_name": "Нина"},
    {"id": OLEG, "surname": "Тропинин", "first_name": "Олег", "class_at_start": "5Б"},
]
ORDERS = [
    {
        "number": "15-у", "date": d("12.10"), "type": "Зачисление в гимназию", "event": d("12.10"),
        "pupil": NINA, "pupil_name": "Озёрная Нина", "to_class": "5А", "place": "школа № 3",
    },
    {
        "number": "17-у", "date": d("16.11"), "type": "Перевод из класса в класс", "event": d("16.11"),
        "pupil": OLEG, "pupil_name": "Тропинин Олег", "from_class": "5Б", "to_class": "5А",
    },
]  # fmt: skip
CLASSES = [
    {"name": "1А", "grade": 1, "school_week": 5},
    {"name": "5А", "grade": 5, "school_week": 6},
    {"name": "5Б", "grade": 5, "school_week": 6},
]
PERIODS = [
    {"classes": "1-9", "type": "четверть", "name": "1 четверть", "start": d("01.09"), "end": d("24.10")},
    {"classes": "1-9", "type": "четверть", "name": "2 четверть", "start": d("02.11"), "end": d("29.12")},
    {"classes": "1-9", "type": "четверть", "name": "3 четверть", "start": d("11.01"), "end": d("20.03")},
    {"classes": "1-9", "type": "четверть", "name": "4 четверть", "start": d("29.03"), "end": d("29.05")},
    {"classes": "1-9", "type": "год", "name": "Год", "start": d("01.09"), "end": d("29.05")},
]
HOLIDAYS = [
    {"name": "осенние", "start": d("25.10"), "end": d("01.11")},
    {"name": "Зимние каникулы", "start": d("30.12"), "end": d("10.01")},
    {"name": "весенние", "start": d("21.03"), "end": d("28.03")},
]
CALENDAR = [
    {"date": d("04.11"), "kind": "выходной", "reason": "День народного единства"},
    {"date": d("20.11"), "kind": "сокращённый"},
]
STARTS = (
    dt.time(8),
    dt.time(8, 55),
    dt.time(9, 55),
    dt.time(10, 55),
    dt.time(11, 50),
    dt.time(12, 45),
    dt.time(13, 40),
)
BELLS = [
    {"set": "1 смена", "number": n, "start": start, "end": start.replace(minute=(start.minute + 45) % 60)}
    for n, start in enumerate(STARTS, 1)
]


def timetable(*classes: str) -> list[dict[str, Any]]:
    """Return the poster: the same week for each class; rooms for the first lessons."""
    poster = []
    for weekday, lessons in WEEK.items():
        for number, lesson in enumerate(lessons, 1):
            text = lesson if "/" in lesson else f"{lesson}, {300 + number}"
            poster.append({"weekday": weekday, "number": number, "cells": dict.fromkeys(classes, text)})
    return poster


def loads(*classes: str) -> list[dict[str, Any]]:
    """Return who teaches what: English in two groups, everything else to the whole class."""
    found: list[dict[str, Any]] = []
    for name in classes:
        found.append({"target": name, "subject": "Классное руководство", "teacher": "СТ-01"})
        for subject in SUBJECTS:
            groups = ("1", "2") if subject == ENGLISH else ("",)
            found.extend({"target": name, "subject": subject, "group": g, "teacher": "СТ-01"} for g in groups)
    return found


def journal(
    subject: str = MATHS,
    group: str = "",
    *,
    target: str = "5А",
    columns: tuple[tuple[str, str], ...] = (),
    marks: Mapping[str, Mapping[int, str]] | None = None,
    lessons: tuple[dict[str, Any], ...] = (),
    finals: tuple[dict[str, Any], ...] = (),
    numbers: tuple[int | None, ...] = (),
) -> Book:
    """Return a journal: columns as («16.11», kind of work), marks by № and column, rows of «Уроки» and «Итоги»."""
    book = small.journal(target, subject, group, lessons=lessons, finals=finals)
    names = {str(card["id"]): f"{card['surname']} {card['first_name']}" for card in CARDS}
    heads = tuple(
        GridColumn(d(day), numbers[n] if n < len(numbers) else None, kind, f"C{n}")
        for n, (day, kind) in enumerate(columns)
    )
    grid_rows = tuple(
        GridRow(pupil, names[pupil], place, {column: parse_cell(text) for column, text in cells.items()})
        for place, (pupil, cells) in enumerate((marks or {}).items(), 5)
    )
    return replace(book, grid=Grid(book.path, heads, grid_rows), saved=SAVED)


def teacher_book(
    *,
    target: str = "5А",
    reasons: tuple[dict[str, Any], ...] = (),
    marks: tuple[dict[str, Any], ...] = (),
    releases: tuple[dict[str, Any], ...] = (),
    news: tuple[dict[str, Any], ...] = (),
) -> Book:
    """Return the class teacher's book."""
    book = small.class_teacher_book(target)
    tables = {
        **book.tables,
        "Причины пропусков": rows(book.path, AbsenceReason, *reasons),
        "Итоги класса": rows(book.path, ClassPeriodMarks, *marks),
        "Освобождения": rows(book.path, Release, *releases),
        "Объявления": rows(book.path, Announcement, *news),
    }
    return replace(book, tables=tables, saved=SAVED)


def lesson(date: str, topic: str = "", homework: str = "", **more: Any) -> dict[str, Any]:
    """Return a row of «Уроки»."""
    return {"date": d(date), "topic": topic, "homework": homework, **more}


def class_book(*journals: Book, name: str = "5А", **changes: Any) -> ClassBook:
    """Return a class of the invented school with these journals (and class teacher's books)."""
    everything: dict[str, Any] = {
        "periods": PERIODS,
        "holidays": HOLIDAYS,
        "calendar": CALENDAR,
        "bells": BELLS,
        "classes": CLASSES,
        "subjects": [{"name": subject} for subject in SUBJECTS],
        "loads": loads("1А", "5А", "5Б"),
        "groups": [
            {"target": target, "subject": ENGLISH, "group": group, "pupil": pupil}
            for pupil, group, target in (
                (VERA, "1", "5А"),
                (PETR, "2", "5А"),
                (NINA, "1", "5А"),
                (OLEG, "1", "5А"),
                (OLEG, "2", "5Б"),
            )
        ],
        "cards": {"5А": CARDS},
        "orders": ORDERS,
        "timetable": {"Расписание": timetable("1А", "5А", "5Б")},
        "journals": list(journals),
    }
    found = small.school(**{**everything, **changes}).book(name)
    assert found is not None
    return found


def regulation(*records: Setting | WorkKind) -> Book:
    """Return Регламент.xlsx with these settings and kinds of work."""
    tables = {record.sheet: tuple(r for r in records if r.sheet == record.sheet) for record in records}
    return Book("Регламент.xlsx", BookKind.REGULATION, f"digest {records}", tables=tables)
