"""Reports of the constructor in a build: of a saved journal only its class is counted, of an edited report all are."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from little_school import MATHS_5A, ON, LittleSchool, little_school

from sgo_sheets.pipeline import figures
from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.reports import pivot_totals
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.model import ClassBook
from sgo_sheets.workbooks.forms import write_book

CONSTRUCTOR = "Конструктор отчётов.xlsx"
MARKS = {"Название": "Отметки", "Таблица": "отметки", "Строки": "Класс", "Значение": "Отметка", "Функция": "сумма"}
LOADS = {"Название": "Часы", "Таблица": "нагрузка", "Строки": "Класс"}


@pytest.fixture
def school(tmp_path: Path) -> LittleSchool:
    """Return a little school with two reports of its own, built."""
    found = little_school(tmp_path / "school")
    _write(found, MARKS, LOADS)
    found.build()
    return found


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return the list in which every walk through the records of a class is written down: the class, the report."""
    found: list[tuple[str, str]] = []
    walk = pivot_totals.cells_of

    def noted(asked: Any, spec: CustomSpec) -> Any:
        found.append((asked.book.name, spec.title))
        return walk(asked, spec)

    monkeypatch.setattr(pivot_totals, "cells_of", noted)
    return found


def _write(school: LittleSchool, *reports: dict[str, str]) -> None:
    content = BookContent(BookKind.CONSTRUCTOR, {"Отчёты": Rows(reports)})
    write_book(school.root / "workbooks" / CONSTRUCTOR, content, replace=True)


def _page(school: LittleSchool) -> str:
    (page,) = (school.root / "site" / "staff" / "reports").rglob("*otmetk*.html")
    return page.read_text("utf-8")


def test_a_saved_journal_costs_the_walk_through_its_class(school: LittleSchool, walked: list[tuple[str, str]]) -> None:
    before = _page(school)
    school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), "2")
    school.build()
    assert walked == [("5А", "Отметки")]
    step_by_step = _page(school)
    assert step_by_step != before
    school.build(full=True)
    assert _page(school) == step_by_step


def test_an_edited_report_is_counted_anew_and_nothing_else_is(
    school: LittleSchool, walked: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def judged(_book: ClassBook, *_more: object, **_options: object) -> None:
        raise AssertionError("no class is judged again for it")

    _write(school, MARKS | {"Условия": "Отметка от 4"}, LOADS)
    monkeypatch.setattr(figures, "judge", judged)
    school.build()
    assert walked == [("5А", "Отметки"), ("5Б", "Отметки")]


def test_another_title_or_function_costs_no_walk(school: LittleSchool, walked: list[tuple[str, str]]) -> None:
    _write(school, MARKS | {"Функция": "среднее", "Доступ": "учителя"}, LOADS)
    school.build()
    assert walked == []
    assert "Среднее: Отметка" in _page(school)


def test_a_damaged_memory_is_counted_again(school: LittleSchool, walked: list[tuple[str, str]]) -> None:
    state = school.root / ".sgo" / "build.json"
    content = json.loads(state.read_text("utf-8"))
    *_, totals = content["figures"]["classes"]["5Б"]
    assert totals["pivots"]
    totals["pivots"] = {key: [["x"], [[["5Б"], [[7, 1]]]]] for key in totals["pivots"]}
    state.write_text(json.dumps(content), "utf-8")
    before = _page(school)
    school.mark(MATHS_5A, "К-501", dt.date(2026, 11, 16), "2")
    school.build()
    assert ("5Б", "Отметки") in walked
    assert _page(school) != before


def test_findings_are_those_of_the_day_of_the_build(school: LittleSchool) -> None:
    _write(school, {"Название": "Отметки и замечания", "Таблица": "замечания", "Строки": "Код"})
    first = school.build().verdict.findings
    page = _page(school)
    assert f"На {ON:%d.%m.%Y}, день сборки сайта" in page
    assert f"Записей: {len(first)}." in page
    later = school.build(ON + dt.timedelta(days=30)).verdict.findings
    page = _page(school)
    assert len(later) != len(first)
    assert f"На {ON + dt.timedelta(days=30):%d.%m.%Y}, день сборки сайта" in page
    assert f"Записей: {len(later)}." in page
