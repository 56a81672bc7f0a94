"""«Исключения» lift what they name, and one that matches nothing is itself a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from sgo_sheets.findings import Severity
from sgo_sheets.rules.engine import combine, judge, judge_school
from tests.rules.case_files import judged, school_with
from tests.rules.small_school import MATHS, REGULATION, codes, d, exemptions, lessons, told

TOPICS = {MATHS: {"Уроки": lessons(("07.09", "тема", "№ 1"), ("14.09", "", ""), ("21.09", "тема", "№ 1"))}}
FINALS = {
    MATHS: {
        "Итоги": (
            ("№ личного дела", "Обучающийся", "1 четверть"),
            ("К-101", "Берёзкина Вера", ""),
            ("К-102", "Лугов Пётр", ""),
        )
    }
}


@pytest.mark.parametrize(
    "row",
    [
        ("R0801", "", "", "", "", "", "пр. 1"),
        ("R0801", "5А", "Математика", "", "14.09.2026", "14.09.2026", "пр. 1"),
        ("r0801", "5а", "математика", "", "", "", ""),
        ("Р0801", "", "", "", "01.09.2026", "", ""),
    ],
)
def test_an_exemption_lifts_what_it_names(tmp_path: Path, row: tuple[str, ...]) -> None:
    assert told(judged(school_with(tmp_path, {**TOPICS, **exemptions(row)}), d("27.09"))) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("R0801", "1А", "", "", "", "", ""), "замечаний, которые оно снимает, нет"),
        (("R0801", "5А", "Музыка", "", "", "", ""), "замечаний, которые оно снимает, нет"),
        (("R0801", "5А", "", "К-101", "", "", ""), "замечаний, которые оно снимает, нет"),
        (("R0801", "5А", "", "", "15.09.2026", "", ""), "замечаний, которые оно снимает, нет"),
        (("R0801", "5А", "", "", "", "13.09.2026", ""), "замечаний, которые оно снимает, нет"),
        (("R0801", "5Я", "", "", "", "", ""), "класса «5Я» нет"),
        (("R0801", "", "Физика", "", "", "", ""), "предмета «Физика» нет"),
        (("R0801", "", "", "К-999", "", "", ""), "ученика с № личного дела «К-999» нет"),
        (("R0899", "", "", "", "", "", ""), "правила «R0899» нет"),
    ],
)
def test_one_that_matches_nothing_is_said_and_lifts_nothing(tmp_path: Path, row: tuple[str, ...], why: str) -> None:
    verdict = judged(school_with(tmp_path, {**TOPICS, **exemptions(row)}), d("27.09"))
    assert "R0801" in codes(verdict)
    (idle,) = [finding for finding in verdict.findings if finding.code == "W0405"]
    assert str(idle.at) == f"{REGULATION} › Исключения!A2"
    assert why in idle.message
    assert (idle.role.label, idle.person) == ("завуч", "ЗВ-01")
    assert idle.severity is (Severity.NOTE if "снимает" in why else Severity.WARNING)


def test_one_that_has_not_begun_is_not_spoken_of(tmp_path: Path) -> None:
    school = school_with(tmp_path, exemptions(("R0801", "5А", "", "", "01.10.2026", "", "")))
    assert told(judged(school, d("30.09"))) == []
    assert codes(judged(school, d("01.10"))) == ["W0405"]


def test_an_exemption_of_one_pupil_leaves_the_others(tmp_path: Path) -> None:
    school = school_with(tmp_path, {**FINALS, **exemptions(("R0813", "5А", "Математика", "К-101", "", "", ""))})
    assert told(judged(school, d("25.10"))) == [("R0813", "C3", "Лугов Пётр: нет отметки за период «1 четверть»")]


def test_an_exemption_that_only_lifts_what_is_not_yet_due_counts(tmp_path: Path) -> None:
    school = school_with(tmp_path, {**TOPICS, **exemptions(("R0801", "5А", "", "", "", "", ""))})
    assert told(judged(school, d("14.09"))) == []


def test_an_exemption_is_not_called_idle_where_its_rule_could_not_look(tmp_path: Path) -> None:
    first_term = exemptions(("R0813", "5А", "", "К-101", "", "31.10.2026", ""))
    school = school_with(tmp_path, first_term)
    broken = school_with(tmp_path, {MATHS: {"Итоги": (("Номер", "1 четверть"), ("К-101", "5"))}, **first_term})
    assert "W0405" in codes(judged(school, d("25.10")))
    assert "W0405" not in codes(judged(broken, d("25.10")))


def test_an_exemption_that_may_still_match_is_not_called_idle(tmp_path: Path) -> None:
    school = school_with(tmp_path, exemptions(("R0813", "5А", "", "К-101", "", "", "")))
    assert told(judged(school, d("25.10"))) == [], "the mark of the second term is still to be given"


def test_exemptions_are_settled_over_all_classes_together(tmp_path: Path) -> None:
    school = school_with(tmp_path, {**TOPICS, **exemptions(("R0801", "", "Математика", "", "", "", ""))})
    parts = [judge(book, d("27.09")) for book in school.books]
    parts.append(judge_school(school, d("27.09")))
    assert combine(parts) == combine(reversed(parts))
    assert combine(parts).findings == ()
    assert [finding.code for finding in combine(parts[:1] + parts[2:]).findings] == ["W0405"], "without 5А it is idle"
