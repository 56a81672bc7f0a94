"""Every case of tests/cases: table → worksheet → reader → school → rule → cell and message."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sgo_sheets.findings import Finding
from tests.rules.case_files import CASE_FILES, Case, cases_of, judged, remembered, said, school_with

NARROW = {
    "R0505": ("Обучающиеся", "Свидетельство о рождении"),
    "R1009": ("Обучающиеся", "Свидетельство о рождении"),
    "R0607": ("Нагрузка", "КТП"),
}
"""A case shows of the cards and of the load what its rule reads: of other columns these rules would only complain."""
ACCOUNTS = ("R0205", "R0207", "R0208")
"""Who comes or leaves in a case of another chapter gets no account, and loses none."""
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
    """Return whether a case has to name a finding: every one of every rule, but for the few of other chapters above."""
    shown = {sheet: table for sheets in case.sheets.values() for sheet, table in sheets.items()}
    if finding.code[:3] == case.code[:3]:
        return True
    if finding.code in ACCOUNTS:
        return "Учётные записи" in shown or shown.keys().isdisjoint(("Обучающиеся", "Приказы"))
    sheet, column = NARROW.get(finding.code, ("", ""))
    return sheet not in shown or column in shown[sheet][0]


def test_the_school_of_the_cases_is_clean_to_the_end_of_its_first_term(tmp_path: Path) -> None:
    school = school_with(tmp_path, {})
    assert school.findings == ()
    for on in (dt.date(2026, 9, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 25)):
        verdict = judged(school, on)
        assert (verdict.findings, verdict.unchecked, verdict.faults) == ((), (), ())
