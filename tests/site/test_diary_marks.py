"""Marks, absences, debts and the summary of a period as a family reads them (Регламент п. 8.3, 8.5, 8.9)."""

from __future__ import annotations

import pytest

from sgo_sheets.records.regulation_book import Setting, WorkKind
from sgo_sheets.site.diary_ledger import Mark, Work, lesson_numbers
from sgo_sheets.site.diary_shared_views import Piece
from sgo_sheets.site.diary_summary import sums
from sgo_sheets.site.diary_text import for_day, homework, pieces, room_words, set_on
from tests.school.small import d
from tests.site.diary_school import (
    ENGLISH,
    MATHS,
    NINA,
    OLEG,
    PETR,
    SPORT,
    VERA,
    journal,
    lesson,
    regulation,
    teacher_book,
)
from tests.site.html_tree import Element
from tests.site.test_diary_days import AUTUMN, day, diary

SPRING = "2027-03-29.html"


def chips(page: Element, date: str) -> list[str]:
    """Return the chips of a day."""
    return day(page, date).texts("li", "chip")


def row(page: Element, subject: str) -> Element:
    """Return a subject's row of the summary."""
    return next(tr for tr in page.id("marks").all("tr") if tr.attrs.get("data-name") == subject)


def with_marks(*marks: str, kind: str = "", pupil: str = VERA, subject: str = MATHS) -> Element:
    """Return the page of a pupil with these cells on 16, 17, 18 … November."""
    columns = tuple((f"{16 + n}.11", kind) for n in range(len(marks)))
    return diary(journal(subject, columns=columns, marks={pupil: dict(enumerate(marks))}), pupil=pupil)


def test_a_mark_says_for_what_work_it_was_given_and_its_weight() -> None:
    assert chips(with_marks("5"), "16.11") == ["5 ответ на уроке"]
    assert chips(with_marks("4", kind="К"), "16.11") == ["4 контрольная работа, вес 2"]
    assert chips(with_marks("4", kind="контрольная работа"), "16.11") == ["4 контрольная работа, вес 2"]


def test_two_marks_in_one_cell_are_two_chips() -> None:
    assert chips(with_marks("4 5", kind="Д"), "16.11") == ["4 домашнее задание", "5 домашнее задание"]


def test_two_columns_of_one_lesson_stand_in_that_lesson() -> None:
    page = diary(journal("Русский язык", columns=(("16.11", "Н"), ("16.11", "С")), marks={VERA: {0: "4", 1: "3"}}))
    assert chips(page, "16.11") == ["4 диктант, вес 2", "3 самостоятельная работа"]


def test_columns_with_a_lesson_number_belong_to_that_lesson() -> None:
    twice = [{"weekday": "пн", "number": n, "cells": {"5А": MATHS}} for n in (1, 2)]
    columns = (("16.11", ""), ("16.11", ""))
    book = journal(columns=columns, numbers=(1, 2), marks={VERA: {0: "3", 1: "5"}})
    page = diary(book, timetable={"Расписание": twice})
    assert [one.text for one in day(page, "16.11").all("li", "lesson")] == [
        "1 урок 8:00 Математика 3 ответ на уроке",
        "2 урок 8:55 Математика 5 ответ на уроке",
    ]


def test_pass_and_fail_are_words() -> None:
    page = with_marks("зач", "нзч")
    assert chips(page, "16.11") == ["зачтено ответ на уроке"]
    assert chips(page, "17.11") == ["не зачтено ответ на уроке"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("н", "пропуск: причина не указана"),
        ("Б", "пропуск: болезнь"),
        ("УП", "пропуск: уважительная причина"),
        ("НП", "пропуск: без уважительной причины"),
        ("ОП", "опоздание"),
        ("осв", "освобождение от занятия"),
    ],
)
def test_absence_is_said_in_words(typed: str, words: str) -> None:
    assert chips(with_marks(typed), "16.11") == [words]


def test_the_class_teachers_reason_replaces_the_absence_of_every_journal() -> None:
    reasons = ({"pupil": VERA, "since": d("16.11"), "until": d("17.11"), "reason": "Б"},)
    absent = {VERA: {0: "н", 1: "н", 2: "н"}}
    columns = (("16.11", ""), ("17.11", ""), ("18.11", ""))
    page = diary(journal(columns=columns, marks=absent), teacher_book(reasons=reasons))
    assert chips(page, "16.11") == chips(page, "17.11") == ["пропуск: болезнь"]
    assert chips(page, "18.11") == ["пропуск: причина не указана"]


