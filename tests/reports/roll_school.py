"""The worked examples of reports 10–14: the school of ``cases/roll.md`` and what its cases expect."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sgo_sheets.reports.document import Document, Table, Value
from sgo_sheets.school.model import ClassBook, School
from tests.school.small import school

CASES = Path(__file__).parent / "cases"
Lines = list[list[str]]


def lines(case: str, title: str) -> Lines:
    """Return the table under a heading of a case: the header, then its rows, as text."""
    parts = (CASES / f"{case}.md").read_text(encoding="utf-8").split("\n## ")
    section = next(part for part in parts if part.split("\n", 1)[0] == title)
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line[:1] == "|"]
    return [found[0], *found[2:]]


def _rows(title: str) -> list[dict[str, str]]:
    head, *rest = lines("roll", title)
    return [dict(zip(head, row, strict=True)) for row in rest]


def _date(text: str) -> dt.date | None:
    return dt.datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=dt.UTC).date() if text else None


def roll_tables(**changes: Any) -> dict[str, Any]:
    """Return the small school with the classes, cards and orders of the case."""
    more = {row["№"]: row for row in _rows("Родители и адреса")}
    cards: dict[str, list[dict[str, Any]]] = {}
    for row in _rows("Карточки"):
        own = more.get(row["№"], {})
        cards.setdefault(row["Класс на начало года"] or "5Б", []).append(
            {
                "id": row["№"], "surname": row["Фамилия"], "first_name": row["Имя"], "sex": row["Пол"],
                "patronymic": own.get("Отчество", ""), "born": _date(row["Дата рождения"]),
                "class_at_start": row["Класс на начало года"], "social": row["Социальное положение"],
                "language": row["Язык"], "form": row["Форма"], "categories": row["Категории"],
                "mother": own.get("Мать", ""), "father": own.get("Отец", ""),
                "parents_phone": own.get("Телефон", ""), "address": own.get("Адрес", ""),
            }
        )  # fmt: skip
    return {
        "classes": [
            {
                "name": row["Класс"], "grade": int(row["Параллель"]), "kind": row["Вид класса"],
                "profile": row["Профиль"], "capacity": float(row["Плановая наполняемость"] or 0) or None,
            }
            for row in _rows("Классы")
        ],
        "cards": cards,
        "orders": [
            {
                "number": row["№"], "date": _date(row["Дата приказа"]), "type": row["Тип документа"],
                "variant": row["Вид"], "event": _date(row["Дата события"]), "pupil": row["Ученик"],
                "from_class": row["Из класса"], "to_class": row["В класс"], "place": row["Откуда, куда"],
                "direction": row["Направление"],
            }
            for row in _rows("Приказы")
        ],
        "loads": [
            {"target": "5А", "subject": "Классное руководство", "teacher": "СТ-01"},
            {"target": "9А", "subject": "Классное руководство", "teacher": "СТ-02"},
        ],
        "groups": [],
        "timetable": {"Расписание": []},
    } | changes  # fmt: skip


@cache
def roll_school() -> School:
    """Return the school of the case."""
    return school(**roll_tables())


def book_of(found: School, name: str) -> ClassBook:
    """Return a class of a school."""
    book = found.book(name)
    assert book is not None
    return book


def text(value: Value) -> str:
    """Return a value as a case writes it."""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, (int, Decimal)):
        return str(value).replace(".", ",").replace("-", "−")
    return (value or "").replace("\u00a0", " ")


def shown(table: Table) -> Lines:
    """Return a table as a case writes it."""
    return [[column.title for column in table.columns], *([text(cell) for cell in row.cells] for row in table.rows)]


def lacks(document: Document) -> Lines:
    """Return what a document lacks, as a case writes it."""
    return [["Чего не хватает"], *([text(lack.what)] for lack in document.lacks)]
