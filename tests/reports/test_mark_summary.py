"""Report 6 against the example worked by hand, and against report 7 of the same marks."""

from __future__ import annotations

import dataclasses
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.records.base import Origin
from sgo_sheets.records.catalog import Book
from sgo_sheets.records.journal_books import ClassPeriodMarks, CouncilDecision, PeriodMarks
from sgo_sheets.reports import class_period_document
from sgo_sheets.reports.document import NOT_DUE, Document, Place, Refused, Value
from sgo_sheets.reports.mark_summary import REPORT, make
from sgo_sheets.reports.spans import period_spans, year_span
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.report_views import OWED, table_view
from tests.reports.case_07 import case_book, case_tables, table, with_finals
from tests.school import small
from tests.school.small import d, rows, school, school_tables
from tests.site.html_tree import Element, read_page

CASE = Path(__file__).parent / "cases" / "06.md"
HEADERS = ("1 полугодие", "2 полугодие", "Год", "Экзамен", "Дата экзамена", "Итог")


def _journal(name: str) -> Book:
    subject, _, group = name.partition(" (")
    book = small.journal("11А", subject, group.rstrip(")"))
    letters = {"pupil": "A", "name": "B"} | {header: chr(ord("C") + place) for place, header in enumerate(HEADERS)}
    own = [line for line in table("Журналы", CASE) if line["Журнал"] == name]
    marks = [
        {header: d(line[header]) if "." in line[header] else line[header] or None for header in HEADERS} for line in own
    ]
    finals = tuple(
        PeriodMarks(pupil=line["№ личного дела"], marks=said).placed(Origin(book.path, "Итоги", letters), row)
        for row, (line, said) in enumerate(zip(own, marks, strict=True), 2)
    )
    return dataclasses.replace(book, tables={**book.tables, "Итоги": finals})


def _teacher_book(marks: tuple[ClassPeriodMarks, ...] = ()) -> Book:
    book = small.class_teacher_book("11А")
    said = [
        {"pupil": line["№ личного дела"], "name": "", "period": line["Период"], "decision": line["Решение"]}
        for line in table("Решения", CASE)
    ]
    names = {line["№ личного дела"]: f"{line['Фамилия']} {line['Имя']}" for line in table("Кто в классе", CASE)}
    decisions = rows(book.path, CouncilDecision, *(row | {"name": names[row["pupil"]]} for row in said))
    return dataclasses.replace(book, tables={**book.tables, "Решения": decisions, "Итоги класса": marks})


def _case(teacher_book: Book | None = None, **changes: Any) -> ClassBook:
    roll = table("Кто в классе", CASE)
    names = list(dict.fromkeys(line["Журнал"] for line in table("Журналы", CASE)))
    loads = [{"target": "11А", "subject": "Классное руководство", "teacher": "СТ-01"}]
    for name in names:
        subject, _, group = name.partition(" (")
        load = {"target": "11А", "subject": subject, "group": group.rstrip(")")}
        loads.append(load | {"teacher": "СТ-02" if group else "СТ-01"})
    loads[-1]["periods"] = "год"
    tables: dict[str, Any] = {
        "periods": [
            *school_tables()["periods"],
            {"classes": "11", "type": "полугодие", "name": "2 полугодие", "start": d("11.01"), "end": d("29.05")},
        ],
        "cards": {
            "11А": [
                {"id": one["№ личного дела"], "surname": one["Фамилия"], "first_name": one["Имя"]}
                | {"class_at_start": "11А"}
                for one in roll
            ]
        },
        "orders": [
            {"number": "8", "date": d(one["По"]), "event": d(one["По"]), "type": "Выбытие из гимназии"}
            | {"from_class": "11А", "pupil": one["№ личного дела"]}
            for one in roll
            if one["По"]
        ],
        "subjects": [
            {"name": name} for name in ("Математика", "Информатика", "Физическая культура", "Индивидуальный проект")
        ],
        "loads": loads,
        "groups": [{"target": "11А", "subject": "Информатика", "group": "1", "pupil": "К-302"}],
        "timetable": {"Расписание": [{"weekday": "пн", "number": 1, "cells": {"11А": "Информатика (1)"}}]},
        "journals": [*map(_journal, names), teacher_book or _teacher_book()],
    }
    found = school(**tables | changes).book("11А")
    assert found is not None
    return found


def _document(book: ClassBook) -> Document:
    found = make(book, year_span(book.year))
    assert isinstance(found, Document)
    return found


def _text(value: Value) -> str:
    return OWED if value is None else str(value)


def _rows(report: Document) -> list[list[str]]:
    return [[*map(_text, row.cells[:-1]), str(row.cells[-1] or "")] for row in report.tables[0].rows]


