"""«sgo demo --violations»: every rule speaks where something is planted for it, and nothing else is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import openpyxl

from sgo_sheets.demo import make_school
from sgo_sheets.demo.world import Spec
from sgo_sheets.records.raw_values import plain
from sgo_sheets.rules.registry import RULES
from tests.demo.invented import verdict

ELSEWHERE = {
    "R0302": "an order of this summer: tests/demo/test_violations_movement.py, in September",
    "R0505": "a column no form lacks: tests/cases/R0505.md",
    "R0820": "marks of the year: tests/demo/test_demo_school.py, in May",
    "R0823": "a mark changed under the eyes of the history: tests/demo/test_replay.py",
}


def test_every_rule_speaks_exactly_where_planted(tmp_path: Path) -> None:
    spec = Spec(classes=5, pupils=70, seed=74, on=dt.date(2026, 11, 24), violations=True)
    planted = make_school(tmp_path, **dataclasses.asdict(spec))
    said = verdict(tmp_path / "workbooks", spec.on)
    assert not said.faults
    assert sorted((one.code, one.at) for one in said.findings) == sorted((one.code, one.at) for one in planted)
    assert {rule.code for rule in RULES} - {one.code for one in planted} == set(ELSEWHERE)
    for one in planted:
        if not (tmp_path / "workbooks" / one.at.workbook).exists():
            assert one.code == "R1002", "a class without a list of pupils"
            continue
        sheet = openpyxl.load_workbook(tmp_path / "workbooks" / one.at.workbook)[one.at.sheet]
        shown = plain(sheet[one.at.cell].value) if one.at.cell else ""
        assert shown == one.shown, f"{one.code} {one.at}"
