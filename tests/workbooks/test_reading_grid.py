"""The sheet «Отметки»: labels in any order, tokens in the cells, odd columns and rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from sgo_sheets.records.catalog import Grid
from tests.workbooks.books import MARKS, read_journal, said

MONDAY, WEDNESDAY = dt.date(2026, 9, 7), dt.date(2026, 9, 9)
PATH = "Журналы/5А/Математика.xlsx"


def _marks(grid: Grid | None) -> dict[str, list[tuple[str, str]]]:
    assert grid is not None
    return {
        row.pupil: [
            (grid.columns[place].letters, " ".join((*cell.marks, cell.absence)).strip())
            for place, cell in row.cells.items()
        ]
        for row in grid.rows
    }


def _changed(**cells: Any) -> Any:
    """Return an edit that writes values into cells of «Отметки»."""

    def edit(book: Workbook) -> None:
        for place, value in cells.items():
            book["Отметки"][place] = value

    return edit


def test_grid_is_read_with_its_places(tmp_path: Path) -> None:
    book = read_journal(tmp_path)
    grid = book.grid
    assert grid is not None
    assert _marks(grid) == {"К-101": [("D", "5"), ("E", "ОТ")], "К-102": [("E", "4 5")]}
    assert [(c.date, c.number, c.kind, c.letters) for c in grid.columns] == [
        (MONDAY, None, "О", "D"),
        (WEDNESDAY, None, "К", "E"),
    ]
    assert (grid.date_row, grid.kind_row, grid.id_letters, grid.name_letters) == (1, 3, "B", "C")
    assert str(grid.at(grid.rows[1], 1)) == f"{PATH} › Отметки!E6"
    assert str(grid.at_date(0)) == f"{PATH} › Отметки!D1"
    assert str(grid.at_pupil(grid.rows[0])) == f"{PATH} › Отметки!B5"
    assert book.findings == ()


def test_labels_may_stand_in_another_order_and_below_a_title(tmp_path: Path) -> None:
    marks = (
        ("Журнал",),
        (None, None, None, "Вид работы:", "К"),
        (None, None, None, "ДАТА", WEDNESDAY),
        ("Моё", "№", "№ личного дела", "Обучающийся"),
        (None, 1, "К-101", "Соколова Вера", 3),
    )
    book = read_journal(tmp_path, marks=marks)
    assert _marks(book.grid) == {"К-101": [("E", "3")]}
    assert book.grid is not None
    assert [(c.date, c.kind) for c in book.grid.columns] == [(WEDNESDAY, "К")]
    assert (book.grid.date_row, book.grid.kind_row) == (3, 2)


def test_several_columns_of_one_lesson_are_legal(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(E1=MONDAY))
    assert book.grid is not None
    assert [column.date for column in book.grid.columns] == [MONDAY, MONDAY]
    assert book.findings == ()


def test_spare_columns_and_columns_of_the_teachers_own_are_ignored(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(F3="О", G4="Средний балл", G1="итог", G5=4.5, H5="заметка"))
    assert _marks(book.grid) == {"К-101": [("D", "5"), ("E", "ОТ")], "К-102": [("E", "4 5")]}
    assert book.findings == ()


def test_lesson_numbers_of_a_day_are_read(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(D2=1, E1=MONDAY, E2="3"))
    assert book.grid is not None
    assert [column.number for column in book.grid.columns] == [1, 3]
    assert said(book) == [("W0301", "Отметки!E2")]


def test_date_outside_the_year_leaves_the_column_out(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(D1=dt.date(2025, 9, 7)))
    assert _marks(book.grid) == {"К-101": [("E", "ОТ")], "К-102": [("E", "4 5")]}
    assert said(book) == [("W0307", "Отметки!D1")]
    assert "возможно, 07.09.2026" in book.findings[0].message


def test_date_as_text_is_read_and_words_in_its_place_are_named(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(D1="7.9.26", E1="девятое сентября"))
    assert book.grid is not None
    assert [column.date for column in book.grid.columns] == [MONDAY]
    assert said(book) == [("W0301", "Отметки!D1"), ("W0302", "Отметки!E1")]


@pytest.mark.parametrize("typed", ["5 ", "5\u00a0", "'5", "５", "5,0", "5.0", 5])
def test_mark_is_read_as_meant(tmp_path: Path, typed: object) -> None:
    book = read_journal(tmp_path, _changed(D5=typed))
    assert _marks(book.grid)["К-101"][0] == ("D", "5")
    assert {code for code, _ in said(book)} <= {"W0301"}


@pytest.mark.parametrize("typed", [4.5, "5-", "55", "нн", 0, True, dt.date(2026, 4, 5), "нП", "4/5", "пять"])
def test_what_is_no_mark_is_named_and_never_guessed(tmp_path: Path, typed: object) -> None:
    book = read_journal(tmp_path, _changed(D5=typed))
    assert book.grid is not None
    cell = book.grid.rows[0].cells[0]
    assert (cell.marks, cell.absence) == ((), "")
    assert cell.faults
    assert said(book) == [("W0302", "Отметки!D5")]


def test_error_in_a_mark_is_not_an_empty_cell(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        cell = book["Отметки"]["D5"]
        cell.value, cell.data_type = "#REF!", "e"

    book = read_journal(tmp_path, edit)
    assert book.grid is not None
    assert book.grid.rows[0].cells[0].faults
    assert said(book) == [("W0303", "Отметки!D5")]


def test_error_in_a_date_leaves_the_column_out(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        cell = book["Отметки"]["D1"]
        cell.value, cell.data_type = "#VALUE!", "e"

    book = read_journal(tmp_path, edit)
    assert _marks(book.grid) == {"К-101": [("E", "ОТ")], "К-102": [("E", "4 5")]}
    assert said(book) == [("W0303", "Отметки!D1")]


def test_date_merged_over_two_columns_is_not_guessed(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lambda book: book["Отметки"].merge_cells("D1:E1"))
    assert _marks(book.grid) == {"К-101": [("D", "5")], "К-102": []}
    assert said(book) == [("W0305", "Отметки!E1")]


def test_error_below_the_pupils_or_beside_the_lessons_is_nobodys_business(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(D9="=AVERAGE(D5:D6)", G5="=AVERAGE(D5:E5)"))
    assert book.findings == ()


def test_merged_marks_are_named(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lambda book: book["Отметки"].merge_cells("D5:E5"))
    assert said(book) == [("W0305", "Отметки!E5")]


def test_of_two_rows_of_one_pupil_the_first_counts(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(B6="к-101"))
    assert _marks(book.grid) == {"К-101": [("D", "5"), ("E", "ОТ")]}
    assert said(book) == [("W0401", "Отметки!B6")]


def test_row_with_marks_but_without_a_number_is_named(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(B6=None))
    assert said(book) == [("W0306", "Отметки!B6")]
    book = read_journal(tmp_path, _changed(B6=None, C6=None, A6=None))
    assert said(book) == [("W0306", "Отметки!B6")]


def test_grid_without_its_date_row_is_not_read_and_the_rest_is(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(C1="Даты"))
    assert book.grid is None
    assert said(book) == [("W0204", "Отметки!C1"), ("W0202", "Отметки!C3")]
    assert book.tables["Уроки"]


def test_grid_without_its_header_is_not_read(tmp_path: Path) -> None:
    book = read_journal(tmp_path, marks=(*MARKS[:3], ("№", "Номер", "Обучающийся"), *MARKS[4:]))
    assert book.grid is None
    assert said(book) == [("W0202", "Отметки!A4")]


def test_password_column_of_the_grid_is_never_shown(tmp_path: Path) -> None:
    book = read_journal(tmp_path, _changed(F4="Пароль", F5="qwerty-42"))
    assert said(book) == [("W0205", "Отметки!F4")]
    assert "qwerty" not in repr(book)
