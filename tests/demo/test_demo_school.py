"""The written demo school: the same bytes for the same arguments, silent when clean, wrong where it is meant to be."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sgo_sheets.demo import make_school
from sgo_sheets.demo.names import BOYS, FATHERS, FEMALE, GIRLS, MALE, MOTHERS, SURNAMES, patronymic_of, surname_of
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Spec
from sgo_sheets.findings import CellRef, State
from sgo_sheets.project import load_project
from sgo_sheets.records.raw_values import plain
from sgo_sheets.rules.registry import RULES
from tests.demo.invented import COMMITTED, REPOSITORY, SMALL, files, in_memory, parts, verdict, verdict_on

RENEW = "renew it: sgo demo DIR, then copy DIR/workbooks and DIR/sgo.toml to the root"


def written(root: Path, spec: Spec, workers: int = 1) -> tuple[Planted, ...]:
    """Write a school and return what is planted in it."""
    return make_school(root, **dataclasses.asdict(spec), workers=workers)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Planted, ...]]:
    """Return a fresh school made with the arguments of the committed one, and its mistakes."""
    root = tmp_path_factory.mktemp("demo")
    return root, written(root, COMMITTED)


def test_the_committed_school_is_what_its_arguments_give(demo: tuple[Path, tuple[Planted, ...]]) -> None:
    root, _ = demo
    own = [name for name in files(REPOSITORY / "workbooks") if not name.rpartition("/")[2].startswith(("~$", ".~lock"))]
    assert own == files(root / "workbooks")
    different = [
        name
        for name in own
        if name.endswith(".xlsx") and parts(root / "workbooks" / name) != parts(REPOSITORY / "workbooks" / name)
    ]
    assert not different, RENEW
    assert (REPOSITORY / "sgo.toml").read_bytes().split() == (root / "sgo.toml").read_bytes().split(), RENEW
    assert sum(path.stat().st_size for path in (REPOSITORY / "workbooks").rglob("*.xlsx")) < 4_000_000


def test_its_configuration_fixes_the_day_and_tells_the_arguments() -> None:
    assert load_project(REPOSITORY).on == COMMITTED.on
    text = (REPOSITORY / "sgo.toml").read_text(encoding="utf-8")
    assert f"--classes {COMMITTED.classes} --pupils {COMMITTED.pupils} --seed {COMMITTED.seed}" in text


def test_check_says_exactly_what_was_planted(demo: tuple[Path, tuple[Planted, ...]]) -> None:
    root, planted = demo
    said = verdict(root / "workbooks", COMMITTED.on)
    assert not said.faults
    assert sorted((one.code, one.at) for one in said.findings) == sorted((one.code, one.at) for one in planted)
    states = {finding.state for finding in said.findings}
    assert {State.OPEN, State.OVERDUE, State.EXPECTED} <= states


def test_the_cells_hold_what_was_planted(demo: tuple[Path, tuple[Planted, ...]]) -> None:
    root, planted = demo
    for one in planted:
        assert shown(root / "workbooks", one.at) == one.shown, f"{one.code} {one.at}"


def shown(workbooks: Path, at: CellRef) -> str:
    """Return what a person sees in a cell; «» for a whole sheet."""
    sheet = openpyxl.load_workbook(workbooks / at.workbook)[at.sheet]
    return plain(sheet[at.cell].value) if at.cell else ""


def test_every_rule_of_journals_has_something_to_say_in_the_demo(demo: tuple[Path, tuple[Planted, ...]]) -> None:
    _, planted = demo
    of_june_or_the_history = {"R0820", "R0823"}
    own = {rule.code for rule in RULES if rule.clause.startswith("8.")} - of_june_or_the_history
    assert own <= {one.code for one in planted}
    assert {"R1001", "R1004", "R1005", "R1007"} <= {one.code for one in planted}, "they follow from what is planted"


def test_a_mark_of_the_year_is_missed_when_the_year_is_over() -> None:
    spec = Spec(classes=2, pupils=16, seed=4, on=dt.date(2027, 5, 31))
    school, all_planted = in_memory(spec)
    planted = [one for one in all_planted if one.code == "R0820"]
    said = [one for one in verdict_on(school, spec.on).findings if one.code == "R0820"]
    assert [one.at for one in said] == [one.at for one in planted]
    assert [one.state for one in said] == [State.OVERDUE]


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(dt.date(2026, 9, 1), id="first day"),
        pytest.param(dt.date(2026, 9, 16), id="the day after 15 September"),
        pytest.param(dt.date(2026, 10, 15), id="an ordinary day"),
        pytest.param(dt.date(2026, 10, 20), id="the first term ends soon"),
        pytest.param(dt.date(2026, 10, 24), id="newcomers have come, the first term ends"),
        pytest.param(dt.date(2026, 12, 29), id="last day of the half-year"),
        pytest.param(dt.date(2027, 1, 12), id="January"),
        pytest.param(dt.date(2027, 2, 17), id="holidays of the first grade"),
        pytest.param(dt.date(2027, 5, 26), id="last day"),
        pytest.param(dt.date(2027, 5, 31), id="the exam is over"),
        pytest.param(dt.date(2027, 8, 20), id="summer"),
    ],
)
def test_a_clean_school_is_silent(on: dt.date) -> None:
    school, planted = in_memory(Spec(classes=4, pupils=28, seed=on.day, on=on, clean=True))
    assert planted == ()
    said = verdict_on(school, on)
    assert (said.findings, said.unchecked, said.faults) == ((), (), ())


def test_a_clean_school_of_files_is_silent_too(tmp_path: Path) -> None:
    spec = Spec(classes=2, pupils=16, seed=1, on=dt.date(2026, 11, 24), clean=True)
    assert written(tmp_path, spec) == ()
    said = verdict(tmp_path / "workbooks", spec.on)
    assert (said.findings, said.unchecked, said.faults) == ((), (), ())
    assert said.done == verdict_on(in_memory(spec)[0], spec.on).done, "files and memory are read the same"


def test_the_same_arguments_give_the_same_bytes_with_one_worker_or_two(tmp_path: Path) -> None:
    first = written(tmp_path / "one", SMALL)
    second = written(tmp_path / "two", SMALL, workers=2)
    assert first == second
    names = files(tmp_path / "one")
    assert names == files(tmp_path / "two")
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_another_seed_gives_another_school(tmp_path: Path) -> None:
    small = dataclasses.replace(SMALL, classes=2, pupils=16, clean=True)
    written(tmp_path / "one", small)
    written(tmp_path / "two", dataclasses.replace(small, seed=6))
    one, two = (set(people(tmp_path / name / "workbooks")) for name in ("one", "two"))
    assert one
    assert len(one & two) < len(one) / 4


def people(workbooks: Path) -> Iterator[str]:
    """Yield everybody named in the registers of a school, with all the words of the name."""
    for card in cards(workbooks):
        yield f"{card['Фамилия']} {card['Имя']} {card['Отчество']}"
        yield from (card[who] for who in ("Мать", "Отец", "Законный представитель") if card[who])
    for one in rows(workbooks / "Школа.xlsx", "Сотрудники"):
        yield f"{one['Фамилия']} {one['Имя']} {one['Отчество']}"


def cards(workbooks: Path) -> Iterator[dict[str, str]]:
    """Yield the cards of all pupils as they stand in the workbooks."""
    for path in sorted((workbooks / "Контингент").glob("*.xlsx")):
        yield from rows(path, "Обучающиеся")


def rows(path: Path, sheet: str) -> Iterator[dict[str, str]]:
    """Yield the filled rows of a sheet as header → what a person sees."""
    head, *found = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    for row in found:
        shown = {plain(name): plain(value) for name, value in zip(head, row, strict=True)}
        if any(shown.values()):
            yield shown


def test_everybody_in_the_committed_school_is_invented() -> None:
    surnames = {surname_of(base, sex) for base in SURNAMES for sex in (MALE, FEMALE)}
    first = {*BOYS, *GIRLS, *FATHERS, *MOTHERS}
    patronymics = {patronymic_of(father, sex) for father in FATHERS for sex in (MALE, FEMALE)}
    named = list(people(REPOSITORY / "workbooks"))
    assert len(named) > 150
    for name in named:
        surname, own, patronymic = name.split()
        assert surname in surnames
        assert own in first
        assert patronymic in patronymics


def test_no_telephone_or_paper_of_the_demo_can_belong_to_anybody() -> None:
    for card in cards(REPOSITORY / "workbooks"):
        assert re.fullmatch(r"\+7 \(8999\) 0\d-\d\d-\d\d", card["Телефон родителей"])
        assert re.fullmatch(r"(00 \d\d \d{6})?", card["Паспорт"])
