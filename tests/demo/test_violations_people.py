"""Chapters II, IV and V in the demo at the start of the year; in November test_violations_all.py looks at them."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.demo.world import Spec
from tests.demo.invented import in_memory, verdict_on

CHAPTERS = ("R02", "R04", "R05", "W")
SCHOOL = Spec(classes=3, pupils=30, seed=74, on=dt.date(2026, 9, 2), violations=True)


def ours(code: str) -> bool:
    return code.startswith(CHAPTERS)


def test_what_is_planted_in_september_is_said_and_nothing_makes_the_reader_stumble() -> None:
    school, planted = in_memory(SCHOOL)
    said = verdict_on(school, SCHOOL.on)
    assert not said.faults
    own = sorted((one.code, one.at) for one in planted if ours(one.code))
    assert len(own) > len(CHAPTERS)
    assert sorted((one.code, one.at) for one in said.findings if ours(one.code)) == own
