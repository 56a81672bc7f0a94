"""Регламент.xlsx is followed by rules of the whole school as by those of a class: terms, weights, roles, exemptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from sgo_sheets.findings import CellRef, Finding, Problem, Problems, Role, Severity, State
from sgo_sheets.records.regulation_book import Term
from sgo_sheets.rules import sheets
from sgo_sheets.rules.engine import combine, judge, judge_school
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Check, Rule, rule
from sgo_sheets.rules.terms import DueTerm, applied, by_date, days_after, days_before, on_the_day, working_days_after
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.workbooks.forms import write_book
from sgo_sheets.workbooks.forms.start import Start, starting_books, usual_year
from sgo_sheets.workbooks.reader import read_book
from tests.rules.case_files import YEAR, Sheets, school_books, school_with
from tests.rules.small_school import REGULATION, d, exemptions, terms

AT = CellRef("Книга.xlsx", "Лист", "A1")
EVENT = d("07.09")  # a Monday
CLASSES = {"1А", "5А"}
HEAD = ("Код правила", "Значение", "Единица", "Важность", "Ответственный", "Проверять")
MOVE: Sheets = {
    REGULATION: {"Настройки": (("Показатель", "Значение"), ("Срок в выходной переносится на рабочий день", "да"))}
}


def of_school(school: School) -> Problems:
    """Дело школы.

    Его делают для каждого класса.

    Как исправить: сделайте.
    """
    for one in CLASSES & {one.name for one in school.classes}:
        yield Problem(AT, f"дело {one}", since=EVENT, school_class=one, subject="Математика", pupil="К-101")


def of_class(book: ClassBook) -> Problems:
    """Дело класса.

    Его делает класс.

    Как исправить: сделайте.
    """
    if book.name in CLASSES:
        yield Problem(AT, f"дело {book.name}", since=EVENT, subject="Математика", pupil="К-101")


def holidays_published(school: School) -> Problems:
    """Каникулы не опубликованы.

    О каникулах сообщают заранее.

    Как исправить: впишите дату.
    """
    yield Problem(AT, "не опубликовано", since=d("26.10"), school_class=school.classes[0].name)


CHECKS = pytest.mark.parametrize("check", [of_school, of_class], ids=["school", "class"])


def declared(check: Check, due: DueTerm | None, role: Role = Role.ADMIN) -> Rule:
    return rule("R0899", clause="8.9", role=role, due=due)(check)


def said(school: School, on: dt.date, one: Rule) -> list[Finding]:
    parts = [*(judge(book, on, (one,)) for book in school.books), judge_school(school, on, (one,))]
    return list(combine(parts).findings)


def own(school: School, on: dt.date, one: Rule) -> list[Finding]:
    return [finding for finding in said(school, on, one) if finding.code == one.code]


# A row of «Сроки»


@CHECKS
@pytest.mark.parametrize(
    ("term", "row", "due"),
    [
        (days_after(14, "события"), ("", "", "", "", ""), d("21.09")),
        (days_after(14, "события"), ("7", "дней", "", "", ""), d("14.09")),
        (days_after(14, "события"), ("7", "", "", "", ""), d("14.09")),
        (days_after(3, "события"), ("", "рабочих дней", "", "", ""), d("10.09")),
        (days_after(14, "события"), ("5", "рабочих дней", "", "", "да"), d("14.09")),
        (days_after(14, "события"), ("0", "дней", "", "", ""), EVENT),
        (working_days_after(3, "события"), ("3", "дней", "", "", ""), d("10.09")),
        (days_after(14, "события"), ("10 сентября", "дата", "", "", ""), d("10.09")),
        (on_the_day("события"), ("10.09.2026", "дата", "", "", ""), d("10.09")),
        (by_date(15, 9), ("", "", "", "", ""), d("15.09")),
        (by_date(15, 9), ("20 сентября", "дата", "", "", ""), d("20.09")),
        (by_date(15, 9), ("До 20 Сентября", "", "", "", ""), d("20.09")),
        (by_date(15, 9), ("20.09.2026", "", "", "", ""), d("20.09")),
    ],
)
def test_a_changed_number_unit_or_day(
    tmp_path: Path, check: Check, term: DueTerm, row: tuple[str, ...], due: dt.date
) -> None:
    school = school_with(tmp_path, terms(("R0899", *row)))
    found = said(school, d("22.09"), declared(check, term))
    assert [(one.message, one.due) for one in found] == [("дело 1А", due), ("дело 5А", due)]


@CHECKS
def test_a_changed_weight_and_role(tmp_path: Path, check: Check) -> None:
    made = declared(check, days_after(3, "события"))
    plain = own(school_with(tmp_path, {}), d("22.09"), made)
    assert {(one.severity, one.role, one.person) for one in plain} == {(Severity.VIOLATION, Role.ADMIN, "АД-01")}
    row = terms(("R0899", "", "", "справка", "классный руководитель", ""))
    changed = own(school_with(tmp_path, row), d("22.09"), made)
    assert {one.severity for one in changed} == {Severity.NOTE}
    assert ("дело 5А", Role.CLASS_TEACHER, "СТ-02") in [(one.message, one.role, one.person) for one in changed]


@CHECKS
@pytest.mark.parametrize("code", ["R0899", "r0899", "Р0899"])
def test_a_rule_that_is_not_checked_says_nothing(tmp_path: Path, check: Check, code: str) -> None:
    school = school_with(tmp_path, terms((code, "", "", "", "", "нет")))
    assert said(school, d("22.09"), declared(check, days_after(3, "события"))) == []


@CHECKS
def test_a_day_off_moves_a_term_by_the_switch_alone(tmp_path: Path, check: Check) -> None:
    made = declared(check, days_after(5, "события"))  # Saturday
    for changes, due in (({}, d("12.09")), (MOVE, d("14.09"))):
        assert {one.due for one in own(school_with(tmp_path, changes), d("22.09"), made)} == {due}
    named = declared(check, by_date(13, 9))  # Sunday
    for changes, due in (({}, d("13.09")), (MOVE, d("14.09"))):
        assert {one.due for one in own(school_with(tmp_path, changes), d("22.09"), named)} == {due}


# Terms before an event


@pytest.mark.parametrize(
    ("row", "due", "words"),
    [
        (("", "", "", "", ""), d("12.10"), "не позже чем за 14 дней до начала каникул"),
        (("7", "дней", "", "", ""), d("19.10"), "не позже чем за 7 дней до начала каникул"),
        (("5", "рабочих дней", "", "", ""), d("19.10"), "не позже чем за 5 рабочих дней до начала каникул"),
        (("0", "", "", "", ""), d("26.10"), "в день начала каникул"),
        (("1 октября", "дата", "", "", ""), d("01.10"), "до 1 октября"),
    ],
)
def test_a_term_before_an_event(tmp_path: Path, row: tuple[str, ...], due: dt.date, words: str) -> None:
    made = declared(holidays_published, days_before(14, "начала каникул"))
    school = school_with(tmp_path, terms(("R0899", *row)))
    assert [one.due for one in said(school, d("27.10"), made)] == [due]
    assert str(applied(made.terms, school.regulation.terms["R0899"]).due).replace("\u00a0", " ") == words


# What cannot be used is said, and the program's own term holds


@CHECKS
@pytest.mark.parametrize(
    ("term", "row", "why"),
    [
        (days_after(14, "события"), ("скоро", "дней"), "не целое число дней; впишите, например, 14"),
        (days_after(14, "события"), ("31 сентября", "дата"), "не дата; впишите, например, 15 сентября"),
        (days_after(14, "события"), ("30 февраля", "дата"), "не дата"),
        (by_date(15, 9), ("5", "рабочих дней"), "считать их не от чего; впишите день"),
        (by_date(15, 9), ("5", ""), "не дата"),
        (by_date(15, 9), ("15.09.2025", "дата"), "«15.09.2025» — не в этом учебном году; впишите без года"),
        (days_after(14, "события"), ("01.09.2027", "дата"), "не в этом учебном году"),
    ],
)
def test_a_value_that_cannot_be_used(
    tmp_path: Path, check: Check, term: DueTerm, row: tuple[str, str], why: str
) -> None:
    made = declared(check, term)
    school = school_with(tmp_path, terms(("R0899", *row, "", "", "")))
    found = said(school, d("22.09"), made)
    unread = [one for one in found if one.code.startswith("W")]
    assert [(one.code, one.at.cell, one.person) for one in unread] == [("W0302", "B2", "ЗВ-01")]
    assert why in unread[0].message
    assert {one.due for one in found if one not in unread} == {term.due(EVENT, school.calendar, school.year)}


# Real cells of Excel


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (dt.date(2026, 9, 20), d("20.09")),
        (dt.datetime(2026, 9, 20, 12, 30), d("20.09")),
        ("20 сентября", d("20.09")),
        ("20\u00a0сентября", d("20.09")),
        ("20.09.2026", d("20.09")),
        ("2026-09-20", d("20.09")),
        ("1 февраля", d("01.02")),
    ],
)
def test_a_day_in_any_of_the_ways_people_type_it(tmp_path: Path, value: object, due: dt.date) -> None:
    school = school_with_cells(tmp_path, [HEAD, ("R0899", value, "дата", None, None, None)])
    found = said(school, d("22.09"), declared(of_school, by_date(15, 9)))
    assert {one.due for one in found} == {due}
    assert [one for one in found if one.code.startswith("W")] == []


@pytest.mark.parametrize("value", [7, 7.0, "7", " 7 "])
def test_a_number_in_any_of_the_ways_excel_keeps_it(tmp_path: Path, value: object) -> None:
    school = school_with_cells(tmp_path, [HEAD, ("R0899", value, "дней", None, None, None)])
    assert {one.due for one in said(school, d("22.09"), declared(of_school, days_after(14, "события")))} == {d("14.09")}


def school_with_cells(folder: Path, rows: Sequence[Sequence[object]]) -> School:
    """Return the school of the cases with «Сроки» of these very cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Сроки"
    for row in rows:
        sheet.append(list(row))
    book.save(folder / REGULATION)
    read = {**school_books(), REGULATION: read_book(folder, REGULATION, YEAR)}
    return assemble([read[path] for path in sorted(read)])


