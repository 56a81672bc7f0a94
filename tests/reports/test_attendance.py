"""Days and lessons missed: which reason counts, when a day is missed, whose days they are."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.reports.attendance import Missed, missed, pupil_days
from sgo_sheets.school.model import ClassBook
from tests.reports.attendance_school import CARDS, ENGLISH, MATHS, SPORT, Column, class_of
from tests.school.small import YEAR, d

FIRST, SECOND = f"{ENGLISH} (1)", f"{ENGLISH} (2)"


def _monday(pupil: str, *codes: str, day: str = "07.09") -> list[Column]:
    """Return a Monday on which a pupil of group 1 has these codes in mathematics, English and sport."""
    return [Column(day, 0, name, {pupil: code}) for name, code in zip((MATHS, FIRST, SPORT), codes, strict=True)]


def _of(book: ClassBook, pupil: str = "К-101", first: str = "01.09", last: str = "30.09") -> Missed:
    return missed(book, d(first), d(last))[pupil]


def _row(since: str, until: str = "", lessons: str = "", reason: str = "Б") -> dict[str, Any]:
    row = {"pupil": "К-101", "name": "Берёзкина Вера", "since": d(since), "lessons": lessons, "reason": reason}
    return row | ({"until": d(until)} if until else {})


def test_every_code_has_its_number_and_late_is_no_absence() -> None:
    book = class_of([*_monday("К-101", "УП", "НП", "Б"), *_monday("К-101", "н", "ОП", "5", day="14.09")])
    assert _of(book) == Missed(days=1, lessons=4, ill=1, valid=1, invalid=1, unexplained=1, late=1)


def test_a_day_is_missed_when_every_lesson_of_it_was() -> None:
    assert _of(class_of(_monday("К-101", "н", "н", "н"))).days == 1
    assert _of(class_of(_monday("К-101", "н", "н", ""))).days == 0
    assert _of(class_of(_monday("К-101", "н", "н", "н")[:2])).days == 0, "sport was held, and nobody says she was away"


def test_the_school_may_count_a_day_for_one_lesson() -> None:
    book = class_of(_monday("К-101", "Б", "", ""))
    regulation = dataclasses.replace(book.regulation, settings={"День пропущен, когда пропущены все его уроки": "нет"})
    assert (_of(book).days, _of(dataclasses.replace(book, regulation=regulation)).days) == (0, 1)


def test_lessons_of_another_group_are_not_the_pupils() -> None:
    columns = [*_monday("К-101", "Б", "Б", "Б"), Column("07.09", 0, SECOND, {"К-102": "5"})]
    assert _of(class_of(columns)) == Missed(days=1, days_ill=1, lessons=3, ill=3)


def test_both_lessons_of_a_double_one_are_to_be_missed() -> None:
    both = [Column("09.09", 1, MATHS, {"К-101": "Б"}), Column("09.09", 2, MATHS, {"К-101": "Б"})]
    one = [both[0], Column("09.09", 2, MATHS, {})]
    assert (_of(class_of(both)).lessons, _of(class_of(both)).days) == (2, 1)
    assert (_of(class_of(one)).lessons, _of(class_of(one)).days) == (1, 0)
    assert _of(class_of(both[:1])).days == 0, "the second lesson was held though it has no column"
    assert _of(class_of([both[0]._replace(lesson=0)])).days == 1, "the only column speaks of both lessons"


def test_two_columns_of_one_lesson_are_one_lesson() -> None:
    columns = [*_monday("К-101", "н", "н", "н"), Column("07.09", 0, MATHS, {"К-101": "н"})]
    assert _of(class_of(columns)).lessons == 3
    assert _of(class_of([*columns[:3], Column("07.09", 0, MATHS, {"К-101": "5"})])).days == 1


def test_a_lesson_that_was_not_held_does_not_keep_a_day() -> None:
    away = {SPORT: [{"date": d("07.09"), "note": "не проведён: педсовет"}]}
    assert _of(class_of(_monday("К-101", "Б", "Б", "")[:2], lessons=away)).days == 1
    second = {MATHS: [{"date": d("09.09"), "number": 2, "note": "не проведён: карантин"}]}
    columns = [Column("09.09", 1, MATHS, {"К-101": "Б"}), Column("09.09", 2, MATHS, {})]
    assert _of(class_of(columns, lessons=second)).days == 1


def test_who_is_exempt_from_a_lesson_has_missed_the_day_without_it() -> None:
    assert _of(class_of(_monday("К-101", "Б", "Б", "осв"))).days == 1
    release = {"pupil": "К-101", "name": "Берёзкина Вера", "subject": SPORT, "since": d("01.09")}
    assert _of(class_of(_monday("К-101", "Б", "Б", "")[:2], releases=[release])).days == 1
    assert _of(class_of(_monday("К-101", "осв", "осв", "осв"))) == Missed()


def test_a_row_of_the_class_teacher_explains_an_absence_by_days_and_lessons() -> None:
    week = _monday("К-101", "н", "н", "УП")
    assert _of(class_of(week, reasons=[_row("05.09", "10.09")])) == Missed(1, 0, 3, 2, 1)
    assert _of(class_of(week, reasons=[_row("05.09", "06.09")])).unexplained == 2
    assert _of(class_of(week, reasons=[_row("07.09", lessons="1")])) == Missed(1, 0, 3, 1, 1, 0, 1)
    assert _of(class_of(week, reasons=[_row("07.09", reason="")])).unexplained == 2
    assert _of(class_of(_monday("К-101", "н", "н", "н"), reasons=[_row("07.09")])).days_ill == 1


def test_days_before_the_pupil_came_and_after_he_left_are_not_of_this_class() -> None:
    order = {"number": "1", "date": d("10.09"), "event": d("10.09"), "type": "Выбытие из гимназии"}
    columns = [*_monday("К-101", "Б", "Б", "Б"), *_monday("К-101", "Б", "Б", "Б", day="14.09")]
    book = class_of(columns, orders=[order | {"from_class": "5А", "pupil": "К-101"}])
    assert _of(book).days == 1


def test_without_a_timetable_the_rows_of_lessons_are_the_lessons() -> None:
    held = {name: [{"date": d("07.09"), "topic": "Тема"}] for name in (MATHS, FIRST)}
    book = class_of(_monday("К-101", "Б", "Б", "")[:2], lessons=held, timetable={"Расписание": []})
    assert _of(book).days == 1
    held[SPORT] = [{"date": d("07.09"), "topic": "Тема"}]
    assert _of(class_of(_monday("К-101", "Б", "Б", "")[:2], lessons=held, timetable={"Расписание": []})).days == 0


def test_a_class_without_a_roll_or_a_teachers_book_has_no_days_or_no_reasons() -> None:
    book = class_of(_monday("К-101", "н", "н", "н"), reasons=[_row("07.09")])
    assert missed(dataclasses.replace(book, roll=None), *YEAR) == {}
    assert _of(dataclasses.replace(book, teacher_book=None)).unexplained == 3


CODES = ["н", "УП", "Б", "НП", "ОП", "осв", "5", ""]
columns = st.lists(
    st.builds(
        Column,
        st.sampled_from(["07.09", "14.09", "09.09", "30.09", "02.11", "28.10"]),
        st.sampled_from([0, 1, 2]),
        st.sampled_from([MATHS, FIRST, SECOND, SPORT]),
        st.dictionaries(st.sampled_from([card["id"] for card in CARDS]), st.sampled_from(CODES)),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(columns)
def test_parts_make_the_whole_whatever_is_typed(typed: list[Column]) -> None:
    book = class_of(typed)
    year = missed(book, *YEAR)
    for pupil, found in year.items():
        assert found.lessons == found.ill + found.valid + found.invalid + found.unexplained
        assert 0 <= found.days_ill <= found.days <= found.lessons
        assert found.days == sum(day.missed.days for day in pupil_days(book)[pupil])
        parts = [missed(book, d("01.09"), d("20.09")), missed(book, d("21.09"), d("31.05"))]
        assert reduce(Missed.plus, (part[pupil] for part in parts)) == found


@pytest.mark.parametrize("days", [(dt.date(2026, 9, 8), dt.date(2026, 9, 13))])
def test_only_the_days_asked_for_count(days: tuple[dt.date, dt.date]) -> None:
    assert missed(class_of(_monday("К-101", "н", "н", "н")), *days)["К-101"] == Missed()
