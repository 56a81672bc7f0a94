"""Every case of tests/cases: table → worksheet → reader → school → rule → cell and message."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sgo_sheets.findings import Finding, Severity
from tests.rules.case_files import CASE_FILES, Case, cases_of, judged, remembered, said, school_with

OFFICE = ("R02", "R04", "R05")
"""Chapters whose sheets (cards, accounts, the school's card) the cases of other chapters write in short."""
ALL = [case for path in CASE_FILES for case in cases_of(path)]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    verdict = judged(remembered(school_with(tmp_path, case.sheets, case.absent), case.history), case.on)
    assert verdict.faults == ()
    columns, *rows = case.expected or (("Клетка", "Сообщение"),)
    if "Код" not in columns:
        columns, rows = ("Код", *columns), [(case.code, *row) for row in rows]
    heard = [finding for finding in verdict.findings if is_heard(finding, case)]
    assert said(heard, columns) == rows
    assert case.broken == (case.code in [found.code for found in heard])


def is_heard(finding: Finding, case: Case) -> bool:
    """Return whether a case has to name a finding: all but notes, short sheets of the office, and consequences.

    A consequence is a report that lacks what others owe.
    """
    chapter, own = finding.code[:3], case.code[:3]
    passed_over = chapter in (*OFFICE, "R10") and chapter != own
    return case.code == finding.code or not (finding.severity is Severity.NOTE or passed_over)


def test_the_school_of_the_cases_is_clean_to_the_end_of_its_first_term(tmp_path: Path) -> None:
    school = school_with(tmp_path, {})
    assert school.findings == ()
    for on in (dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 25)):
        verdict = judged(school, on)
        assert (verdict.findings, verdict.unchecked, verdict.faults) == ((), (), ())
