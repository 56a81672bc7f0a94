"""``sgo query`` from the command line, over the committed school."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from sgo_sheets.cli import sgo
from sgo_sheets.project import UserError

ROOT = Path(__file__).parents[2]


def _run(*words: str) -> str:
    result = CliRunner().invoke(sgo, ["query", "--school", str(ROOT), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_tables_are_listed_without_a_query() -> None:
    listed = _run()
    assert "отметки. Текущая отметка" in listed
    assert '  "№ личного дела" (текст)' in listed
    assert _run("--tables") == listed


def test_an_answer_is_shown_and_saved(tmp_path: Path) -> None:
    sql = "SELECT Класс, count(*) AS учеников FROM обучающиеся GROUP BY Класс ORDER BY Класс"
    assert _run("SELECT 1 AS число").startswith("число\n")
    out = tmp_path / "ответ.xlsx"
    assert f"{out}: 5" in _run(sql, "--out", str(out))
    sheet = openpyxl.load_workbook(out)["Ответ"]
    assert [cell.value for cell in sheet[1]] == ["Класс", "учеников"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ответ.xlsx"]


def test_an_answer_is_never_written_among_the_workbooks() -> None:
    with pytest.raises(UserError, match="там книги и сайт школы"):
        _run("SELECT 1", "--out", str(ROOT / "workbooks" / "Школа.xlsx"))


def test_findings_are_those_of_the_day() -> None:
    said = _run("SELECT DISTINCT Код FROM замечания WHERE Код = 'R0806'", "--on", "2026-11-23")
    assert "R0806" in said
