"""Cells of «Отметки» and «Итоги»: what is read, what is repaired and hinted, what is never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.records.tokens import EMPTY, FinalMark, parse_cell, parse_final


@pytest.mark.parametrize(
    ("cell", "marks", "absence"),
    [
        (5.0, ("5",), ""),
        ("4 5", ("4", "5"), ""),
        ("н", (), "ОТ"),
        ("Н", (), "ОТ"),
        ("от", (), "ОТ"),
        ("УП", (), "УП"),
        ("б", (), "Б"),
        ("НП", (), "НП"),
        ("н 5", ("5",), "ОТ"),
        ("зач", ("зач",), ""),
        ("НЗЧ", ("нзч",), ""),
        (1, ("1",), ""),
    ],
)
def test_a_legal_cell_is_read_without_remarks(cell: object, marks: tuple[str, ...], absence: str) -> None:
    found = parse_cell(cell)  # type: ignore[arg-type]  # what calamine hands over
    assert (found.marks, found.absence, found.hints, found.faults) == (marks, absence, (), ())


def test_flags() -> None:
    assert parse_cell("ОП").late
    assert parse_cell("осв").exempt
    assert parse_cell(".").debt
    assert parse_cell("•").debt
    assert parse_cell("") is EMPTY
    assert parse_cell(None) is EMPTY


@pytest.mark.parametrize("cell", ["'5", "５", "5,0", "5.0", "H", "HП"])
def test_what_is_plain_is_read_as_meant_and_hinted(cell: str) -> None:
    found = parse_cell(cell)
    assert found.marks or found.absence
    assert found.hints
    assert not found.faults


@pytest.mark.parametrize("cell", ["4.5", "5-", "55", "нн", "0", True, "нП", "6", dt.date(2026, 4, 5), 5.4, "+", "=1"])
def test_what_could_mean_two_things_is_never_guessed(cell: object) -> None:
    found = parse_cell(cell)  # type: ignore[arg-type]  # what calamine hands over
    assert found.marks == ()
    assert found.absence == ""
    assert found.faults


@pytest.mark.parametrize("cell", ["н ОП", "н осв", "УП Б"])
def test_contradictions_are_said(cell: str) -> None:
    assert parse_cell(cell).faults


@given(st.text(max_size=12))
def test_any_text_is_read_without_a_traceback_and_speaks_when_it_is_not_a_mark(text: str) -> None:
    found = parse_cell(text)
    words = text.split()
    assert (
        found.faults
        or found.hints
        or found.marks
        or found.absence
        or found.late
        or found.exempt
        or found.debt
        or (not any(ch.isprintable() and not ch.isspace() for word in words for ch in word))
    )
    assert set(found.marks) <= {"1", "2", "3", "4", "5", "зач", "нзч"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (5.0, "5"),
        ("4", "4"),
        ("н/а ув", "н/а ув"),
        ("Н/А ПР", "н/а пр"),
        ("осв", "осв"),
        ("зачёт", "зач"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_period_mark(cell: object, value: str) -> None:
    assert parse_final(cell) == FinalMark(value)  # type: ignore[arg-type]  # what calamine hands over


def test_a_bare_not_attested_counts_as_by_absences_with_a_hint() -> None:
    found = parse_final("н/а")
    assert found.value == "н/а пр"
    assert found.hint


@pytest.mark.parametrize("cell", ["1", 1.0, "4-", "6", "н", 4.5, True])
def test_what_is_no_period_mark_is_a_fault(cell: object) -> None:
    found = parse_final(cell)  # type: ignore[arg-type]  # what calamine hands over
    assert found.value == ""
    assert "не итоговая отметка" in found.fault
