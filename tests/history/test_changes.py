"""What counts as a change: the datum, not the place where it stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sgo_sheets.history.changes import ROW, Change
from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.workbooks.forms import write_book
from tests.history.kept_school import HOMEROOM, MATHS, KeptSchool, column_of, header_row, kept_school, moment
from tests.pipeline.little_school import lesson_days

LESSON = dt.date(2026, 11, 16)
EMPTY_DAY = "2026-11-16"
DAYS = lesson_days("Математика")


@pytest.fixture
def kept(tmp_path: Path) -> KeptSchool:
    return kept_school(tmp_path / "school")


def test_the_first_sight_of_a_workbook_is_no_change(kept: KeptSchool) -> None:
    assert [entry.facts["version"] for entry in kept.entries()] == [1] * 11
    assert not any(entry.changes for entry in kept.entries())
    assert kept.observe(moment(2)) == ()


def test_a_mark_is_named_by_pupil_and_lesson(kept: KeptSchool) -> None:
    kept.school.mark(MATHS, "К-501", LESSON, "2")
    assert kept.observe(moment(2)) == (MATHS,)
    assert kept.changes() == [
        Change("Отметки", "К-501", EMPTY_DAY, "", "2"),
        Change("Отметки", EMPTY_DAY, "отметки", "", "есть"),
    ]


def test_a_topic_is_named_by_the_day_of_the_lesson(kept: KeptSchool) -> None:
    kept.type(MATHS, "Уроки", 1, "Тема урока", "Дроби")
    kept.observe(moment(2))
    assert kept.changes() == [Change("Уроки", DAYS[0].isoformat(), "Тема урока", "Математика, тема 1", "Дроби")]


def test_inserted_rows_and_columns_are_no_changes(kept: KeptSchool) -> None:
    with kept.school.opened(MATHS) as book:
        book["Уроки"].insert_rows(header_row(book["Уроки"]) + 3)
        book["Отметки"].insert_rows(header_row(book["Отметки"]) + 2)
        book["Отметки"].insert_cols(6)
        book["Итоги"].insert_cols(3)
    assert kept.observe(moment(2)) == (MATHS,)
    assert kept.changes() == []


def test_sorted_rows_are_no_changes(kept: KeptSchool) -> None:
    with kept.school.opened(MATHS) as book:
        for name in ("Уроки", "Отметки", "Итоги"):
            sheet = book[name]
            first = header_row(sheet) + 1
            rows = [
                [cell.value for cell in row]
                for row in sheet.iter_rows(min_row=first, max_row=sheet.max_row)
                if str(row[0].value or row[1].value or "")
            ]
            for number, row in enumerate(reversed(rows)):
                for column, value in enumerate(row, 1):
                    sheet.cell(first + number, column).value = value
    assert kept.observe(moment(2)) == (MATHS,)
    assert kept.changes() == []


def test_swapped_columns_are_no_changes(kept: KeptSchool) -> None:
    with kept.school.opened(MATHS) as book:
        for name, left in (("Отметки", 6), ("Уроки", 5), ("Итоги", 3)):
            sheet = book[name]
            for row in range(1, sheet.max_row + 1):
                one, other = sheet.cell(row, left), sheet.cell(row, left + 1)
                one.value, other.value = other.value, one.value
    assert kept.observe(moment(2)) == (MATHS,)
    assert kept.changes() == []


def two_works(kept: KeptSchool) -> tuple[int, int]:
    """Give one day two columns, a test and an answer, with marks of their own; return their places."""
    with kept.school.opened(MATHS) as book:
        sheet = book["Отметки"]
        dates = {cell.value.date(): cell.column for cell in sheet[1] if isinstance(cell.value, dt.datetime)}
        here, there = dates[DAYS[1]], dates[DAYS[2]]
        sheet.cell(1, there).value = sheet.cell(1, here).value
        for row in range(header_row(sheet) + 1, header_row(sheet) + 4):
            sheet.cell(row, here).value = "4"
            sheet.cell(row, there).value = "3"
    kept.observe(moment(2))
    return here, there


def test_two_columns_of_one_day_swapped_are_no_change(kept: KeptSchool) -> None:
    here, there = two_works(kept)
    with kept.school.opened(MATHS) as book:
        sheet = book["Отметки"]
        for row in range(1, sheet.max_row + 1):
            one, other = sheet.cell(row, here), sheet.cell(row, there)
            one.value, other.value = other.value, one.value
    kept.observe(moment(3))
    assert kept.changes() == []


def test_the_second_column_of_a_day_has_a_name_of_its_own(kept: KeptSchool) -> None:
    _, there = two_works(kept)
    with kept.school.opened(MATHS) as book:
        book["Отметки"].cell(header_row(book["Отметки"]) + 1, there).value = "5"
    kept.observe(moment(3))
    assert kept.changes() == [Change("Отметки", "К-501", f"{DAYS[1]} (2)", "3", "5")]


def test_a_lesson_that_gets_its_number_stays_the_lesson(kept: KeptSchool) -> None:
    kept.type(MATHS, "Уроки", 2, "Урок", 3)
    kept.observe(moment(2))
    key = f"{DAYS[1]} 3"
    assert kept.changes()[0] == Change("Уроки", key, ROW, DAYS[1].isoformat(), key)
    assert [change.field for change in kept.changes()[1:]] == ["Урок"]


def test_a_column_moved_to_another_day_keeps_its_marks(kept: KeptSchool) -> None:
    moved = DAYS[2] + dt.timedelta(days=1)
    with kept.school.opened(MATHS) as book:
        for cell in book["Отметки"][1]:
            if isinstance(cell.value, dt.datetime) and cell.value.date() == DAYS[2]:
                cell.value = dt.datetime.combine(moved, dt.time())
    kept.observe(moment(2))
    assert Change("Отметки", moved.isoformat(), ROW, DAYS[2].isoformat(), moved.isoformat()) in kept.changes()
    assert not [change for change in kept.changes() if change.key.startswith("К-") or change.new == "есть"]


def test_a_removed_pupil_takes_his_marks_along(kept: KeptSchool) -> None:
    with kept.school.opened(MATHS) as book:
        book["Отметки"].delete_rows(header_row(book["Отметки"]) + 2)
    kept.observe(moment(2))
    gone = [change for change in kept.changes() if change.key == "К-502"]
    assert gone
    assert all(change.new == "" for change in gone)
    assert {change.key for change in kept.changes()} <= {"К-502", *(day.isoformat() for day in DAYS)}


def test_a_sheet_that_was_away_is_compared_with_when_it_was_there(kept: KeptSchool) -> None:
    with kept.school.opened(MATHS) as book:
        book["Уроки"].title = "Лист1"
    kept.observe(moment(2))
    assert kept.entries()[-1].facts["unread"] == ["Уроки"]
    with kept.school.opened(MATHS) as book:
        sheet = book["Лист1"]
        sheet.title = "Уроки"
        sheet.cell(header_row(sheet) + 1, column_of(sheet, "Тема урока")).value = "Дроби"
    kept.observe(moment(3))
    entry = kept.entries()[-1]
    assert [change.new for change in entry.known()] == ["Дроби"]
    assert entry.facts["since"] == {"Уроки": moment(1).isoformat()}


def test_a_torn_save_is_kept_and_the_next_compared_with_the_last_whole_one(kept: KeptSchool) -> None:
    place = kept.school.root / "workbooks" / MATHS
    whole = place.read_bytes()
    place.write_bytes(whole[:-100])
    assert kept.observe(moment(2)) == (MATHS,)
    assert kept.entries()[-1].facts["unread"] == ["*"]
    place.write_bytes(whole)
    kept.school.mark(MATHS, "К-501", LESSON, "2")
    kept.observe(moment(3))
    assert kept.changes()[0] == Change("Отметки", "К-501", EMPTY_DAY, "", "2")
    with kept.open() as history:
        torn = kept.entries()[-2]
        assert history.objects.get(torn.facts["digest"]) == whole[:-100]


def test_identity_papers_never_reach_the_log(kept: KeptSchool) -> None:
    """Only that they are given: the reader drops the values (152-ФЗ)."""
    roll = "Контингент/5А.xlsx"
    values = {"Паспорт": "4510 123456", "Свидетельство о рождении": "II-АБ 654321", "Адрес": "ул. Садовая, 5"}
    for header, value in values.items():
        kept.type(roll, "Обучающиеся", 1, header, value)
    kept.observe(moment(2))
    assert {change.field: change.new for change in kept.changes()} == {
        "Паспорт": "есть", "Свидетельство о рождении": "есть", "Адрес": "ул. Садовая, 5",
    }  # fmt: skip
    for file in (kept.folder / "log.jsonl", kept.folder / "index.sqlite"):
        assert b"123456" not in file.read_bytes()
        assert b"654321" not in file.read_bytes()


def test_a_renamed_workbook_keeps_its_past(kept: KeptSchool) -> None:
    kept.school.mark(MATHS, "К-501", LESSON, "2")
    kept.observe(moment(2))
    other = MATHS.replace("Математика", "Математика 5А")
    root = kept.school.root / "workbooks"
    (root / MATHS).rename(root / other)
    assert kept.observe(moment(3)) == ()
    assert (kept.entries()[-1].what, kept.entries()[-1].path) == ("moved", other)
    kept.school.mark(other, "К-501", LESSON, "3")
    kept.observe(moment(4))
    assert kept.changes() == [Change("Отметки", "К-501", EMPTY_DAY, "2", "3")]
    with kept.open() as history:
        assert [version.version for version in history.index.versions(other)] == [1, 2, 3]
        assert history.index.versions(MATHS) == []
        assert [datum.workbook for datum in history.timings()] == [other]


def test_a_removed_workbook_and_its_return(kept: KeptSchool) -> None:
    place = kept.school.root / "workbooks" / MATHS
    data = place.read_bytes()
    place.unlink()
    kept.observe(moment(2))
    kept.observe(moment(3))
    assert [entry.what for entry in kept.entries()[-2:]] == ["version", "removed"]
    place.write_bytes(data)
    assert kept.observe(moment(4)) == ()
    assert kept.entries()[-1].what == "returned"


def test_a_row_with_another_key_but_the_same_content(kept: KeptSchool) -> None:
    reason = {"№ личного дела": "К-501", "С": dt.date(2026, 9, 7), "Причина": "Б", "Документ": "справка 17"}
    content = {"Титул": {"Класс": "5А", "Учебный год": "2026/2027"}, "Причины пропусков": Rows((reason,))}
    write_book(kept.school.root / "workbooks" / HOMEROOM, BookContent(BookKind.CLASS_TEACHER, content))
    kept.observe(moment(2))
    kept.type(HOMEROOM, "Причины пропусков", 1, "С", dt.datetime(2026, 9, 8))
    kept.observe(moment(3))
    assert kept.changes() == [
        Change("Причины пропусков", "К-501 2026-09-08", ROW, "К-501 2026-09-07", "К-501 2026-09-08"),
        Change("Причины пропусков", "К-501 2026-09-08", "С", "2026-09-07", "2026-09-08"),
    ]
