"""``sgo check`` narrowed down: by day, clause and code, what is done, how a flood and a terminal are told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest

from sgo_sheets.cli.check_filter import Wish, filtered, of_person, understood
from sgo_sheets.cli.check_text import LONG, WIDE, Asked, check_text
from sgo_sheets.cli.wrapping import wrapped
from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.project import UserError
from sgo_sheets.records.regulation_book import Term
from sgo_sheets.rules import engine
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.tally import Done
from sgo_sheets.rules.verdict import in_order
from sgo_sheets.school.model import ClassBook, School
from tests.rules.case_files import Sheets, school_with
from tests.rules.small_school import MATHS, SCHOOL, d, lessons
from tests.rules.test_check_command import Run, made, sgo

__all__ = ["sgo"]  # the fixture

FIRST_GRADE = {
    "Журналы/1А/Математика.xlsx": {"Итоги": (("№ личного дела", "Обучающийся", "1 четверть"), ("К-001", "", "5"))}
}
REST = ("21.09", "28.09", "05.10", "12.10", "19.10")
MISTAKES: Sheets = {
    MATHS: {"Уроки": lessons(("07.09", "", "№ 1"), ("14.09", "", "№ 1"), *((day, "тема", "№ 1") for day in REST))},
    **FIRST_GRADE,
    SCHOOL: {"Предметы": (("Предмет",), ("Математика",), ("математика",))},
}


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Return a school with a topic missing twice, a mark in class 1 and a name typed twice."""
    return made(tmp_path, MISTAKES)


def found(sgo: Run, school: Path, *options: str) -> list[tuple[str, str]]:
    """Return what is found in journals: the other sheets of this school are short."""
    sgo("check", "--school", str(school), "--format", "json", *options)
    rows = json.loads(sgo.out)["findings"]
    return [(row["code"], row["since"] or "") for row in rows if row["code"].startswith(("R08", "W"))]


def test_everything_is_found_without_a_filter(sgo: Run, school: Path) -> None:
    assert sorted(found(sgo, school)) == [
        ("R0801", "2026-09-07"),
        ("R0801", "2026-09-14"),
        ("R0810", ""),
        ("W0401", ""),
    ]


def test_since_leaves_what_began_on_the_day_or_later(sgo: Run, school: Path) -> None:
    assert found(sgo, school, "--since", "14.09.2026") == [("R0801", "2026-09-14")]
    assert found(sgo, school, "--since", "2026-09-15") == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (("--clause", "8.4"), {"R0801"}),
        (("--clause", "п. 8.2"), {"R0810"}),
        (("--clause", "8"), {"R0801", "R0810"}),
        (("--clause", "8.4,8.2"), {"R0801", "R0810"}),
        (("--clause", "8.4", "--clause", "8.2"), {"R0801", "R0810"}),
        (("--clause", "порядок"), set()),
        (("--only", "R0801"), {"R0801"}),
        (("--only", "r08,w"), {"R0801", "R0810", "W0401"}),
        (("--only", "Р0810"), {"R0810"}),
        (("--only", "W04"), {"W0401"}),
        (("--only", "R08", "--clause", "8.4"), {"R0801"}),
        (("--only", "R08", "--person", "СТ-03"), {"R0810"}),
    ],
)
def test_clauses_and_codes_leave_their_own(sgo: Run, school: Path, typed: tuple[str, ...], codes: set[str]) -> None:
    assert {code for code, _ in found(sgo, school, *typed)} == codes


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--only", "R0881"), "Кода «R0881» нет. Возможно, вы имели в виду R0801"),
        (("--only", "R88"), "Возможно, вы имели в виду R08"),
        (("--only", "R0801,XYZ"), "Кода «XYZ» нет. Все коды: sgo rules."),
        (("--clause", "8.44"), "Пункта «8.44» в регламенте нет. Возможно, вы имели в виду 8.4."),
        (("--clause", "двенадцать"), "Все пункты: sgo rules --clauses."),
        (("--role", "учитиль"), "Возможно, вы имели в виду «учитель»."),
        (("--since", "давно"), "не дата"),
    ],
)
def test_a_name_that_does_not_exist_is_answered_with_the_nearest(
    sgo: Run, school: Path, typed: tuple[str, ...], said: str
) -> None:
    assert sgo("check", "--school", str(school), *typed) == 2
    assert said in sgo.err
    assert sgo.out == ""


def test_a_command_that_does_not_exist_is_answered_with_the_nearest(sgo: Run) -> None:
    assert sgo("chek") == 2
    assert sgo.err == "sgo: Команды «chek» нет. Возможно, вы имели в виду «check».\n"
    assert sgo("отчёт") == 2
    assert "sgo --help" in sgo.err


