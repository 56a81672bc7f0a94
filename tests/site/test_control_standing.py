"""How much is done in time, said honestly: nobody is accused, and nobody praised, for a day nobody knows."""

from __future__ import annotations

import pytest

from sgo_sheets.findings import Severity, State
from sgo_sheets.reports.completeness import completeness
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.tally import Done
from sgo_sheets.site.control_lines import sort_out
from sgo_sheets.site.control_standing import Standing
from sgo_sheets.site.control_summary import clause_standings
from tests.site.control_school import ON, all_chapters, clean_school, finding


@pytest.mark.parametrize(
    ("standing", "share"),
    [
        (Standing(), ""),
        (Standing(in_time=12), "100 %"),
        (Standing(in_time=999, late=1), "99 %"),
        (Standing(in_time=1, overdue=999), "1 %"),
        (Standing(overdue=3), "0 %"),
        (Standing(in_time=6, unknown=3, overdue=1), "60–90 %"),
        (Standing(in_time=6, unknown=4), "60–100 %"),
        (Standing(unknown=8), "срок не установлен"),
        (Standing(unknown=8, overdue=2), "до 80 %"),
    ],
)
def test_the_share_done_in_time_is_given_with_its_bounds(standing: Standing, share: str) -> None:
    assert standing.share.replace("\u00a0", " ") == share


def test_the_words_leave_out_what_there_is_none_of() -> None:
    assert Standing(5, 1, 2, 3).words == "в срок 5, с опозданием 1, срок не установлен 2, просрочено 3"
    assert Standing(unknown=2).words == "срок не установлен 2"


@pytest.mark.parametrize("standing", [Standing(1), Standing(997, 1, 1, 1), Standing(1, 1, 1, 1), Standing(3, 0, 5, 0)])
def test_the_bar_is_whole_and_shows_the_smallest_part(standing: Standing) -> None:
    bar = standing.bar
    assert sum(part.length for part in bar) == 1000
    assert [part.start for part in bar] == [sum(one.length for one in bar[:place]) for place in range(len(bar))]
    assert len(bar) == sum(number > 0 for number in standing)
    assert min(part.length for part in bar) >= 20


def test_what_is_done_late_is_counted_once_and_listed() -> None:
    verdict = all_chapters()
    found = clause_standings(sort_out(verdict.findings, ON), verdict, clean_school().regulation, ())
    assert found["8.4"] == Standing(in_time=30, late=1, unknown=7, overdue=2)
    assert found["8.5"] == Standing(unknown=4)
    assert found["2.6"] == Standing(overdue=1)


def test_a_note_is_neither_a_debt_nor_a_merit() -> None:
    verdict = Verdict(
        (finding(severity=Severity.NOTE, code="R0803", clause="8.1"),),
        done={Done("R0803", State.DONE_IN_TIME, "СТ-01", "5А", "Математика"): 40},
    )
    assert clause_standings(sort_out(verdict.findings, ON), verdict, clean_school().regulation, ()) == {}


def test_journals_say_what_is_there_where_no_rule_counted_it() -> None:
    school = clean_school()
    filled = [completeness(book, ON) for book in school.books]
    found = clause_standings(sort_out((), ON), Verdict(), school.regulation, filled)
    assert found["8.4"] == Standing(unknown=filled[0].topics.done)
    assert found["8.4"].share == "срок не установлен"
