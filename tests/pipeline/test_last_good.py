"""What cannot be read keeps its last good pages and says since when; nobody is judged by what was not read."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from little_school import MATHS_5A, ON, SECOND, LittleSchool, little_school

from sgo_sheets.findings import Finding
from sgo_sheets.pipeline import BuildResult
from sgo_sheets.records import faults
from sgo_sheets.russian import slug

LESSON = dt.date(2026, 11, 16)
LATER = ON + dt.timedelta(days=2)


@pytest.fixture
def school(tmp_path: Path) -> LittleSchool:
    """Return a little school, built, with a mark that is easy to find: «1» of Vera's on 16 November."""
    found = little_school(tmp_path / "school")
    found.mark(MATHS_5A, "К-501", LESSON, "1")
    found.build()
    assert mark_on(found.page("К-501"), LESSON) == ["1"]
    return found


def families(school: LittleSchool) -> dict[str, bytes]:
    return {path: data for path, data in school.pages().items() if path.startswith("families/")}


def said(result: BuildResult, code: str) -> list[Finding]:
    return [finding for finding in result.verdict.findings if finding.code == code]


def spoil(school: LittleSchool, path: str) -> None:
    place = school.root / "workbooks" / path
    place.write_bytes(place.read_bytes()[:-100])


def test_a_journal_cut_off_keeps_its_pages_and_says_since_when(school: LittleSchool) -> None:
    before = families(school)
    spoil(school, MATHS_5A)
    result = school.build()
    assert families(school) == before
    assert result.failing == {MATHS_5A: "2026-11-23"}
    (finding,) = said(result, faults.UNREADABLE.code)
    assert finding.at.workbook == MATHS_5A
    assert "На сайте остаются прежние данные" in finding.message
    assert "не читается с 23.11.2026" in finding.message


def test_since_stays_the_first_day(school: LittleSchool) -> None:
    spoil(school, MATHS_5A)
    school.build()
    result = school.build(LATER)
    assert result.failing == {MATHS_5A: "2026-11-23"}
    (finding,) = said(result, faults.UNREADABLE.code)
    assert "с 23.11.2026" in finding.message


def test_nobody_is_judged_by_a_journal_that_was_not_read(school: LittleSchool) -> None:
    with school.opened(MATHS_5A) as book:
        sheet = book["Итоги"]
        for row in range(2, 5):
            sheet.cell(row, 3).value = None
    assert [f for f in school.build().verdict.findings if f.at.workbook == MATHS_5A and f.code[0] == "R"]
    spoil(school, MATHS_5A)
    result = school.build()
    assert not [f for f in result.verdict.findings if f.at.workbook == MATHS_5A and f.code[0] == "R"]
    assert [f for f in result.verdict.unchecked if f.at.workbook == MATHS_5A]


def test_mended_it_is_read_again(school: LittleSchool) -> None:
    before = families(school)
    good = (school.root / "workbooks" / MATHS_5A).read_bytes()
    spoil(school, MATHS_5A)
    school.build()
    (school.root / "workbooks" / MATHS_5A).write_bytes(good)
    school.mark(MATHS_5A, "К-501", LESSON, "5")
    result = school.build()
    assert result.failing == {}
    assert not said(result, faults.UNREADABLE.code)
    assert families(school) != before


def test_other_journals_go_on(school: LittleSchool) -> None:
    spoil(school, MATHS_5A)
    school.build()
    before = school.page("К-501")
    school.mark("Журналы/5А/История.xlsx", "К-501", dt.date(2026, 11, 17), "н")
    school.build()
    assert school.page("К-501") != before
    assert "Математика, тема 17" in school.page("К-501")


def test_a_renamed_sheet_keeps_its_last_good_version_alone(school: LittleSchool) -> None:
    with school.opened(MATHS_5A) as book:
        book["Отметки"].title = "Лист9"
        sheet = book["Уроки"]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Математика, тема 17":
                    cell.value = "Новая тема"
    result = school.build()
    page = school.page("К-501")
    assert "Новая тема" in page
    assert mark_on(page, LESSON) == ["1"]
    (finding,) = said(result, faults.MISSING_SHEET.code)
    assert "прежние данные" in finding.message
    assert result.failing == {MATHS_5A: "2026-11-23"}


