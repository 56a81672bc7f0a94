"""A taught journal keeps the regulation, whatever the class, the timetable and the luck."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.demo.absence import Absence
from sgo_sheets.demo.course import Course, Held, Learner
from sgo_sheets.demo.lesson_plans import lesson_plan
from sgo_sheets.demo.teaching import ENOUGH, WEIGHTS, Taught, teach
from sgo_sheets.demo.year import DAY, days, year_of

YEAR = year_of(dt.date(2026, 10, 1))
PLAN = lesson_plan("История", 5, 102)


def a_course(weekdays: set[int], on: dt.date) -> Course:
    """Return a journal with one lesson on each of the weekdays."""
    dates = [day for day in days(YEAR.first, YEAR.study_last) if YEAR.is_study(day) and day.weekday() in weekdays]
    lessons = tuple(Held(day, 2, PLAN[n] if n < len(PLAN) else None) for n, day in enumerate(dates))
    settled = {term.name: YEAR.settled(term) for term in YEAR.quarters}
    return Course("отметка", lessons, YEAR.quarters, on, settled)


def a_class(rng: Random, size: int) -> list[Learner]:
    """Return pupils, some of them ill for a fortnight."""
    learners = []
    for number in range(size):
        start = YEAR.first + rng.randrange(250) * DAY
        ill = Absence(start, start + 13 * DAY, None, "Б", "справка", start + 14 * DAY)
        spans = ((YEAR.first, YEAR.last),)
        learners.append(Learner(str(number), rng.uniform(2.9, 4.9), spans, (ill,) if rng.random() < 0.4 else ()))
    return learners


def marks(taught: Taught, course: Course, pupil: int, first: dt.date, last: dt.date) -> Iterator[tuple[int, float]]:
    """Yield the marks of a pupil between two days with their weights."""
    for column, (lesson, kind) in enumerate(taught.columns):
        if first <= course.lessons[lesson].date <= last:
            for word in taught.cells.get((pupil, column), "").split():
                if word.isdigit():
                    yield int(word), WEIGHTS[kind or "О"]


classes = st.integers(0, 10_000)
weeks = st.sets(st.integers(0, 4), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None)
@given(seed=classes, weekdays=weeks, size=st.integers(4, 28))
def test_a_term_mark_has_marks_behind_it_and_agrees_with_their_average(
    seed: int, weekdays: set[int], size: int
) -> None:
    course, learners = a_course(weekdays, YEAR.study_last), a_class(Random(seed), size)
    taught = teach(course, learners, Random(seed + 1))
    for term in YEAR.quarters:
        for pupil in range(size):
            own = list(marks(taught, course, pupil, term.first, term.last))
            final = taught.finals[pupil, term.name]
            if final == "н/а ув":
                assert len(own) < ENOUGH
                continue
            assert len(own) >= ENOUGH
            weighted = sum(mark * weight for mark, weight in own) / sum(weight for _, weight in own)
            assert abs(int(final) - weighted) <= 0.5 + 1e-9


@settings(max_examples=25, deadline=None)
@given(seed=classes, weekdays=weeks, size=st.integers(4, 28))
def test_nobody_who_comes_to_school_is_four_weeks_without_a_mark(seed: int, weekdays: set[int], size: int) -> None:
    course, learners = a_course(weekdays, YEAR.study_last), a_class(Random(seed), size)
    taught = teach(course, learners, Random(seed + 1))
    for pupil, learner in enumerate(learners):
        silent: list[dt.date] = []
        for monday in (day for day in days(YEAR.first - DAY, YEAR.study_last) if day.weekday() == 0):
            lessons = [held for held in course.lessons if monday <= held.date < monday + 7 * DAY]
            there = [held for held in lessons if not learner.away(held)]
            spoken = any(marks(taught, course, pupil, monday, monday + 6 * DAY))
            silent = [*silent, monday] if there and not spoken else []
            assert len(silent) < 4


@settings(max_examples=15, deadline=None)
@given(seed=classes, weekdays=weeks, on=st.dates(YEAR.first, YEAR.study_last))
def test_nothing_is_typed_for_days_to_come_and_the_past_stays_as_it_was(
    seed: int, weekdays: set[int], on: dt.date
) -> None:
    learners = a_class(Random(seed), 12)
    course = a_course(weekdays, on)
    now = teach(course, learners, Random(seed + 1))
    later = teach(a_course(weekdays, YEAR.study_last), learners, Random(seed + 1))
    assert all(course.lessons[now.columns[column][0]].date <= on for _, column in now.cells)
    for cell, text in now.cells.items():
        if "•" not in text:  # a debt is settled later, where it stands
            assert later.cells[cell] == text
    assert all(later.finals[key] == mark for key, mark in now.finals.items())


def test_the_marks_of_a_term_are_given_four_working_days_before_its_end() -> None:
    first = YEAR.quarters[0]
    settled = YEAR.settled(first)
    assert (first.last, settled) == (dt.date(2026, 10, 23), dt.date(2026, 10, 19))
    learners = a_class(Random(4), 12)
    before = teach(a_course({0, 2, 4}, settled - DAY), learners, Random(5))
    after = teach(a_course({0, 2, 4}, settled), learners, Random(5))
    assert before.finals == {}
    assert {name for _, name in after.finals} == {first.name}
    assert len(after.finals) == len(learners)


def test_absence_leaves_no_mark_but_one_made_up_later() -> None:
    learners = a_class(Random(4), 25)
    course = a_course({0, 2, 4}, YEAR.study_last)
    taught = teach(course, learners, Random(5))
    for (pupil, column), text in taught.cells.items():
        away = learners[pupil].away(course.lessons[taught.columns[column][0]])
        assert away == text.startswith("н")
    assert any(text.startswith("н ") and text[-1].isdigit() for text in taught.cells.values())
