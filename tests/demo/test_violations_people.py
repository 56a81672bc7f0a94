"""Chapters II, IV and V in the demo: what is planted is said, and nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sgo_sheets.demo.world import Spec
from sgo_sheets.rules.registry import RULES
from tests.demo.invented import in_memory, verdict_on

CHAPTERS = ("R02", "R04", "R05")
NEVER = {"R0505"}  # a form always has every column
SCHOOL = Spec(classes=5, pupils=60, seed=74, on=dt.date(2026, 11, 24), violations=True)


def ours(code: str) -> bool:
    return code.startswith(CHAPTERS)


def test_what_is_planted_is_said_and_nothing_else() -> None:
    school, planted = in_memory(SCHOOL)
    own = [one for one in planted if ours(one.code)]
    assert {one.code for one in own} == {rule.code for rule in RULES if ours(rule.code)} - NEVER
    said = verdict_on(school, SCHOOL.on)
    assert not said.faults
    heard = [(one.code, one.at) for one in said.findings if ours(one.code)]
    assert sorted(heard) == sorted((one.code, one.at) for one in own)


def test_no_planted_violation_makes_the_reader_stumble() -> None:
    spec = dataclasses.replace(SCHOOL, classes=3, pupils=30, on=dt.date(2026, 9, 2))
    school, planted = in_memory(spec)
    faults = {(one.code, one.at) for one in verdict_on(school, spec.on).findings if one.code.startswith("W")}
    assert faults == {(one.code, one.at) for one in planted if one.code.startswith("W")}
