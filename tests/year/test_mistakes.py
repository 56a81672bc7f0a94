"""Mistakes hands make: each is named at its cell, and nothing else of the school changes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.year.school_year import SchoolYear, places

MATHS = "Журналы/5А/Математика.xlsx"
ON = dt.date(2026, 11, 24)
DAY = dt.date(2026, 11, 9)
SECOND_QUARTER = dt.date(2026, 11, 2)


def _token(year: SchoolYear) -> tuple[str, str, str]:
    return "W0302", "Отметки", year.mark(MATHS, year.pupils("5А")[0][0], DAY, "нн")


def _two_marks_as_a_number(year: SchoolYear) -> tuple[str, str, str]:
    return "W0302", "Отметки", year.mark(MATHS, year.pupils("5А")[0][0], DAY, 5.4)


def _latin(year: SchoolYear) -> tuple[str, str, str]:
    return "W0301", "Отметки", year.mark(MATHS, year.pupils("5А")[0][0], DAY, "H")


def _wrong_year(year: SchoolYear) -> tuple[str, str, str]:
    lessons = [row["Дата"] for row in year.rows(MATHS, "Уроки", "Дата")]
    late = lessons[-1]
    return "W0307", "Уроки", year.type(MATHS, "Уроки", late, "Дата", late.replace(year=late.year - 10), by="Дата")


def _text_date(year: SchoolYear) -> tuple[str, str, str]:
    return "W0301", "Уроки", year.type(MATHS, "Уроки", DAY, "Дата", "9.11.26", by="Дата")


def _unknown_pupil(year: SchoolYear) -> tuple[str, str, str]:
    row = year.add(MATHS, "Итоги", **{"№ личного дела": "Ъ-000"}, Обучающийся="Никто Нигде")
    return "W0402", "Итоги", f"A{row}"


@pytest.mark.parametrize("mistake", [_token, _two_marks_as_a_number, _latin, _wrong_year, _text_date, _unknown_pupil])
def test_a_mistake_is_named_at_its_cell_and_accuses_nobody_else(
    year: SchoolYear, mistake: Callable[[SchoolYear], tuple[str, str, str]]
) -> None:
    before = places(year.findings(ON))
    code, sheet, cell = mistake(year)
    new = [f for f in year.findings(ON) if not places([f]) <= before]
    found = [f for f in new if f["state"] != "unchecked"]  # what hangs on the cell is «не проверено», not accused
    assert {f["cell"] for f in new} <= {cell, ""}
    assert [(f["code"], f["workbook"], f["sheet"], f["cell"]) for f in found] == [(code, MATHS, sheet, cell)]
    assert found[0]["message"].rstrip()[-1] in ".)»…"


def test_a_half_sorted_sheet_gives_no_child_anothers_marks(year: SchoolYear) -> None:
    (one, name_one), (two, name_two), *_ = year.pupils("5А")
    year.mark(MATHS, one, DAY, "зач")
    year.build(ON)
    assert "зачтено" in year.day(one, SECOND_QUARTER, DAY)
    year.type(MATHS, "Отметки", one, "Обучающийся", name_two, by="№ личного дела")
    year.type(MATHS, "Отметки", two, "Обучающийся", name_one, by="№ личного дела")
    found = year.findings(ON, workbook=MATHS, code="W0403")
    assert [f["severity"] for f in found] == ["violation", "violation"]
    year.build(ON)
    assert "зачтено" in year.day(one, SECOND_QUARTER, DAY)  # the last good row stays
    assert "зачтено" not in year.day(two, SECOND_QUARTER, DAY)


def test_two_pupils_with_one_number(year: SchoolYear) -> None:
    pupil, _ = year.pupils("5А")[0]
    other, _ = year.pupils("9А")[0]
    cell = year.type("Контингент/9А.xlsx", "Обучающиеся", other, "№ личного дела", pupil, by="№ личного дела")
    found = year.findings(ON, code="W0401")
    assert [(f["workbook"], f["cell"]) for f in found] == [("Контингент/9А.xlsx", cell)]
    year.build(ON)
    page = year.page(pupil, SECOND_QUARTER)
    assert "5А" in page
    assert "9А" not in page


def test_a_copied_journal_doubles_nobodys_marks_and_the_site_keeps_the_last_good_pages(year: SchoolYear) -> None:
    year.build(ON)
    pupil = year.pupils("5А")[0][0]
    folder = year.root / "workbooks" / "Журналы" / "5А"
    before = year.day(pupil, SECOND_QUARTER, DAY)
    shutil.copy(folder / "Математика.xlsx", folder / "Математика — копия.xlsx")
    found = year.findings(ON, code="W0106")
    assert {f["workbook"] for f in found} == {MATHS, "Журналы/5А/Математика — копия.xlsx"}
    year.build(ON)
    after = year.day(pupil, SECOND_QUARTER, DAY)
    assert after.count("Математика") == before.count("Математика")


def test_a_workbook_open_in_excel_is_read_and_its_lock_file_is_not(year: SchoolYear) -> None:
    before = places(year.findings(ON))
    (year.root / "workbooks" / "Журналы" / "5А" / "~$Математика.xlsx").write_bytes(b"\x05owner")
    assert places(year.findings(ON)) == before


def test_a_damaged_journal_is_named_and_its_class_keeps_the_last_good_diary(year: SchoolYear) -> None:
    year.build(ON)
    pupil = year.pupils("5А")[0][0]
    before = year.day(pupil, SECOND_QUARTER, DAY)
    path = year.root / "workbooks" / MATHS
    path.write_bytes(path.read_bytes()[:-300])
    found = [f for f in year.findings(ON, workbook=MATHS) if f["code"].startswith("W01")]
    assert [f["code"] for f in found] == ["W0101"]
    year.build(ON)
    assert year.day(pupil, SECOND_QUARTER, DAY) == before


def test_no_command_that_reads_changes_a_workbook(year: SchoolYear) -> None:
    def state() -> dict[str, Any]:
        return {
            str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in (year.root / "workbooks").rglob("*") if p.is_file()
        }

    before = state()
    year.findings(ON)
    year.build(ON)
    (year.root / "out").mkdir()
    assert year.run("publish", "--to", str(year.root / "out"), "--dry-run").exit_code == 0
    assert state() == before
