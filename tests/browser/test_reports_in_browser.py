"""Every report of chapter X in Chromium: for axe, on a phone, in the dark, on paper; lists of reports beside them."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from sgo_sheets.site.assets import asset_pages
from tests.browser.conftest import DESKTOP, PHONE, Browser
from tests.reports.demo_pages import TWO_CLASSES, read_changed, site_pages

pytestmark = pytest.mark.browser
LISTS = {
    "all": "staff/reports/index.html",
    "class": "staff/reports/*/index.html",
    "pupils": "staff/reports/*/pupils.html",
}
IN_FAMILIES = {15: "reports.html", 16: "reports.html", 17: "reports.html", 19: "reports.html"} | {
    18: "reports-2026-09-01.html",
    20: "reports-2026-09-01.html",
}
CLASS_REPORTS, SCHOOL_REPORTS = (2, 3, 6, 7, 8, 9, 14), (4, 5, 10, 11, 12, 13, 21)
ACROSS = (1, 4, 6, 7, 9, 14)
KINDS = [*(f"№ {number}" for number in range(1, 22)), *LISTS]
SHEETS = re.compile(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of an invented school of two classes, without the books beside its pages."""
    root = tmp_path_factory.mktemp("reports")
    for page in (*asset_pages(), *site_pages(read_changed(TWO_CLASSES))):
        if not page.path.endswith(".xlsx"):
            file = root / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page.content)
    return root


def _page(root: Path, kind: str) -> Path:
    """Return the page of a kind that has most to show."""
    if kind in LISTS:
        pattern = LISTS[kind]
    else:
        number = int(kind.removeprefix("№ "))
        place = "teachers" if number == 1 else "school" if number in SCHOOL_REPORTS else "*"
        pattern = f"staff/reports/{place}/{number:02d}-*.html"
        if number in IN_FAMILIES:
            pattern = f"families/*/{IN_FAMILIES[number]}"
    return max(root.glob(pattern), key=lambda file: (file.stat().st_size, file.name))


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_a_phone_cuts_nothing_off(browser: Browser, built: Path, kind: str) -> None:
    """Every third page is looked at in the dark; each holds a table (or a list) and not a refusal."""
    page = _page(built, kind)
    browser.look(PHONE, dark=KINDS.index(kind) % 3 == 0)
    browser.open(page)
    assert browser.all("table.report-table, .links") != []
    assert browser.ask("return document.documentElement.scrollWidth") == PHONE[0]
    assert browser.axe() == []
    browser.look(DESKTOP, dark=KINDS.index(kind) % 3 == 0)
    assert browser.ask("return document.documentElement.scrollWidth") == DESKTOP[0]
    assert browser.complaints() == []


@pytest.mark.parametrize("number", [2, 17, 20])
def test_a_small_table_hides_none_of_its_lines(browser: Browser, built: Path, number: int) -> None:
    """A parent at a phone would not know that there is more below: only wide tables scroll inside their frame."""
    browser.look(PHONE)
    browser.open(_page(built, f"№ {number}"))
    hidden = "return [...document.querySelectorAll('.table-wrap')].filter((one) => one.scrollHeight > one.clientHeight)"
    assert browser.ask(hidden) == []


@pytest.mark.parametrize("number", ACROSS)
def test_a_wide_report_is_printed_across_and_signed_where_it_ends(browser: Browser, built: Path, number: int) -> None:
    """A class of eight is one sheet (its sums by subject, № 7, are two), and no sheet is the signature alone."""
    browser.open(_page(built, f"№ {number}"))
    pdf = base64.b64decode(browser.tell("Page.printToPDF", preferCSSPageSize=True)["data"]).decode("latin-1")
    sheets = [(round(float(width)), round(float(height))) for width, height in SHEETS.findall(pdf)]
    assert set(sheets) == {(842, 595)}
    assert len(sheets) <= {1: 4, 6: 2, 7: 2}.get(number, 1)
