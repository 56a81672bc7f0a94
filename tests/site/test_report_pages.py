"""The page of report 7, the workbook beside it, the index of reports and the pages of the rules."""

from __future__ import annotations

import dataclasses
import datetime as dt
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from sgo_sheets.records.faults import FAULTS
from sgo_sheets.reports.class_period import ClassPeriod, class_period
from sgo_sheets.reports.class_period_document import REPORT
from sgo_sheets.rules.registry import RULES
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_index import report_index_parts
from sgo_sheets.site.report_pages import class_report_parts, class_report_paths
from sgo_sheets.site.rulebook import rulebook_pages
from tests.reports.case_07 import case_book, case_tables, quarter, table
from tests.school.small import d, school
from tests.site.html_tree import Element, read_page

RENDER = Renderer()
FIRST = "staff/reports/5a/07-2026-09-01"
SAVED = dt.datetime(2026, 10, 24, 9, 30, tzinfo=dt.UTC)


def _site(book: ClassBook) -> dict[str, Page]:
    return {page.path: page for part in class_report_parts(book, RENDER) for page in part.make()}


def _saved(book: ClassBook) -> ClassBook:
    return dataclasses.replace(book, journals=tuple(dataclasses.replace(j, saved=SAVED) for j in book.journals))


@pytest.fixture(scope="module")
def page() -> Element:
    return read_page(_site(_saved(case_book()))[f"{FIRST}.html"].content)


def _bodies(page: Element, place: str) -> list[list[str]]:
    body = page.all("table", "wide")[0].all("tbody", f"place-{place}")[0]
    return [[cell.text for cell in row.children if isinstance(cell, Element)] for row in body.all("tr")]


def test_the_page_shows_the_table_worked_by_hand(page: Element) -> None:
    expected = [list(line.values()) for line in table("Ожидается: обучающиеся")]
    expected[-1][expected[-1].index("")] = "○ отметки нет"
    assert _bodies(page, "line") == expected
    totals = [[row[1], *row[2:7]] for row in _bodies(page, "total")]
    assert totals == [list(line.values()) for line in table("Ожидается: предметы")]


def test_the_header_is_in_two_rows_that_fit_the_columns(page: Element) -> None:
    head = page.all("table", "wide")[0].all("thead")[0]
    groups, names = head.all("tr")
    spans = [int(cell.attrs["colspan"]) for cell in groups.children if isinstance(cell, Element)]
    assert sum(spans) == len(names.all("th")) == len(_bodies(page, "line")[0])
    assert [cell.text for cell in groups.all("th")] == ["Отметки за период", "Всего отметок"]


def test_a_printed_report_says_whose_what_when_and_who_signs(page: Element) -> None:
    assert page.all("h1")[0].text == "Итоги успеваемости класса за учебный период"
    assert page.texts("p", "about") == ["Класс 5А · 1 четверть: 1 сентября – 24 октября 2026"]
    assert "Сформировано по данным на 24.10.2026, 12:30" in page.text
    signatures = page.all(kind="signatures")[0].texts("p")
    assert signatures[0] == "Классный руководитель Ручьёва А. И."
    assert signatures[1].startswith("Заместитель директора")


def test_incomplete_data_are_named_with_the_cell_to_mend(page: Element) -> None:
    (lacks,) = page.texts("p", "lacks")
    assert lacks.startswith(
        "Данные неполны: Английский язык: нет отметки у 1 обучающегося (Яров Семён) – Полянский О. Л."
    )
    mend = page.id("lacks")
    assert "Журналы/5А/Английский язык (2).xlsx › Итоги!C4" in mend.text
    assert mend.all("button")[0].attrs["data-copy"] == "Журналы/5А/Английский язык (2).xlsx"


def test_the_workbook_lies_beside_the_page_and_is_offered(page: Element) -> None:
    site = _site(_saved(case_book()))
    links = {e.text: e.attrs["href"] for e in page.all("nav")[0].all("a")}
    assert links["Книга Excel"] == "07-5a-2026-09-01.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(site["staff/reports/5a/07-5a-2026-09-01.xlsx"].content)).worksheets[0]
    assert "По данным на 24.10.2026, 12:30" in [cell.value for cell in sheet["A"]]


def test_a_period_without_marks_is_refused_with_the_reason_and_has_no_workbook() -> None:
    site = _site(dataclasses.replace(case_book(), teacher_book=None))
    later = "staff/reports/5a/07-2026-11-02"
    text = read_page(site[f"{later}.html"].content).text
    assert "Не выставлено ни одной отметки за период «2 четверть»: он заканчивается 29.12.2026." in text
    assert "staff/reports/5a/07-5a-2026-11-02.xlsx" not in site