def test_the_year_is_as_worked_by_hand() -> None:
    report = _document(_case())
    expected = table("Ожидается: успеваемость", CASE)
    assert [column.title for column in report.tables[0].columns] == list(expected[0])
    assert _rows(report) == [list(line.values()) for line in expected]


def test_the_workbook_holds_the_same_marks_as_numbers() -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook_of(_document(_case()), None)))["Успеваемость"]
    expected = table("Ожидается: успеваемость", CASE)
    found = [row[:8] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(found) == len(expected)
    numbers = [cell for row in found for cell in row[3:7] if isinstance(cell, int)]
    typed = [line[header] for line in table("Журналы", CASE) for header in HEADERS if header != "Дата экзамена"]
    assert sorted(numbers) == sorted(int(text) for text in typed if text.isdigit())


def test_what_is_missing_names_the_period_the_cell_and_who_owes_it() -> None:
    found = [{"Чего не хватает": lack.what, "Кто": lack.name, "Где": str(lack.at)} for lack in _document(_case()).lacks]
    assert [{key: text.replace("\u00a0", " ") for key, text in line.items()} for line in found] == table(
        "Ожидается: данные неполны", CASE
    )


def test_what_nobody_waits_for_is_neither_owed_nor_a_subject_not_studied() -> None:
    page = read_page(f"<table>{table_view(_document(_case()).tables[0]).rows}</table>".encode())
    assert [body.attrs["class"] for body in page.all("tbody")] == ["place-line opens"] * 3
    rows = [[cell for cell in row.children if isinstance(cell, Element)] for row in page.all("tr")]
    looks = {cell.text: cell.attrs["class"] for row in rows for cell in row[3:7]}
    assert looks[NOT_DUE] == "k-mark"
    assert looks["– не изучает"] == "k-mark not-studied"
    assert looks[f"{OWED} отметки нет"] == "k-mark owed"


def test_the_class_teachers_exam_mark_stands_in_for_the_teachers() -> None:
    path = "Журналы/11А/Классный руководитель.xlsx"
    letters = {"pupil": "A", "name": "B", "period": "C", "Математика": "D"}
    given = tuple(
        ClassPeriodMarks(pupil="К-302", period=name, marks={"Математика": mark}).placed(
            Origin(path, "Итоги класса", letters), row
        )
        for row, (name, mark) in enumerate((("Экзамен", "5"), ("Итог", "4")), 2)
    )
    report = _document(_case(_teacher_book(given)))
    found = {(row[1], row[2]): row[3] for row in _rows(report)}
    assert (found["Лугов Пётр", "Экзамен"], found["Лугов Пётр", "Итог"]) == ("3", "4")
    assert [lack.what.split(",")[0] for lack in report.lacks] == ["2 полугодие"]


def test_a_period_without_a_mark_has_no_rows_and_is_named() -> None:
    report = _document(case_book())
    assert {row.cells[2] for row in report.tables[0].rows} == {"1 четверть", "2 четверть"}
    assert report.notes == ("Отметок ещё нет: Год.",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"grade": 1}, "В 1 классе отметок нет"),
        ({"roll": None}, "Список класса не прочитан"),
        ({"journals": (), "teacher_book": None}, "Не выставлено ни одной отметки за учебный год"),
    ],
)
def test_a_report_without_data_is_refused_with_the_reason(change: dict[str, Any], reason: str) -> None:
    book = dataclasses.replace(_case(), **change)
    found = make(book, REPORT.spans(book)[0])
    assert isinstance(found, Refused)
    assert reason in found.reason


MARKS = st.sampled_from(["5", "4", "3", "2", "н/а ув", "н/а пр", "осв", "зач", ""])
PUPILS = ("К-101", "К-102", "К-103", "К-104", "К-105", "К-107")


@settings(max_examples=20, deadline=None)
@given(st.lists(MARKS, min_size=6, max_size=6), st.lists(MARKS, min_size=6, max_size=6))
def test_the_rows_of_a_period_are_those_of_report_7(maths: list[str], sport: list[str]) -> None:
    keep = [one for one in case_tables()["journals"] if not any(w in one.path for w in ("Математика", "Физическая"))]
    for subject, marks in (("Математика", maths), ("Физическая культура", sport)):
        keep.append(with_finals("5А", subject, "", dict(zip(PUPILS, marks, strict=True))))
    book = case_book(journals=keep)
    span = period_spans(book)[0]
    other = class_period_document.make(book, span)
    assert isinstance(other, Document)
    seven = [row.cells for row in other.tables[0].rows if row.place is Place.LINE]
    titles = [column.title for column in other.tables[0].columns if column.group == "Отметки за период"]
    report = _document(book)
    six = [row.cells for row in report.tables[0].rows if row.cells[2] == span.name]
    assert [column.title for column in report.tables[0].columns[3:-1]] == titles
    assert [cells[3:-1] for cells in six] == [cells[2 : 2 + len(titles)] for cells in seven]
