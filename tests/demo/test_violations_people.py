"""Chapters II, IV and V in the demo: what is planted is said, and nothing else; a clean school is silent."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from sgo_sheets.demo import make_school
from sgo_sheets.demo.world import Spec
from sgo_sheets.records.kinds import plain
from sgo_sheets.rules.registry import RULES
from tests.demo.invented import verdict

CHAPTERS = ("R02", "R04", "R05")
NEVER = {"R0505"}  # a form always has every column
SCHOOL = Spec(classes=5, pupils=60, seed=74, on=dt.date(2026, 11, 24))


def ours(code: str) -> bool:
    return code.startswith(CHAPTERS)


def test_what_is_planted_is_said_and_nothing_else(tmp_path: Path) -> None:
    planted = make_school(tmp_path, **dataclasses.asdict(dataclasses.replace(SCHOOL, violations=True)))
    own = [one for one in planted if ours(one.code)]
    assert {one.code for one in own} == {rule.code for rule in RULES if ours(rule.code)} - NEVER
    said = verdict(tmp_path / "workbooks", SCHOOL.on)
    assert not said.faults
    assert sorted((one.code, one.at) for one in said.findings if ours(one.code)) == sorted(
        (one.code, one.at) for one in own
    )
    for one in own:
        sheet = openpyxl.load_workbook(tmp_path / "workbooks" / one.at.workbook)[one.at.sheet]
        assert plain(sheet[one.at.cell].value) == one.shown, f"{one.code} {one.at}"


def test_no_planted_violation_makes_the_reader_stumble(tmp_path: Path) -> None:
    spec = dataclasses.replace(SCHOOL, classes=3, pupils=30, on=dt.date(2026, 9, 2), violations=True)
    planted = make_school(tmp_path, **dataclasses.asdict(spec))
    said = verdict(tmp_path / "workbooks", spec.on)
    faults = {(one.code, one.at) for one in said.findings if one.code.startswith("W")}
    assert faults == {(one.code, one.at) for one in planted if one.code.startswith("W")}


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(dt.date(2026, 9, 16), id="the day after 15 September"),
        pytest.param(dt.date(2026, 10, 24), id="newcomers have come, the first term ends"),
        pytest.param(dt.date(2027, 1, 12), id="January"),
    ],
)
def test_a_clean_school_is_silent(tmp_path: Path, on: dt.date) -> None:
    spec = Spec(classes=5, pupils=40, seed=on.month, on=on, clean=True)
    make_school(tmp_path, **dataclasses.asdict(spec))
    said = verdict(tmp_path / "workbooks", on)
    assert [one for one in (*said.findings, *said.unchecked) if ours(one.code)] == []
