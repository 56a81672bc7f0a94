"""The pages of reports 15–20 beside the diaries, the workbooks of the class, and that no family sees another child."""

from __future__ import annotations

import dataclasses
import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from sgo_sheets.reports.company import company_of
from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.page import Page
from sgo_sheets.site.pupil_reports import pupil_report_parts, reports_address
from sgo_sheets.site.render import Renderer
from tests.reports.case_pupils import PETR, SAVED, SUBJECTS, VERA, case_book, marked, others, table
from tests.site.html_tree import Element, read_page

RENDER = Renderer()
YEAR = reports_address(VERA)
FIRST, SECOND = (f"families/{slug(PETR)}/reports-2026-{key}.html" for key in ("09-01", "11-02"))
BOOKS = "staff/reports/5a"


def _site(book: ClassBook) -> dict[str, Page]:
    parts = pupil_report_parts(book, company_of(book, others()), RENDER)
    return {page.path: page for part in parts for page in part.make()}


def _keys(book: ClassBook) -> dict[str, str]:
    return {part.name: part.key for part in pupil_report_parts(book, company_of(book, others()), RENDER)}


@pytest.fixture(scope="module")
def site() -> dict[str, Page]:
    return _site(case_book())


def _tables(page: Page, section: str) -> list[list[list[str]]]:
    root = read_page(page.content)
    found = next(one for one in root.all("section") if one.attrs.get("id") == section)
    return [
        [[cell.text for cell in row.children if isinstance(cell, Element)] for row in one.all("tr")]
        for one in found.all("table")
    ]


def test_the_year_has_one_page_and_each_period_that_has_begun_another(site: dict[str, Page]) -> None:
    own = sorted(path.rsplit("/", 1)[1] for path in site if path.startswith(f"families/{slug(VERA)}/"))
    weeks = ["reports-last-week.html", "reports-week.html"]
    assert own == ["reports-2026-09-01.html", "reports-2026-11-02.html", *weeks, "reports.html"]
    assert {page.audience for path, page in site.items() if path.startswith("families/")} == {
        f"family:К-20{n}" for n in range(1, 6)
    }
    assert {page.audience for path, page in site.items() if path.startswith("staff/")} == {"class:5А"}


def test_a_page_names_each_report_and_shows_its_table(site: dict[str, Page]) -> None:
    heads = [one.text for one in read_page(site[YEAR].content).all("h2")]
    assert heads == [
        "№ 17 Табель успеваемости учащегося",
        "№ 15 Средний балл ученика",
        "№ 16 Динамика среднего балла ученика",
        "№ 19 Итоги успеваемости и качества знаний",
    ]
    (rows,) = _tables(site[YEAR], "r15")
    assert rows[1:] == [list(line.values()) for line in table(15, "Ожидается: средний балл")]
    marks, _, _ = _tables(site[SECOND], "r20")
    assert marks[-1][0] == "Всего"


def test_a_mark_that_is_owed_is_told_from_one_that_is_not_due(site: dict[str, Page]) -> None:
    marks, _ = _tables(site[YEAR], "r17")
    assert marks[2] == ["Литература", "○ отметки нет", "", ""]
    text = site[YEAR].content.decode()
    assert "Данные неполны:" in text
    assert "Ручьёва\u00a0А.\u00a0И." in text


def test_no_family_sees_another_child(site: dict[str, Page]) -> None:
    roll = table(15, "Кто в классе")
    for owner in roll:
        folder = f"families/{slug(owner['№ личного дела'])}/"
        for path, page in site.items():
            if path.startswith(folder):
                text = page.content.decode()
                for other in roll:
                    if other is not owner:
                        words = (other["Фамилия"], other["№ личного дела"], slug(other["№ личного дела"]))
                        assert not any(word in text for word in words), (path, other["Фамилия"])


def test_charts_are_pictures_with_words_and_come_from_nowhere_else(site: dict[str, Page]) -> None:
    images = read_page(site[YEAR].content).all("img")
    assert len(images) == 4
    for image in images:
        assert image.attrs["src"].startswith("data:image/svg+xml;base64,")
        assert "ученик" in image.attrs["alt"]


def test_the_figures_of_the_workbook_are_those_of_the_table(site: dict[str, Page]) -> None:
    book = openpyxl.load_workbook(BytesIO(site[f"{BOOKS}/20-5a-2026-09-01.xlsx"].content))
    assert book.sheetnames == ["Берёзкина Вера", "Лугов Пётр", "Омутов Илья", "Полевая Анна", "Яров Семён"]
    rows = [list(row) for row in book["Лугов Пётр"].iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if row[0] == "Предмет")
    total = next(place for place, row in enumerate(rows) if row[0] == "Всего")
    for column in range(1, 5):
        numbers = [row[column] for row in rows[head + 1 : total]]
        assert all(isinstance(number, int) for number in numbers)
        assert sum(map(int, numbers)) == rows[total][column]
    assert rows[total][1:6] == [2, 4, 1, 0, 4.0]
    absent = {row[0]: row[1] for row in rows[total + 1 :]}
    reasons = ("по болезни", "по уважительной причине", "без уважительной причины", "причина не указана")
    assert absent["Пропущено уроков, всего"] == sum(absent[reason] for reason in reasons) == 1


