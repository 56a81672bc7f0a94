"""Sheets of pairs «Показатель» – «Значение»: found by name in any order, each bad value at its own cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from sgo_sheets.records.catalog import Book
from sgo_sheets.records.journal_books import JournalTitle
from sgo_sheets.records.school_book import Organisation, year_span
from tests.workbooks.books import SCHOOL, TITLE, read, read_journal, said

PAIRS = ("Показатель", "Значение")
YEAR = (("Учебный год", "2026/2027"), ("Начало учебного года", dt.date(2026, 9, 1)),
        ("Конец учебного года", dt.date(2027, 5, 31)))  # fmt: skip


def _school(folder: Path, *rows: tuple[Any, ...], edit: Any = None, head: tuple[Any, ...] = PAIRS) -> Book:
    return read(folder, SCHOOL, {"Организация": (head, *rows)}, edit)


def _about(book: Book) -> list[tuple[str, str]]:
    return [(code, place) for code, place in said(book) if place.startswith("Организация")]


def test_properties_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    book = _school(tmp_path, *reversed(YEAR), ("телефон", 4951234567.0), ("Моё", "x"))
    (organisation,) = book.rows(Organisation)
    assert (organisation.year, organisation.phone) == ("2026/2027", "4951234567")
    assert year_span(organisation) == (dt.date(2026, 9, 1), dt.date(2027, 5, 31))
    assert _about(book) == []


def test_each_property_knows_its_cell(tmp_path: Path) -> None:
    rows = (("", "Показатель", "Примечание", "Значение"), ("", "Телефон", "", "1"), *(("", a, "", b) for a, b in YEAR))
    book = read(tmp_path, SCHOOL, {"Организация": (("Школа",), *rows)})
    (organisation,) = book.rows(Organisation)
    assert str(organisation.at("phone")) == "Школа.xlsx › Организация!D3"
    assert str(organisation.at("year_start")) == "Школа.xlsx › Организация!D5"
    assert organisation.at("email").cell == "D2"


def test_value_that_cannot_be_read_loses_only_itself(tmp_path: Path) -> None:
    book = _school(tmp_path, *YEAR, ("Дата лицензии", "давно"), ("Учебная неделя", "5 "))
    (organisation,) = book.rows(Organisation)
    assert (organisation.licence_date, organisation.unread("licence_date"), organisation.school_week) == (None, True, 5)
    assert _about(book) == [("W0302", "Организация!B5"), ("W0301", "Организация!B6")]
    assert "«Дата лицензии»" in book.findings[0].message


def test_missing_value_of_a_needed_property_is_named_at_its_cell(tmp_path: Path) -> None:
    book = read_journal(tmp_path, title=(PAIRS, ("Класс", None), ("Предмет", "Химия")))
    assert book.rows(JournalTitle) == ()
    assert said(book) == [("W0306", "Титул!B2")]


def test_error_in_a_needed_property_is_named_once(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        cell = book["Титул"]["B2"]
        cell.value, cell.data_type = "#REF!", "e"

    book = read_journal(tmp_path, edit)
    assert book.rows(JournalTitle) == ()
    assert said(book) == [("W0303", "Титул!B2")]


def test_repeated_property_is_named_and_the_first_counts(tmp_path: Path) -> None:
    book = read_journal(tmp_path, title=(*TITLE, ("Предмет", "Химия")))
    assert book.rows(JournalTitle)[0].subject == "Математика"
    assert said(book) == [("W0401", "Титул!A5")]


def test_property_named_almost_right_is_named(tmp_path: Path) -> None:
    book = read_journal(tmp_path, title=(PAIRS, ("Класс", "5А"), ("Предметы", "Математика")))
    assert said(book) == [("W0204", "Титул!A3"), ("W0306", "Титул!B1")]


def test_password_among_properties_is_never_shown(tmp_path: Path) -> None:
    book = read_journal(tmp_path, title=(*TITLE, ("Пароль от журнала", "qwerty-42")))
    assert said(book) == [("W0205", "Титул!A5")]
    assert "qwerty" not in repr(book)


def test_sheet_without_its_two_columns_is_not_read(tmp_path: Path) -> None:
    book = read_journal(tmp_path, title=(("Показатель", "Что"), ("Класс", "5А")))
    assert not book.has(JournalTitle)
    assert said(book) == [("W0202", "Титул!A1")]
    book = read_journal(tmp_path, title=(("Класс", "5А"),))
    assert said(book) == [("W0202", "Титул")]
