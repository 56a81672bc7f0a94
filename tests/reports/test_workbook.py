"""A report as .xlsx: what opens in Excel is one value per cell, real numbers, text that stays text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.reports.class_period import ClassPeriod, class_period
from sgo_sheets.reports.class_period_document import document
from sgo_sheets.reports.document import Column, Document, Kind, Row, Signature, Table
from sgo_sheets.reports.workbook import formed_words, workbook_of
from tests.reports.case_07 import case_book, quarter, table

FORMED = dt.datetime(2026, 11, 23, 14, 5)


@pytest.fixture(scope="module")
def report() -> Document:
    book = case_book()
    found = class_period(book, quarter(book))
    assert isinstance(found, ClassPeriod)
    return document(found)


def _opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def _header_row(sheet: Worksheet, word: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == word for cell in row))


def test_the_workbook_holds_what_was_worked_by_hand_as_numbers(report: Document) -> None:
    sheet = _opened(workbook_of(report, FORMED))["Итоги успеваемости"]
    top = _header_row(sheet, "Обучающийся")
    titles = [cell.value for cell in sheet[top]]
    for place, expected in enumerate(table("Ожидается: обучающиеся"), top + 1):
        row = dict(zip(titles, [cell.value for cell in sheet[place]], strict=True))
        for title, text in expected.items():
            value = row[title]
            if text.replace(",", "").isdigit():
                assert isinstance(value, (int, float))
                assert Decimal(str(value)) == Decimal(text.replace(",", "."))
            else:
                assert value == (text or None)
    average = sheet.cell(top + 1, titles.index("Средний балл") + 1)
    assert (average.value, average.number_format) == (5, "0.00")
    success = next(row for row in sheet.iter_rows() if row[1].value == "Успеваемость, %")
    assert (success[2].value, success[2].number_format) == (83.3, "0.0")


def test_no_two_values_share_a_cell_and_no_cells_are_merged(report: Document) -> None:
    for sheet in _opened(workbook_of(report, FORMED)).worksheets:
        assert not sheet.merged_cells.ranges


def test_every_sheet_says_whose_when_and_how_it_was_formed(report: Document) -> None:
    school = dataclasses.replace(report, school="Гимназия «Образец»")
    for sheet in _opened(workbook_of(school, FORMED)).worksheets:
        lines = [sheet.cell(row, 1).value for row in range(1, 7)]
        assert lines[0] == "Гимназия «Образец»"
        assert str(lines[1]).startswith("Итоги успеваемости класса за учебный период")
        assert "Класс 5А" in lines
        assert "По данным на 23.11.2026, 14:05" in lines


def test_it_is_ready_for_the_screen_and_for_paper(report: Document) -> None:
    sheet = _opened(workbook_of(report, FORMED))["Итоги успеваемости"]
    header = _header_row(sheet, "Обучающийся")
    assert sheet.freeze_panes == f"C{header + 1}"
    assert sheet.print_title_rows == f"${header - 1}:${header}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "&P" in str(sheet.oddFooter.right.text)


def test_a_footer_that_begins_with_a_number_is_not_a_size_of_the_letters(report: Document) -> None:
    """«&91 четверть» would be «четверть» in letters of 91 points."""
    of_school = dataclasses.replace(report, about=("1 четверть: 1 сентября – 23 октября 2026",))
    footer = _opened(workbook_of(of_school, FORMED))["Итоги успеваемости"].oddFooter.left
    assert (str(footer.text).strip(), footer.size) == ("1 четверть: 1 сентября – 23 октября 2026", 9)


def test_what_is_missing_stands_on_a_sheet_of_its_own_cell_by_cell(report: Document) -> None:
    book = _opened(workbook_of(report, FORMED))
    values = [[cell.value for cell in row] for row in book["Чего не хватает"].iter_rows()]
    assert values[-1][2:] == ["Журналы/5А/Английский язык (2).xlsx", "Итоги", "C4"]
    said = [cell.value for cell in book["Итоги успеваемости"]["A"]]
    assert "Данные неполны: см. лист «Чего не хватает»" in said
    complete = _opened(workbook_of(dataclasses.replace(report, lacks=()), FORMED))
    assert "Чего не хватает" not in complete.sheetnames
    assert not [v for v in complete.worksheets[0]["A"] if v.value and "неполны" in str(v.value)]


def test_who_signs_stands_under_the_table(report: Document) -> None:
    signed = dataclasses.replace(report, signatures=(Signature("Классный руководитель", "Ручьёва А. И."),))
    sheet = _opened(workbook_of(signed, FORMED)).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert values[-3:] == ["Классный руководитель", "_" * 24, "Ручьёва А. И."]


def test_the_same_data_give_the_same_bytes(report: Document) -> None:
    assert workbook_of(report, FORMED) == workbook_of(report, FORMED)
    assert workbook_of(report, None) == workbook_of(report, None)


@pytest.mark.parametrize("text", ["=1+1", "+7 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.ru", "007"])
def test_text_that_looks_like_a_formula_a_link_or_a_number_stays_text(text: str) -> None:
    columns = (Column(text, Kind.NAME, 20), Column("Имя", Kind.TEXT, 20))
    one = Document(7, text, text, (text,), (Table("Отчёт", columns, (Row((text, text)),)),))
    sheet = _opened(workbook_of(one, None))["Отчёт"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert {cell.data_type for cell in found} == {"s"}
    assert len(found) == 6
    assert not any(cell.hyperlink for cell in found)


def test_the_time_of_the_newest_workbook_is_said_and_its_absence_too() -> None:
    assert formed_words(FORMED) == "по данным на 23.11.2026, 14:05"
    assert formed_words(None) == "по данным книг школы"