def test_a_leap_day_is_the_last_of_february_in_another_year(tmp_path: Path) -> None:
    school = school_with(tmp_path, terms(("R0899", "29 февраля", "дата", "", "", "")))
    assert {one.due for one in said(school, d("22.09"), declared(of_school, by_date(15, 9)))} == {d("28.02")}


MADE = (
    declared(of_school, by_date(15, 9)),
    declared(of_school, by_date(1, 10)),
    declared(of_school, by_date(31, 8)),
    declared(of_school, days_before(14, "начала каникул")),
    declared(of_school, working_days_after(3, "приказа")),
    declared(of_school, on_the_day("передачи")),
    declared(of_school, None),
)


@pytest.mark.parametrize("one", MADE, ids=lambda one: str(one.due))
def test_what_the_blank_form_says_is_what_the_program_does(
    tmp_path: Path, one: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "RULES", (one,))
    rows = blank_terms(tmp_path)
    assert list(rows) == [one.code]
    assert applied(one.terms, rows[one.code]) == one.terms


def test_the_blank_workbook_changes_no_rule(tmp_path: Path) -> None:
    rows = blank_terms(tmp_path)
    assert list(rows) == [one.code for one in RULES]
    assert [one.code for one in RULES if applied(one.terms, rows[one.code]) != one.terms] == []


