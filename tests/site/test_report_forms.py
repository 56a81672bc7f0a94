"""The school's own form of a report: filled beside its page, linked, or said why it is not."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from sgo_sheets.cli.summary import about_forms
from sgo_sheets.reports.print_forms import forms_in, known_numbers, told_once
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import Part, class_report_parts
from tests.pipeline.little_school import LittleSchool, little_school
from tests.reports.case_07 import case_book, table
from tests.site.html_tree import read_page
from tests.workbooks.test_print_form import form_bytes

FIRST = "staff/reports/5a/07"
NAME = "07 Итоги класса.xlsx"
SAVED = dt.datetime(2026, 10, 24, 9, 30, tzinfo=dt.UTC)
CELLS = {
    "A1": "{{школа}}",
    "A2": "{{отчёт}}, {{класс}} класс, {{период}} ({{начало периода}} – {{конец периода}})",
    "A3": "Сформировано {{сформировано}}",
    "A4": "{{неполнота}}",
    "A6": "{{строка.№}}",
    "B6": "{{строка.Обучающийся}}",
    "C6": "{{строка.Математика}}",
    "D6": "{{строка.Средний балл}}",
    "E6": "{{строка.Категория}}",
    "A9": "{{подпись: Классный руководитель}}",
}


def _put(templates: Path, cells: Mapping[str, object] = CELLS, name: str = NAME) -> Path:
    file = templates / "reports" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(form_bytes(cells))
    return file


def _parts(templates: Path) -> list[Part]:
    book = case_book()
    journals = tuple(dataclasses.replace(journal, saved=SAVED) for journal in book.journals)
    return list(class_report_parts(dataclasses.replace(book, journals=journals), Renderer(templates)))


def _site(templates: Path) -> dict[str, Page]:
    return {page.path: page for part in _parts(templates) for page in part.make()}


def test_the_filled_form_holds_what_was_worked_by_hand(tmp_path: Path) -> None:
    _put(tmp_path)
    page = _site(tmp_path)[f"{FIRST}-5a-2026-09-01-forma.xlsx"]
    assert page.audience == "class:5А"
    book = openpyxl.load_workbook(BytesIO(page.content))
    sheet = book["Ведомость"]
    assert sheet["A2"].value == (
        "Итоги успеваемости класса за учебный период, 5А класс, 1 четверть (01.09.2026 – 24.10.2026)"
    )
    assert sheet["A3"].value == "Сформировано по данным на 24.10.2026, 12:30"
    assert sheet["A4"].value == "Данные неполны: см. лист «Чего не хватает»"
    expected = table("Ожидается: обучающиеся")
    for row, line in enumerate(expected, 6):
        assert sheet.cell(row, 2).value == line["Обучающийся"]
        assert str(sheet.cell(row, 3).value) == line["Математика"]
        average = sheet.cell(row, 4)
        assert (f"{average.value:.2f}" if average.value else "") == line["Средний балл"].replace(",", ".")
        assert sheet.cell(row, 5).value == line["Категория"]
    assert sheet.cell(8 + len(expected), 1).value == "Ручьёва\u00a0А.\u00a0И."
    lacks = [[cell.value for cell in row] for row in book["Чего не хватает"].iter_rows()]
    assert lacks[0] == ["Чего не хватает", "Кто заполняет", "Книга", "Лист", "Клетка"]
    assert lacks[1][2:] == ["Журналы/5А/Английский язык (2).xlsx", "Итоги", "C4"]


def test_the_form_is_linked_from_the_page_and_a_report_without_one_has_no_link(tmp_path: Path) -> None:
    without = read_page(_site(tmp_path)[f"{FIRST}-2026-09-01.html"].content)
    assert "Форма школы" not in without.all("nav")[0].text
    _put(tmp_path)
    page = read_page(_site(tmp_path)[f"{FIRST}-2026-09-01.html"].content)
    links = {e.text: e.attrs["href"] for e in page.all("nav")[0].all("a")}
    assert links["Форма школы"] == "07-5a-2026-09-01-forma.xlsx"


def test_the_same_data_and_form_give_the_same_bytes(tmp_path: Path) -> None:
    _put(tmp_path)
    assert _site(tmp_path) == _site(tmp_path)


def test_a_form_that_cannot_be_filled_is_told_and_everything_else_is_written(tmp_path: Path) -> None:
    _put(tmp_path, CELLS | {"F6": "{{строка.Химия}}"})
    parts = _parts(tmp_path)
    told = told_once(forms_in(tmp_path), (words for part in parts for words in part.told))
    assert list(told.values()) == [2]  # the quarter and the year
    place, _, allowed = min(told).partition("; можно: ")
    assert place == (
        f"{tmp_path.name}/reports/{NAME} › Ведомость!F6: метка «{{{{строка.Химия}}}}»: такого столбца в отчёте нет"
    )
    assert "«Математика»" in allowed
    paths = [page.path for part in parts for page in part.make()]
    assert f"{FIRST}-5a-2026-09-01.xlsx" in paths
    assert not [path for path in paths if "forma" in path]


def test_the_first_form_in_which_everything_has_its_place_is_filled(tmp_path: Path) -> None:
    _put(tmp_path, {"A1": "{{строка.Химия}}"}, "07 для 10 класса.xlsx")
    _put(tmp_path, {"A1": "{{строка.Математика}}"}, "07 для 5 класса.xlsx")
    assert not [words for part in _parts(tmp_path) for words in part.told]
    assert f"{FIRST}-5a-2026-09-01-forma.xlsx" in _site(tmp_path)


def test_a_field_nobody_knows_is_told_though_another_form_is_filled(tmp_path: Path) -> None:
    _put(tmp_path)
    _put(tmp_path, {"A1": "{{скола}}"}, "07 Я.xlsx")
    parts = _parts(tmp_path)
    told = told_once(forms_in(tmp_path), (words for part in parts for words in part.told))
    assert ["неизвестная метка «{{скола}}»" in words for words in told] == [True]
    assert f"{FIRST}-5a-2026-09-01-forma.xlsx" in _site(tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Итоги.xlsx", "имя формы начинается с номера отчёта"),
        ("99 Итоги.xlsx", "имя формы начинается с номера отчёта"),
        ("007 Итоги.xlsx", "имя формы начинается с номера отчёта"),
        ("07 Итоги.xls", "форма должна быть книгой .xlsx"),
        ("07 Итоги.xlsx", "файл повреждён или сохранён не полностью"),
    ],
)
def test_a_file_that_is_no_form_is_said_once(tmp_path: Path, name: str, said: str) -> None:
    file = _put(tmp_path, name=name)
    if said.startswith("файл"):
        file.write_bytes(file.read_bytes()[:-30])
    forms = forms_in(tmp_path)
    assert not forms.by_number
    (fault,) = forms.faults
    assert fault.startswith(f"{tmp_path.name}/reports/{name}: {said}")


def test_what_excel_leaves_while_a_form_is_open_is_no_form(tmp_path: Path) -> None:
    _put(tmp_path, name=f"~${NAME}")
    assert forms_in(tmp_path) == forms_in(None)


def test_pictures_of_a_form_are_said_not_to_come_along(tmp_path: Path) -> None:
    file = _put(tmp_path)
    book = openpyxl.load_workbook(file)
    book.worksheets[0].add_chart(openpyxl.chart.BarChart(), "H1")
    book.save(file)
    forms = forms_in(tmp_path)
    assert 7 in forms.by_number
    assert [words.partition(": ")[2] for words in forms.faults] == [
        "рисунки и диаграммы формы в заполненную книгу не переносятся."
    ]


def test_a_form_may_be_made_for_every_report_of_the_registry() -> None:
    assert 7 in known_numbers()


def test_the_build_says_each_fault_once_and_for_how_many_reports() -> None:
    lines = list(about_forms({"a.xlsx: не читается.": 0, "b.xlsx › Лист1!C7: нет столбца.": 12}))
    assert lines[0].startswith("О формах школы (templates/reports)")
    assert lines[1:] == ["  a.xlsx: не читается.", "  b.xlsx › Лист1!C7: нет столбца. Отчётов: 12."]
    assert list(about_forms({})) == []


@pytest.fixture
def school(tmp_path: Path) -> LittleSchool:
    return little_school(tmp_path / "school")


def test_a_build_fills_forms_and_tells_of_a_fault_until_it_is_mended(school: LittleSchool) -> None:
    templates = school.root / "templates"
    assert school.build().told == {}
    _put(templates)
    built = school.build()
    forms = [path for path in built.written if path.endswith("-forma.xlsx")]
    assert len(forms) == 2  # two classes, one quarter with marks
    assert built.told == {}
    file = _put(templates, CELLS | {"F6": "{{строка.Химия}}"})
    _put(templates, name="99.xlsx")
    told = school.build().told
    assert sorted(told.values()) == [0, 2]
    assert all(words.startswith("templates/reports/") for words in told)
    idle = school.build()
    assert idle.idle
    assert idle.told == told
    with school.opened("Журналы/5А/Математика.xlsx") as book:
        book["Итоги"]["C2"].value = 5
    assert school.build().told == told
    file.unlink()
    (templates / "reports" / "99.xlsx").unlink()
    mended = school.build()
    assert mended.told == {}
    assert set(forms) & set(school.pages()) == set()
