"""The worked example of report 1: its Markdown tables as the school they describe."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from sgo_sheets.records.catalog import Book
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.reports.document import Column, Table, Value
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.model import School
from tests.reports.case_07 import finals, table
from tests.school.small import d, journal, rows, school

CASE = Path(__file__).parent / "cases" / "01.md"


def case(title: str) -> list[dict[str, str]]:
    """Return a table of the case."""
    return table(title, CASE)


def journals(marks: Mapping[tuple[str, str], str] | None = None) -> list[Book]:
    """Return the journals of the case; ``marks`` by (journal, pupil) stand in for those of the case."""
    given: dict[str, dict[str, str]] = {}
    for line in case("Итоги, столбец"):
        name, pupil = line["Журнал"], line["№ личного дела"]
        given.setdefault(name, {})[pupil] = line["Отметка"] if marks is None else marks[name, pupil]
    found = []
    for load in case("Нагрузка"):
        key = JournalKey(load["Класс"], load["Предмет"], load["Группа"])
        if str(key) not in given:
            continue
        book = journal(*key)
        own = [line for line in case("Уроки") if line["Журнал"] == str(key)]
        lessons = rows(
            book.path,
            Lesson,
            *(
                {
                    "date": d(line["Дата"]),
                    "plan_number": int(line["№ по КТП"]) if line["№ по КТП"] else None,
                    "topic": line["Тема урока"],
                    "note": line["Примечание"],
                }
                for line in own
            ),
        )
        marked = finals(book.path, given.pop(str(key)))
        found.append(
            Book(
                book.path,
                book.kind,
                book.digest,
                tables={**book.tables, "Уроки": lessons, "Итоги": marked},
                grid=book.grid,
            )
        )
    return found


def case_school(**changes: Any) -> School:
    """Return the school of the case."""
    cards: dict[str, list[dict[str, str]]] = {}
    for line in case("Кто в классах"):
        card = {"id": line["№ личного дела"], "surname": line["Фамилия"], "first_name": line["Имя"]}
        cards.setdefault(line["Класс"], []).append({**card, "class_at_start": line["Класс"]})
    loads = case("Нагрузка")
    lessons: dict[tuple[str, int], dict[str, str]] = {}
    for load in loads:
        group = f" ({load['Группа']})" if load["Группа"] else ""
        for name in ("5А", "5Б") if load["Класс"] == "5АБ" else (load["Класс"],):
            lessons.setdefault((load["День"], int(load["Урок"])), {})[name] = load["Предмет"] + group
    tables: dict[str, Any] = {
        "classes": [
            {"name": "5А", "grade": 5, "school_week": 5},
            {"name": "5Б", "grade": 5, "school_week": 5},
            {"name": "6А", "grade": 6, "school_week": 5},
        ],
        "subjects": [{"name": "Математика"}, {"name": "Английский язык"}, {"name": "Музыка"}],
        "cards": cards,
        "streams": [{"name": "5АБ", "classes": "5А, 5Б"}],
        "groups": [
            {"target": "5А", "subject": "Английский язык", "group": "1", "pupil": "К-101"},
            {"target": "5А", "subject": "Английский язык", "group": "1", "pupil": "К-103"},
            {"target": "5АБ", "subject": "Музыка", "group": "", "pupil": "К-102"},
            {"target": "5АБ", "subject": "Музыка", "group": "", "pupil": "Б-1"},
        ],
        "loads": [
            {"target": line["Класс"], "subject": line["Предмет"], "group": line["Группа"], "teacher": line["Учитель"]}
            | ({"since": d(line["С"])} if line["С"] else {})
            | ({"until": d(line["По"])} if line["По"] else {})
            for line in loads
        ],
        "timetable": {
            "Расписание": [
                {"weekday": weekday, "number": number, "cells": cells}
                for (weekday, number), cells in sorted(lessons.items())
            ]
        },
        "substitutions": [
            {"date": d("12.10"), "target": "5А", "number": 1, "kind": "замена учителя", "teacher": "СТ-02"}
        ],
        "journals": journals(),
    }
    return school(**{**tables, **changes})


def lines(found: Table) -> list[dict[str, str]]:
    """Return the rows of a table as the case writes them: header → text."""
    titles = [_title(column) for column in found.columns]
    return [dict(zip(titles, map(_text, row.cells), strict=True)) for row in found.rows]


def _title(column: Column) -> str:
    return f"{column.group}: {column.title}" if column.group in ("Часы", "Темы КТП") else column.title


def _text(value: Value) -> str:
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)
