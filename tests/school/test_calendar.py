"""Working days, study days, moved days."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.school.calendar import Break, Calendar, DayOff
from tests.school.small import d, messages, school

MONDAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
DAYS_OFF = st.dictionaries(
    MONDAYS, st.sampled_from([DayOff(kind, None, "") for kind in ("выходной", "рабочий", "сокращённый")]), max_size=30
)


def test_three_working_days_begin_on_the_day_after_and_skip_the_weekend() -> None:
    assert Calendar().add_working_days(d("10.09"), 3) == d("15.09")  # Thursday: Friday, Monday, Tuesday


def test_a_six_day_week_counts_saturday() -> None:
    assert Calendar(work_week=6).add_working_days(d("10.09"), 3) == d("14.09")


def test_a_holiday_and_a_working_saturday_of_the_sheet_are_obeyed() -> None:
    days = {d("04.11"): DayOff("выходной", None, ""), d("07.11"): DayOff("рабочий", None, "")}
    calendar = Calendar(days=days)
    assert calendar.add_working_days(d("03.11"), 3) == d("07.11")


@given(MONDAYS, st.integers(0, 20), DAYS_OFF, st.sampled_from([5, 6]))
def test_the_term_holds_exactly_that_many_working_days(
    event: dt.date, count: int, days: dict[dt.date, DayOff], week: int
) -> None:
    calendar = Calendar(work_week=week, days=days)
    due = calendar.add_working_days(event, count)
    assert calendar.working_days_left(event, due) == count
    assert count == 0 or calendar.is_working(due)


def test_study_days_are_periods_without_holidays_and_days_off() -> None:
    calendar = school().books[0].calendar
    found = calendar.study_days(d("23.10"), d("05.11"))
    assert found == (d("23.10"), d("02.11"), d("03.11"), d("05.11"))  # 24.10 is a Saturday of a five-day class


def test_a_working_saturday_is_no_study_day_of_a_five_day_class() -> None:
    calendar = school(calendar=[{"date": d("14.11"), "kind": "рабочий"}]).books[0].calendar
    assert calendar.is_working(d("14.11"))
    assert d("14.11") not in calendar.study_days(d("09.11"), d("15.11"))


def test_a_moved_study_day_follows_the_other_day_which_then_has_no_lessons() -> None:
    found = school(calendar=[{"date": d("14.11"), "kind": "учебный", "instead": d("16.11")}])
    slots = [(s.date, s.number, s.subject) for s in found.books[0].slots if d("13.11") <= s.date <= d("17.11")]
    assert {day for day, _, _ in slots} == {d("14.11")}
    assert (d("14.11"), 1, "Математика") in slots


def test_an_unknown_class_in_the_calendar_is_named_with_its_cell() -> None:
    found = school(holidays=[{"name": "осенние", "classes": "5Я", "start": d("25.10"), "end": d("01.11")}])
    assert messages(found) == ["Школа.xlsx › Каникулы!B2: «5Я» — нет такого класса в листе «Классы»."]


def test_a_break_names_itself() -> None:
    calendar = Calendar(breaks=(Break("осенние", d("25.10"), d("01.11")),))
    found = calendar.break_on(d("01.11"))
    assert found is not None
    assert found.name == "осенние"
    assert calendar.break_on(d("02.11")) is None
