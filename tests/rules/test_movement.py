"""The movement of pupils in summers and at their edges, where a case would be a whole year long."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sgo_sheets.findings import Finding, State
from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING, MOVE, PROMOTION, REPEATING
from sgo_sheets.rules.engine import Verdict, judge_rules_of_school
from sgo_sheets.rules.registry import RULES
from tests.rules.case_files import Sheets, school_with
from tests.rules.small_school import MOVEMENT, ORDER_HEAD, ORDERS, PLAN, SCHOOL, sheet

OWN = tuple(rule for rule in RULES if rule.code.startswith(("R03", "R09")))
VERA, PETR, OLGA = ("К-101", "Берёзкина Вера"), ("К-102", "Лугов Пётр"), ("К-001", "Росинкина Ольга")
SUMMER = dt.date(2027, 7, 20)
UP = (
    ("90-у", "28.05.2027", PROMOTION, "обычный", "28.05.2027", *OLGA, "1А", "2А"),
    ("90-у", "28.05.2027", PROMOTION, "обычный", "28.05.2027", *VERA, "5А", "6А"),
    ("90-у", "28.05.2027", PROMOTION, "обычный", "28.05.2027", *PETR, "5А", "6А"),
)


def judged(folder: Path, *orders: tuple[str, ...], on: dt.date = SUMMER, **more: Sheets) -> Verdict:
    """Return what these rules say of the school with more orders."""
    changes: Sheets = {MOVEMENT: {"Приказы": (ORDER_HEAD, *ORDERS, *orders)}, **more.get("sheets", {})}
    verdict = judge_rules_of_school(school_with(folder, changes), on, OWN)
    assert verdict.faults == ()
    return verdict


def told(verdict: Verdict) -> list[tuple[str, str]]:
    return [(finding.code, finding.at.cell) for finding in verdict.findings]


def leave(pupil: tuple[str, str], date: str, from_class: str) -> tuple[str, ...]:
    return ("93-у", date, LEAVING, "", date, *pupil, from_class, "", "школа № 3", "другая школа")


# The end of this year


def test_the_year_ends_in_silence_when_every_pupil_has_an_order(tmp_path: Path) -> None:
    assert told(judged(tmp_path, *UP)) == []


def test_orders_of_the_end_are_owed_until_31_august_and_then_overdue(tmp_path: Path) -> None:
    for on, state in ((dt.date(2027, 5, 31), State.EXPECTED), (dt.date(2027, 9, 1), State.OVERDUE)):
        found: list[Finding] = list(judged(tmp_path, *UP[1:], on=on).findings)
        assert [(one.code, one.due, one.state) for one in found] == [("R0302", dt.date(2027, 8, 31), state)]
    assert told(judged(tmp_path, *UP[1:], on=dt.date(2027, 5, 30))) == []


@pytest.mark.parametrize("from_class", ["5А", "6А"])
def test_who_is_promoted_and_leaves_in_the_summer_may_leave_either_class(tmp_path: Path, from_class: str) -> None:
    assert told(judged(tmp_path, *UP, leave(PETR, "12.07.2027", from_class))) == []
    assert told(judged(tmp_path, *UP, leave(PETR, "12.07.2027", "1А"))) == [("R0908", "H8")]


def test_a_late_order_of_this_year_is_late_by_31_august_of_its_end(tmp_path: Path) -> None:
    late = ("95-у", "01.09.2027", *UP[2][2:])
    (found,) = judged(tmp_path, *UP[:2], late, on=dt.date(2027, 9, 2)).findings
    assert (found.code, found.due, found.state) == ("R0904", dt.date(2027, 8, 31), State.DONE_LATE)


def test_newcomers_of_the_next_year_have_no_card_and_no_class_here(tmp_path: Path) -> None:
    first = ("96-у", "15.07.2027", ENROLMENT, "формирование 1 класса", "01.09.2027", "К-501", "Новиков Ян", "", "1В")
    other = ("97-у", "15.07.2027", ENROLMENT, "в течение года", "01.09.2027", "К-502", "Травин Ян", "", "7Г", "школа")
    school = school_with(tmp_path, {MOVEMENT: {"Приказы": (ORDER_HEAD, *ORDERS, *UP, first, other)}})
    assert school.findings == ()
    assert judge_rules_of_school(school, SUMMER, OWN).findings == ()


def test_an_order_of_the_end_must_name_the_class_of_that_day(tmp_path: Path) -> None:
    moved = ("20-у", "12.10.2026", MOVE, "", "12.10.2026", *PETR, "5А", "1А")
    assert ("R0908", "H8") in told(judged(tmp_path, moved, *UP))


def test_a_second_order_of_the_end_stands_at_the_later_number(tmp_path: Path) -> None:
    repeating = ("91-у", "25.05.2027", REPEATING, "", "25.05.2027", *PETR, "5А", "5А")
    assert told(judged(tmp_path, *UP, repeating)) == [("R0909", "A7")]


def test_who_left_before_the_end_has_no_order_of_the_end(tmp_path: Path) -> None:
    assert told(judged(tmp_path, leave(PETR, "02.02.2027", "5А"), *UP[:2])) == []
    assert told(judged(tmp_path, leave(PETR, "02.02.2027", "5А"), *UP)) == [("R0908", "F8")]


def test_the_next_year_is_not_asked_before_it_has_begun(tmp_path: Path) -> None:
    assert told(judged(tmp_path, on=dt.date(2026, 8, 20))) == []


# The summer before the year


def test_a_graduate_of_9_in_a_class_10_needs_no_other_order_than_its_forming(tmp_path: Path) -> None:
    graduate = ("46-у", "25.06.2026", GRADUATION, "", "25.06.2026", "К-201", "Кленов Иван", "9А")
    form = ("51-у", "02.09.2026", ENROLMENT, "формирование 10 класса", "02.09.2026", "", "", "", "10А")
    sheets: Sheets = {
        SCHOOL: {"Классы": (*sheet(SCHOOL, "Классы"), ("10А", "10"))},
        PLAN: {
            "План": (("Предмет", "1А", "5А", "10А"), ("Математика", "1", "1", "1")),
            "Нагрузка": (
                *sheet(PLAN, "Нагрузка"),
                ("10А", "Математика", "", "СТ-03"),
                ("10А", "Классное руководство", "", "СТ-01"),
            ),
        },
        "Контингент/10А.xlsx": {
            "Обучающиеся": (
                ("№ личного дела", "Фамилия", "Имя", "Класс на начало года"),
                ("К-201", "Кленов", "Иван", "10А"),
            )
        },
    }
    assert told(judged(tmp_path, graduate, form, on=dt.date(2026, 9, 16), sheets=sheets)) == []


# What could not be read


def test_without_last_summers_orders_the_transition_is_not_checked_and_nobody_is_accused(tmp_path: Path) -> None:
    school = school_with(tmp_path, {MOVEMENT: {"Приказы": (ORDER_HEAD, ORDERS[-1])}})
    verdict = judge_rules_of_school(school, dt.date(2026, 9, 16), OWN)
    assert verdict.findings == ()
    assert [(one.code, one.state, str(one.at)) for one in verdict.unchecked] == [
        ("R0301", State.UNCHECKED, "Книга движения.xlsx › Приказы")
    ]
    assert "приказов прошлого лета" in verdict.unchecked[0].message


def test_a_row_that_was_not_applied_silences_the_rules_that_miss_an_order(tmp_path: Path) -> None:
    stray = ("20-у", "12.10.2026", MOVE, "", "12.10.2026", "К-909", "", "5А", "1А")
    verdict = judged(tmp_path, stray, on=dt.date(2026, 10, 20))
    assert told(verdict) == []
    assert {one.code for one in verdict.unchecked} >= {"R0301", "R0905", "R0906", "R0908"}


def test_a_roll_that_cannot_be_read_accuses_no_pupil_and_is_named(tmp_path: Path) -> None:
    broken: Sheets = {"Контингент/5А.xlsx": {"Обучающиеся": (("совсем", "не та шапка"), ("1", "2"))}}
    verdict = judged(tmp_path, on=dt.date(2026, 9, 16), sheets=broken)
    assert told(verdict) == []
    assert "Контингент/5А.xlsx" in {one.at.workbook for one in verdict.unchecked}
