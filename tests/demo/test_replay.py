"""The history of the invented school: in time, late and unknown all appear, and a mark changed after its period."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from sgo_sheets.cli import sgo
from sgo_sheets.demo import make_school
from sgo_sheets.demo.replay import replay
from sgo_sheets.demo.world import Spec
from sgo_sheets.findings import State
from sgo_sheets.pipeline.judging import judged
from sgo_sheets.project import load_project

ON = dt.date(2026, 11, 24)


def school(root: Path, *, clean: bool) -> Path:
    spec = Spec(classes=1 if clean else 2, pupils=12, seed=11, on=ON, clean=clean)
    make_school(root, **dataclasses.asdict(spec))
    assert replay(root / "workbooks", root / ".sgo" / "history", spec) > 30
    return root


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("lived"), clean=False)


def test_in_time_late_and_unknown_all_appear(lived: Path) -> None:
    _, verdict = judged(load_project(lived), ON)
    states: Counter[State] = Counter()
    for done, number in verdict.done.items():
        states[done.state] += number
    assert states[State.DONE_IN_TIME] > states[State.DONE_LATE] > 0
    assert states[State.DONE_UNKNOWN] > 0, "what was there when the history began has no day"
    late = [one for one in verdict.findings if one.state is State.DONE_LATE]
    assert late
    assert all(one.done_at and one.due and one.done_at > one.due for one in late)


def test_a_mark_changed_after_its_period_is_told_to_the_deputy_and_to_the_family(lived: Path) -> None:
    _, verdict = judged(load_project(lived), ON)
    (found,) = [one for one in verdict.findings if one.code == "R0823"]
    assert "изменена 16.11.2026, после окончания периода" in found.message
    built = CliRunner().invoke(sgo, ["build", "--school", str(lived)])
    assert built.exit_code == 0, built.output
    name = found.message.split(":")[0]
    pages = [page.read_text(encoding="utf-8") for page in (lived / "site" / "families").glob("*/changes.html")]
    (page,) = [text.replace("\u00a0", " ") for text in pages if name in text.replace("\u00a0", " ")]
    assert "16 ноября" in page
    assert "Исправлено" in page


def test_a_clean_school_is_late_with_nothing(tmp_path: Path) -> None:
    _, verdict = judged(load_project(school(tmp_path, clean=True)), ON)
    assert verdict.findings == ()
    assert {done.state for done in verdict.done} == {State.DONE_IN_TIME, State.DONE_UNKNOWN}


def test_the_history_is_made_once_and_only_for_an_invented_school(lived: Path, tmp_path: Path) -> None:
    again = CliRunner().invoke(sgo, ["demo", str(lived), "--history-only"])
    assert (again.exit_code, again.output) == (0, ""), "it is there already"
    assert CliRunner().invoke(sgo, ["init", str(tmp_path / "new")]).exit_code == 0
    refused = CliRunner().invoke(sgo, ["demo", str(tmp_path / "new"), "--history-only"])
    assert "не выдумана" in str(refused.exception)
