"""Report 7 against the example worked by hand, and where its marks and its gaps come from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from sgo_sheets.findings import CellRef
from sgo_sheets.reports.class_period import ClassPeriod, class_period
from sgo_sheets.reports.class_period_document import document
from sgo_sheets.reports.document import Document, Place, Refused, Table, Value
from sgo_sheets.school.model import ClassBook
from tests.reports.case_07 import case_book, case_tables, class_teachers, quarter, table, with_finals
from tests.school.small import school


def _report(book: ClassBook, period: str = "1 четверть") -> ClassPeriod:
    found = class_period(book, quarter(book, period))
    assert isinstance(found, ClassPeriod)
    return found


def _document(book: ClassBook) -> Document:
    return document(_report(book))


def _text(value: Value) -> str:
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _lines(found: Table, place: Place) -> list[dict[str, str]]:
    titles = [column.title for column in found.columns]
    return [
        dict(zip(titles, map(_text, row.cells), strict=True)) for row in found.rows if row.place is place
    ]  # fmt: skip


def test_the_pupils_are_as_worked_by_hand() -> None:
    marks, _ = _document(case_book()).tables
    assert _lines(marks, Place.LINE) == table("Ожидается: обучающиеся")


def test_the_subjects_are_as_worked_by_hand() -> None:
    marks, _ = _document(case_book()).tables
    expected = table("Ожидается: предметы")
    subjects = [name for name in expected[0] if name not in ("Показатель", "Класс")]
    found = [
        {
            "Показатель": line["Обучающийся"],
            **{name: line[name] for name in subjects},
            "Класс": line["Средний балл"],
        }
        for line in _lines(marks, Place.TOTAL)
    ]
    assert found == expected
    heading = _lines(marks, Place.HEADING)[0]
    assert (heading["Обучающийся"], heading["Средний балл"]) == ("Итоги по предметам", "Класс")


def test_the_categories_are_as_worked_by_hand() -> None:
    _, categories = _document(case_book()).tables
    titles = [column.title for column in categories.columns]
    found = [dict(zip(titles, map(_text, row.cells), strict=True)) for row in categories.rows]
    assert found == table("Ожидается: категории")


def test_what_is_missing_names_the_cell_and_who_owes_it() -> None:
    found = [
        {"Чего не хватает": lack.what, "Кто": lack.name, "Где": str(lack.at)} for lack in _report(case_book()).lacks
    ]
    expected = table("Ожидается: данные неполны")
    assert [{key: text.replace("\u00a0", " ") for key, text in line.items()} for line in found] == expected


def test_a_complete_class_lacks_nothing() -> None:
    tables = case_tables()
    marks = {"К-102": "4", "К-104": "н/а пр", "К-107": "4"}
    journals = [j for j in tables["journals"] if "(2)" not in j.path]
    journals.append(with_finals("5А", "Английский язык", "2", marks))
    assert _report(case_book(journals=journals)).lacks == ()


def test_a_journal_that_does_not_exist_is_owed_by_who_holds_the_load() -> None:
    journals = [j for j in case_tables()["journals"] if "Физическая" not in j.path]
    report = _report(case_book(journals=journals))
    assert "Физическая культура" in report.subjects
    lack = next(lack for lack in report.lacks if lack.what.startswith("Физическая культура"))
    assert (lack.what, lack.person) == ("Физическая культура: нет журнала", "СТ-01")
    assert (lack.at.workbook, lack.at.sheet) == ("Учебный план.xlsx", "Нагрузка")


def test_marks_of_the_class_teacher_stand_in_for_an_absent_journal() -> None:
    rows = [
        {"№ личного дела": f"К-10{n}", "Период": "1 четверть", "Физическая культура": "4"} for n in (1, 2, 3, 4, 5, 7)
    ]
    keep = ("Физическая", "Классный")
    journals = [j for j in case_tables()["journals"] if not any(word in j.path for word in keep)]
    report = _report(case_book(journals=[*journals, class_teachers(rows)]))
    place = report.subjects.index("Физическая культура")
    assert {line.marks[place] for line in report.pupils} == {"4"}
    assert not [lack for lack in report.lacks if lack.what.startswith("Физическая")]


def test_a_sheet_that_was_not_read_is_named_and_nobody_is_called_blank_for_it() -> None:
    book = case_book()
    journals = tuple(
        dataclasses.replace(j, finals=(), finals_read=False) if j.key.subject == "Физическая культура" else j
        for j in book.journals
    )
    lacks = _report(dataclasses.replace(book, journals=journals)).lacks
    assert "Физическая культура: лист «Итоги» не прочитан" in [lack.what for lack in lacks]


def test_an_unreadable_workbook_is_named() -> None:
    at = CellRef("Журналы/5А/Музыка.xlsx")
    lacks = _report(dataclasses.replace(case_book(), unreadable=(at,), teacher_book=None)).lacks
    assert ("не читается книга «Журналы/5А/Музыка.xlsx»", at) in [(lack.what, lack.at) for lack in lacks]
    assert "не читается книга классного руководителя" in [lack.what for lack in lacks]


def test_a_cell_that_is_no_mark_is_not_read_rather_than_blank() -> None:
    tables = case_tables()
    marks = {"К-102": "4", "К-104": "4", "К-107": "отл"}
    journals = [j for j in tables["journals"] if "(2)" not in j.path]
    journals.append(with_finals("5А", "Английский язык", "2", marks))
    (lack,) = _report(case_book(journals=journals)).lacks
    assert lack.what.endswith("(Яров Семён), отметка в клетке не прочитана")
    assert lack.at.cell == "C4"


def test_the_report_is_formed_at_the_newest_workbook_it_rests_on() -> None:
    book = case_book()
    times = [dt.datetime(2026, 10, 24, hour, tzinfo=dt.UTC) for hour in range(8, 8 + len(book.journals))]
    journals = tuple(dataclasses.replace(j, saved=time) for j, time in zip(book.journals, times, strict=True))
    ungraded = max(j.saved for j in journals if j.key.subject == "Разговоры о важном" and j.saved)
    report = _report(dataclasses.replace(book, journals=journals))
    assert report.saved == max(time for time in times if time != ungraded)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"grade": 1}, "В 1 классе отметок нет"),
        ({"roll": None}, "Исправьте книгу «Контингент/5А.xlsx»"),
        ({"roll": ()}, "нет ни одного обучающегося"),
        ({"journals": ()}, "Не выставлено ни одной отметки за период «1 четверть»"),
    ],
)
def test_a_report_without_data_is_refused_with_the_reason(change: dict[str, object], reason: str) -> None:
    book = dataclasses.replace(case_book(), **change)
    if not book.journals:
        book = dataclasses.replace(book, teacher_book=None)
    found = class_period(book, quarter(book))
    assert isinstance(found, Refused)
    assert reason in found.reason


def test_a_period_that_has_only_begun_is_refused() -> None:
    book = case_book()
    later = dataclasses.replace(
        book, teacher_book=None, periods=tuple(p for p in book.periods if p.name == "2 четверть")
    )
    assert isinstance(class_period(later, later.periods[0]), Refused)


def test_a_subject_without_a_lesson_or_a_mark_in_the_period_owes_nothing() -> None:
    marks = dict.fromkeys(("К-101", "К-102", "К-103", "К-104", "К-105", "К-107"), "")
    journals = [j for j in case_tables()["journals"] if "Физическая" not in j.path]
    silent = with_finals("5А", "Физическая культура", "", marks)
    assert "Физическая культура" not in _report(case_book(journals=[*journals, silent])).subjects
    timetable = {"Расписание": [{"weekday": "пн", "number": 3, "cells": {"5А": "Физическая культура"}}]}
    report = _report(case_book(journals=[*journals, silent], timetable=timetable))
    assert "Физическая культура: не выставлена ни одна отметка" in [lack.what for lack in report.lacks]


def test_subjects_marked_by_half_years_stay_out_of_a_quarter() -> None:
    tables = case_tables()
    halves = [
        {**load, "periods": "полугодия"} if load["subject"] == "Физическая культура" else load
        for load in tables["loads"]
    ]
    assert "Физическая культура" not in _report(case_book(loads=halves)).subjects


def test_a_streams_marks_stand_in_the_column_of_each_of_its_classes() -> None:
    tables = case_tables()
    tables["cards"]["5Б"] = [{"id": "Б-1", "surname": "Заречный", "first_name": "Юрий", "class_at_start": "5Б"}]
    tables["streams"] = [{"name": "5АБ", "classes": "5А, 5Б"}]
    tables["loads"].append({"target": "5АБ", "subject": "Музыка", "teacher": "СТ-02"})
    tables["subjects"].append({"name": "Музыка"})
    tables["groups"] += [
        {"target": "5АБ", "subject": "Музыка", "group": "", "pupil": pupil} for pupil in ("К-101", "Б-1")
    ]
    tables["journals"].append(with_finals("5АБ", "Музыка", "", {"К-101": "5", "Б-1": "3"}))
    found = school(**tables).book("5А")
    assert found is not None
    report = _report(found)
    marks = {line.pupil: line.marks[report.subjects.index("Музыка")] for line in report.pupils}
    assert marks == {"К-101": "5", "К-102": None, "К-103": None, "К-104": None, "К-105": None, "К-107": None}
    assert [line.name for line in report.pupils if "Заречный" in line.name] == []
    shown = _lines(document(report).tables[0], Place.LINE)
    assert [line["Музыка"] for line in shown] == ["5", "–", "–", "–", "–", "–"]