def test_a_reason_for_some_lessons_leaves_the_others() -> None:
    reasons = ({"pupil": VERA, "since": d("16.11"), "until": d("16.11"), "lessons": "1-2", "reason": "УП"},)
    maths = journal(columns=(("16.11", ""),), marks={VERA: {0: "н"}})
    sport = journal(SPORT, columns=(("16.11", ""),), marks={VERA: {0: "н"}})
    page = diary(maths, sport, teacher_book(reasons=reasons))
    assert chips(page, "16.11") == ["пропуск: уважительная причина", "пропуск: причина не указана"]


def test_a_reason_makes_no_absence_where_nobody_noted_one() -> None:
    page = diary(journal(), teacher_book(reasons=({"pupil": VERA, "since": d("16.11"), "reason": "Б"},)))
    assert chips(page, "16.11") == []


@pytest.mark.parametrize(("typed", "numbers"), [("", set()), ("1-3", {1, 2, 3}), ("2", {2}), ("1, 4–5", {1, 4, 5})])
def test_lessons_of_a_reason(typed: str, numbers: set[int]) -> None:
    reason = teacher_book(reasons=({"pupil": VERA, "since": d("16.11"), "lessons": typed},)).tables["Причины пропусков"]
    assert lesson_numbers(reason[0]) == numbers  # type: ignore[arg-type]  # the table holds these records


def test_the_former_class_teachers_reason_counts_too() -> None:
    absent = journal(target="5Б", columns=(("13.11", ""),), marks={OLEG: {0: "н"}})
    reasons = ({"pupil": OLEG, "since": d("13.11"), "until": d("13.11"), "reason": "Б"},)
    page = diary(absent, teacher_book(target="5Б", reasons=reasons), pupil=OLEG)
    assert chips(page, "13.11") == ["пропуск: болезнь"]


def test_a_made_up_mark_stands_beside_the_absence() -> None:
    assert chips(with_marks("н 5"), "16.11") == ["5 ответ на уроке", "пропуск: причина не указана"]


def test_a_debt_says_until_when() -> None:
    book = journal(
        columns=(("16.11", "П"),), marks={VERA: {0: "."}}, lessons=(lesson("16.11", "Дроби", "проект", due=d("24.11")),)
    )
    page = diary(book)
    assert chips(page, "16.11") == ["долг проект, вес 2, сдать до 24 ноября"]
    debts = next(page.all("details", "debts")[0].walk())
    assert debts.text == "Долги 1 Математика : проект, вес 2, 16 ноября сдать до 24 ноября"
    assert [li.attrs["data-until"] for li in debts.all("li")] == ["2026-11-24"]


def test_a_debt_of_an_earlier_period_is_not_forgotten() -> None:
    book = journal(columns=(("16.09", ""),), marks={VERA: {0: "."}})
    link = diary(book).all("details", "debts")[0].all("a")[0]
    assert link.attrs["href"] == f"{AUTUMN}#d-2026-09-16"
    assert not diary(book, pupil=PETR).all("details", "debts")


def test_a_release_from_a_subject_is_shown_on_its_lessons() -> None:
    releases = ({"pupil": VERA, "subject": SPORT, "since": d("16.11"), "until": d("20.11")},)
    page = diary(journal(SPORT), teacher_book(releases=releases))
    assert chips(page, "16.11") == ["освобождение от занятия"]
    assert chips(page, "21.11") == []


def test_a_mark_without_a_lesson_is_shown_to_its_owner_alone() -> None:
    book = journal("Биология", columns=(("16.11", ""),), marks={VERA: {0: "5"}})
    assert chips(diary(book), "16.11") == ["5 ответ на уроке"]
    assert "Биология" not in day(diary(book, pupil=PETR), "16.11").text


def test_marks_of_days_before_the_pupil_came_are_not_his() -> None:
    book = journal(columns=(("05.10", ""), ("12.10", "")), marks={NINA: {0: "2", 1: "5"}})
    page = diary(book, pupil=NINA, page=AUTUMN)
    assert [a.text for a in row(page, MATHS).all("a", "mark")] == ["5 12.10 ответ на уроке"]


