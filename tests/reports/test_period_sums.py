"""Identities of reports 2, 4 and 5 on schools made up at random, read again from the .xlsx."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.reports import school_classes, school_parallels
from sgo_sheets.reports.attendance import Missed
from sgo_sheets.reports.categories import Category, category_of, tally
from sgo_sheets.reports.category_sums import sums_of
from sgo_sheets.reports.class_moves import Moves, class_moves
from sgo_sheets.reports.document import Document, Place
from sgo_sheets.reports.period_figures import SECTIONS, Figures
from sgo_sheets.reports.spans import school_period_spans
from sgo_sheets.school.elements import Pupil, Span, Stay
from sgo_sheets.school.model import School
from tests.reports.period_school import all_totals, school_of, written
from tests.school.small import d, rows

CLASSES = ("1А", "3А", "5А", "5Б", "9А", "11А")
MARKS = ["5", "5", "4", "4", "3", "2", "н/а ув", "н/а пр", "осв", "нзч", ""]
FIRST, LAST = d("01.09"), d("24.10")
DAYS = [FIRST + dt.timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
SUBJECTS = ("Математика", "Английский язык", "Физическая культура")
TALLIES = st.fixed_dictionaries({category: st.integers(0, 30) for category in Category})
PERIODS = [{"classes": "1-11", "type": "четверть", "name": "1 четверть", "start": FIRST, "end": LAST}]


@st.composite
def schools(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Draw pupils who come, go and move within the quarter, and their marks."""
    pupils, marks = [], []
    for number in range(draw(st.integers(1, 25))):
        own = draw(st.sampled_from(CLASSES))
        first, second = sorted(draw(st.tuples(st.sampled_from(DAYS[1:]), st.sampled_from(DAYS[1:]))))
        kind = draw(st.sampled_from(["", "", "came", "left", "moved", "came and left"]))
        other = draw(st.sampled_from([name for name in CLASSES if name != own]))
        pupil = {"№ личного дела": f"К-{number}", "Класс": own, "Фамилия": "Лугов", "Имя": f"Имя{number}"}
        pupil["С"] = f"{first:%d.%m}" if kind in ("came", "came and left") else ""
        pupil["По"] = f"{second:%d.%m}" if kind == "left" or (kind == "came and left" and second > first) else ""
        pupil["Перевод"] = f"{second:%d.%m} {other}" if kind == "moved" else ""
        pupils.append(pupil)
        at_end = other if kind == "moved" else own
        if at_end != "1А":
            given_ = {name: draw(st.sampled_from(MARKS)) for name in SUBJECTS}
            marks.append({"№ личного дела": f"К-{number}", "Класс": at_end, "Период": "1 четверть"} | given_)
    return pupils, marks


def _everybody_classes(pupils: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{"name": name, "grade": int(name[:-1]), "school_week": 5} for name in CLASSES] if pupils else []


def _school(pupils: list[dict[str, str]], marks: list[dict[str, str]]) -> School:
    return school_of(pupils, marks, classes=_everybody_classes(pupils), periods=PERIODS)


def _ends_in(pupil: Mapping[str, str]) -> str:
    """Return the class a pupil is in on the last day, «» where in none."""
    return "" if pupil["По"] else pupil["Перевод"].split()[-1] if pupil["Перевод"] else pupil["Класс"]


@settings(max_examples=30, deadline=None)
@given(schools())
def test_the_control_sums_hold_on_any_school(made: tuple[list[dict[str, str]], list[dict[str, str]]]) -> None:
    pupils, marks = made
    school = _school(pupils, marks)
    (span,) = school_period_spans(school)
    totals = all_totals(school)
    four, five = (one.REPORT.make(school, totals, span) for one in (school_classes, school_parallels))
    if not (isinstance(four, Document) and isinstance(five, Document)):
        there = {pupil["№ личного дела"] for pupil in pupils if _ends_in(pupil)}
        marked = [line for line in marks if line["№ личного дела"] in there]
        assert not any(line[name] not in ("", "осв") for line in marked for name in SUBJECTS)
        return
    lines = written(five)
    for row in lines:
        of = dict(enumerate(row, 1))
        assert of[3] == of[4] + of[5] + of[7] + of[8]
        assert of[6] <= of[5]
        assert of[9] == of[10] + of[11]
        assert of[12] == of[13] + of[14] + of[15]
        assert of[2] == of[3] + of[9] + of[12] + of[16]
    here = Counter(int(name[:-1]) for pupil in pupils if (name := _ends_in(pupil)))
    assert {row[0]: row[1] for row in lines if isinstance(row[0], int) and row[1]} == here
    assert lines[-1][1] == here.total()
    _classes_sum_up(four, pupils, lines[-1])


