"""``sgo demo`` as it is called."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from sgo_sheets.cli import sgo
from sgo_sheets.project import UserError
from tests.demo.invented import files


def test_a_school_is_made_and_its_mistakes_are_listed(tmp_path: Path) -> None:
    root = tmp_path / "школа"
    arguments = ["demo", str(root), "--classes", "1", "--pupils", "9", "--seed", "2", "--on", "07.10.2026"]
    result = CliRunner().invoke(sgo, arguments)
    assert result.exit_code == 0, result.output
    assert "Создана выдуманная школа" in result.stdout
    assert "Задумано ошибок" in result.stdout
    assert {"sgo.toml", "workbooks/.sgo-school", "workbooks/Школа.xlsx"} <= set(files(root))
    checked = CliRunner().invoke(sgo, ["check", "--school", str(root)])
    assert checked.exit_code == 1


def test_a_school_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "sgo.toml").write_text("[school]\n", encoding="utf-8")
    result = CliRunner().invoke(sgo, ["demo", str(tmp_path)])
    assert isinstance(result.exception, UserError)
    assert "уже есть школа" in str(result.exception)
    assert files(tmp_path) == ["sgo.toml"]


def test_too_few_pupils_are_refused_with_the_number_that_would_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(sgo, ["demo", str(tmp_path / "x"), "--classes", "5", "--pupils", "10"])
    assert isinstance(result.exception, UserError)
    assert "--pupils 20" in str(result.exception)
    assert not (tmp_path / "x").exists()
