"""Violations planted in the movement book and in what a new year must correct: said at their cells and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Spec
from sgo_sheets.findings import Finding
from sgo_sheets.rules.engine import judge_rules_of_school
from sgo_sheets.rules.registry import RULES
from sgo_sheets.school.model import School
from tests.demo.invented import in_memory

OWN = tuple(rule for rule in RULES if rule.code.startswith(("R03", "R09")))
CODES = {rule.code for rule in OWN}
AUTUMN, SUMMER = dt.date(2026, 11, 24), dt.date(2027, 6, 15)


@pytest.fixture(params=[AUTUMN, SUMMER], ids=["autumn", "after the year"])
def spoilt(request: pytest.FixtureRequest) -> tuple[School, dt.date, tuple[Planted, ...]]:
    """Return a school with every violation, its day and what is planted."""
    on = request.param
    school, planted = in_memory(Spec(classes=5, pupils=70, seed=74, on=on, violations=True))
    return school, on, tuple(one for one in planted if one.code in CODES)


def said(school: School, on: dt.date) -> list[Finding]:
    """Return what the rules of these chapters say, and what they could not check."""
    verdict = judge_rules_of_school(school, on, OWN)
    assert verdict.faults == ()
    return [*verdict.findings, *verdict.unchecked]


def test_every_violation_is_said_at_its_cell_and_nowhere_else(
    spoilt: tuple[School, dt.date, tuple[Planted, ...]],
) -> None:
    school, on, planted = spoilt
    found = said(school, on)
    assert sorted((one.code, one.at) for one in found) == sorted((one.code, one.at) for one in planted)
    ended = {"R0302"} if on == AUTUMN else {"R0305"}
    assert {one.code for one in planted} == CODES - ended, "no year-end order is owed before the end of the year"


def clean_schools() -> Iterator[tuple[School, dt.date]]:
    """Yield a clean school of each of the days that matter to these rules."""
    for text in ("2026-09-01", "2026-09-16", "2026-10-15", "2027-01-11", "2027-05-31", "2027-07-31", "2027-08-20"):
        on = dt.date.fromisoformat(text)
        yield in_memory(Spec(classes=5, pupils=40, seed=on.day, on=on, clean=True))[0], on


def test_a_clean_school_is_silent_before_in_and_after_the_year() -> None:
    for school, on in clean_schools():
        assert said(school, on) == [], on
