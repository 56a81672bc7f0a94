"""The pages of staff in Chromium: nothing serious for axe, nothing cut off on a phone, sheets of paper that fit."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from sgo_sheets.findings import State
from sgo_sheets.reports.completeness import Completeness, Filling, Share
from sgo_sheets.rules.engine import Verdict, combine
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.tally import Done
from sgo_sheets.russian import slug
from sgo_sheets.site.assets import asset_pages
from sgo_sheets.site.changes_page import changes_page
from sgo_sheets.site.control import deputy_pages
from sgo_sheets.site.council import council_page
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Browser
from tests.reports.case_07 import case_tables
from tests.school.small import school
from tests.site.control_school import CHANGES as CHANGED
from tests.site.control_school import ON, RENDER, all_chapters, finding, judged, staff_site, troubled_school

pytestmark = pytest.mark.browser
INDEX, CLASS = "staff/index.html", "staff/classes/5a.html"
TEACHER = f"staff/teachers/{slug('СТ-01')}.html"
REPORT, REPORTS = "staff/reports/5a/07-2026-09-01.html", "staff/reports/index.html"
ADMIN, COUNCIL, CLAUSES = "staff/admin.html", "staff/council.html", "staff/clauses.html"
LISTS = ("staff/by-clause.html", "staff/by-person.html", "staff/by-class.html", "staff/by-deadline.html")
CHANGES, NO_CHANGES = (f"families/{slug(pupil)}/changes.html" for pupil in ("К-101", "К-102"))
PAGES = (
    INDEX,
    *LISTS,
    ADMIN,
    COUNCIL,
    CLAUSES,
    CHANGES,
    NO_CHANGES,
    CLASS,
    TEACHER,
    REPORT,
    "staff/reports/5a/02-2026-09-01.html",
    "staff/reports/5a/06-year.html",
    "staff/reports/5a/index.html",
    REPORTS,
    "staff/pupils.html",
    "staff/rules/index.html",
    "staff/rules/R0801.html",
)

SUBJECTS = (
    "Русский язык", "Литературное чтение", "Литература", "Английский язык", "Математика", "Алгебра", "Геометрия",
    "Вероятность и статистика", "Информатика", "История", "Обществознание", "География", "Окружающий мир", "Биология",
    "Химия", "Физика", "Изобразительное искусство", "Музыка", "Труд (технология)", "Физическая культура",
    "Основы безопасности и защиты Родины", "Индивидуальный проект",
)  # fmt: skip
UNFOLD = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site of staff: trouble on the control pages, the worked example as the report."""
    root = tmp_path_factory.mktemp("staff")
    trouble, example = troubled_school(), school(**case_tables())
    verdict = combine([judged(trouble), all_chapters()])
    pages = {page.path: page for page in asset_pages()} | staff_site(trouble, verdict)
    for pupil, changes in (("К-101", CHANGED), ("К-102", ())):
        page = changes_page(pupil, "Берёзкина Вера", changes, RENDER)
        pages[page.path] = page
    pages |= {path: page for path, page in staff_site(example, judged(example)).items() if "/reports/5a/" in path}
    for path, page in pages.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.content)
    return root


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the summaries of a school of forty classes and twenty-two subjects, with something wrong everywhere."""
    root = tmp_path_factory.mktemp("large")
    trouble = troubled_school()
    names = [f"{grade}{letter}" for grade in range(2, 12) for letter in "АБВГ"]
    books = tuple(replace(trouble.books[0], name=name) for name in names)
    fillings = {name: Filling(name, ("",), 30, 20 + place) for place, name in enumerate(SUBJECTS)}
    filled = {name: Completeness(fillings, Share(30, 25), Share(25, 24), Share(9, 9)) for name in names}
    large = replace(trouble, books=books, subjects=dict.fromkeys(SUBJECTS))
    wrong = [
        finding(
            f"C{place}", code=rule.code, clause=rule.clause, due=ON - timedelta(days=place % 40), person=f"Т-{place}"
        )
        for place, rule in enumerate(RULES * 3)
    ]
    verdict = Verdict(tuple(wrong), done={Done(rule.code, State.DONE_LATE, "", "5А", ""): 3 for rule in RULES})
    pages = [*asset_pages(), *deputy_pages(large, verdict, ON, RENDER, filled)]
    for page in (*pages, council_page(large, verdict, ON, RENDER, filled)):
        file = root / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.content)
    return root


def _sheets(browser: Browser) -> list[tuple[int, int]]:
    """Return the sheets the page is printed on: width and height in points."""
    pdf = base64.b64decode(browser.tell("Page.printToPDF", preferCSSPageSize=True)["data"]).decode("latin-1")
    boxes = re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(browser: Browser, staff: Path, page: str, dark: bool) -> None:
    browser.look(DESKTOP, dark=dark)
    browser.open(staff / page)
    browser.ask(UNFOLD)
    assert browser.axe() == []
    assert browser.complaints() == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "narrow"])
def test_nothing_is_cut_off_on_a_phone(browser: Browser, staff: Path, page: str, size: tuple[int, int]) -> None:
    browser.look(size)
    browser.open(staff / page)
    browser.ask(UNFOLD)
    assert browser.ask("return document.documentElement.scrollWidth") == size[0]
    assert browser.axe() == []


def test_a_mark_missing_far_to_the_right_does_not_widen_the_page(browser: Browser, staff: Path) -> None:
    """What a screen reader is told of it stands beside it, out of the flow: it must stay inside the table."""
    browser.look(PHONE)
    browser.open(staff / REPORT)
    browser.ask(
        "const cell = document.querySelector('td.owed');"
        "for (let n = 0; n < 30; n += 1) { cell.before(Object.assign(document.createElement('td'), "
        "{ textContent: 'предмет' })); }"
    )
    assert browser.ask("return document.querySelector('td.owed').getBoundingClientRect().left") > PHONE[0]
    assert browser.ask("return document.documentElement.scrollWidth") == PHONE[0]


def test_a_wide_table_keeps_its_header_and_its_names_in_sight(browser: Browser, staff: Path) -> None:
    browser.look((390, 500))
    browser.open(staff / REPORT)
    browser.ask("const frame = document.querySelector('.table-wrap'); frame.scrollTo(200, 300)")
    place = "const box = document.querySelector(%r).getBoundingClientRect(); return [box.left, box.top]"
    frame = browser.ask(place % ".table-wrap")
    name, header = browser.ask(place % "tbody tr:nth-child(3) .k-name"), browser.ask(place % "thead")
    assert 0 <= name[0] - frame[0] <= 2
    assert 0 <= header[1] - frame[1] <= 2


def test_a_number_leads_to_its_list(browser: Browser, staff: Path) -> None:
    browser.open(staff / INDEX)
    browser.driver.find_element(By.CSS_SELECTOR, ".clauses a.number[href$='#clause-8-1']").click()
    assert browser.driver.current_url.endswith("by-clause.html#clause-8-1")
    assert 0 <= browser.ask("return document.querySelector(':target').getBoundingClientRect().top") < 450


def test_the_summary_is_printed_on_one_sheet(browser: Browser, staff: Path) -> None:
    for page in (INDEX, CLASS, TEACHER, ADMIN, COUNCIL, CHANGES):
        browser.open(staff / page)
        assert _sheets(browser) == [(595, 842)], page


def test_the_summary_of_a_large_school_is_one_sheet_too(browser: Browser, large: Path) -> None:
    for page in (INDEX, COUNCIL):
        browser.open(large / page)
        assert _sheets(browser) == [(595, 842)], page


def test_the_report_is_printed_across(browser: Browser, staff: Path) -> None:
    browser.open(staff / REPORT)
    sheets = _sheets(browser)
    assert set(sheets) == {(842, 595)}
    assert len(sheets) <= 2


def test_pages_are_read_without_the_script(browser: Browser, staff: Path) -> None:
    browser.open(staff / "staff/by-clause.html", script=False)
    assert "Журналы/5А/Математика.xlsx › Уроки!A17" in " ".join(browser.texts(".row"))
    assert browser.all(".copy") == []