def _classes_sum_up(four: Document, pupils: list[dict[str, str]], school: list[Any]) -> None:
    table, found = four.tables[0], written(four)
    classes = [row for row, own in zip(found, table.rows, strict=True) if own.place is Place.LINE]
    for row in found:
        assert row[2] + row[3] - row[4] == row[5]
    for place, column in enumerate(table.columns):
        if place > 1 and not column.title.endswith("%"):
            assert found[-1][place] == sum(row[place] for row in classes)
    assert {row[0]: row[5] for row in classes if row[5]} == Counter(filter(None, map(_ends_in, pupils)))
    titles = [column.title for column in table.columns]
    last = dict(zip(titles, found[-1], strict=True))
    assert [last[name] for name in ("на конец", "на «5»", "на «4» и «5»", "из них с одной «4»", "с одной «3»")] == [
        school[1],
        *school[3:7],
    ]
    assert last["неуспевающие"] == school[8] + school[11]
    assert last["нет данных"] == school[15]


@given(TALLIES)
def test_the_sums_of_report_5_hold_for_any_categories(of: dict[Category, int]) -> None:
    sums = sums_of(of)
    assert sums.succeed == sums.fives + sums.good + sums.one_three + sums.fair
    assert sums.one_four <= sums.good
    assert sums.not_attested == sums.valid + sums.absent
    assert sums.fail == sums.one + sums.two + sums.more
    assert sums.pupils == sums.succeed + sums.not_attested + sums.fail + sums.unmarked == sum(of.values())


@given(st.lists(st.lists(st.sampled_from(MARKS), max_size=9), max_size=40))
def test_the_rows_of_report_2_add_up_to_the_class(pupils: list[list[str]]) -> None:
    figures = Figures(Moves(), tally(category_of(marks) for marks in pupils), Missed())
    of = {one.words: one.of(figures) for one in SECTIONS[1].indicators}
    parts = ("Успевают на «5»", "Успевают на «4» и «5», всего", "Успевают с одной «3»", "Успевают на «3», «4» и «5»")
    whole = [of[name] for name in (*parts, "Неуспевающие, всего", "Нет данных: отметок нет")]
    assert sum(number for number in whole if isinstance(number, int)) == len(pupils)


@st.composite
def rolls(draw: st.DrawFn) -> list[Pupil]:
    """Draw pupils with stays in this class and in another, with gaps, one after another."""
    (card,) = rows("", PupilCard, {"id": "К-1", "surname": "Лугов", "first_name": "Пётр"})
    found = []
    for _ in range(draw(st.integers(0, 8))):
        bounds = sorted(draw(st.sets(st.integers(0, 60), max_size=6)))
        stays, after = [], 0
        for first, last in zip(bounds[::2], bounds[1::2], strict=False):
            begun = after if stays and draw(st.booleans()) else first
            name = draw(st.sampled_from(["5А", "5Б"]))
            stays.append(Stay(name, FIRST + dt.timedelta(begun), FIRST + dt.timedelta(last)))
            after = last + 1
        found.append(Pupil(card, tuple(stays)))
    return found


@given(rolls(), st.integers(0, 60), st.integers(0, 30))
def test_the_end_is_the_start_and_who_came_less_who_went(roll: list[Pupil], start: int, length: int) -> None:
    days = Span(FIRST + dt.timedelta(start), FIRST + dt.timedelta(start + length))
    moves = class_moves(roll, "5А", days)
    assert moves.end == moves.start + moves.arrived - moves.left
    assert moves.start == sum(pupil.class_on(days.first) == "5А" for pupil in roll)
    assert moves.end == sum(pupil.class_on(days.last) == "5А" for pupil in roll)


@given(st.sampled_from(DAYS[1:-1]))
def test_who_leaves_is_counted_until_the_day_he_left(gone: dt.date) -> None:
    pupil = {"№ личного дела": "К-1", "Класс": "5А", "Фамилия": "Лугов", "Имя": "Пётр", "По": f"{gone:%d.%m}"}
    stays = {"№ личного дела": "К-2", "Класс": "5А", "Фамилия": "Омутов", "Имя": "Илья"}
    book = _school([pupil, stays], []).book("5А")
    assert book is not None
    assert book.roll is not None
    day_before = gone - dt.timedelta(days=1)
    assert class_moves(book.roll, "5А", Span(FIRST, day_before)) == Moves(2, 0, 0, 2)
    assert class_moves(book.roll, "5А", Span(FIRST, gone)) == Moves(2, 0, 1, 1)
    assert class_moves(book.roll, "5А", Span(gone, LAST)) == Moves(1, 0, 0, 1)
