"""Every .xlsx of a report is opened by LibreOffice without repair, and what it writes says the same.

Written against the pages of the demo school: a report added to the registry is converted here without a word.
"""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from sgo_sheets.reports.print_forms import known_numbers
from sgo_sheets.reports.registry import CLASS_REPORTS, PUPIL_REPORTS, SCHOOL_REPORTS, TEACHER_REPORTS
from sgo_sheets.site.page import Page
from tests.office.conftest import Office
from tests.reports.demo_pages import TWO_CLASSES, read_changed, site_pages
from tests.reports.hostile_school import hostile_school
from tests.workbooks.test_print_form import form_bytes

pytestmark = pytest.mark.office
MOST = 3  # workbooks of one report: more of them hold nothing LibreOffice has not seen
Sheets = dict[str, list[tuple[str, str, object]]]


def _reports(folder: Path) -> dict[str, bytes]:
    """Return some workbooks of every report, of the school as it is and of one with formulas for texts, and forms."""
    for number in known_numbers():
        file = folder / "reports" / f"{number:02d}.xlsx"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(form_bytes({"A1": "{{школа}}", "A2": "Период: {{период}}", "A3": "{{начало периода}}"}))
    found: dict[str, bytes] = {}
    for name, school in (("plain", read_changed(TWO_CLASSES)), ("hostile", hostile_school())):
        given: dict[tuple[str, bool], int] = {}
        for page in site_pages(school, templates=folder):
            if page.path.endswith(".xlsx"):
                kind = (_file(page)[:2], "-forma" in page.path)
                given[kind] = given.get(kind, 0) + 1
                if given[kind] <= MOST:
                    found[f"{name}-{len(found):03d}-{_file(page)}"] = page.content
    return found


def _file(page: Page) -> str:
    return page.path.rpartition("/")[2]


def _said(data: bytes) -> Sheets:
    """Return every cell that holds something: its place, its type, its value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            (cell.coordinate, cell.data_type, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")  # a text of nothing is not kept
        ]
        for sheet in book.worksheets
    }


def test_libreoffice_opens_every_report_and_saves_the_same(office: Office, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    written = _reports(tmp_path / "templates")
    for name, data in written.items():
        (ours / name).write_bytes(data)
    office.convert_all(sorted(ours.iterdir()), "xlsx", theirs)
    assert sorted(file.name for file in theirs.iterdir()) == sorted(written)
    wrong = {}
    for name, data in written.items():
        before, after = _said(data), _said((theirs / name).read_bytes())
        if before != after:
            wrong[name] = [
                (sheet, one, other)
                for sheet in before
                for one, other in zip(before[sheet], after.get(sheet, []), strict=False)
                if one != other
            ][:3] or (list(before), list(after))
    assert wrong == {}


def test_every_report_of_the_registry_with_a_workbook_is_among_them(tmp_path: Path) -> None:
    numbers = {name.split("-")[2] for name in _reports(tmp_path)}
    registered = {one.number for one in CLASS_REPORTS} | {one.number for one in SCHOOL_REPORTS}
    registered |= {one.number for one in TEACHER_REPORTS} | {one.number for one in PUPIL_REPORTS}
    assert {f"{number:02d}" for number in registered} <= numbers