def test_marks_stand_by_subject_in_order_and_lead_to_their_day() -> None:
    page = with_marks("5", "н", "4 3")
    marks = row(page, MATHS).all("a", "mark")
    assert [a.text for a in marks] == ["5 16.11 ответ на уроке", "4 18.11 ответ на уроке", "3 18.11 ответ на уроке"]
    assert [a.attrs["href"] for a in marks] == ["#d-2026-11-16", "#d-2026-11-18", "#d-2026-11-18"]
    assert "пропущено 1 урок" in row(page, MATHS).text


def test_the_average_counts_weights_and_the_plain_one_stands_beside_it() -> None:
    book = journal(columns=(("16.11", "К"), ("17.11", "")), marks={VERA: {0: "3", 1: "5"}})
    assert row(diary(book), MATHS).texts("td", "average") == ["3,67 без веса 4,00"]


def test_a_school_may_show_the_plain_average() -> None:
    book = journal(columns=(("16.11", "К"), ("17.11", "")), marks={VERA: {0: "3", 1: "5"}})
    plain = regulation(Setting(name="Средний балл с учётом веса", value="нет"))
    assert row(diary(book, plain), MATHS).texts("td", "average") == ["4,00 с весом 3,67"]


def test_a_school_sets_its_own_weights() -> None:
    book = journal(columns=(("16.11", "К"), ("17.11", "О")), marks={VERA: {0: "3", 1: "5"}})
    own = regulation(WorkKind(name="контрольная", short="К", weight=1.5), WorkKind(name="ответ", short="О"))
    page = diary(book, own)
    assert chips(page, "16.11") == ["3 контрольная, вес 1,5"]
    assert row(page, MATHS).texts("td", "average") == ["3,80 без веса 4,00"]


def test_only_figures_count_in_an_average() -> None:
    ordinary = Work("", 1.0)
    marks = [Mark(0, value, ordinary) for value in ("5", "4", "зач", "нзч")]
    assert sums(marks).averages() == (4.5, 4.5)
    assert sums([]).averages() is None
    assert sums([Mark(0, "4", Work("", 0.0))]).averages() == (4.0, 4.0)


def test_half_a_hundredth_rounds_away_from_zero() -> None:
    cells = ["5"] * 5 + ["3"] * 3  # 34 / 8 = 4.25
    page = diary(journal(columns=tuple((f"{n}.11", "") for n in range(10, 18)), marks={VERA: dict(enumerate(cells))}))
    assert row(page, MATHS).texts("td", "average") == ["4,25"]
    cells = ["5"] * 1 + ["4"] * 7  # 33 / 8 = 4.125
    page = diary(journal(columns=tuple((f"{n}.11", "") for n in range(10, 18)), marks={VERA: dict(enumerate(cells))}))
    assert row(page, MATHS).texts("td", "average") == ["4,13"]


def test_the_average_of_each_month_so_far() -> None:
    book = journal(columns=(("07.09", ""), ("12.10", ""), ("16.11", "")), marks={VERA: {0: "5", 1: "4", 2: "3"}})
    assert diary(book).texts("p", "months") == ["Средний балл по месяцам: сентябрь 5,00 , октябрь 4,00 , ноябрь 3,00"]
    assert "ноябрь" not in diary(book, page=AUTUMN).texts("p", "months")[0]


def test_period_marks_come_from_the_journal_else_from_the_class_teacher() -> None:
    maths = journal(finals=({"pupil": VERA, "marks": {"1 четверть": 4}},))
    english = journal(ENGLISH, "1", finals=({"pupil": VERA, "marks": {"1 четверть": None}},))
    own = teacher_book(
        marks=({"pupil": VERA, "period": "1 четверть", "marks": {MATHS: 2, ENGLISH: 5, "Музыка": "осв"}},)
    )
    page = diary(maths, english, own)
    assert row(page, MATHS).texts("td", "finals") == ["1 четверть 4"]
    assert row(page, ENGLISH).texts("td", "finals") == ["1 четверть 5"]
    assert row(page, "Музыка").texts("td", "finals") == ["1 четверть освобождение"]


def test_a_page_shows_period_marks_up_to_its_own_period() -> None:
    finals = {
        "1 четверть": 4,
        "2 четверть": 5,
        "3 четверть": "н/а пр",
        "4 четверть": 3,
        "Год": 4,
        "Экзамен": 5,
        "Итог": 4,
    }
    book = journal(finals=({"pupil": VERA, "marks": finals},))
    assert row(diary(book, page=AUTUMN), MATHS).texts("td", "finals") == ["1 четверть 4"]
    assert row(diary(book), MATHS).texts("td", "finals") == ["1 четверть 4 2 четверть 5"]
    assert row(diary(book, page=SPRING), MATHS).texts("td", "finals") == [
        "1 четверть 4 2 четверть 5 3 четверть нет аттестации из-за пропусков 4 четверть 3 Год 4 Экзамен 5 Итог 4"
    ]


