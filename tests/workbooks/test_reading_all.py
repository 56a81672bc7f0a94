"""All workbooks of a folder: the year first, known ones by digest, workers that die."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sgo_sheets.records.catalog import Book
from sgo_sheets.workbooks import reader
from sgo_sheets.workbooks.pool import read_in_pool
from sgo_sheets.workbooks.reader import list_workbooks, read_all, school_year
from tests.workbooks.archives import plan_book
from tests.workbooks.books import JOURNAL, JOURNAL_SHEETS, SCHOOL, YEAR, make
from tests.workbooks.readers_that_die import read_or_die


def _school(folder: Path, start: dt.date, end: dt.date) -> None:
    rows = (
        ("Показатель", "Значение"),
        ("Учебный год", "2026/2027"),
        ("Начало учебного года", start),
        ("Конец учебного года", end),
    )
    make({"Организация": rows}).save(folder / SCHOOL)


def _folder(folder: Path, start: dt.date = YEAR[0], end: dt.date = YEAR[1]) -> Path:
    (folder / "Журналы" / "5А").mkdir(parents=True)
    (folder / "КТП").mkdir()
    _school(folder, start, end)
    make(JOURNAL_SHEETS).save(folder / JOURNAL)
    (folder / "КТП" / "Химия 8.xlsx").write_bytes(plan_book())
    return folder


def _by_path(books: Sequence[Book]) -> dict[str, Book]:
    return {book.path: book for book in books}


def test_all_workbooks_are_read_in_the_order_of_their_paths_with_progress(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    books = read_all(_folder(tmp_path), progress=lambda done, of: steps.append((done, of)))
    assert [book.path for book in books] == list_workbooks(tmp_path)
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_dates_are_judged_by_the_year_of_the_school(tmp_path: Path) -> None:
    books = _by_path(read_all(_folder(tmp_path, dt.date(2027, 9, 1), dt.date(2028, 5, 31))))
    assert school_year(books) == (dt.date(2027, 9, 1), dt.date(2028, 5, 31))
    assert {finding.code for finding in books[JOURNAL].findings} == {"W0307"}


def test_folder_without_a_school_is_read_too(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / SCHOOL).unlink()
    books = read_all(folder)
    assert [book.unreadable for book in books] == [False, False]


def test_unchanged_workbooks_are_taken_again_and_changed_ones_are_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    before = _by_path(read_all(folder))
    make({**JOURNAL_SHEETS, "Уроки": (("Дата", "Тема урока"),)}).save(folder / JOURNAL)
    after = _by_path(read_all(folder, known=before))
    assert after["КТП/Химия 8.xlsx"] is before["КТП/Химия 8.xlsx"]
    assert after[JOURNAL].tables["Уроки"] == ()


def test_another_year_makes_every_workbook_new(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    before = _by_path(read_all(folder))
    _school(folder, dt.date(2027, 9, 1), dt.date(2028, 5, 31))
    after = _by_path(read_all(folder, known=before))
    assert {finding.code for finding in after[JOURNAL].findings} == {"W0307"}


def test_vanished_workbook_is_not_kept(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    before = _by_path(read_all(folder))
    (folder / JOURNAL).unlink()
    assert JOURNAL not in _by_path(read_all(folder, known=before))


def test_workers_read_the_same_as_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path)
    alone = read_all(folder)
    used: list[int] = []

    def pooled(*arguments: Any) -> Any:
        used.append(arguments[3])
        return read_in_pool(*arguments)

    monkeypatch.setattr(reader, "POOL_FROM", 1)
    monkeypatch.setattr(reader, "read_in_pool", pooled)
    assert read_all(folder, workers=2) == alone
    assert used == [2]


def test_workbook_that_kills_its_reader_costs_only_itself(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    for name in ("Химия 9", "Яд 1", "Химия 10", "Яд 2"):
        shutil.copy(folder / "КТП" / "Химия 8.xlsx", folder / "КТП" / f"{name}.xlsx")
    paths = [path for path in list_workbooks(folder) if path.startswith("КТП/")]
    books = _by_path(tuple(read_in_pool(folder, paths, YEAR, 2, read_or_die)))
    assert sorted(books) == paths
    assert [path for path in paths if books[path].unreadable] == ["КТП/Яд 1.xlsx", "КТП/Яд 2.xlsx"]
    assert [finding.code for finding in books["КТП/Яд 1.xlsx"].findings] == ["W0101"]
    assert books["КТП/Яд 1.xlsx"].digest == books["КТП/Химия 8.xlsx"].digest
    assert len(books["КТП/Химия 10.xlsx"].tables["План"]) == 1