def test_a_debt_has_a_real_date_and_the_days_sum_up_in_the_workbook(site: dict[str, Page]) -> None:
    debts = openpyxl.load_workbook(BytesIO(site[f"{BOOKS}/20-5a-2026-11-02.xlsx"].content))["Лугов Пётр"]
    assert dt.datetime(2026, 11, 17) in [cell for row in debts.iter_rows(values_only=True) for cell in row]
    days = openpyxl.load_workbook(BytesIO(site[f"{BOOKS}/18-5a-2026-09-01.xlsx"].content))["Лугов Пётр"]
    rows = [list(row) for row in days.iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if row[0] == "Предмет")
    last = next(place for place, row in enumerate(rows) if row[0] == "Пропущено уроков")
    assert sum(row[-3] for row in rows[head + 1 : last]) == sum(n or 0 for n in rows[last][1:-3]) == rows[last][-3] == 1


def test_the_same_data_give_the_same_bytes(site: dict[str, Page]) -> None:
    assert _site(case_book()) == site


def test_a_later_save_of_the_day_changes_no_page_whose_figures_stay() -> None:
    later = dataclasses.replace(case_book(), saved=SAVED + dt.timedelta(hours=2))
    assert _keys(later) == _keys(case_book())


def test_a_mark_of_this_period_leaves_the_pages_of_the_closed_one() -> None:
    lines = table(15, "Журнал «Математика»")
    lines[1]["17.11"] = "5"
    rest = [marked(name, table(15, f"Журнал «{name}»")) for name in SUBJECTS[1:]]
    before, after = _keys(case_book()), _keys(case_book([marked("Математика", lines), *rest]))
    changed = {name for name in before if before[name] != after[name]}
    petr = f"families/{slug(PETR)}"
    expected = {f"{petr}/reports.html", SECOND, *(f"5a/{n}-5a-year.xlsx" for n in (15, 16, 19))}
    expected |= {f"5a/{n}-5a-2026-11-02.xlsx" for n in (18, 20)}
    assert changed == expected | {f"{petr}/reports-week.html", "5a/20-5a-week-2026-11-16.xlsx"}


def test_a_new_week_leaves_the_letter_of_the_one_before_and_every_other_page() -> None:
    lines = table(15, "Журнал «Математика»")
    for line in lines:
        final = line.pop("Итоги 1 четверть")
        line |= {"23.11": "5" if line["№ личного дела"] == VERA else "", "Итоги 1 четверть": final}
    rest = [marked(name, table(15, f"Журнал «{name}»")) for name in SUBJECTS[1:]]
    morning, evening = (dt.datetime(2026, 11, 23, hour, tzinfo=dt.UTC) for hour in (5, 12))
    old = _keys(dataclasses.replace(case_book(), saved=morning))
    new = _keys(dataclasses.replace(case_book([marked("Математика", lines), *rest]), saved=evening))
    changed = {name for name in old if name.startswith(f"families/{slug(PETR)}") and new[name] != old[name]}
    assert changed == {f"families/{slug(PETR)}/{name}.html" for name in ("reports-week", "reports-last-week")}
    weeks = {name: key for name, key in old.items() if "week-" in name}
    assert sorted(weeks) == [f"5a/20-5a-week-2026-11-{day}.xlsx" for day in ("09", "16")]
    assert new["5a/20-5a-week-2026-11-16.xlsx"] == weeks["5a/20-5a-week-2026-11-16.xlsx"]
    assert "5a/20-5a-week-2026-11-23.xlsx" in new


def test_the_letter_of_a_week_is_of_that_week_alone(site: dict[str, Page]) -> None:
    page = site[f"families/{slug(PETR)}/reports-week.html"]
    assert "неделя: 16–22 ноября 2026" in page.content.decode().replace("\u00a0", " ")
    marks, absent, debts = _tables(page, "r20")
    assert [row[0] for row in marks] == ["", "Предмет", "Математика", "Всего"]  # nothing is written in the others
    assert debts[1:] == [["Математика", "17.11.2026"]]
    assert absent[1][:2] == ["Пропущено уроков, всего", "0"]


def test_the_staff_finds_every_page_and_workbook(site: dict[str, Page]) -> None:
    links = [one.attrs["href"] for one in read_page(site[f"{BOOKS}/pupils.html"].content).all("a")]
    assert f"../../../{YEAR}" in links
    assert f"../../../{FIRST}" in links
    assert {link for link in links if link.endswith(".xlsx")} == {
        path.rsplit("/", 1)[1] for path in site if path.endswith(".xlsx")
    }


def test_a_class_whose_roll_is_not_read_has_no_pages() -> None:
    assert _site(dataclasses.replace(case_book(), roll=None)) == {}