def test_marks_of_the_former_class_count_in_the_new_one() -> None:
    before = journal(target="5Б", columns=(("13.11", ""),), marks={OLEG: {0: "3"}})
    after = journal(columns=(("17.11", ""),), marks={OLEG: {0: "5"}})
    page = diary(before, after, pupil=OLEG)
    assert row(page, MATHS).texts("td", "average") == ["4,00"]
    assert len([tr for tr in page.all("tr") if tr.attrs.get("data-name") == MATHS]) == 1


def test_subjects_without_marks_are_not_listed_and_the_others_say_there_are_none_yet() -> None:
    subjects = [{"name": MATHS}, {"name": SPORT}, {"name": "Музыка", "grading": "без отметки"}]
    page = diary(journal(), subjects=subjects)
    names = [tr.attrs["data-name"] for tr in page.id("marks").all("tr") if "data-name" in tr.attrs]
    assert names == [MATHS, SPORT]
    assert "Отметок пока нет" in row(page, MATHS).text


def test_missed_lessons_are_counted_by_reason_and_whole_days_apart() -> None:
    everything = [
        journal(
            subject, columns=(("14.11", ""), ("21.11", "")), marks={VERA: {0: "Б", 1: "н" if subject == SPORT else ""}}
        )
        for subject in ("Русский язык", "География", SPORT)
    ]
    late = journal(columns=(("17.11", ""),), marks={VERA: {0: "ОП"}})
    page = diary(*everything, late)
    counts = {div.texts("dt")[0]: div.texts("dd")[0] for div in page.id("missed").all("div")}
    assert counts == {
        "болезнь": "3 урока",
        "причина не указана": "1 урок",
        "пропущено целиком": "1 день",
        "опоздание": "1 раз",
    }
    assert "Пропусков нет" in diary(*everything, late, pupil=PETR).id("missed").text


def test_the_marks_of_the_week_stand_at_its_head() -> None:
    week = with_marks("5", "4").id("w-2026-11-16")
    assert week.texts("dl", "week-marks") == ["Математика 5 ответ на уроке 4 ответ на уроке"]


def test_announcements_carry_their_days() -> None:
    news = (
        {"date": d("19.11"), "until": d("26.11"), "text": "Собрание 26 ноября"},
        {"date": d("05.10"), "text": "Сбор макулатуры"},
    )
    page = diary(journal(), teacher_book(news=news))
    items = page.all("details", "news")[0].all("li")
    assert [(li.attrs["data-first"], li.attrs["data-last"], li.text) for li in items] == [
        ("2026-11-19", "2026-11-26", "19 ноября Собрание 26 ноября")
    ]
    assert "макулатуры" in diary(journal(), teacher_book(news=news), page=AUTUMN).text
    assert "макулатуры" not in diary(journal(), teacher_book(news=news), pupil=OLEG, page=AUTUMN).text


def test_the_words_of_homework() -> None:
    assert homework("  – ") == homework("Не задано.") == homework("НЕТ") == ""
    assert homework("нет времени? § 5") == "нет времени? § 5"
    assert set_on(d("14.11"), d("16.11")) == "задано в\u00a0субботу"
    assert set_on(d("17.11"), d("18.11")) == "задано во\u00a0вторник"
    assert set_on(d("09.11"), d("16.11")) == "задано 9\u00a0ноября"
    assert for_day(d("18.11"), d("16.11")) == "на среду"
    assert for_day(d("23.11"), d("16.11")) == "на 23\u00a0ноября"


def test_a_room_that_is_no_number_stands_as_it_is() -> None:
    assert room_words("152/215") == "каб.\u00a0152/215"
    assert room_words("спортзал") == "спортзал"
    assert room_words("") == ""


def test_only_an_address_that_leads_somewhere_is_a_link() -> None:
    assert pieces("см. http://a.ru/x.") == (Piece("см. "), Piece("a.ru/x", "http://a.ru/x"), Piece("."))
    assert pieces("http://[::1 и http://:80") == (Piece("http://[::1 и http://:80"),)
    assert pieces("https://user@a.ru:99999/") == (Piece("https://user@a.ru:99999/"),)
    assert pieces("") == ()
