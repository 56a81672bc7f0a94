"""What every rule promises: a unique code in its chapter's module, a clause, a whole page, a case of each kind."""

from __future__ import annotations

import re

import pytest

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.records.catalog import BOOKS
from sgo_sheets.records.faults import FAULTS, Fault
from sgo_sheets.rules.clauses import CLAUSES
from sgo_sheets.rules.registry import BY_CODE, RULES, Rule, rule
from sgo_sheets.rules.rule import page_of
from sgo_sheets.school.model import Journal
from tests.rules.case_files import CASE_FILES, CASES, cases_of

each_rule = pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)


def test_codes_are_unique_and_in_order() -> None:
    codes = [one.code for one in RULES]
    assert codes == sorted(set(codes)), "give the rule the next free number of its chapter and keep RULES in order"
    assert list(BY_CODE) == codes


@each_rule
def test_the_code_stands_in_the_module_of_its_chapter(one: Rule) -> None:
    chapter = int(one.code[1:3])
    assert re.search(rf"\.chapter{chapter:02}_\w+$", one.module), "a rule stands in the module of its chapter"
    assert one.clause.startswith(f"{chapter}."), "the code names the chapter of its clause"
    assert one.code.isascii(), "no Cyrillic letter that looks like a Latin one"
    assert one.name.isascii()
    assert one.name.islower()


@each_rule
def test_the_page_is_whole(one: Rule) -> None:
    assert one.clause in CLAUSES
    assert one.title
    assert not one.title.endswith(".")
    assert one.why.endswith(".")
    assert one.fix.endswith("."), "«Как исправить:» is whole sentences"
    for text in (one.title, one.why, one.fix):
        assert re.search("[а-яё]", text), "the page is Russian"
        words = re.findall(r"\w+", text)
        mixed = [word for word in words if re.search("[а-яё]", word, re.IGNORECASE) and re.search("[a-z]", word)]
        assert not mixed, f"Latin look-alikes: {mixed}"


@each_rule
def test_a_case_of_each_kind_exists(one: Rule) -> None:
    path = CASES / f"{one.code}.md"
    assert path.is_file(), f"write tests/cases/{one.code}.md (see README.md there)"
    assert path.read_text(encoding="utf-8").startswith(f"# {one.code} {one.title}\n")
    assert {case.broken for case in cases_of(path)} == {True, False}, "at least one «Нарушение», one «Соблюдено»"


def test_no_case_is_of_a_rule_that_is_gone() -> None:
    assert {path.stem for path in CASE_FILES} == {one.code for one in RULES}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.code)
def test_the_page_of_a_fault_is_whole(fault: Fault) -> None:
    title, why, fix = page_of(f"{fault.title}\n\n{fault.text}")
    assert title
    assert why
    assert fix, "say «Как исправить: …»"


def test_the_clauses_are_those_of_the_regulation() -> None:
    for clause in ("Порядок 3.1", "2.1", "2.8", "5.6", "8.4", "8.9", "10.6", "11.1"):
        assert clause in CLAUSES
    for clause in ("2.9", "5.7", "8.10", "11.2"):
        assert clause not in CLAUSES
    assert len(CLAUSES) == len(set(CLAUSES))


def test_a_rule_is_a_frozen_value() -> None:
    with pytest.raises(AttributeError):
        RULES[0].code = "R0899"  # type: ignore[misc]  # that is the point


def check(journal: Journal) -> Problems:
    """Название.

    Почему.

    Как исправить: так.
    """
    yield Problem(journal.title.at("subject"), "повод")


def unknown_need(weather: str) -> Problems:
    """Название.

    Почему.

    Как исправить: так.
    """
    raise NotImplementedError(weather)


def half_a_page(journal: Journal) -> Problems:
    """Название."""
    raise NotImplementedError(journal)


@pytest.mark.parametrize(
    ("code", "clause", "function", "words"),
    [
        ("R801", "8.1", check, "R801"),
        ("Р0801", "8.1", check, "a code is R"),
        ("R0801", "8.10", check, "no clause"),
        ("R0801", "8.1", unknown_need, "weather"),
        ("R0801", "8.1", half_a_page, "Как исправить"),
    ],
)
def test_a_rule_that_breaks_the_pattern_does_not_even_import(
    code: str, clause: str, function: object, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        rule(code, clause=clause, role=Role.TEACHER)(function)  # type: ignore[arg-type]  # any check


def test_declaring_a_rule_registers_nothing() -> None:
    made = rule("R0899", clause="8.9", role=Role.TEACHER)(check)
    assert (made.title, made.why, made.fix) == ("Название", "Почему.", "так.")
    assert made not in RULES


def test_cases_name_workbooks_of_the_contract() -> None:
    for path in CASE_FILES:
        for case in cases_of(path):
            for workbook in case.sheets:
                assert any(kind.matches(workbook) for kind in BOOKS), f"{path.name}: {workbook}"
