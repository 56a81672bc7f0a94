"""``sgo init`` and ``sgo forms`` as a school meets them: what is created, what is left alone, what is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from sgo_sheets.cli import sgo
from sgo_sheets.project import UserError
from sgo_sheets.records.catalog import MARKS_SHEET, Book
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.records.regulation_book import Setting, Term, WorkKind
from sgo_sheets.records.school_book import CalendarDay, Organisation, Period
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.settings import SWITCHES
from sgo_sheets.workbooks.reader import read_all

JOURNAL = "Журналы/5А/Математика.xlsx"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(sgo, [str(argument) for argument in arguments], catch_exceptions=False)


def type_into(path: Path, sheet: str, cells: Mapping[str, str | float | dt.date]) -> None:
    """Type into a form as a person does."""
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell].value = value
    book.save(path)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read(school: Path) -> dict[str, Book]:
    return {book.path: book for book in read_all(school / "workbooks")}


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Return a new school with one class, its teacher, a load and a timetable, but no pupils yet."""
    folder = tmp_path / "школа"
    assert run("init", folder, "--year", "2026/2027").exit_code == 0
    books = folder / "workbooks"
    type_into(books / "Школа.xlsx", "Классы", {"A2": "5А", "B2": 5})
    type_into(books / "Школа.xlsx", "Сотрудники", {"A2": "СТ-01", "B2": "Соколова", "F2": "Учитель"})
    load = {"A2": "5А", "B2": "Математика", "D2": "СТ-01", "E2": 2, "F2": "Математика 5"}
    homeroom = {"A3": "5А", "B3": "Классное руководство", "D3": "СТ-01"}
    type_into(books / "Учебный план.xlsx", "Нагрузка", load | homeroom)
    timetable = {
        "C1": "5А",
        "A2": "понедельник",
        "B2": 1,
        "C2": "Математика, 143",
        "A3": "среда",
        "B3": 2,
        "C3": "Математика",
    }
    type_into(books / "Расписание.xlsx", "Расписание", timetable)
    return folder


def add_pupils(school: Path) -> None:
    cards = {
        "A2": "К-001",
        "B2": "Белова",
        "C2": "Яна",
        "G2": "5А",
        "A3": "К-002",
        "B3": "Чиж",
        "C3": "Пётр",
        "G3": "5А",
    }
    type_into(school / "workbooks/Контингент/5А.xlsx", "Обучающиеся", cards)


def test_a_new_school_reads_without_a_finding_and_knows_its_year(tmp_path: Path) -> None:
    done = run("init", tmp_path / "новая", "--year", "2026")
    assert done.exit_code == 0
    books = read(tmp_path / "новая")
    assert len(books) == 7
    assert [str(finding) for book in books.values() for finding in book.findings] == []
    organisation = books["Школа.xlsx"].rows(Organisation)[0]
    assert (organisation.year, organisation.year_start) == ("2026/2027", dt.date(2026, 9, 1))
    periods = {(row.classes, row.name): (row.start, row.end) for row in books["Школа.xlsx"].rows(Period)}
    assert periods["1-9", "1 четверть"] == (dt.date(2026, 9, 1), dt.date(2026, 10, 23))
    assert periods["10-11", "2 полугодие"] == (dt.date(2027, 1, 11), dt.date(2027, 5, 26))
    calendar = {row.date: row.kind for row in books["Школа.xlsx"].rows(CalendarDay)}
    assert calendar[dt.date(2026, 11, 4)] == "выходной"
    assert calendar[dt.date(2027, 2, 20)] == "рабочий"


def test_the_regulation_workbook_holds_every_rule_and_switch(tmp_path: Path) -> None:
    run("init", tmp_path / "новая")
    book = read(tmp_path / "новая")["Регламент.xlsx"]
    assert [row.code for row in book.rows(Term)] == [rule.code for rule in RULES]
    assert [row.name for row in book.rows(Setting)] == [switch.name for switch in SWITCHES]
    assert {row.short: row.weight for row in book.rows(WorkKind)}["К"] == 2
    assert all(row.checked for row in book.rows(Term))


def test_an_existing_school_is_refused_and_stays_as_it_was(school: Path) -> None:
    before = snapshot(school)
    with pytest.raises(UserError, match="уже есть школа"):
        run("init", school)
    assert snapshot(school) == before


