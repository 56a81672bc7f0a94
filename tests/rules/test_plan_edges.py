"""Hours as plans write them, study years of real КТП, and the limits of what the clock can accuse of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sgo_sheets.exchange.ktp_files import name_of, read_file
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.rules.chapter06_load import most_hours
from sgo_sheets.rules.weekly_hours import class_sums, given
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.plan import read_hours
from sgo_sheets.school.regulation import Regulation
from tests.rules.case_files import Sheets, Table, judged, school_with
from tests.rules.small_school import PLAN, d, sheet

SHARED = Path(os.environ.get("SGO_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data") / "ktp"
WEEKLY = {
    "Русский язык": (5, 5, 5, 5, 5, 6, 4, 3, 3, 2, 2),
    "Литературное чтение": (4, 4, 4, 4),
    "Литература": (0, 0, 0, 0, 3, 3, 2, 2, 3),
    "Окружающий мир": (2, 2, 2, 2),
    "История": (0, 0, 0, 0, 3, 3, 3, 3, 2, 2, 2),
}


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        (2, 2.0), (1.5, 1.5), ("2", 2.0), ("1,5", 1.5), ("2 ч", 2.0), ("2+1", 3.0), ("3 часа", 3.0), (None, 0.0),
        ("–", 0.0), ("-", 0.0), ("по выбору", None), ("1/2", None), (-1, None), (True, None), (d("05.01"), None),
    ],
)  # fmt: skip
def test_hours_of_the_plan_are_read_as_meant_or_not_at_all(cell: Raw, hours: float | None) -> None:
    assert read_hours(cell) == hours


def _load(group: str, hours: float, target: str = "10А", teacher: str = "СТ-01") -> Load:
    return Load(target=target, subject="Физика", group=group, teacher=teacher, hours=hours)


@pytest.mark.parametrize(
    ("rows", "right", "wrong"),
    [
        pytest.param([_load("1", 2), _load("2", 2)], {2}, {4}, id="groups count once"),
        pytest.param([_load("", 3), _load("1", 2), _load("2", 2)], {5}, {7}, id="a lesson of all and groups"),
        pytest.param([_load("", 2), _load("", 2, teacher="СТ-02")], {2, 4}, {1, 3}, id="co-teachers"),
        pytest.param([_load("", 2, "10А+10Б")], {2}, {4}, id="a stream"),
        pytest.param([_load("", 2), _load("", 3, "10А+10Б")], {3, 5}, {2}, id="the class and a stream"),
    ],
)
def test_the_sums_of_a_class(rows: list[Load], right: set[float], wrong: set[float]) -> None:
    of_key: dict[JournalKey, list[Load]] = {}
    for row in rows:
        of_key.setdefault(JournalKey(row.target, row.subject, row.group), []).append(row)
    parts = [part for key, own in of_key.items() if (part := given(key, own)) is not None]
    sums = class_sums("10А", parts)
    assert right <= sums
    assert not wrong & sums


@pytest.mark.parametrize(
    ("grade", "week", "typed", "hours"),
    [
        (1, 5, "", 21), (4, 5, "", 23), (9, 5, "", 33), (11, 6, "", 37), (1, 6, "", 21),
        (5, 5, "1-4 - 20; 5 – 25", 25), (6, 5, "1-4 - 20; 5 – 25", 30), (7, 5, "сколько угодно", 32),
    ],
)  # fmt: skip
def test_the_sanitary_maximum_is_that_of_the_school_else_the_usual(
    grade: int, week: int, typed: str, hours: int
) -> None:
    settings = {"Наибольшая недельная нагрузка, 5 дней": typed} if typed else {}
    assert most_hours(Regulation(settings=settings), grade, week) == hours


def test_the_hours_of_the_official_plans_are_those_of_a_year(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the official lesson plans are not beside the repository")
    for path in sorted(SHARED.glob("*.csv")):
        name = name_of(path)
        weekly = WEEKLY[name.subject][name.grade - 1]
        lessons = read_file(path).lessons
        head = ("№ урока", "Тема урока", "Часов")
        rows: Table = (head, *((str(one.number), one.topic, f"{one.hours:g}") for one in lessons))
        own = "1А" if name.grade == 1 else "5А"
        load, plan = sheet(PLAN, "Нагрузка"), sheet(PLAN, "План")
        changed = {
            f"КТП/Математика {own[0]}.xlsx": {"План": rows},
            PLAN: {
                "Нагрузка": tuple(
                    (*row[:4], str(weekly), *row[5:]) if row[0] == own and row[4] else row for row in load
                ),
                "План": plan,
            },
        }
        assert "R0609" not in said(tmp_path, changed), path.name
        changed[f"КТП/Математика {own[0]}.xlsx"] = {"План": rows[:-1]}
        assert "R0609" in said(tmp_path, changed), path.name


def said(folder: Path, changed: Sheets) -> set[str]:
    return {finding.code for finding in judged(school_with(folder, changed), d("16.09")).findings}