def mark_on(page: str, day: dt.date) -> list[str]:
    """Return the marks in the card of a day."""
    card = page.split(f'id="d-{day}"', maxsplit=1)[1].split("</article>", maxsplit=1)[0]
    return re.findall(r'class="chip m\d"><b>([^<]*)', card)


def test_the_school_book_unreadable_changes_no_page_of_a_family(school: LittleSchool) -> None:
    before = families(school)
    spoil(school, "Школа.xlsx")
    result = school.build()
    assert families(school) == before
    (finding,) = said(result, faults.UNREADABLE.code)
    assert "прежние данные" in finding.message
    assert not [f for f in result.verdict.findings if f.code == faults.MISSING_BOOK.code]


@pytest.mark.parametrize("path", ["Контингент/5А.xlsx", "Учебный план.xlsx", "Расписание.xlsx", "Книга движения.xlsx"])
def test_so_does_every_common_book(school: LittleSchool, path: str) -> None:
    before = families(school)
    spoil(school, path)
    result = school.build()
    assert families(school) == before
    assert list(result.failing) == [path]


def test_a_roll_that_was_never_read_takes_no_diary_away(school: LittleSchool) -> None:
    """The state is gone and the roll unreadable: whose the pages are nobody knows, so they stay."""
    before = families(school)
    shutil.rmtree(school.root / ".sgo")
    spoil(school, "Контингент/5А.xlsx")
    result = school.build()
    assert families(school) == before
    assert result.removed == ()


def test_a_damaged_copy_is_not_taken_for_a_good_one(school: LittleSchool) -> None:
    spoil(school, MATHS_5A)
    for copy in (school.root / ".sgo/last-good").iterdir():
        copy.write_bytes(copy.read_bytes()[:-1])
    result = school.build()
    (finding,) = said(result, faults.UNREADABLE.code)
    assert "прежние данные" not in finding.message


@pytest.mark.parametrize(("sheet_name", "column"), [("Отметки", 2), ("Итоги", 1)])
def test_a_half_sorted_sheet_gives_no_child_anothers_marks(school: LittleSchool, sheet_name: str, column: int) -> None:
    with school.opened(MATHS_5A) as book:
        book["Итоги"].cell(2, 3).value = 3  # so that no two neighbours have the same
    school.build()
    before = {pupil: school.page(pupil) for pupil in ("К-501", "К-502", "К-503")}
    with school.opened(MATHS_5A) as book:
        sheet = book[sheet_name]
        rows = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, column).value or "")[:2] == "К-"]
        numbers = [sheet.cell(row, column).value for row in rows]
        assert len(numbers) == 3
        for row, number in zip(rows, reversed(numbers), strict=True):
            sheet.cell(row, column).value = number
    result = school.build()
    assert len(said(result, faults.NAME_MISMATCH.code)) == 2
    assert {pupil: marks_of(school.page(pupil)) for pupil in before} == {p: marks_of(t) for p, t in before.items()}
    # The doubtful version must not become the last good one.
    spoil(school, MATHS_5A)
    school.build()
    assert {pupil: marks_of(school.page(pupil)) for pupil in before} == {p: marks_of(t) for p, t in before.items()}


def marks_of(page: str) -> str:
    """Return everything of a page but when its data were saved."""
    return page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def test_a_copied_journal_doubles_nobodys_marks_and_takes_none_away(school: LittleSchool) -> None:
    before = families(school)
    place = school.root / "workbooks" / MATHS_5A
    shutil.copy(place, place.with_name("Математика — копия.xlsx"))
    result = school.build()
    assert len(said(result, faults.COPIED_BOOK.code)) == 2
    assert families(school) == before
    place.with_name("Математика — копия.xlsx").unlink()
    school.build()
    assert families(school) == before


def test_copies_nobody_needs_are_not_kept_for_ever(school: LittleSchool) -> None:
    for text in ("2", "3", "4"):
        school.mark(MATHS_5A, "К-501", LESSON, text)
        school.build()
    assert len(list((school.root / ".sgo/last-good").iterdir())) == 11


def test_the_page_of_an_unreadable_class_exists_though_it_was_never_good(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    spoil(school, MATHS_5A)
    result = school.build()
    assert (school.root / "site/families" / slug("К-501") / f"{SECOND}.html").is_file()
    assert "тема 17" in school.page("К-501")  # history is read
    (finding,) = said(result, faults.UNREADABLE.code)
    assert "прежние данные" not in finding.message
