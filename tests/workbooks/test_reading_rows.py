"""Which rows count: filled ones, of equal keys the first, hidden and filtered ones too."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from sgo_sheets.records.journal_books import Lesson, PeriodMarks, PlanLesson
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.timetable_book import TimetableRow
from tests.workbooks.books import YEAR, read, read_journal, read_plan, said

HEADER = ("№ урока", "Тема урока")
LESSONS = ("Дата", "Урок", "По плану", "Тема урока")
MONDAY = dt.date(2026, 9, 7)


def test_empty_rows_in_between_and_below_mean_nothing(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        for row in range(5, 400):
            book["План"].cell(row, 1).font = Font(bold=True)
            book["План"].cell(row, 2).font = Font(bold=True)

    book = read_plan(tmp_path, HEADER, (), (1, "Вода"), (None, "  "), (2, "Лёд"), edit=edit)
    assert [(row.number, row.row) for row in book.rows(PlanLesson)] == [(1, 3), (2, 5)]
    assert book.findings == ()


def test_more_rows_than_the_form_had_are_read(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, *((n, f"Тема {n}") for n in range(1, 3001)))
    assert [row.number for row in book.rows(PlanLesson)] == list(range(1, 3001))
    assert book.findings == ()


def test_hidden_and_filtered_rows_are_read(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["План"]
        sheet.auto_filter.ref = "A1:B3"
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.sheet_state = "hidden"

    book = read_plan(tmp_path, HEADER, (1, "Вода"), (2, "Лёд"), edit=edit)
    assert [row.topic for row in book.rows(PlanLesson)] == ["Вода", "Лёд"]


def test_row_without_its_key_is_left_out_and_named(tmp_path: Path) -> None:
    book = read_journal(tmp_path, finals=(("№ личного дела", "Обучающийся", "1 четверть"), (None, "Орлов Пётр", 4)))
    assert book.rows(PeriodMarks) == ()
    assert said(book) == [("W0306", "Итоги!A2")]


def test_marks_without_any_name_are_not_lost_in_silence(tmp_path: Path) -> None:
    book = read_journal(tmp_path, finals=(("№ личного дела", "Обучающийся", "1 четверть"), (None, None, 4)))
    assert said(book) == [("W0306", "Итоги!A2")]


def test_row_that_holds_only_what_the_form_prepared_is_no_row(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lessons=(LESSONS, (MONDAY, None, "Дроби", "+"), (None, None, "Доли", None)))
    assert [row.taught for row in book.rows(Lesson)] == ["Дроби"]
    assert book.findings == ()


def test_of_two_lessons_of_one_date_without_a_number_the_first_counts(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lessons=(LESSONS, (MONDAY, None, None, "Дроби"), (MONDAY, None, None, "Доли")))
    assert [row.topic for row in book.rows(Lesson)] == ["Дроби"]
    assert said(book) == [("W0401", "Уроки!A3")]
    assert "строк" in book.findings[0].message


def test_two_lessons_of_one_date_with_their_numbers_both_count(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lessons=(LESSONS, (MONDAY, 1, None, "Дроби"), (MONDAY, 3, None, "Доли")))
    assert [(row.number, row.topic) for row in book.rows(Lesson)] == [(1, "Дроби"), (3, "Доли")]
    assert book.findings == ()


def test_repeated_key_is_found_through_case_yo_and_spaces(tmp_path: Path) -> None:
    load = ("Класс", "Предмет", "Группа", "Учитель", "С")
    rows = (
        ("5А", "Счёт", None, "СТ-01", None),
        ("5а", " СЧЕТ ", None, "ст-01", None),
        ("5А", "Счёт", "1", "СТ-01", None),
    )
    book = read(tmp_path, "Учебный план.xlsx", {"План": (("Предмет", "5А"),), "Нагрузка": (load, *rows)})
    assert [(row.target, row.group) for row in book.rows(Load)] == [("5А", ""), ("5А", "1")]
    assert said(book) == [("W0401", "Нагрузка!A3")]


def test_timetable_gathers_classes_and_carries_the_day(tmp_path: Path) -> None:
    poster = (
        ("День", "Урок", "5A", "10 М"),
        ("понедельник", 1, "Математика, 143", None),
        (None, 2, "История", "Химия"),
    )
    book = read(tmp_path, "Расписание.xlsx", {"Расписание": poster, "Расписание с 12.01.2027": poster}, year=YEAR)
    first, second = book.rows(TimetableRow)
    assert (first.weekday, first.number, dict(first.cells)) == (0, 1, {"5А": "Математика, 143"})
    assert (second.weekday, second.number, dict(second.cells)) == (0, 2, {"5А": "История", "10 М": "Химия"})
    assert list(book.tables) == ["Расписание", "Расписание с 12.01.2027", "Замены"]
    assert str(second.at("10 М")) == "Расписание.xlsx › Расписание!D3"
    later = book.rows(TimetableRow, "Расписание с 12.01.2027")
    assert str(later[0].at("5А")) == "Расписание.xlsx › Расписание с 12.01.2027!C2"
    assert said(book) == [("W0301", "Расписание!C1"), ("W0301", "Расписание с 12.01.2027!C1")]
