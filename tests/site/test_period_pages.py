"""The pages of reports 2 to 5: the figures as people write them, whose they are, what is missing, who signs."""

from __future__ import annotations

from sgo_sheets.reports import homeroom_period, preliminary, school_classes, school_parallels
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import class_report_parts, school_report_parts
from tests.reports.period_school import all_totals, case, school_of
from tests.site.html_tree import Element, read_page

RENDER = Renderer()


def _class_site() -> dict[str, Page]:
    book = school_of(case("02", "Кто в классе"), case("02", "Итоги"), case("02", "Пропуски")).book("5А")
    assert book is not None
    reports = (homeroom_period.REPORT, preliminary.REPORT)
    return {page.path: page for part in class_report_parts(book, RENDER, reports) for page in part.make()}


def _rows(page: Element) -> list[list[str]]:
    return [
        [cell.text for cell in row.children if isinstance(cell, Element)]
        for body in page.all("table", "wide")[0].all("tbody")
        for row in body.all("tr")
    ]


def test_the_page_of_a_class_teacher_writes_changes_as_people_do() -> None:
    site = _class_site()
    page = read_page(site["staff/reports/5a/02-2026-11-02.html"].content)
    assert page.texts("p", "about") == ["Класс 5А · 2 четверть: 2 ноября – 29 декабря 2026"]
    assert ["Качество по обучающимся, %", "40", "50", "−10"] in _rows(page)
    assert page.all(kind="signatures")[0].texts("p")[0] == "Классный руководитель Ручьёва А. И."
    assert "staff/reports/5a/02-5a-2026-11-02.xlsx" in site
    assert "staff/reports/5a/03-5a-2026-11-02.xlsx" in site
    assert {one.audience for one in site.values()} == {"class:5А"}


def test_the_pages_of_the_school_are_for_the_office_and_name_what_is_missing() -> None:
    school = school_of(case("04", "Кто в школе"), case("04", "Итоги"))
    reports = (school_classes.REPORT, school_parallels.REPORT)
    parts = school_report_parts(school, all_totals(school), RENDER, reports, ())
    site = {page.path: page for part in parts for page in part.make()}
    five = read_page(site["staff/reports/school/05-2026-09-01.html"].content)
    assert _rows(five)[-1] == [
        "По школе",
        *["12", "5", "1", "2", "1", "1", "1", "2", "1", "1", "2", "0", "1", "1", "3"],
    ]
    groups, names = five.all("table", "wide")[0].all("thead")[0].all("tr")
    assert [cell.text for cell in groups.all("th")] == ["Успевают", "Не аттестовано", "Не успевают"]
    assert len(names.all("th")) == 16
    (lacks,) = five.texts("p", "lacks")
    assert lacks.startswith("Данные неполны: 5Б: Математика: нет отметки у 1 обучающегося (Фиалкова Рита)")
    assert {one.audience for one in site.values()} == {"deputy"}
    assert "Отчёта пока нет" in read_page(site["staff/reports/school/04-2026-11-02.html"].content).text
