"""A journal opened, typed into and saved by LibreOffice while ``sgo watch`` runs appears in the diary."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.office.conftest import Office
from tests.pipeline.little_school import MATHS_5A, little_school
from tests.watch.test_watch_command import ONE, watching

pytestmark = pytest.mark.office
LESSON = dt.datetime(2026, 11, 16)


def test_what_libreoffice_saves_appears_in_the_diary(tmp_path: Path, office: Office) -> None:
    school = little_school(tmp_path / "school")
    place = school.root / "workbooks" / MATHS_5A
    sheet = openpyxl.load_workbook(place)["Отметки"]
    row = next(row for row in range(1, 20) if sheet.cell(row, 2).value == "К-501")
    column = next(cell.column_letter for cell in sheet[1] if cell.value == LESSON)
    with watching(school) as watched:
        watched.wait_for("записано")
        office.edit(place, place, [("Отметки", f"{column}{row}", 1)])
        watched.wait_for("записано")
        assert ONE in school.page("К-501")
