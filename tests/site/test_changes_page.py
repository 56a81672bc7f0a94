"""«Изменения» as a family reads them."""

from __future__ import annotations

import datetime as dt

import pytest

from sgo_sheets.russian import slug
from sgo_sheets.site.changes_page import SHOWN, PupilChange, changes_page, said
from tests.school.small import d
from tests.site.control_school import CHANGES, RENDER
from tests.site.html_tree import Element, read_page


def _page(*changes: PupilChange) -> Element:
    return read_page(changes_page("К-101", "Берёзкина Вера", changes, RENDER).content)


def _lines(page: Element) -> list[str]:
    return page.texts("li", "change")


def test_it_lies_beside_the_diary_and_is_for_that_family_alone() -> None:
    page = changes_page("К-101", "Берёзкина Вера", CHANGES, RENDER)
    assert page.path == f"families/{slug('К-101')}/changes.html"
    assert page.audience == "family:К-101"
    assert [a.attrs["href"] for a in read_page(page.content).all("nav")[0].all("a")] == ["index.html"]


def test_days_stand_newest_first_and_say_what_changed_from_what_to_what_and_who() -> None:
    page = _page(*CHANGES)
    assert page.texts("h2") == ["Понедельник, 23 ноября", "Пятница, 20 ноября", "Четверг, 12 ноября"]
    assert _lines(page) == [
        "История отметка за урок 11 ноября Исправлено было пропуск опоздание → стало пропуск: болезнь Полянский О. Л.",
        "Математика отметка за урок 16 ноября Исправлено было 4 → стало 5 Ручьёва А. И.",
        "Математика отметка за урок 18 ноября Новое 5 4 Ручьёва А. И.",
        "История отметка за урок 11 ноября Убрано было 2 → стало пусто",
        "История отметка за 1 четверть Исправлено было нет аттестации из-за пропусков → стало 3 долг Полянский О. Л.",
    ]
    assert "исправлено: 3" in page.text


def test_nothing_changed_is_said_kindly() -> None:
    same = PupilChange(d("20.11"), "Математика", d("16.11"), "отметка", "5", "5", "")
    for page in (_page(), _page(same)):
        assert "Пока ничего не менялось." in page.all("p", "empty")[0].text
        assert not page.all("li", "change")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("5 4", [("m5", "5"), ("m4", "4")]),
        ("1", [("m2", "1")]),
        ("зач осв", [("word", "зачтено"), ("word", "освобождение")]),
        ("н/а ув", [("word", "нет аттестации, причина уважительная")]),
        ("3 .", [("m3", "3"), ("debt", "долг")]),
        ("?", [("", "не прочитано")]),
        ("Дроби и проценты", [("", "Дроби и проценты")]),
        ("§ 5 Б", [("", "§ 5 Б")]),
        ("", []),
    ],
)
def test_a_cell_is_said_in_the_words_of_a_family(value: str, words: list[tuple[str, str]]) -> None:
    assert [tuple(one) for one in said(value)] == words


def test_a_long_year_is_folded() -> None:
    days = [d("01.09") + dt.timedelta(days=n) for n in range(SHOWN + 5)]
    page = _page(*(CHANGES[0]._replace(day=day) for day in days))
    assert len(page.all("section", "change-day")) == SHOWN + 5
    assert page.texts("summary") == ["Раньше"]
    assert len(page.all("details")[0].all("section", "change-day")) == 5


def test_markup_in_a_change_stays_text() -> None:
    evil = CHANGES[0]._replace(new="<script>alert(1)</script>", subject='"><b>')
    assert b"<script>alert" not in changes_page("К-101", "<b>", (evil,), RENDER).content
