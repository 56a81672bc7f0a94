"""Values are read as meant and hinted; what cannot be read is named with its cell, and the rest is still read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sgo_sheets.records.journal_books import JournalTitle, Lesson, PeriodMarks, PlanLesson
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.workbooks.book import read_data
from tests.workbooks.archives import PLAN, ods, ods_row, parts, plan_book, sheet, zipped
from tests.workbooks.archives import TITLE as TITLE_ROWS
from tests.workbooks.books import PLAN as PLAN_PATH
from tests.workbooks.books import SCHOOL, TITLE, YEAR, read, read_journal, read_plan, said

HEADER = ("№ урока", "Тема урока", "Часов", "Домашнее задание")
LESSONS = ("Дата", "Урок", "Тема урока", "Сдать к")
MONDAY = dt.date(2026, 9, 7)


def test_text_is_trimmed_and_invisible_marks_are_dropped(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, (1, " \u00a0Вода\u200b  и \u00a0лёд\ufeff ", None, "\u00a0"))
    (row,) = book.rows(PlanLesson)
    assert (row.topic, row.homework) == ("Вода и лёд", "")
    assert book.findings == ()


def test_class_typed_in_latin_is_read_and_hinted(tmp_path: Path) -> None:
    book = read_journal(tmp_path, title=(*TITLE[:1], ("Класс", "5A"), *TITLE[2:]))
    assert book.rows(JournalTitle)[0].target == "5А"
    assert said(book) == [("W0301", "Титул!B2")]


def test_latin_words_of_a_topic_stay_latin(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, (1, "Present Perfect: have, has", 1, None))
    assert book.rows(PlanLesson)[0].topic == "Present Perfect: have, has"
    assert book.findings == ()


def test_card_number_that_excel_made_a_number_is_text_again(tmp_path: Path) -> None:
    book = read_journal(
        tmp_path, finals=(("№ личного дела", "Обучающийся", "1 четверть"), (1.0, "", 5), ("007", "", 4))
    )
    assert [row.pupil for row in book.rows(PeriodMarks)] == ["1", "007"]


@pytest.mark.parametrize(("typed", "meant"), [("2 ", 2.0), ("'2", 2.0), ("1,5", 1.5), ("2\u00a0", 2.0)])
def test_number_typed_as_text_is_read_and_hinted(tmp_path: Path, typed: str, meant: float) -> None:
    book = read_plan(tmp_path, HEADER, (1, "Вода", typed, None))
    assert book.rows(PlanLesson)[0].hours == meant
    assert said(book) == [("W0301", "План!C2")]


@pytest.mark.parametrize("typed", ["07.09.2026", "7.9.26", "7/9/2026", "2026-09-07", "07.09.2026 г."])
def test_date_typed_as_text_is_read_and_hinted(tmp_path: Path, typed: str) -> None:
    book = read_journal(tmp_path, lessons=(LESSONS, (typed, None, "Дроби")))
    assert [row.date for row in book.rows(Lesson)] == [MONDAY]
    assert said(book) == [("W0301", "Уроки!A2")]


def test_workbook_that_counts_from_1904_is_read_as_meant_and_hinted_once(tmp_path: Path) -> None:
    def old_mac(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    book = read_journal(tmp_path, old_mac)
    assert [row.date for row in book.rows(Lesson)] == [MONDAY]
    assert book.grid is not None
    assert book.grid.columns[0].date == MONDAY
    assert said(book) == [("W0301", "")]


def test_date_of_another_year_is_named_with_the_day_it_was_meant_to_be(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lessons=(LESSONS, (dt.date(2025, 9, 12), None, "Дроби"), (MONDAY, None, "Доли")))
    assert [row.topic for row in book.rows(Lesson)] == ["Доли"]
    assert said(book) == [("W0307", "Уроки!A2")]
    assert "возможно, 12.09.2026" in book.findings[0].message


def test_date_outside_the_year_in_a_cell_that_may_be_empty_loses_only_that_cell(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lessons=(LESSONS, (MONDAY, None, "Дроби", dt.date(2026, 7, 1))))
    (row,) = book.rows(Lesson)
    assert (row.topic, row.due, row.unread("due"), row.unread("topic")) == ("Дроби", None, True, False)
    assert said(book) == [("W0307", "Уроки!D2")]


def test_value_that_cannot_be_read_loses_only_its_cell(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, (1, "Вода", "два", "§ 1"), (2, "Лёд", 1, None))
    first, second = book.rows(PlanLesson)
    assert (first.topic, first.hours, first.homework, first.unread("hours")) == ("Вода", 1.0, "§ 1", True)
    assert (second.topic, second.unread("hours")) == ("Лёд", False)
    assert said(book) == [("W0302", "План!C2")]
    assert "«два»" in book.findings[0].message


def test_several_bad_cells_of_a_row_are_all_named(tmp_path: Path) -> None:
    classes = (("Класс", "Параллель", "Плановая наполняемость", "Учебная неделя"), ("5А", 5, "много", "пять"))
    book = read(tmp_path, SCHOOL, {"Классы": classes})
    assert [(row.name, row.grade, row.capacity) for row in book.rows(SchoolClass)] == [("5А", 5, None)]
    assert {place for code, place in said(book) if code == "W0302"} == {"Классы!C2", "Классы!D2"}


def test_row_whose_needed_value_cannot_be_read_is_left_out_and_named_once(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, ("первый", "Вода", 1, None), (2, "Лёд", 1, None))
    assert [row.number for row in book.rows(PlanLesson)] == [2]
    assert said(book) == [("W0302", "План!A2")]


def _error(book: Workbook) -> None:
    cell = book["План"]["C2"]
    cell.value, cell.data_type = "#REF!", "e"


def test_excel_error_is_not_an_empty_cell(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, (1, "Вода", 2, "§ 1"), edit=_error)
    (row,) = book.rows(PlanLesson)
    assert (row.homework, row.unread("hours")) == ("§ 1", True)
    assert said(book) == [("W0303", "План!C2")]


def test_excel_error_in_a_needed_cell_leaves_the_row_out_and_is_named_once(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        cell = book["План"]["A2"]
        cell.value, cell.data_type = "#N/A", "e"

    book = read_plan(tmp_path, HEADER, (1, "Вода", 2, "§ 1"), (2, "Лёд", 2, None), edit=edit)
    assert [row.number for row in book.rows(PlanLesson)] == [2]
    assert said(book) == [("W0303", "План!A2")]


def test_formula_without_a_value_is_named(tmp_path: Path) -> None:
    book = read_plan(tmp_path, HEADER, (1, "Вода", "=1+1", "§ 1"))
    assert book.rows(PlanLesson)[0].unread("hours")
    assert said(book) == [("W0304", "План!C2")]


def test_formula_with_a_value_is_a_value() -> None:
    rows = PLAN.replace("<v>1</v>", "<f>2-1</f><v>1</v>")
    book = read_data(plan_book(rows), PLAN_PATH, YEAR)
    assert [row.number for row in book.rows(PlanLesson)] == [1]
    assert book.findings == ()


def test_formula_whose_saved_value_is_an_empty_text_is_empty() -> None:
    empty = '<c r="C1" t="inlineStr"><is><t>Часов</t></is></c></row><row r="2"><c r="C2" t="str"><f>""</f><v></v></c>'
    assert read_data(plan_book(PLAN.replace('</row><row r="2">', empty)), PLAN_PATH, YEAR).findings == ()


def test_faults_of_the_teachers_own_columns_are_not_told(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["План"]
        sheet["F1"], sheet["F2"], sheet["G2"] = "Моё", "=1+1", "#REF!"
        sheet["G2"].data_type = "e"
        sheet.merge_cells("H1:I4")
        sheet["H1"] = "заметка"

    assert read_plan(tmp_path, HEADER, (1, "Вода", 2, "§ 1"), edit=edit).findings == ()


def test_merged_data_cells_are_named_and_not_taken_for_empty(tmp_path: Path) -> None:
    rows = (HEADER, (1, "Вода", 2, "§ 1"), (2, None, 1, None), (3, None, 1, None))
    book = read_plan(tmp_path, *rows, edit=lambda book: book["План"].merge_cells("B2:B3"))
    assert [(row.topic, row.unread("topic")) for row in book.rows(PlanLesson)] == [
        ("Вода", False), ("", True), ("", False)
    ]  # fmt: skip
    assert said(book) == [("W0305", "План!B3")]


def test_merged_titles_and_headers_are_nobodys_business(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["План"].merge_cells("A1:D1")
        book["План"].merge_cells("D2:E2")

    book = read_plan(tmp_path, ("План по химии",), HEADER, (1, "Вода", 2, "§ 1"), edit=edit)
    assert [row.topic for row in book.rows(PlanLesson)] == ["Вода"]
    assert book.findings == ()


def test_merged_cells_of_a_carried_column_mean_the_value_above(tmp_path: Path) -> None:
    bells = (("Набор", "Урок", "Начало", "Окончание"), ("1 смена", 1, "8:30", "9:15"), (None, 2, "9:25", "10:10"))
    book = read(tmp_path, SCHOOL, {"Звонки": bells}, lambda book: book["Звонки"].merge_cells("A2:A3"))
    assert [row.set for row in book.tables["Звонки"]] == ["1 смена", "1 смена"]  # type: ignore[attr-defined]  # bells
    assert not [place for code, place in said(book) if code == "W0305"]


def test_long_sheets_tell_the_same_faults_as_short_ones(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["План"]
        sheet["C1500"], sheet["C1501"] = "#DIV/0!", "=1+1"
        sheet["C1500"].data_type = "e"
        sheet["B1502"] = "Соль"
        sheet.merge_cells("B1502:B1503")

    rows = [(n, None if n == 1502 else f"Тема {n}", 1, None) for n in range(1, 1600)]
    book = read_plan(tmp_path, HEADER, *rows, edit=edit)
    assert said(book) == [("W0303", "План!C1500"), ("W0304", "План!C1501"), ("W0305", "План!B1503")]
    assert len(book.rows(PlanLesson)) == 1599


def test_papers_of_a_pupil_end_in_the_reader(tmp_path: Path) -> None:
    cards = (
        ("№ личного дела", "Фамилия", "Паспорт", "Свидетельство о рождении"),
        ("К-1", "Орлов", "4514 123456", None),
    )
    book = read(tmp_path, "Контингент/5А.xlsx", {"Обучающиеся": cards})
    (card,) = book.rows(PupilCard)
    assert (card.passport, card.birth_certificate) == ("есть", "")
    assert "123456" not in repr(book)


def test_open_document_tells_its_errors_and_merged_cells() -> None:
    wrong = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    merged = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Соль</text:p>'
        "</table:table-cell>"
    )
    row = "<table:table-row>{}</table:table-row>"
    number = '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    rows = (
        ods_row("№ урока", "Тема урока", "Часов")
        + row.format(number.format(1, 1) + ods_row("Вода")[17:-18] + wrong)
        + row.format(number.format(2, 2) + merged)
        + row.format(number.format(3, 3) + "<table:covered-table-cell/>")
    )
    book = read_data(ods(rows), "КТП/Химия 8.ods", YEAR)
    assert [(lesson.number, lesson.topic) for lesson in book.rows(PlanLesson)] == [(1, "Вода"), (2, "Соль"), (3, "")]
    assert said(book)[-2:] == [("W0303", "План!C2"), ("W0305", "План!B4")]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-20T09:30:00Z", dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)),
        ("2026-11-20T12:30:00+03:00", dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)),
        ("2026-11-20T09:30:00", dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)),
        ("в прошлый вторник", None),
    ],
)
def test_moment_of_saving_is_what_the_workbook_says(written: str, moment: dt.datetime | None) -> None:
    core = f'<cp:coreProperties xmlns:dcterms="x"><dcterms:modified>{written}</dcterms:modified></cp:coreProperties>'
    content = parts({"Титул": sheet(TITLE_ROWS), "План": sheet(PLAN)}) | {"docProps/core.xml": core.encode()}
    assert read_data(zipped(content), PLAN_PATH, YEAR).saved == moment
