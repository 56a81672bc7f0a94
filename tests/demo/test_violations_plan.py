"""Chapters VI and VII in the demo: what is planted is said, and nothing else; a clean school is silent all year."""

from __future__ import annotations

import datetime as dt

import pytest

from sgo_sheets.demo.world import Spec
from sgo_sheets.rules.engine import judge_rules_of_school
from sgo_sheets.rules.registry import RULES
from tests.demo.invented import in_memory

SCHOOL = Spec(classes=5, pupils=60, seed=5, on=dt.date(2026, 9, 3), violations=True)
OURS = tuple(rule for rule in RULES if rule.code.startswith(("R06", "R07")))
CODES = {rule.code for rule in OURS}


def test_what_is_planted_is_said_and_nothing_else() -> None:
    school, planted = in_memory(SCHOOL)
    own = [one for one in planted if one.code in CODES]
    assert {one.code for one in own} == CODES
    said = judge_rules_of_school(school, SCHOOL.on, OURS)
    assert not said.faults
    assert sorted((one.code, one.at) for one in said.findings) == sorted((one.code, one.at) for one in own)
    assert {one.at for one in school.findings} <= {one.at for one in planted}, "no plant makes the reader stumble"


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(Spec(4, 30, 10, dt.date(2026, 11, 10), clean=True), id="a teacher was replaced in November"),
        pytest.param(Spec(20, 100, 3, dt.date(2026, 9, 1), clean=True), id="two shifts, groups, parallel electives"),
    ],
)
def test_a_clean_school_is_silent_all_year(spec: Spec) -> None:
    school, _ = in_memory(spec)
    for on in ("2026-09-01", "2026-09-16", "2026-10-15", "2026-12-29", "2027-01-12", "2027-05-26"):
        said = judge_rules_of_school(school, dt.date.fromisoformat(on), OURS)
        assert (said.findings, said.unchecked, said.faults) == ((), (), ()), on
