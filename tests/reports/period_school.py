"""A school for reports 2 to 5: Markdown tables, or rows made up by a test, as the workbooks they describe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from sgo_sheets.records.base import Origin
from sgo_sheets.records.catalog import Book, Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import PeriodMarks
from sgo_sheets.records.tokens import parse_cell
from sgo_sheets.reports.document import Document, Lack, Table, Value
from sgo_sheets.reports.totals import ClassTotals, totals_of
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.russian import NBSP
from sgo_sheets.school.model import School
from tests.school import small
from tests.school.small import d, school

Line = Mapping[str, str]
PUPIL = "№ личного дела"


def case(number: str, title: str) -> list[dict[str, str]]:
    """Return the table under the heading of a case that begins so: a row as header → text."""
    text = (Path(__file__).parent / "cases" / f"{number}.md").read_text(encoding="utf-8")
    section = next(part for part in text.split("\n## ") if part.startswith(title))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line[:1] == "|"]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def orders(pupils: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the orders of «С», «По» (the day a pupil is out) and «Перевод»: «05.10 5А»."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(pupils, 1):
        own = {"number": str(number), "pupil": line[PUPIL]}
        if line.get("С"):
            day = d(line["С"])
            row = {"date": day, "event": day, "type": "Зачисление в гимназию", "to_class": line["Класс"]}
            found.append(own | row | {"variant": "в течение года"})
        if line.get("Перевод"):
            text, target = line["Перевод"].split()
            row = {"date": d(text), "event": d(text), "type": "Перевод из класса в класс", "to_class": target}
            found.append(own | row | {"from_class": line["Класс"]})
        if line.get("По"):
            day = d(line["По"])
            row = {"date": day, "event": day, "type": "Выбытие из гимназии", "from_class": line["Класс"]}
            found.append(own | row)
    return found


def cards(pupils: Iterable[Line]) -> dict[str, list[dict[str, Any]]]:
    """Return the cards by class; who came in the course of the year has no class at its start."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in pupils:
        found.setdefault(line["Класс"], []).append(
            {
                "id": line[PUPIL],
                "surname": line["Фамилия"],
                "first_name": line["Имя"],
                "class_at_start": "" if line.get("С") else line["Класс"],
            }
        )
    return found


def journal(target: str, subject: str, marks: Sequence[Line], entries: Sequence[Line] = ()) -> Book:
    """Return a journal: «Итоги» of lines with «Период», «Отметки» of lines with «День», «Урок», «Вид», «Запись»."""
    book = small.journal(target, subject)
    origin = Origin(book.path, "Итоги", {"pupil": "A", "name": "B", "1 четверть": "C", "2 четверть": "D"})
    by_pupil: dict[str, dict[str, str | None]] = {}
    for line in marks:
        if line.get(subject, "–") != "–":
            by_pupil.setdefault(line[PUPIL], {"1 четверть": None, "2 четверть": None})
            by_pupil[line[PUPIL]][line["Период"]] = line[subject] or None
    finals = tuple(
        PeriodMarks(pupil=pupil, marks=own).placed(origin, row) for row, (pupil, own) in enumerate(by_pupil.items(), 2)
    )
    heads = sorted({(d(one["День"]), int(one["Урок"]), one.get("Вид", "")) for one in entries})
    columns = tuple(GridColumn(day, lesson, kind, f"X{n}") for n, (day, lesson, kind) in enumerate(heads))
    cells: dict[str, dict[int, Any]] = {}
    for one in entries:
        place = heads.index((d(one["День"]), int(one["Урок"]), one.get("Вид", "")))
        cells.setdefault(one[PUPIL], {})[place] = parse_cell(one["Запись"])
    rows = tuple(GridRow(pupil, "", row, own) for row, (pupil, own) in enumerate(cells.items(), 5))
    tables = {**book.tables, "Итоги": finals}
    return replace(book, digest=f"{finals} {cells}", tables=tables, grid=Grid(book.path, columns, rows))


def school_of(pupils: Sequence[Line], marks: Sequence[Line], entries: Sequence[Line] = (), **changes: Any) -> School:
    """Return the school: subjects are the columns of «marks», each class with marks has a journal of each."""
    subjects = [name for name in (marks[0] if marks else {}) if name not in (PUPIL, "Период", "Класс")]
    names = dict.fromkeys(line["Класс"] for line in pupils)
    taught = dict.fromkeys(line.get("Класс", "5А") for line in marks)
    journals = [
        journal(
            target,
            subject,
            [line for line in marks if line.get("Класс", "5А") == target],
            [one for one in entries if (one.get("Класс", "5А"), one["Предмет"]) == (target, subject)],
        )
        for target in taught
        for subject in subjects
    ]
    tables: dict[str, Any] = {
        "classes": [{"name": name, "grade": int(name[:-1]), "school_week": 5} for name in names],
        "subjects": [{"name": name} | ({"grading": "зачёт"} if name.startswith("Труд") else {}) for name in subjects],
        "cards": cards(pupils),
        "orders": orders(pupils),
        "loads": [
            *({"target": name, "subject": "Классное руководство", "teacher": "СТ-01"} for name in names),
            *({"target": target, "subject": name, "teacher": "СТ-02"} for target in taught for name in subjects),
        ],
        "groups": [],
        "timetable": {"Расписание": []},
        "journals": [*journals, *(small.class_teacher_book(name) for name in names)],
    }
    return school(**tables | changes)


def all_totals(found: School) -> Mapping[str, ClassTotals]:
    """Return what every class gives to the reports of the school."""
    return {book.name: totals_of(book) for book in found.books}


def text(value: Value | float) -> str:
    """Return a value as the tables of a case write it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace(NBSP, " ")
    return str(value).replace(".", ",").replace("-", "−")


def told(lacks: Iterable[Lack]) -> list[dict[str, str]]:
    """Return what a report lacks as the table of a case says it."""
    return [
        {"Чего не хватает": text(lack.what), "Кто": text(lack.name), "Где": str(lack.at)} for lack in lacks
    ]  # fmt: skip


def lines(table: Table) -> list[dict[str, str]]:
    """Return the rows of a table that hold figures, as header → text; groups stand before the titles they share."""
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, map(text, row.cells), strict=True)) for row in table.rows]


def written(document: Document, table: int = 0) -> list[list[Any]]:
    """Return the rows of a table as its .xlsx holds them, read again."""
    sheet = openpyxl.load_workbook(BytesIO(workbook_of(document, None))).worksheets[table]
    own = document.tables[table]
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == own.columns[0].title) + 1
    width = len(own.columns)
    return [[cell.value for cell in sheet[row][:width]] for row in range(first, first + len(own.rows))]
