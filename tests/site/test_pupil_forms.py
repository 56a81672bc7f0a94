"""The school's own form of a pupil's report: filled for every pupil of a class, or said why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.reports.company import company_of
from sgo_sheets.reports.print_forms import forms_in
from sgo_sheets.site.page import Page, Part
from sgo_sheets.site.pupil_reports import pupil_report_parts
from sgo_sheets.site.render import Renderer
from tests.reports.case_pupils import case_book, others
from tests.site.html_tree import read_page
from tests.workbooks.test_print_form import form_bytes

FOLDER = "staff/reports/5a"
FIRST, SECOND = (f"{FOLDER}/20-5a-2026-{key}-forma.xlsx" for key in ("09-01", "11-02"))
LETTER = {
    "A1": "{{школа}}",
    "A2": "Родителям ученика: {{ученик}}, {{класс}} класс, {{период}}",
    "A3": "{{неполнота}}",
    "A5": "{{строка.Предмет}}",
    "B5": "{{строка.5}}",
    "C5": "{{строка.зач}}",
    "D5": "{{строка.Средний балл}}",
    "A6": "{{итог.Предмет}}",
    "B6": "{{итог.5}}",
    "A8": "{{таблица 2. строка.Пропуски}}",
    "B8": "{{таблица 2. строка.Число}}",
    "A10": "{{таблица 3. строка.Долги}}",
    "B10": "{{таблица 3. строка.Урок}}",
    "A12": "{{пояснения}}",
    "A13": "Классный руководитель {{подпись: Классный руководитель}}",
    "D6": "=SUM('Письмо'!B5:B5)",
}


def _look(page: Worksheet) -> None:
    page.merge_cells("A1:D1")
    page.column_dimensions["A"].width = 41
    page.page_setup.orientation = "landscape"
    page.oddFooter.center.text = "Гимназия, письмо семье"
    page.print_area = "A1:D20"
    page.freeze_panes = "B5"
    page["G1"].value, page["G2"].value = "Оценка", 5
    page.add_table(Table(displayName="Справка", ref="G1:G2"))
    page["A1"].font = openpyxl.styles.Font(bold=True, size=16)
    page.conditional_formatting.add(
        "D5", CellIsRule(operator="lessThan", formula=["3"], fill=PatternFill("solid", bgColor="FFC7CE"))
    )


def _put(templates: Path, cells: Mapping[str, object] = LETTER, name: str = "20 Письмо.xlsx", **more: Any) -> None:
    file = templates / "reports" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(form_bytes(cells, "Письмо", **more))


def _parts(templates: Path) -> list[Part]:
    book = case_book()
    return list(pupil_report_parts(book, company_of(book, others()), Renderer(templates)))


def _site(templates: Path) -> dict[str, Page]:
    return {page.path: page for part in _parts(templates) for page in part.make()}


def test_the_form_is_filled_for_every_pupil_on_a_sheet_of_his_own(tmp_path: Path) -> None:
    _put(tmp_path)
    page = _site(tmp_path)[FIRST]
    assert page.audience == "class:5А"
    book = openpyxl.load_workbook(BytesIO(page.content))
    assert book.sheetnames == ["Берёзкина Вера", "Лугов Пётр", "Омутов Илья", "Полевая Анна", "Яров Семён"]
    rows = [[cell.value for cell in row] for row in book["Лугов Пётр"].iter_rows(max_col=4)]
    assert rows[1][0] == "Родителям ученика: Лугов Пётр, 5А класс, 1 четверть"
    assert rows[4:8] == [
        ["Математика", 0, 0, 3.5],
        ["Литература", 2, 0, 4.67],
        ["Музыка", 0, 0, 4],
        ["Всего", 2, None, "=SUM(B5:B7)"],
    ]
    assert ["Пропущено уроков, всего", 1, None, None] in rows
    assert rows[-2][0] == "Долгов нет."
    assert rows[-1][0] == "Классный руководитель Ручьёва\u00a0А.\u00a0И."
    vera = [[cell.value for cell in row] for row in book["Берёзкина Вера"].iter_rows(max_col=4)]
    assert vera[2][0] == "Данные неполны: Литература, 1 четверть: не выставлена отметка – Ручьёва\u00a0А.\u00a0И."
    assert ["Музыка", 1, 1, 5] in vera


def test_every_sheet_keeps_the_look_and_the_paper_of_the_form(tmp_path: Path) -> None:
    _put(tmp_path, also=_look)
    book = openpyxl.load_workbook(BytesIO(_site(tmp_path)[FIRST].content))
    for sheet in book.worksheets:
        assert "A1:D1" in {merged.coord for merged in sheet.merged_cells.ranges}
        assert sheet["A1"].font.size == 16
        assert sheet.column_dimensions["A"].width == 41
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.oddFooter.center.text == "Гимназия, письмо семье"
        assert sheet.freeze_panes == "B5"
        (rule,) = sheet.conditional_formatting
        assert str(rule.sqref) == "D5:D7"
    # 20 rows of the form, less the three of tables, with three subjects, seven lines of absences and no debt
    assert book["Лугов Пётр"].print_area == "'Лугов Пётр'!$A$1:$D$27"
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert names == ["Справка", *(f"Справка_{number}" for number in range(2, 6))], (
        "Excel mends a book where two share one"
    )
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False, False, False]


def test_debts_fill_their_table(tmp_path: Path) -> None:
    _put(tmp_path)
    sheet = openpyxl.load_workbook(BytesIO(_site(tmp_path)[SECOND].content))["Лугов Пётр"]
    owed = [(row[0].value, row[1].value) for row in sheet.iter_rows() if row[1].is_date]
    assert [(subject, f"{date:%d.%m.%Y}") for subject, date in owed] == [("Математика", "17.11.2026")]


def test_the_list_of_the_class_leads_to_the_forms_and_families_have_none(tmp_path: Path) -> None:
    plain = set(_site(tmp_path))
    _put(tmp_path)
    site = _site(tmp_path)
    added = {path.rpartition("/")[2] for path in set(site) - plain}
    assert added == {
        f"20-5a-{key}-forma.xlsx" for key in ("2026-09-01", "2026-11-02", "week-2026-11-09", "week-2026-11-16")
    }
    links = {one.attrs["href"]: one.text for one in read_page(site[f"{FOLDER}/pupils.html"].content).all("a")}
    assert added <= set(links)
    assert links["20-5a-2026-09-01-forma.xlsx"].endswith("1 четверть, по форме школы")
    assert _site(tmp_path) == site, "the same data and form give the same bytes"


@pytest.mark.parametrize(
    ("number", "columns"),
    [
        (15, ("Предмет", "Ученик", "Класс")),
        (16, ("Месяц", "Ученик: работ", "Параллель: средний балл")),
        (17, ("Предмет", "1 четверть", "Экзамен", "Итог")),
        (18, ("Предмет", "Пропущено уроков", "Средний балл", "Отметка за период")),
        (19, ("Месяц", "Ученик", "Параллель")),
    ],
)
def test_a_form_of_any_report_may_name_columns_every_pupil_has(
    tmp_path: Path, number: int, columns: tuple[str, ...]
) -> None:
    cells = {f"{letter}3": f"{{{{строка.{name}}}}}" for letter, name in zip("ABCD", columns, strict=False)}
    _put(tmp_path, {"A1": "{{ученик}}", **cells}, f"{number} Форма.xlsx")
    parts = _parts(tmp_path)
    assert not [words for part in parts for words in part.told]
    filled = [page for part in parts for page in part.make() if page.path.endswith("-forma.xlsx")]
    book = openpyxl.load_workbook(BytesIO(filled[0].content))
    assert [sheet["A1"].value for sheet in book.worksheets] == book.sheetnames
    assert book["Лугов Пётр"]["A3"].value


def test_what_a_form_has_wrong_is_told_and_the_workbooks_are_written(tmp_path: Path) -> None:
    _put(tmp_path, LETTER | {"F5": "{{строка.Химия}}", "F1": "{{фамилия}}"})
    parts = _parts(tmp_path)
    told = {words.partition("; можно")[0] for part in parts for words in part.told}
    where = f"{tmp_path.name}/reports/20 Письмо.xlsx › Письмо"
    assert told == {
        f"{where}!F1: неизвестная метка «{{{{фамилия}}}}»",
        f"{where}!F5: метка «{{{{строка.Химия}}}}»: такого столбца в отчёте нет",
    }
    paths = [page.path for part in parts for page in part.make()]
    assert f"{FOLDER}/20-5a-2026-09-01.xlsx" in paths
    assert not [path for path in paths if "forma" in path]


def test_placeholders_on_two_sheets_are_told(tmp_path: Path) -> None:
    def second(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent.create_sheet("Оборот")["A1"].value = "{{ученик}}"

    _put(tmp_path, also=second)
    assert not forms_in(tmp_path).faults
    assert {words.partition(": ")[2] for part in _parts(tmp_path) for words in part.told} == {
        "метки отчёта по ученику стоят на одном листе – он повторяется для каждого ученика."
    }


def test_a_sheet_without_placeholders_stays_as_it_is(tmp_path: Path) -> None:
    def notes(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent.create_sheet("Памятка")["A1"].value = "Раздать до 25 числа"

    _put(tmp_path, also=notes)
    book = openpyxl.load_workbook(BytesIO(_site(tmp_path)[FIRST].content))
    assert book.sheetnames[-1] == "Памятка"
    assert book["Памятка"]["A1"].value == "Раздать до 25 числа"
    assert len(book.sheetnames) == 6
