"""``sgo check``, ``explain``, ``rules`` as a person runs them: answers and exit codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from sgo_sheets.cli import main
from sgo_sheets.rules import engine
from sgo_sheets.rules.engine import RuleFault, Verdict
from tests.rules.case_files import Sheets, school_tables, write

JOURNAL = "Журналы/5А/Математика.xlsx"
ONE_LESSON = {JOURNAL: {"Уроки": (("Дата", "Тема урока", "Домашнее задание"), ("07.09.2026", "", ""))}}


def made(root: Path, changes: Sheets | None = None) -> Path:
    """Make a school folder of the school of the cases."""
    workbooks = root / "workbooks"
    for workbook, sheets in school_tables().items():
        write(workbooks, workbook, {**sheets, **(changes or {}).get(workbook, {})})
    (workbooks / ".sgo-school").write_text("", encoding="utf-8")
    (root / "sgo.toml").write_text("[school]\non = 2026-10-25\n", encoding="utf-8")
    return root


class Run:
    """Runs sgo in this process and remembers what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        self.monkeypatch.setattr(sys, "argv", ["sgo", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        self.out, self.err = (text.replace("\u00a0", " ") for text in self.capsys.readouterr())
        return int(end.value.code or 0)


@pytest.fixture
def sgo(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


def test_a_clean_school_is_clean(tmp_path: Path, sgo: Run) -> None:
    assert sgo("check", "--school", str(made(tmp_path))) == 0
    assert sgo.out == "На 25.10.2026 требует внимания: ничего.\n"
    assert sgo("check", "--school", str(tmp_path), "--format", "json") == 0
    assert json.loads(sgo.out) == {"schema": "sgo-findings/1", "on": "2026-10-25", "findings": []}


def test_workbooks_are_not_touched(tmp_path: Path, sgo: Run) -> None:
    made(tmp_path, ONE_LESSON)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()}
    sgo("check", "--school", str(tmp_path))
    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("on", "code", "state"),
    [
        ("2026-09-08", 0, "ожидается"),
        ("2026-09-18", 0, "скоро"),
        ("21.09.2026", 1, "скоро"),
        ("22.09.2026", 1, "нарушение, просрочено"),
    ],
)
def test_the_exit_code_follows_the_day_and_the_last_day_counts_as_due(
    tmp_path: Path, sgo: Run, on: str, code: int, state: str
) -> None:
    lessons = ("Дата", "Тема урока"), ("07.09.2026", ""), *((f"{day}", "есть") for day in ("14.09.2026", "21.09.2026"))
    made(tmp_path, {JOURNAL: {"Уроки": lessons}})
    assert sgo("check", "--school", str(tmp_path), "--on", on, "--all") == code
    told = f"  Уроки!B2: R0801 (п. 8.4, {state} 21.09.2026): нет темы урока за 07.09.2026 — Ручьёва А. И."
    assert told in sgo.out.splitlines()


def test_what_is_not_yet_due_is_counted_and_accuses_nobody(tmp_path: Path, sgo: Run) -> None:
    made(tmp_path, {JOURNAL: {"Уроки": (("Дата", "Тема урока"), ("07.09.2026", ""))}})
    assert sgo("check", "--school", str(tmp_path), "--on", "2026-09-08") == 0
    assert sgo.out.splitlines() == [
        "На 08.09.2026 требует внимания: ничего. Ожидается: 1.",
        "Показать и то, чему срок ещё не настал: sgo check --all",
    ]
    assert "нарушен" not in sgo.out


def test_a_flood_is_one_line(tmp_path: Path, sgo: Run) -> None:
    dates = ("07.09.2026", "14.09.2026", "21.09.2026", "28.09.2026", "05.10.2026", "12.10.2026", "19.10.2026")
    made(tmp_path, {JOURNAL: {"Уроки": (("Дата", "Тема урока"), *((date, "") for date in dates))}})
    assert sgo("check", "--school", str(tmp_path)) == 1
    told = [line for line in sgo.out.splitlines() if "R0801 (" in line and "просрочено" in line]
    expected = (
        "  Уроки!B2…B6: R0801 (п. 8.4, нарушение, просрочено 21.09.2026–19.10.2026): не записана тема урока, 5 раз; "
        "первое: нет темы урока за 07.09.2026 — Ручьёва А. И."
    )
    assert told == [expected]
    assert "\033[" not in sgo.out, "colours belong to a terminal"
    assert "R0801 Не записана тема урока: впишите тему" in sgo.out


def test_role_and_person_leave_their_own(tmp_path: Path, sgo: Run) -> None:
    made(
        tmp_path,
        {**ONE_LESSON, "Журналы/1А/Математика.xlsx": {"Итоги": (("№ личного дела", "1 четверть"), ("К-001", "5"))}},
    )

    def persons(*arguments: str) -> set[str]:
        sgo("check", "--school", str(tmp_path), "--format", "json", *arguments)
        return {finding["person"] for finding in json.loads(sgo.out)["findings"]}

    assert persons() == {"СТ-01", "СТ-03"}
    assert persons("--person", "СТ-03") == persons("--person", "берегова") == {"СТ-03"}
    assert persons("--role", "teacher") == persons("--role", "учитель") == {"СТ-01", "СТ-03"}
    assert persons("--role", "deputy") == set()
    assert sgo("check", "--school", str(tmp_path), "--role", "deputy") == 0
    assert sgo("check", "--school", str(tmp_path), "--person", "Бергова") == 2
    assert "Возможно, вы имели в виду «Берегова»." in sgo.err


def test_what_cannot_be_read_is_not_checked_and_accuses_nobody(tmp_path: Path, sgo: Run) -> None:
    made(tmp_path)
    (tmp_path / "workbooks" / JOURNAL).write_bytes(b"half a save")
    assert sgo("check", "--school", str(tmp_path)) == 0
    assert "W0101" in sgo.out
    assert "Не проверено" in sgo.out
    assert f"{JOURNAL}: журнал не читается" in sgo.out
    sgo("check", "--school", str(tmp_path), "--format", "json")
    rows = json.loads(sgo.out)["findings"]
    assert {row["state"] for row in rows if row["code"].startswith("R")} == {"unchecked"}


def test_wrong_use_is_two(tmp_path: Path, sgo: Run) -> None:
    assert sgo("check", "--school", str(made(tmp_path)), "--on", "вчера") == 2
    assert sgo("check", "--school", str(tmp_path), "--role", "уборщик") == 2
    assert sgo("check", "--school", str(tmp_path / "workbooks" / "нет")) == 2
    (tmp_path / "workbooks" / ".sgo-school").unlink()
    assert sgo("check", "--school", str(tmp_path)) == 2
    assert "не подключён" in sgo.err


def test_a_rule_that_crashes_is_our_fault_and_the_rest_is_said(
    tmp_path: Path, sgo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed = Verdict(faults=(RuleFault("R0801", JOURNAL, "Traceback …\nKeyError: 'х'"),))
    judge = engine.judge
    monkeypatch.setattr(engine, "judge", lambda book, on: engine.combine([judge(book, on), crashed]))
    made(tmp_path, ONE_LESSON)
    assert sgo("check", "--school", str(tmp_path), "--format", "json") == 3
    assert "KeyError" in sgo.err
    assert any(row["code"] == "R0801" for row in json.loads(sgo.out)["findings"])


@pytest.mark.parametrize("typed", ["R0801", "r0801", "Р0801", " р0801"])
def test_explain_takes_a_code_in_any_layout(sgo: Run, typed: str) -> None:
    assert sgo("explain", typed) == 0
    assert sgo.out.startswith(
        "R0801 Не записана тема урока\nп. 8.4 регламента; нарушение; учитель; срок: 14 дней после урока\n"
    )
    assert "Как исправить: впишите тему" in sgo.out


def test_explain_knows_faults_of_form_and_guesses_a_slip(sgo: Run) -> None:
    assert sgo("explain", "W0403") == 0
    assert "№ личного дела и имя называют разных учеников" in sgo.out
    assert sgo("explain", "R0108") == 2
    assert sgo("explain", "R081") == 2
    assert "R0801" in sgo.err
    assert sgo("explain", "Q9999") == 2
    assert "sgo rules" in sgo.err


def test_rules_are_listed(sgo: Run) -> None:
    assert sgo("rules") == 0
    lines = sgo.out.splitlines()
    assert lines[0].split() == ["Код", "Пункт", "Ответственный", "Срок", "Важность", "О", "чём"]
    assert any(line.startswith("R0801  8.4") for line in lines)
    assert sgo("rules", "--format", "json") == 0
    assert "R0801" in [rule["code"] for rule in json.loads(sgo.out)["rules"]]