def test_every_period_has_its_own_page_even_if_two_begin_on_one_day() -> None:
    paths = class_report_paths(case_book(), REPORT)
    assert [path.page for path in paths] == [
        "staff/reports/5a/07-2026-09-01.html",
        "staff/reports/5a/07-2026-11-02.html",
        "staff/reports/5a/07-2026-09-01-2027-05-29.html",
    ]


def test_what_names_addresses_or_misfortunes_is_for_the_class_teacher_alone() -> None:
    audiences: dict[str, set[str]] = {}
    for path, page in _site(case_book()).items():
        audiences.setdefault(page.audience, set()).add(path.rsplit("/", 1)[-1][:2])
    assert audiences.pop("homeroom:5А") == {"13", "14"}
    assert set(audiences) == {"class:5А"}


def test_reports_are_the_same_whatever_the_day_and_the_time() -> None:
    book = _saved(case_book())
    assert _site(book) == _site(book)
    assert isinstance(class_period(book, quarter(book)), ClassPeriod)  # takes no day at all


def _index(on: dt.date, **tables: Any) -> dict[str, Element]:
    parts = report_index_parts(school(**tables), on, RENDER)
    return {page.path: read_page(page.content) for part in parts for page in part.make()}


def test_the_index_finds_a_report_in_two_clicks() -> None:
    tables = case_tables(classes=[{"name": "1А", "grade": 1}, {"name": "5А", "grade": 5}])
    pages = _index(d("23.11"), **tables)
    classes = {e.text: e.attrs["href"] for e in pages["staff/reports/index.html"].id("main").all("a", "button")}
    assert classes["5А"] == "../../staff/reports/5a/index.html"
    of_class = pages["staff/reports/5a/index.html"].id("main")
    links = {e.text: e.attrs["href"] for e in of_class.all("a")}
    name = "Итоги успеваемости класса за учебный период"
    assert links[f"{name}, 1 четверть"] == "../../reports/5a/07-2026-09-01.html"
    assert links[f"{name}, 2 четверть"] == "../../reports/5a/07-2026-11-02.html"
    assert "Год , ещё не начался" in of_class.text


def test_the_year_is_offered_when_it_nears_its_end() -> None:
    index = _index(d("20.05"), **case_tables())["staff/reports/5a/index.html"]
    assert "../../reports/5a/07-2026-09-01-2027-05-29.html" in [e.attrs["href"] for e in index.id("main").all("a")]


def test_pupils_and_classes_are_found_by_typing_from_a_list_in_the_page() -> None:
    index = _index(d("23.11"), **case_tables())["staff/reports/index.html"]
    field = next(e for e in index.all("input") if e.attrs.get("type") == "search")
    found = {e.text: e.attrs["href"] for e in index.id(field.attrs["data-filter"]).all("a")}
    assert found["Лугов Пётр"].startswith("../../families/")
    assert found["Класс 5А"] == "../../staff/reports/5a/index.html"


def test_every_rule_and_every_fault_has_a_page_that_says_how_to_mend_it() -> None:
    site = {page.path: read_page(page.content) for page in rulebook_pages(RENDER)}
    codes = [*(rule.code for rule in RULES), *FAULTS]
    assert set(site) == {"staff/rules/index.html", *(f"staff/rules/{code}.html" for code in codes)}
    for rule in RULES:
        text = site[f"staff/rules/{rule.code}.html"].text
        assert rule.title in text
        assert f"Регламент п. {rule.clause}" in text
        assert rule.role.label in text
        assert rule.fix[1:] in text
    for fault in FAULTS.values():
        found = site[f"staff/rules/{fault.code}.html"]
        assert found.all("h1")[0].text == fault.title.removesuffix(".")
        assert "Как исправить" in found.texts("h2")
    listed = [e.attrs["href"].removesuffix(".html") for e in site["staff/rules/index.html"].id("main").all("a")]
    assert listed == codes


def test_the_index_of_rules_goes_by_chapter() -> None:
    index = read_page(next(page for page in rulebook_pages(RENDER) if page.path.endswith("index.html")).content)
    titles = index.texts("h2")
    assert "Глава VIII. Электронный журнал" in titles
    assert titles[-1] == "Как заполнены книги: ссылки и повторы"
