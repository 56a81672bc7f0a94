"""Findings on control pages: grouped, sorted, with how late they are in words."""

from __future__ import annotations

import datetime as dt

import pytest

from sgo_sheets.findings import CellRef, Severity, State
from sgo_sheets.site.control_lines import SHOWN, days_words, heaps, sort_out
from sgo_sheets.site.control_places import Places
from tests.school.small import d
from tests.site.control_school import MATHS, ON, clean_school, finding, judged, troubled_school

DAY = dt.timedelta(days=1)


def _where(_finding: object) -> str:
    return "5А Математика"


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (ON - DAY, State.OVERDUE, "срок 22 ноября, на 1 день позже срока"),
        (d("09.11"), State.OVERDUE, "срок 9 ноября, на 14 дней позже срока"),
        (ON, State.SOON, "срок сегодня"),
        (ON + DAY, State.SOON, "срок 24 ноября, остался 1 день"),
        (ON + 2 * DAY, State.SOON, "срок 25 ноября, осталось 2 дня"),
        (ON + 11 * DAY, State.EXPECTED, "срок 4 декабря, осталось 11 дней"),
        (None, State.OPEN, ""),
    ],
)
def test_how_late_it_is_in_words(due: dt.date | None, state: State, words: str) -> None:
    assert days_words(finding(due=due, state=state), ON).replace("\u00a0", " ") == words


def test_done_late_says_by_how_much() -> None:
    late = finding(due=d("16.11"), state=State.DONE_LATE, done_at=d("18.11"))
    assert days_words(late, ON).replace("\u00a0", " ") == "срок 16 ноября, сделано на 2 дня позже срока"


def test_a_flood_is_one_line_with_a_number() -> None:
    flood = [finding(f"C{row}", due=ON - (row % 40 + 1) * DAY) for row in range(100)]
    (heap,) = heaps(flood, ON, _where)
    assert (heap.number, len(heap.lines), heap.rest) == (100, SHOWN, 100 - SHOWN)
    assert heap.late == 40
    assert heap.days.replace("\u00a0", " ") == "самое раннее: срок 14 октября, на 40 дней позже срока"
    assert heap.at == CellRef(MATHS, "Уроки")


def test_one_finding_keeps_its_cell_and_its_message() -> None:
    (heap,) = heaps([finding("C7", message="нет темы урока за 02.11.2026")], ON, _where)
    assert (heap.at.cell, heap.title) == ("C7", "Не записана тема урока")
    assert [line.message for line in heap.lines] == ["Нет темы урока за 02.11.2026"]


def test_what_differs_in_sheet_state_weight_or_person_is_not_one_heap() -> None:
    several = [
        finding("C5"),
        finding("C6", sheet="Отметки"),
        finding("C7", state=State.SOON, due=ON),
        finding("C8", severity=Severity.WARNING),
        finding("C9", person="СТ-02"),
        finding("C10", code="R0802"),
    ]
    assert len(heaps(several, ON, _where)) == len(several)


def test_violations_come_first_then_the_latest() -> None:
    found = heaps(
        [
            finding("C1", code="R0817", severity=Severity.WARNING, state=State.OPEN, due=None),
            finding("C2", code="R0801", due=ON - DAY),
            finding("C3", code="R0802", due=ON - 30 * DAY),
        ],
        ON,
        _where,
    )
    assert [heap.at.cell for heap in found] == ["C3", "C2", "C1"]


def test_the_week_ends_on_sunday_and_the_fortnight_after_fourteen_days() -> None:
    days = (ON, ON + 6 * DAY, ON + 7 * DAY, ON + 14 * DAY, ON + 15 * DAY)
    found = sort_out([finding(due=day, state=State.EXPECTED, message=day.isoformat()) for day in days], ON)
    assert [f.due for f in found.today] == [ON]
    assert [f.due for f in found.week] == [ON, ON + 6 * DAY]
    assert [f.due for f in found.fortnight] == list(days[:4])
    assert [f.due for f in found.later] == [ON + 15 * DAY]


def test_notes_hurry_nobody() -> None:
    found = sort_out([finding(severity=Severity.NOTE), finding(severity=Severity.NOTE, state=State.SOON, due=ON)], ON)
    assert found.nothing
    assert not found.week
    assert len(found.notes) == 1


def test_places_are_named_as_the_school_names_them() -> None:
    school = troubled_school()
    places = Places.of(school.books)
    words = {places.words(f) for f in judged(school).findings}
    assert words == {"5А Математика", "5А Английский язык (1)", "5А Английский язык (2)"}
    plan = finding(workbook="КТП/Математика 5.xlsx", sheet="План")
    assert places.words(plan) == "КТП Математика 5"
    assert places.words(finding(workbook="Журналы/5А/Классный руководитель.xlsx")) == "5А Классный руководитель"
    assert places.words(finding(workbook="Школа.xlsx")) == "Школа"
    assert places.words(finding(workbook="разное.xlsx")) == "разное.xlsx"


def test_an_absent_journal_belongs_to_its_class_though_its_cell_is_in_the_plan() -> None:
    school = troubled_school()
    absent = next(f for f in judged(school).findings if f.code == "R0806")
    topic = Places.of(school.books).topic(absent)
    assert absent.at.workbook == "Учебный план.xlsx"
    assert (topic.classes, topic.subject) == (("5А",), "Английский язык")


def test_a_clean_school_has_nothing_to_sort() -> None:
    assert sort_out(judged(clean_school()).findings, ON).nothing
