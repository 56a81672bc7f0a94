"""The journal in the hand: the paper page, its corner, folded periods, links, what may be typed, what stands out."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, BookKind, GridContent
from sgo_sheets.workbooks.forms import book_bytes
from tests.forms.filled_books import PERIODS, PUPILS, journal

NOVEMBER = dt.datetime(2026, 11, 23)
FIRST = 5  # the first column of lessons, and the first row of pupils


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(book_bytes(journal(), saved=NOVEMBER)))


def dates(sheet: Worksheet) -> dict[str, dt.date]:
    """Return the letters of the columns of lessons with their dates."""
    return {cell.column_letter: cell.value.date() for cell in sheet[1] if isinstance(cell.value, dt.datetime)}


def test_it_opens_on_the_page_of_marks(book: Workbook) -> None:
    assert book.active is not None
    assert book.active.title == MARKS_SHEET
    assert book.sheetnames[:4] == ["Титул", "Отметки", "Уроки", "Итоги"]


def test_the_page_lies_as_the_contract_draws_it(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    assert [sheet.cell(row, 3).value for row in (1, 2, 3)] == ["Дата", "Урок", "Вид работы"]
    assert [sheet.cell(4, column).value for column in (1, 2, 3)] == ["№", "№ личного дела", "Обучающийся"]
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for row in range(5, 12)] == list(PUPILS)
    friday = [letters for letters, day in dates(sheet).items() if day == dt.date(2026, 9, 11)]
    assert [sheet[f"{letters}2"].value for letters in friday] == [3, 4]
    assert [sheet[f"{letters}3"].value for letters in friday] == ["О", "контрольная работа"]
    assert sheet.freeze_panes == "E5"


def test_a_single_mark_is_a_number_and_all_else_a_text(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    assert [sheet.cell(row, FIRST).value for row in range(5, 12)] == [5, "н", "4 5", "•", 2, "н 5", "осв"]


def test_ten_rows_and_ten_columns_stand_ready(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    last = max(cell.column for cell in sheet[1])
    for column in range(last - 9, last + 1):
        assert sheet.cell(1, column).value is None
        assert not sheet.cell(1, column).protection.locked
        assert not sheet.cell(FIRST, column).protection.locked
    assert sheet.max_row == 4 + len(PUPILS) + 10
    assert sheet.cell(sheet.max_row, 2).number_format == "@"
    assert not sheet.cell(sheet.max_row, 2).protection.locked


def test_the_corner_leads_to_todays_lesson(book: Workbook) -> None:
    formula = str(book[MARKS_SHEET]["B1"].value)
    assert formula.startswith("=HYPERLINK(")
    assert "TODAY()" in formula
    assert "MATCH(" in formula
    assert "к сегодняшнему уроку" in formula


def test_periods_that_are_over_are_folded_each_on_its_own(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    for letters, day in dates(sheet).items():
        dimension = sheet.column_dimensions[letters]
        over = day <= PERIODS[0][2]
        assert (dimension.outlineLevel, bool(dimension.hidden)) == ((1, True) if over else (0, False))
    mark = next(cell for cell in sheet[4] if cell.value == "1 четверть")
    dimension = sheet.column_dimensions[mark.column_letter]
    assert (dimension.hidden, dimension.outlineLevel, dimension.collapsed) == (False, 0, True)


def test_nothing_is_folded_when_the_year_begins() -> None:
    sheet = load_workbook(io.BytesIO(book_bytes(journal(), saved=dt.datetime(2026, 8, 20))))[MARKS_SHEET]
    assert not any(sheet.column_dimensions[letters].hidden for letters in dates(sheet))


def test_every_date_leads_to_its_topic_and_back(book: Workbook) -> None:
    marks, lessons = book[MARKS_SHEET], book["Уроки"]
    seen = 0
    for letters, day in dates(marks).items():
        link = marks[f"{letters}1"].hyperlink
        assert link is not None
        sheet, _, cell = str(link.location).partition("!")
        assert sheet == "'Уроки'"
        row = lessons[cell].row
        assert lessons[cell].column_letter == "E", "the cursor lands where the topic is typed"
        assert lessons.cell(row, 1).value.date() == day
        assert lessons.cell(row, 2).value == marks[f"{letters}2"].value
        back = lessons.cell(row, 1).hyperlink
        assert back is not None
        assert back.location == f"'Отметки'!{letters}5"
        seen += 1
    assert seen > 90


def test_the_mark_of_a_period_stands_after_its_lessons(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    places = {cell.value: cell.column for cell in sheet[4] if cell.value in {name for name, _, _ in PERIODS}}
    assert list(places) == [name for name, _, _ in PERIODS]
    days = [(cell.column, cell.value.date()) for cell in sheet[1] if isinstance(cell.value, dt.datetime)]
    for name, first, last in PERIODS:
        assert max(column for column, day in days if first <= day <= last) == places[name] - 1
    assert sheet.cell(1, places["1 четверть"]).value is None, "a column without a date is no lesson"


def test_the_grid_has_no_drop_down_list_and_its_refusal_speaks(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    rules = [rule for rule in sheet.data_validations.dataValidation if "E5:" in str(rule.sqref)]
    assert [rule.type for rule in rules] == ["custom"]
    assert "две отметки" in str(rules[0].error).lower()
    assert "НП" not in str(rules[0].error), "reasons are offered to the class teacher only"
    assert not rules[0].prompt, "a hint on every cell would cover the pupils below"


def test_what_must_catch_the_eye_is_coloured(book: Workbook) -> None:
    formulas = [
        str(rule.formula[0])
        for area in book[MARKS_SHEET].conditional_formatting
        for rule in area.rules
        if "E5" in str(area.sqref)
    ]
    for sign in ('FIND("2"', '"н"', 'FIND("•"', "E$1=TODAY()"):
        assert any(sign in formula for formula in formulas), sign
    lessons = [str(rule.formula[0]) for area in book["Уроки"].conditional_formatting for rule in area.rules]
    assert any("TODAY()" in formula for formula in lessons)


def test_weeks_and_periods_end_with_a_line(book: Workbook) -> None:
    sheet = book[MARKS_SHEET]
    by_day = {day: letters for letters, day in dates(sheet).items()}
    wednesday, friday = by_day[dt.date(2026, 9, 16)], by_day[dt.date(2026, 9, 18)]
    last = by_day[dt.date(2026, 12, 30)]
    inner, week, term = (sheet[f"{letters}6"].border.right for letters in (wednesday, friday, last))
    assert inner.color.rgb != week.color.rgb
    assert (inner.style, week.style, term.style) == ("thin", "thin", "medium")


def test_final_marks_have_the_periods_and_what_follows_them(book: Workbook) -> None:
    sheet = book["Итоги"]
    names = [cell.value for cell in sheet[1] if cell.value]
    assert names[2:] == [
        "1 четверть",
        "2 четверть",
        "3 четверть",
        "4 четверть",
        "Год",
        "Экзамен",
        "Дата экзамена",
        "Итог",
    ]
    rules = {rule.type: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert "I2:I2000" in rules["date"]
    assert "C2:C2000" in rules["list"]
    assert sheet["I2"].number_format == "dd.mm.yyyy"


def test_rows_are_high_enough_for_a_finger(book: Workbook) -> None:
    heights = [book[MARKS_SHEET].row_dimensions[row].height for row in range(5, 12)]
    assert min(heights) >= 20
    assert min(book["Уроки"].row_dimensions[row].height for row in range(2, 20)) >= 30


def test_a_journal_without_periods_lessons_or_pupils_is_still_a_journal() -> None:
    content = BookContent(BookKind.JOURNAL, {"Отметки": GridContent()})
    sheet = load_workbook(io.BytesIO(book_bytes(content)))[MARKS_SHEET]
    assert sheet["C4"].value == "Обучающийся"
    assert not sheet["B5"].protection.locked
