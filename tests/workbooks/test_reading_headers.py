"""Columns are found by header, never by position; a header that is missing or almost right is named."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from sgo_sheets.records.journal_books import PeriodMarks, PlanLesson
from sgo_sheets.records.school_book import Bell
from tests.workbooks.books import FINALS, PLAN_TITLE, SCHOOL, read, read_journal, read_plan, said

HEADER = ("№ урока", "Раздел", "Тема урока", "Часов")
ROW = (1, "Вещества", "Вода", 2)


def _lessons(book: object) -> list[tuple[int | None, str, str, float]]:
    rows = book.rows(PlanLesson)  # type: ignore[attr-defined]  # a Book
    return [(row.number, row.section, row.topic, row.hours) for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        (HEADER, ROW),
        (tuple(reversed(HEADER)), tuple(reversed(ROW))),
        (("Моё", *HEADER, "Ещё моё"), ("а", *ROW, "б")),
        (("Химия, 8 класс",), (), (None, "утверждено", "Тема"), HEADER, ROW),
        (((None,) * 3 + HEADER), ((None,) * 3 + ROW)),
        (tuple(text.upper() for text in HEADER), ROW),
        (tuple(f" {text.replace(' ', chr(160))}\u200b " for text in HEADER), ROW),
        (("№ урока", "Раздел", "Тема\nурока", "Часов"), ROW),
        (("№урока", "Раздел", "Тема урока", "Часов"), ROW),
    ],
    ids=["as in the form", "moved", "extra columns", "title above", "from D", "capitals", "NBSP", "two lines",
         "no space after №"],
)  # fmt: skip
def test_columns_are_found_by_header(tmp_path: Path, rows: tuple[tuple[object, ...], ...]) -> None:
    book = read_plan(tmp_path, *rows)
    assert _lessons(book) == [(1, "Вещества", "Вода", 2.0)]
    assert book.findings == ()


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    finals = tuple(tuple(unicodedata.normalize("NFD", str(cell)) for cell in row) for row in FINALS)
    assert finals != tuple(tuple(map(str, row)) for row in FINALS)
    (row,) = read_journal(tmp_path, finals=finals).rows(PeriodMarks)
    assert (row.pupil, row.name) == ("К-101", "Соколова Вера")


def test_the_cell_of_a_moved_column_is_known(tmp_path: Path) -> None:
    book = read_plan(tmp_path, ("моё",), (), ("Моё", "Тема урока", "№ урока"), ("x", "Вода", 1))
    (row,) = book.rows(PlanLesson)
    assert str(row.at("topic")) == "КТП/Химия 8.xlsx › План!B4"
    assert row.row == 4


def test_latin_look_alikes_in_a_header_do_not_matter(tmp_path: Path) -> None:
    book = read_plan(tmp_path, ("№ урока", "Тема урокa", "Чaсов"), (1, "Вода", 2))
    assert [row.topic for row in book.rows(PlanLesson)] == ["Вода"]


def test_look_alikes_in_the_name_of_a_gathered_column_are_mended_and_hinted(tmp_path: Path) -> None:
    book = read_journal(tmp_path, finals=(("№ личного дела", "Обучающийся", "1 четвeрть"), ("К-101", "С", 5)))
    assert dict(book.rows(PeriodMarks)[0].marks) == {"1 четверть": 5.0}
    assert said(book) == [("W0301", "Итоги!C1")]


def test_missing_required_header_stops_that_sheet_only(tmp_path: Path) -> None:
    book = read_journal(tmp_path, lessons=(("Дата", "Урок", "Дом. задание"), (dt.date(2026, 9, 7), None, "№ 5")))
    assert said(book) == [("W0202", "Уроки!A1")]
    assert "«Тема урока»" in book.findings[0].message
    assert "Уроки" not in book.tables
    assert book.rows(PeriodMarks)
    assert book.grid is not None


def test_missing_header_says_which_column_looks_like_it(tmp_path: Path) -> None:
    book = read_plan(tmp_path, ("№ урока", "Темы уроков"), (1, "Вода"))
    assert said(book) == [("W0202", "План!B1")]
    assert "«Темы уроков»" in book.findings[0].message


def test_sheet_without_any_header_is_one_finding(tmp_path: Path) -> None:
    book = read_plan(tmp_path, ("привет",), (1,))
    assert said(book) == [("W0202", "План")]


def test_optional_column_named_almost_right_is_a_hint_and_not_read(tmp_path: Path) -> None:
    book = read_plan(tmp_path, ("№ урока", "Тема урока", "Домашние задания"), (1, "Вода", "§ 1"))
    assert said(book) == [("W0204", "План!C1")]
    assert book.rows(PlanLesson)[0].homework == ""


def test_of_two_columns_with_one_header_the_first_counts(tmp_path: Path) -> None:
    book = read_plan(tmp_path, ("№ урока", "Тема урока", "Тема урока"), (1, "Вода", "Соль"))
    assert [row.topic for row in book.rows(PlanLesson)] == ["Вода"]
    assert said(book) == [("W0203", "План!C1")]


def test_matrix_gathers_every_column_no_field_claims(tmp_path: Path) -> None:
    finals = (("№ личного дела", "Обучающийся", "1 четверть", "Год", "Моё"), ("К-101", "С", 5, "н/а ув", ""))
    (row,) = read_journal(tmp_path, finals=finals).rows(PeriodMarks)
    assert dict(row.marks) == {"1 четверть": 5.0, "Год": "н/а ув"}
    assert str(row.at("Год")) == "Журналы/5А/Математика.xlsx › Итоги!D2"


def test_empty_cell_of_a_carried_column_means_the_value_above(tmp_path: Path) -> None:
    bells = (
        ("Набор", "Урок", "Начало", "Окончание"),
        ("1 смена", 1, "8:30", "9:15"),
        (None, 2, "9:25", "10:10"),
        ("2 смена", 1, dt.time(14), dt.time(14, 45)),
    )
    book = read(tmp_path, SCHOOL, {"Звонки": bells})
    assert [(row.set, row.number, row.start) for row in book.rows(Bell)] == [
        ("1 смена", 1, dt.time(8, 30)),
        ("1 смена", 2, dt.time(9, 25)),
        ("2 смена", 1, dt.time(14)),
    ]


@pytest.mark.parametrize("heading", ["Пароль", "ПАРОЛЬ от дневника", "Password", "пaроль"])
def test_passwords_are_named_and_never_shown(tmp_path: Path, heading: str) -> None:
    book = read_plan(tmp_path, ("№ урока", "Тема урока", heading), (1, "Вода", "qwerty-42"))
    assert said(book) == [("W0205", "План!C1")]
    assert [finding.clause for finding in book.findings] == ["2.4"]
    assert "qwerty" not in repr(book)


def test_passwords_on_a_sheet_of_the_teachers_own_are_named(tmp_path: Path) -> None:
    sheets = {"Титул": PLAN_TITLE, "План": (HEADER, ROW), "Моё": (("Ученик", "Пароль"), ("Орлов", "qwerty-42"))}
    book = read(tmp_path, "КТП/Химия 8.xlsx", sheets)
    assert said(book) == [("W0205", "Моё!B1")]
    assert "qwerty" not in repr(book)


def test_passwords_in_a_matrix_are_not_gathered(tmp_path: Path) -> None:
    finals = ((*FINALS[0], "Пароль"), (*FINALS[1], "qwerty-42"))
    book = read_journal(tmp_path, finals=finals)
    assert said(book) == [("W0205", "Итоги!D1")]
    assert "qwerty" not in repr(book)


def test_final_marks_without_the_column_of_names_are_not_applied(tmp_path: Path) -> None:
    """Whose marks they are is told by № and name together: a column sorted with its header takes the name's away."""
    book = read_journal(tmp_path, finals=(("№ личного дела", "Берёзкина Вера", "1 четверть"), ("К-101", "Лугов", 5)))
    assert not book.has(PeriodMarks)
    assert [(f.code, "Обучающийся" in f.message) for f in book.findings] == [("W0202", True)]
