"""What is typed into a workbook is text on every page and in every .xlsx, whatever it looks like.

Written against the registry: a report added to it is walked through here without a word.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from sgo_sheets.reports.print_forms import known_numbers
from sgo_sheets.reports.registry import CLASS_REPORTS, PUPIL_REPORTS, SCHOOL_REPORTS, TEACHER_REPORTS
from sgo_sheets.school.model import School
from sgo_sheets.site.page import Page
from tests.reports.demo_pages import TWO_CLASSES, read_changed, site_pages
from tests.reports.hostile_school import ATTACKS, FORMULAS, LINKED, hostile_school
from tests.site.html_tree import Element, read_page
from tests.workbooks.test_print_form import form_bytes

OWN_TAGS = ("script", "form")  # elements a page may have of its own, and an attack would make


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """Return every page of the hostile school, a form of its own for every report."""
    templates = tmp_path_factory.mktemp("templates")
    for number in known_numbers():
        file = templates / "reports" / f"{number:02d}.xlsx"
        file.parent.mkdir(exist_ok=True)
        cells = {"A1": "{{школа}}", "A2": "{{период}}", "A3": "{{отчёт}}, {{школа}}"}
        if number == 7:
            cells["A5"] = "{{строка.Обучающийся}}"
        file.write_bytes(form_bytes(cells))
    return {page.path: page for page in site_pages(hostile_school(), templates=templates)}


@pytest.fixture(scope="module")
def read(pages: dict[str, Page]) -> dict[str, Element]:
    """Return every page of the hostile school as a reader meets it."""
    return {path: read_page(content) for path, content in _ending(pages, ".html")}


@pytest.fixture(scope="module")
def plain() -> dict[str, Page]:
    """Return every page of the school as it was."""
    return {page.path: page for page in site_pages(read_changed(TWO_CLASSES))}


def _ending(pages: dict[str, Page], end: str) -> Iterator[tuple[str, bytes]]:
    return ((path, page.content) for path, page in pages.items() if path.endswith(end))


def _cells(content: bytes) -> Iterator[tuple[str, Cell]]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value is not None:
                    yield f"{sheet.title}!{cell.coordinate}", cell


def test_the_hostile_school_hangs_together_as_the_one_it_was() -> None:
    known, hostile = read_changed(TWO_CLASSES), hostile_school()
    assert set(hostile.pupils) == set(known.pupils)
    assert _counts(hostile) == _counts(known)


def _counts(school: School) -> dict[str, tuple[int, int, int, int]]:
    """Return how many pupils, lessons by the timetable, rows of marks of periods and lessons every journal has."""
    return {one.path: (len(one.members), len(one.slots), len(one.finals), len(one.lessons)) for one in school.journals}


def test_every_page_of_the_school_as_it_was_is_there(pages: dict[str, Page], plain: dict[str, Page]) -> None:
    there = {path for path in pages if not path.endswith("-forma.xlsx")}
    # What a custom report asks for names periods and subjects as they were: it may find nothing and be refused.
    assert {path for path in set(plain) - there if "/21-" not in path} == set()
    assert there <= set(plain)
    reports = (*CLASS_REPORTS, *SCHOOL_REPORTS, *TEACHER_REPORTS, *PUPIL_REPORTS)
    names = [path.rpartition("/")[2] for path in pages if path.startswith("staff/reports/")]
    for report in reports:
        assert [name for name in names if name.startswith(f"{report.number:02d}-")], report.number


def test_no_element_and_no_attribute_is_made_of_a_text(read: dict[str, Element], plain: dict[str, Page]) -> None:
    wrong = []
    for path, page in read.items():
        for element in page.walk():
            wrong += [f"{path}: <{element.tag} {name}>" for name in element.attrs if name.startswith("on")]
            for name in ("href", "src"):
                scheme = urlsplit(element.attrs.get(name, "")).scheme
                if scheme not in ("", "http", "https", "data", "mailto"):
                    wrong.append(f"{path}: {name}={element.attrs[name]}")
        wrong += [f"{path}: {one.attrs}" for one in page.all("img") if one.attrs.get("src") == "x"]
        own = {tag: len(page.all(tag)) for tag in OWN_TAGS}
        if own != {tag: plain[path].content.count(f"<{tag}".encode()) for tag in OWN_TAGS}:
            wrong.append(f"{path}: {own}")
    assert wrong == []


def test_every_attack_stands_on_some_page_as_it_was_typed(read: dict[str, Element]) -> None:
    text = " ".join(page.text for page in read.values())
    assert [one for one in (*ATTACKS, *LINKED) if one not in text] == []


def test_no_workbook_holds_a_formula_an_error_or_a_link(pages: dict[str, Page]) -> None:
    wrong, texts, books = [], [], 0
    for path, content in _ending(pages, ".xlsx"):
        books += 1
        for place, cell in _cells(content):
            if cell.data_type not in ("s", "n", "d", "b") or cell.hyperlink is not None:
                wrong.append(f"{path} {place}: {cell.data_type} {cell.value}")
            if isinstance(cell.value, str):
                texts.append(cell.value)
                if cell.value.startswith(FORMULAS) and not cell.quotePrefix and not re.fullmatch(r"[-–+]?", cell.value):
                    wrong.append(f"{path} {place}: {cell.value}: becomes a formula when the cell is edited")
    assert wrong == []
    assert books > 2
    for sign in FORMULAS:
        assert [text for text in texts if text.startswith(sign) and len(text) > 1], sign
    assert [text for text in texts if "<img src=x" in text]


def test_the_forms_of_the_school_are_filled_for_every_report(pages: dict[str, Page]) -> None:
    forms = {path.rpartition("/")[2][:2] for path in pages if path.endswith("-forma.xlsx")}
    written = {
        path.rpartition("/")[2][:2]
        for path in pages
        if path.startswith("staff/reports/") and path.endswith(".xlsx") and not path.endswith("-forma.xlsx")
    }
    assert forms == written & {f"{number:02d}" for number in known_numbers()}
    assert forms
