"""The coordinator's summary: numbers and words, clauses, classes and subjects, and nobody's name."""

from __future__ import annotations

import dataclasses

import pytest

from sgo_sheets.rules.engine import Verdict
from sgo_sheets.school.model import School
from sgo_sheets.site.council import council_page
from tests.site.control_school import ON, RENDER, all_chapters, clean_school, finding, judged, troubled_school
from tests.site.html_tree import Element, read_page


def _council(school: School | None = None, verdict: Verdict | None = None) -> Element:
    return read_page(council_page(school or troubled_school(), verdict or all_chapters(), ON, RENDER).content)


def _strip(page: Element, place: int) -> list[str]:
    return page.all("ul", "strip")[place].texts("li")


def test_it_says_the_state_in_words_and_numbers() -> None:
    told = _council().all("section", "told")[0].texts("p")
    assert told[0].startswith("В школе 1 класс, 2 обучающихся, 2 педагога, 2 электронных журнала. Уроков, срок записи")
    assert told[1] == (
        "Сделано 88 % того, чему срок наступил: 57 из 65. Из них в срок 30, с опозданием 1; у 26 срок не установлен: "
        "история сохранений не знает, в какой день это сделано. Просрочено 8, исправить нужно 0."
    )
    assert "Внимания требуют: п. 8.4 «Темы и отметки не реже раза в две недели» – 2" in told[2]


def test_chapters_classes_and_subjects_are_counted() -> None:
    page = _council()
    rows = [[cell.text for cell in row.children if isinstance(cell, Element)] for row in page.all("tr")[1:]]
    assert rows[0] == ["II. Ответственность сотрудников", "0 %", "–", "–", "–", "3", "–"]
    assert ["VII. Расписание", "0 %", "–", "–", "–", "1", "–"] in rows
    assert _strip(page, 0) == ["5А 45 % 4 просрочено или исправить"]


@pytest.mark.parametrize("verdict", [None, all_chapters()])
def test_nobody_is_named(verdict: Verdict | None) -> None:
    school = troubled_school()
    page = _council(school, verdict or judged(school))
    for person in school.staff.values():
        assert person.surname not in page.text
        assert person.code not in page.text
    for pupil in school.pupils.values():
        assert pupil.card.surname not in page.text


def test_a_subject_of_one_teacher_is_not_told_apart() -> None:
    page = _council(verdict=Verdict((finding("C5"), finding("C6"))))
    assert _strip(page, 1) == [
        "Английский язык 0 % ✓ замечаний нет",
        "предметы, которые ведёт один учитель 71 % 2 просрочено или исправить",
    ]


def test_what_the_office_owes_is_no_fault_of_a_class() -> None:
    school = clean_school()
    office = [one for one in all_chapters().findings if one.person == "СТ-02"]
    assert _strip(_council(school, Verdict(tuple(office))), 0) == ["5А 100 % ✓ замечаний нет"]


def test_it_is_signed_and_has_lines_for_suggestions() -> None:
    page = _council()
    assert "Координатор (завуч)" in page.all("div", "signatures")[0].text
    assert len(page.all("p", "blank")) == 3


def test_a_school_that_has_only_begun_has_a_page_too() -> None:
    school = clean_school(classes=[], loads=[], groups=[], cards={}, timetable={}, journals=[])
    page = _council(dataclasses.replace(school), Verdict())
    assert "Сроков ещё не наступало." in page.text
    assert "Просроченного и требующего исправления нет." in page.text