def test_a_clause_no_rule_checks_is_not_praised_by_silence(sgo: Run, school: Path) -> None:
    assert sgo("check", "--school", str(school), "--clause", "2.3") == 0
    assert "п. 2.3 правилами не проверяется. Решается приказом" in sgo.err
    assert sgo("check", "--school", str(school), "--clause", "8.4") == 1
    assert sgo.err == ""


def test_the_exit_code_speaks_of_what_is_asked_for(sgo: Run, school: Path) -> None:
    assert sgo("check", "--school", str(school)) == 1
    assert sgo("check", "--school", str(school), "--only", "W") == 0
    assert sgo("check", "--school", str(school), "--exit-zero") == 0
    assert "R0801" in sgo.out
    assert sgo("check", "--school", str(school), "--exit-zero", "--only", "R9999") == 2


def test_our_own_fault_is_not_hidden_by_exit_zero(sgo: Run, school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crashed = Verdict(faults=(engine.RuleFault("R0801", MATHS, "KeyError: 'х'"),))
    monkeypatch.setattr(engine, "judge", lambda *_, **__: crashed)
    assert sgo("check", "--school", str(school), "--exit-zero") == 3


# What is done


DONE = Finding(
    "R0801",
    "8.4",
    CellRef(MATHS, "Уроки", "B2"),
    "тема записана",
    Role.TEACHER,
    Severity.VIOLATION,
    Kind.OBLIGATION,
    "СТ-01",
    d("07.09"),
    d("21.09"),
    d("08.09"),
    State.DONE_IN_TIME,
)
TALLY = {
    Done("R0801", State.DONE_IN_TIME, "СТ-01", "5А", "Математика"): 7,
    Done("R0801", State.DONE_LATE, "СТ-01", "5А", "Математика"): 2,
    Done("R0801", State.DONE_UNKNOWN, "СТ-03", "1А", "Математика"): 1,
}


def test_all_asks_the_rules_for_what_is_done_too(sgo: Run, school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, judge_school = engine.judge, engine.judge_school
    asked: list[bool] = []

    def of_class(book: ClassBook, on: dt.date, *, keep_done: bool, **_: object) -> Verdict:
        asked.append(keep_done)
        return replace(judge(book, on), findings=(DONE,) if keep_done else ())

    def of_school(book: School, on: dt.date, *, keep_done: bool, **_: object) -> Verdict:
        asked.append(keep_done)
        return judge_school(book, on, keep_done=keep_done)

    monkeypatch.setattr(engine, "judge", of_class)
    monkeypatch.setattr(engine, "judge_school", of_school)
    sgo("check", "--school", str(school), "--all")
    assert asked == [True, True, True]
    assert "R0801 (п. 8.4, выполнено в срок 21.09.2026): тема записана" in sgo.out
    sgo("check", "--school", str(school))
    assert asked[3:] == [False, False, False]
    assert "тема записана" not in sgo.out


def text_of(verdict: Verdict, asked: Asked = Asked()) -> list[str]:  # noqa: B008 - frozen
    return [line.replace("\u00a0", " ") for line in map(click.unstyle, check_text(verdict, d("25.10"), {}, asked))]


def test_what_is_done_is_summed_up() -> None:
    said = "Выполнено обязанностей: 10 (в срок – 7, с опозданием – 2, срок не установлен – 1)."
    assert said in text_of(Verdict(done=TALLY))
    assert not any("Выполнено" in line for line in text_of(Verdict()))


@pytest.mark.parametrize(
    ("wish", "number"),
    [
        (Wish(), 10),
        (Wish(person="СТ-03"), 1),
        (Wish(clauses=("8.4",)), 10),
        (Wish(clauses=("8.1",)), 0),
        (Wish(only=("R0802",)), 0),
        (Wish(role=Role.TEACHER), 10),
        (Wish(role=Role.ADMIN), 0),
        (Wish(since=d("07.09")), 0),
    ],
)
def test_the_sum_of_what_is_done_is_of_what_is_asked_for(tmp_path: Path, wish: Wish, number: int) -> None:
    school = school_with(tmp_path, {})
    wanted = of_person(understood(wish), wish.person, school)
    assert sum(filtered(Verdict(done=TALLY), wanted, school).done.values()) == number


def test_a_changed_role_answers_for_what_is_done(tmp_path: Path) -> None:
    school = school_with(tmp_path, {})
    row = Term.model_validate({"code": "R0801", "role": "завуч"})
    changed = replace(school, regulation=replace(school.regulation, terms={"R0801": row}))
    wanted = understood(Wish(role=Role.DEPUTY))
    assert filtered(Verdict(done=TALLY), wanted, school).done == {}
    assert filtered(Verdict(done=TALLY), wanted, changed).done == TALLY


def test_a_person_is_asked_for_by_a_known_name(tmp_path: Path) -> None:
    school = school_with(tmp_path, {})
    with pytest.raises(UserError, match="Берегова"):
        of_person(understood(Wish()), "Бергова", school)


# Counts


def findings(*states: tuple[State, Severity]) -> tuple[Finding, ...]:
    return tuple(
        replace(DONE, at=CellRef(f"Журналы/{n}/Алгебра.xlsx", "Уроки", "B2"), state=state, severity=weight)
        for n, (state, weight) in enumerate(states)
    )


def test_counts_are_by_state_and_weight() -> None:
    some = findings(
        (State.OPEN, Severity.VIOLATION),
        (State.OPEN, Severity.NOTE),
        (State.OVERDUE, Severity.VIOLATION),
        (State.OVERDUE, Severity.VIOLATION),
        (State.OVERDUE, Severity.WARNING),
        (State.SOON, Severity.VIOLATION),
        (State.EXPECTED, Severity.VIOLATION),
        (State.EXPECTED, Severity.VIOLATION),
    )
    said = text_of(Verdict(findings=some))
    start = said.index(
        "На 25.10.2026 требует внимания: 3 нарушения, 1 предупреждение, 1 справка. Скоро: 1. Ожидается: 2."
    )
    assert said[start + 1 : start + 4] == [
        "              нарушения  предупреждения  справки",
        "  исправить           1               –        1",
        "  просрочено          2               1        –",
    ]


# A flood over many workbooks


def flood(books: int, each: int, code: str = "R0801") -> Iterator[Finding]:
    for book in range(books):
        for row in range(each):
            at = CellRef(f"Журналы/{book:03}/Алгебра.xlsx", "Уроки", f"B{row + 2}")
            yield replace(DONE, code=code, at=at, state=State.OVERDUE, done_at=None, person=f"СТ-{book:02}")


def test_the_cards_of_a_class_are_one_line() -> None:
    said = text_of(Verdict(findings=tuple(flood(1, 25))))
    assert [line for line in said if "R0801 (" in line] == [
        (
            "  Уроки!B2…B26: R0801 (п. 8.4, нарушение, просрочено 21.09.2026): "
            "не записана тема урока, 25 раз; первое: тема записана — учитель"
        ),
    ]


def test_a_long_answer_tells_what_stands_in_many_workbooks_once() -> None:
    some = (*flood(LONG + 1, 25), *flood(WIDE - 1, 1, "R0802"))
    said = text_of(Verdict(findings=in_order(some)))
    assert said[:3] == [
        "Во многих книгах",
        (
            "  R0801 (п. 8.4, нарушение, просрочено 21.09.2026): не записана тема урока, 2525 раз "
            "(101 книга, первая – Журналы/000/Алгебра.xlsx) — учитель"
        ),
        "  Каждое по отдельности: sgo check --only R0801 (или --person КОД)",
    ]
    assert sum("R0802 (" in line for line in said) == WIDE - 1
    assert len(said) < 40


def test_a_short_answer_or_one_about_one_rule_lists_every_workbook() -> None:
    short = text_of(Verdict(findings=tuple(flood(LONG, 1))))
    assert sum("R0801 (" in line for line in short) == LONG
    asked = text_of(Verdict(findings=tuple(flood(LONG + 1, 1))), Asked(each=True))
    assert sum("R0801 (" in line for line in asked) == LONG + 1


def test_advice_is_given_once_for_a_rule_and_not_without_end() -> None:
    codes = [f"R08{n:02}" for n in range(1, 18)]
    some = tuple(one for code in codes for one in flood(2, 1, code))
    said = text_of(Verdict(findings=in_order(some)))
    advice = said[said.index("Что делать:") + 1 :]
    assert len(advice) == 12 + 2
    told = " ".join(advice)
    assert all(told.count(code) >= 1 for code in codes)


# A terminal


def test_long_lines_are_broken_for_a_terminal_and_whole_in_a_pipe() -> None:
    line = f"  Уроки!B2: R0801 ({click.style('нарушение', fg='red')}): {'слово ' * 30}— Ручьёва\u00a0А.\u00a0И."
    broken = [click.unstyle(part) for part in wrapped([line], 80)]
    assert len(broken) > 2
    assert all(len(part) <= 80 for part in broken)
    assert broken[0].startswith("  Уроки!B2: R0801 (нарушение):")
    assert all(part.startswith("      ") and part[6] != " " for part in broken[1:])
    assert broken[-1].endswith("Ручьёва\u00a0А.\u00a0И.")
    assert list(wrapped([line, ""], None)) == [line, ""]
    long = "Журналы/" + "оченьдлинноеимя" * 8
    assert list(wrapped([long], 80)) == [long]


def test_a_pipe_gets_one_line_for_a_finding_and_no_colours(sgo: Run, school: Path) -> None:
    sgo("check", "--school", str(school))
    assert "\033[" not in sgo.out
    assert sum("R0801 (" in line and "Ручьёва" in line for line in sgo.out.splitlines()) == 2
