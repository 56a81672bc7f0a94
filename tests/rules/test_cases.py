"""Every case of tests/cases: table → worksheet → reader → school → rule → cell and message."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sgo_sheets.findings import Finding, Severity
from tests.rules.case_files import CASE_FILES, Case, cases_of, judged, remembered, said, school_with

BESIDE = {"R10": ("R08",), "R03": ("R09",), "R09": ("R03",)}
"""Reports lack what journals lack; the year begins with the orders of the movement book."""
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
    """Return whether a case has to name a finding: those of its own chapter and of reading, notes of its own rule.

    ``BESIDE`` names the chapters whose findings have one cause with it.

    That other chapters keep silent of it is held by the demo school, whose sheets are whole.
    """
    if finding.severity is Severity.NOTE:
        return finding.code == case.code
    return finding.code.startswith((case.code[:3], *BESIDE.get(case.code[:3], ()), "W"))


def test_the_school_of_the_cases_is_clean_to_the_end_of_its_first_term(tmp_path: Path) -> None:
    school = school_with(tmp_path, {})
    assert school.findings == ()
    for on in (dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 25)):
        verdict = judged(school, on)
        assert (verdict.findings, verdict.unchecked, verdict.faults) == ((), (), ())