def test_a_folder_with_workbooks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    (tmp_path / "workbooks" / "Школа.xlsx").write_bytes(b"somebody's")
    with pytest.raises(UserError, match="уже что-то лежит"):
        run("init", tmp_path)
    assert not (tmp_path / "sgo.toml").exists()


@pytest.mark.parametrize("year", ["2026/2028", "26", "будущий"])
def test_what_is_no_school_year_is_refused(year: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="не учебный год"):
        run("init", tmp_path / "новая", "--year", year)
    assert not (tmp_path / "новая").exists()


def test_forms_first_make_the_lists_and_hold_journals_back_until_there_are_pupils(school: Path) -> None:
    done = run("forms", "--school", school, "--on", "2026-08-28")
    made = set(snapshot(school / "workbooks"))
    assert {"Контингент/5А.xlsx", "КТП/Математика 5.xlsx", "Журналы/5А/Классный руководитель.xlsx"} <= made
    assert JOURNAL not in made
    assert "Не создано: 1\u00a0журнал" in done.output
    assert "Классное руководство" not in " ".join(made)


def test_forms_can_make_a_journal_without_pupils_when_asked(school: Path) -> None:
    run("forms", "--school", school, "--empty")
    assert JOURNAL in snapshot(school / "workbooks")


def test_a_journal_is_prefilled_for_the_year(school: Path) -> None:
    run("forms", "--school", school, "--on", "2026-08-28")
    add_pupils(school)
    type_into(
        school / "workbooks/КТП/Математика 5.xlsx", "План", {"A2": 1, "C2": "Натуральные числа", "A3": 2, "C3": "Дроби"}
    )
    done = run("forms", "--school", school, "--on", "2026-08-28")
    assert f"+ {JOURNAL}" in done.output
    book = read(school)[JOURNAL]
    assert book.findings == ()
    assert book.grid is not None
    assert [(row.pupil, row.name) for row in book.grid.rows] == [("К-001", "Белова Яна"), ("К-002", "Чиж Пётр")]
    days = [column.date for column in book.grid.columns]
    assert days[:3] == [dt.date(2026, 9, 2), dt.date(2026, 9, 7), dt.date(2026, 9, 9)]
    assert dt.date(2026, 10, 26) not in days, "autumn holidays"
    assert dt.date(2026, 11, 4) not in days, "a day off"
    lessons = book.rows(Lesson)
    assert [lesson.date for lesson in lessons] == days
    assert [(lesson.plan_number, lesson.planned) for lesson in lessons[:3]] == [
        (1, "Натуральные числа"),
        (2, "Дроби"),
        (None, ""),
    ]
    assert not any(lesson.topic for lesson in lessons)


def test_forms_never_touch_what_exists(school: Path) -> None:
    run("forms", "--school", school)
    add_pupils(school)
    run("forms", "--school", school)
    type_into(school / "workbooks" / JOURNAL, MARKS_SHEET, {"E5": 5})
    before = snapshot(school)
    done = run("forms", "--school", school)
    assert snapshot(school) == before
    assert "Все нужные книги на месте" in done.output
    assert "не тронуты: 11" in done.output


def test_a_missing_workbook_comes_back_and_nothing_else_changes(school: Path) -> None:
    run("forms", "--school", school)
    before = snapshot(school)
    (school / "workbooks/Книга движения.xlsx").unlink()
    done = run("forms", "--school", school)
    assert "Создано: 1\u00a0книга" in done.output
    assert set(snapshot(school)) == set(before)


def test_a_journal_that_was_renamed_is_not_made_twice(school: Path) -> None:
    run("forms", "--school", school)
    add_pupils(school)
    run("forms", "--school", school)
    moved = school / "workbooks/Журналы/5А/Математика Соколова.xlsx"
    (school / "workbooks" / JOURNAL).rename(moved)
    run("forms", "--school", school)
    assert not (school / "workbooks" / JOURNAL).exists()


def test_a_workbook_kept_as_ods_counts_as_there(school: Path) -> None:
    books = school / "workbooks"
    (books / "Книга движения.xlsx").rename(books / "Книга движения.ods")
    run("forms", "--school", school)
    assert not (books / "Книга движения.xlsx").exists()


def test_without_the_sentinel_nothing_is_created(school: Path) -> None:
    (school / "workbooks/.sgo-school").unlink()
    before = snapshot(school)
    with pytest.raises(UserError, match="отключён общий диск"):
        run("forms", "--school", school)
    assert snapshot(school) == before
