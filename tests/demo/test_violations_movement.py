"""Violations planted in the movement book and in what a new year must correct: said at their cells and nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sgo_sheets.demo.world import Spec
from sgo_sheets.findings import Finding
from sgo_sheets.rules.engine import judge_rules_of_school
from sgo_sheets.rules.registry import RULES
from sgo_sheets.school.model import School
from tests.demo.invented import in_memory

OWN = tuple(rule for rule in RULES if rule.code.startswith(("R03", "R09")))
CODES = {rule.code for rule in OWN}
SUMMER = dt.date(2027, 6, 15)


def said(school: School, on: dt.date) -> list[Finding]:
    """Return what the rules of these chapters say, and what they could not check."""
    verdict = judge_rules_of_school(school, on, OWN)
    assert verdict.faults == ()
    return [*verdict.findings, *verdict.unchecked]


def test_every_violation_is_said_at_its_cell_and_nowhere_else_after_the_year() -> None:
    """In November test_violations_all.py looks at them."""
    school, every = in_memory(Spec(classes=5, pupils=40, seed=74, on=SUMMER, violations=True))
    planted = [one for one in every if one.code in CODES]
    found = said(school, SUMMER)
    assert sorted((one.code, one.at) for one in found) == sorted((one.code, one.at) for one in planted)
    assert {one.code for one in planted} == CODES - {"R0305"}, "nobody waits for a class teacher in summer"


def test_rules_of_the_whole_school_speak_of_no_lesson_and_no_mark() -> None:
    """A build counts on it: a saved journal does not make it ask them again."""
    school, _ = in_memory(Spec(classes=3, pupils=30, seed=74, on=SUMMER, violations=True))
    empty = {one.key: replace(one, lessons=(), grid=None, finals=()) for one in school.journals}
    books = tuple(
        replace(
            book,
            journals=tuple(empty[one.key] for one in book.journals),
            former=tuple(empty[one.key] for one in book.former),
        )
        for book in school.books
    )
    bare = replace(school, journals=tuple(empty.values()), books=books)
    whole = judge_rules_of_school(school, SUMMER)
    assert whole.findings
    assert judge_rules_of_school(bare, SUMMER) == whole