def blank_terms(folder: Path) -> dict[str, Term]:
    """Return «Сроки» of the blank workbook by code, written and read back without a word."""
    books = starting_books(Start(usual_year(2026), sheets.term_rows(), sheets.setting_rows()))
    write_book(folder / REGULATION, books[REGULATION], saved=dt.datetime(2026, 8, 1))
    read = read_book(folder, REGULATION, YEAR)
    assert list(read.findings) == []
    return {row.code: row for row in read.tables["Сроки"] if isinstance(row, Term)}


# Exemptions


@CHECKS
@pytest.mark.parametrize(
    ("row", "left"),
    [
        (("R0899", "", "", "", "", "", "пр. 1"), []),
        (("R0899", "5А", "", "", "", "", ""), ["дело 1А"]),
        (("р0899", "5а", "математика", "к-101", "", "", ""), ["дело 1А"]),
        (("R0899", "", "Математика", "", "07.09.2026", "07.09.2026", ""), []),
        (("R0899", "1А", "", "", "01.09.2026", "", ""), ["дело 5А"]),
    ],
)
def test_an_exemption_lifts_what_it_names(tmp_path: Path, check: Check, row: tuple[str, ...], left: list[str]) -> None:
    found = said(school_with(tmp_path, exemptions(row)), d("22.09"), declared(check, days_after(3, "события")))
    assert [one.message for one in found] == left


@CHECKS
@pytest.mark.parametrize(
    "row",
    [
        ("R0899", "5А", "Музыка", "", "", "", ""),
        ("R0899", "", "", "К-102", "", "", ""),
        ("R0899", "", "", "", "08.09.2026", "", ""),
        ("R0899", "", "", "", "", "06.09.2026", ""),
    ],
)
def test_one_that_names_something_else_lifts_nothing_and_is_said(
    tmp_path: Path, check: Check, row: tuple[str, ...]
) -> None:
    found = said(school_with(tmp_path, exemptions(row)), d("22.09"), declared(check, days_after(3, "события")))
    assert [one.message for one in found if one.code == "R0899"] == ["дело 1А", "дело 5А"]
    assert [one.code for one in found if one.code != "R0899"] == ["W0405"]


def test_what_is_lifted_before_its_day_is_not_spoken_of_after_it(tmp_path: Path) -> None:
    school = school_with(tmp_path, exemptions(("R0899", "5А", "", "", "", "", "")))
    made = declared(of_school, days_after(30, "события"))
    for on, state in ((d("08.09"), State.EXPECTED), (d("08.10"), State.OVERDUE)):
        assert [(one.message, one.state) for one in said(school, on, made)] == [("дело 1А", state)]
