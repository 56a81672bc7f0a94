"""``sgo publish``: where to, what a person reads, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from published import NOVEMBER, OCTOBER, Place

from sgo_sheets.cli import sgo
from sgo_sheets.project import UserError


@pytest.fixture
def school(tmp_path: Path) -> Place:
    """Return a built school with an empty share."""
    found = Place(tmp_path)
    (tmp_path / "sgo.toml").write_text('[publish.wall]\npath = "share"\n', "utf-8")
    found.share.mkdir()
    found.build(OCTOBER)
    return found


def run(school: Place, *words: str) -> Result:
    return CliRunner().invoke(sgo, ["publish", "--school", str(school.root), *words])


def refusal(result: Result) -> str:
    assert isinstance(result.exception, UserError), result.output
    return str(result.exception)


def test_the_one_target_needs_no_name(school: Place) -> None:
    result = run(school)
    assert result.exit_code == 0, result.output
    assert set(school.files()) == {"public/index.html", "public/assets/site.css"}
    assert "Выложена только общая часть" in result.output
    assert result.stderr == "", "no warning where nothing secret goes"


@pytest.mark.parametrize("to", ["wall", "folder"])
def test_open_publishes_all_and_warns(school: Place, to: str) -> None:
    result = run(school, "--to", "wall" if to == "wall" else str(school.share), "--open")
    assert result.exit_code == 0, result.output
    assert school.files() == dict(sorted(OCTOBER.items()))
    assert "персональные данные детей" in result.stderr


def test_a_dry_run_lists(school: Place) -> None:
    run(school, "--open")
    school.build(NOVEMBER)
    result = run(school, "--open", "--dry-run")
    assert "  + families/k-3/index.html" in result.output
    assert "  - families/k-2/index.html" in result.output
    assert school.files() == dict(sorted(OCTOBER.items()))


def test_an_edited_page_is_named(school: Place) -> None:
    run(school, "--open")
    (school.share / "staff/index.html").write_text("подделка", "utf-8")
    result = run(school, "--open", "--verify")
    assert "изменённые не программой" in result.output
    assert "  ! staff/index.html" in result.output


@pytest.mark.parametrize("inside", ["site", "site/public", ".", ".sgo", "workbooks"])
def test_the_school_itself_is_no_place_to_publish_to(school: Place, inside: str) -> None:
    (school.root / "workbooks").mkdir()
    (school.root / ".sgo").mkdir(exist_ok=True)
    assert "нельзя" in refusal(run(school, "--to", str(school.root / inside)))


def test_unknown_names_and_missing_targets_are_explained(school: Place) -> None:
    assert "Есть площадки: wall" in refusal(run(school, "--to", "wal"))
    (school.root / "sgo.toml").write_text("", "utf-8")
    assert "--to ПАПКА" in refusal(run(school))
    (school.root / "sgo.toml").write_text('[publish.a]\npath = "x"\n[publish.b]\npath = "y"\n', "utf-8")
    assert "Есть площадки: a, b" in refusal(run(school))
    (school.root / "sgo.toml").write_text("[publish.a]\nopen = true\n", "utf-8")
    assert 'path = "ПАПКА"' in refusal(run(school))


def test_a_share_that_is_not_connected_is_explained(school: Place) -> None:
    school.share.rmdir()
    assert "Подключите сетевой диск" in refusal(run(school))
    assert not school.share.exists()
