"""Every form is opened, edited and saved by LibreOffice, and what it writes is read back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sgo_sheets.records.catalog import Book
from sgo_sheets.workbooks.forms import write_book
from sgo_sheets.workbooks.reader import read_book
from tests.forms.filled_books import YEAR, books
from tests.office.conftest import Edit, Office

pytestmark = pytest.mark.office

# What a person types into each workbook, and where: (sheet, cell, text or number), the sheet and field it is read as.
EDITS: dict[str, tuple[Edit, str, str, object]] = {
    "Школа.xlsx": (("Предметы", "A26", "Шахматы"), "Предметы", "name", "Шахматы"),
    "Регламент.xlsx": (("Виды работ", "A16", "зачёт по ГТО"), "Виды работ", "name", "зачёт по ГТО"),
    "Учебный план.xlsx": (("Нагрузка", "E2", 2.5), "Нагрузка", "hours", 2.5),
    "Расписание.xlsx": (("Замены", "E2", "Алгебра"), "Замены", "subject", "Алгебра"),
    "Книга движения.xlsx": (("Приказы", "A2", "08-к"), "Приказы", "number", "08-к"),
    "Учётные записи.xlsx": (
        ("Учётные записи", "D2", "Белов Иван Петрович"),
        "Учётные записи",
        "name",
        "Белов Иван Петрович",
    ),
    "Конструктор отчётов.xlsx": (("Отчёты", "A2", "Двоечники"), "Отчёты", "title", "Двоечники"),
    "Контингент/5А.xlsx": (("Обучающиеся", "J3", "д. 7-9"), "Обучающиеся", "address", "д. 7-9"),
    "КТП/Математика 5.xlsx": (("План", "C2", "7-9 и 3/4"), "План", "topic", "7-9 и 3/4"),
    "Журналы/5А/Математика.xlsx": (("Уроки", "F3", "5-7, 1/2"), "Уроки", "homework", "5-7, 1/2"),
    "Журналы/5А/Классный руководитель.xlsx": (
        ("Причины пропусков", "G2", "справка 1/2"),
        "Причины пропусков",
        "document",
        "справка 1/2",
    ),
}


def written(folder: Path, path: str) -> Path:
    target = folder / path
    write_book(target, books()[path])
    return target


def said(book: Book) -> dict[str, object]:
    """Return all a workbook says: its tables and its grid."""
    return {"tables": book.tables, "grid": book.grid}


def test_every_kind_of_workbook_is_edited_here() -> None:
    assert set(EDITS) == set(books())


@pytest.mark.parametrize("path", sorted(EDITS))
def test_libreoffice_saves_what_was_written(path: str, office: Office, tmp_path: Path) -> None:
    source = written(tmp_path / "ours", path)
    before = read_book(tmp_path / "ours", path, YEAR)
    assert before.findings == ()
    saved = tmp_path / "theirs" / path
    saved.parent.mkdir(parents=True)
    office.convert(source, "xlsx", saved.parent)
    after = read_book(tmp_path / "theirs", path, YEAR)
    assert after.findings == ()
    assert said(after) == said(before)


@pytest.mark.parametrize("path", sorted(EDITS))
def test_what_is_typed_in_libreoffice_is_read(path: str, office: Office, tmp_path: Path) -> None:
    source = written(tmp_path / "ours", path)
    edit, sheet, field, value = EDITS[path]
    saved = tmp_path / "theirs" / path
    saved.parent.mkdir(parents=True)
    office.edit(source, saved, [edit])
    book = read_book(tmp_path / "theirs", path, YEAR)
    assert book.findings == ()
    assert value in [getattr(row, field) for row in book.tables[sheet]]


def test_a_journal_saved_as_ods_says_the_same(office: Office, tmp_path: Path) -> None:
    path = "Журналы/5А/Математика.xlsx"
    source = written(tmp_path, path)
    before = read_book(tmp_path, path, YEAR)
    office.convert(source, "ods", source.parent)
    after = read_book(tmp_path, path.replace(".xlsx", ".ods"), YEAR)
    assert after.findings == ()
    assert [[dict(row) for row in rows] for rows in after.tables.values()] == [
        [dict(row) for row in rows] for rows in before.tables.values()
    ]
    assert after.grid is not None
    assert before.grid is not None
    assert (after.grid.columns, after.grid.rows) == (before.grid.columns, before.grid.rows)
