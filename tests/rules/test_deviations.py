"""Where a school's Регламент.xlsx differs from the adopted regulation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sgo_sheets.findings import Role
from sgo_sheets.records.regulation_book import Exemption, Term
from sgo_sheets.rules.deviations import Change, Deviation, deviations
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.settings import MARK_BOUNDS, SWITCHES
from sgo_sheets.rules.sheets import setting_rows, term_rows
from sgo_sheets.rules.terms import by_date
from sgo_sheets.school.elements import Span
from sgo_sheets.school.regulation import Regulation
from tests.school.small import rows

BOOK = "Регламент.xlsx"
YEAR = Span(dt.date(2026, 9, 1), dt.date(2027, 5, 31))


def _regulation(*terms: dict[str, Any], settings: dict[str, Any] | None = None, **exemption: Any) -> Regulation:
    exemptions = rows(BOOK, Exemption, exemption) if exemption else ()
    return Regulation({row.code: row for row in rows(BOOK, Term, *terms)}, settings or {}, (), exemptions)


def _told(*terms: dict[str, Any], **changes: Any) -> list[tuple[Change, str, str, str]]:
    found = deviations(_regulation(*terms, **changes), YEAR)
    return [(one.change, one.code, one.adopted.replace("\u00a0", " "), one.own.replace("\u00a0", " ")) for one in found]


def test_the_blank_sheets_of_the_program_differ_in_nothing() -> None:
    read = {"Код правила": "code", "Значение": "value", "Единица": "unit", "Важность": "severity",
            "Ответственный": "role", "Проверять": "checked"}  # fmt: skip
    terms = [{read[name]: value for name, value in row.items() if name in read} for row in term_rows().rows]
    for row in terms:
        row["checked"] = row["checked"] == "да"
    settings = {str(row["Показатель"]): row["Значение"] for row in setting_rows().rows}
    assert len(terms) == len(BY_CODE)
    assert deviations(_regulation(*terms, settings=settings), YEAR) == ()


def test_a_number_a_weight_and_a_role_are_told_with_both_values() -> None:
    row = {"code": "R0801", "value": 10, "unit": "дней", "severity": "предупреждение", "role": "завуч"}
    assert _told(row) == [
        (Change.TERM, "R0801", "14 дней после урока", "10 дней после урока"),
        (Change.SEVERITY, "R0801", "нарушение", "предупреждение"),
        (Change.ROLE, "R0801", "учитель", "завуч"),
    ]
    assert _told({"code": "R0801", "value": 14, "unit": "рабочих дней"})[0][3] == "14 рабочих дней после урока"


def test_each_points_at_the_cell_that_changes_it() -> None:
    found = deviations(_regulation({"code": "R0801", "value": 10, "severity": "справка"}), YEAR)
    row = rows(BOOK, Term, {"code": "R0801"})[0]
    assert [one.at for one in found] == [row.at("value"), row.at("severity")]
    assert {one.at.workbook for one in found} == {BOOK}


def test_a_switched_off_rule_is_told_once_whatever_else_its_row_says() -> None:
    assert _told({"code": "R0803", "checked": False, "severity": "нарушение"}) == [(Change.OFF, "R0803", "", "")]


def test_a_row_that_repeats_the_adopted_or_cannot_be_used_changes_nothing() -> None:
    assert _told({"code": "R0801", "value": 14}, {"code": "R0813"}, {"code": "R0804", "value": 5}) == []
    assert _told({"code": "R0801", "value": "скоро"}) == []
    assert _told({"code": "R9999", "value": 1}) == []


@pytest.mark.parametrize(
    ("value", "own"),
    [
        (dt.date(2026, 9, 15), None),
        ("15 сентября", None),
        (dt.date(2026, 9, 20), "до 20.09.2026"),
        ("20 сентября", "до 20 сентября"),
    ],
)
def test_a_date_is_the_same_day_however_it_is_typed(value: object, own: str | None) -> None:
    found = deviations(_regulation({"code": "R0401", "value": value, "unit": "дата"}), YEAR, rules=[_dated()])
    assert [one.own.replace("\u00a0", " ") for one in found] == ([own] if own else [])


def _dated() -> Rule:
    def check(book: object) -> Any:  # noqa: ARG001 - a rule needs something
        """Не готово.

        Так велит регламент.

        Как исправить: сделайте.
        """
        yield from ()

    return rule("R0401", clause="4.2", role=Role.ADMIN, due=by_date(15, 9))(check)


def test_settings_are_compared_as_the_program_understands_them() -> None:
    number, flag = (next(one for one in SWITCHES if one.default == value) for value in (3, "нет"))
    assert _told(settings={number.name: 3.0, flag.name: "Нет"}) == []
    assert _told(settings={number.name: 5, flag.name: "да"}) == [
        (Change.SETTING, "", "3", "5"),
        (Change.SETTING, "", "нет", "да"),
    ]
    assert _told(settings={number.name: "много"}) == []
    assert _told(settings={MARK_BOUNDS.name: "4,5; 3,5; 2,5"}) == []


def test_an_exemption_names_whom_it_spares_how_long_and_by_which_order() -> None:
    spare = {"code": "r0813", "school_class": "5А", "subject": "Алгебра", "pupil": "К-101", "order": "112-у"}
    (one,) = deviations(_regulation(since=dt.date(2026, 10, 1), **spare), YEAR)
    assert one == Deviation(
        Change.EXEMPTION, BY_CODE["R0813"].title, "", "5А, Алгебра, № личного дела К-101: с 01.10.2026",
        rows(BOOK, Exemption, {"code": "R0813"})[0].at("code"), "R0813", "8.5", "112-у",
    )  # fmt: skip
    (whole,) = deviations(_regulation(code="R0813"), YEAR)
    assert (whole.own, whole.order) == ("вся школа: весь год", "")
    assert deviations(_regulation(code="R9999"), YEAR) == ()
