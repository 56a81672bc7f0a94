"""Terms over any calendar: days moved, five and six working days a week, year ends, against a slow count of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sgo_sheets.findings import State
from sgo_sheets.rules.terms import (
    DueTerm,
    by_date,
    days_after,
    days_before,
    moved,
    on_the_day,
    state_on,
    working_days_after,
)
from sgo_sheets.school.calendar import Calendar, DayOff
from sgo_sheets.school.elements import Span

DAY = dt.timedelta(days=1)
YEAR = Span(dt.date(2026, 9, 1), dt.date(2027, 5, 31))
NEW_YEAR = {dt.date(2027, 1, n): DayOff("выходной", None, "") for n in range(1, 9)}
"""The January holidays; 31 December 2026 is a Thursday."""
KINDS = ("выходной", "рабочий", "сокращённый", "учебный", "актированный", "дистанционный", "карантин")

unhurried = settings(deadline=None)  # a machine may be busy
days = st.dates(dt.date(2026, 8, 1), dt.date(2027, 8, 31))
counts = st.integers(0, 40)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw a calendar: any week, January holidays or none, rows of any kind, Mondays moved to a working Saturday."""
    rows: dict[dt.date, DayOff] = dict(NEW_YEAR) if draw(st.booleans()) else {}
    for day, kind in draw(st.dictionaries(days, st.sampled_from(KINDS), max_size=25)).items():
        rows[day] = DayOff(kind, None, "")
    for monday in draw(st.lists(days.map(lambda day: day - day.weekday() * DAY), max_size=4)):
        rows[monday] = DayOff("выходной", None, "перенесён на субботу")
        rows[monday + 5 * DAY] = DayOff("рабочий", None, "вместо понедельника")
    known = draw(st.sampled_from([frozenset[int](), frozenset({2026, 2027})]))
    return Calendar(work_week=draw(st.sampled_from([5, 6])), days=rows, known_years=known)


# The oracle: words of the regulation, a table of days, no arithmetic of the program


def worked(calendar: Calendar, day: dt.date) -> bool:
    """Return whether staff work: what «Календарь» says of the day, and where it says nothing the day of the week."""
    names = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
    kind = calendar.days[day].kind if day in calendar.days else ""
    spoken: Mapping[str, bool] = {"выходной": False, "рабочий": True, "сокращённый": True}
    if kind in spoken:
        return spoken[kind]
    return names[day.weekday()] in (names[:5] if calendar.work_week == 5 else names[:6])


def after(calendar: Calendar, event: dt.date, number: int) -> dt.date:
    """Return the N-th working day of a long table of days that begins the day after the event."""
    table = [event + offset * DAY for offset in range(1, 500)]
    return event if number == 0 else [day for day in table if worked(calendar, day)][number - 1]


# «В течение N рабочих дней»


@unhurried
@given(calendars(), days, counts)
def test_exactly_so_many_working_days_lie_after_the_event(calendar: Calendar, event: dt.date, number: int) -> None:
    due = working_days_after(number, "события").due(event, replace(calendar, known_years=frozenset()))
    assert due == after(calendar, event, number)
    inside = [day for n in range((due - event).days) if worked(calendar, day := event + (n + 1) * DAY)]
    assert len(inside) == number


@unhurried
@given(calendars(), days, st.integers(1, 40))
def test_the_last_day_is_a_working_day(calendar: Calendar, event: dt.date, number: int) -> None:
    assert worked(calendar, calendar.add_working_days(event, number))
    assert calendar.is_working(event) is worked(calendar, event)


@unhurried
@given(calendars(), days)
def test_no_days_is_the_day_itself(calendar: Calendar, event: dt.date) -> None:
    unknown = replace(calendar, known_years=frozenset())
    assert working_days_after(0, "события").due(event, unknown) == event
    assert on_the_day("события").due(event, calendar) == event, "«в день» is that day, at work or not"


@unhurried
@given(calendars(), days, counts, st.integers(0, 10), st.integers(0, 30))
def test_later_events_and_longer_terms_end_no_earlier(
    calendar: Calendar, event: dt.date, number: int, more: int, later: int
) -> None:
    due = calendar.add_working_days(event, number)
    assert calendar.add_working_days(event, number + more) >= due
    if more:
        assert calendar.add_working_days(event, number + more) > due
    assert calendar.add_working_days(event + later * DAY, number) >= due


@unhurried
@given(calendars(), days, counts, counts)
def test_a_term_in_two_parts_is_the_whole_term(calendar: Calendar, event: dt.date, first: int, rest: int) -> None:
    middle = calendar.add_working_days(event, first)
    assert calendar.add_working_days(middle, rest) == calendar.add_working_days(event, first + rest)


@unhurried
@given(calendars(), days, st.integers(1, 40))
def test_days_off_before_the_event_or_on_it_change_nothing(calendar: Calendar, event: dt.date, number: int) -> None:
    rows = dict(calendar.days)
    rows[event] = DayOff("выходной", None, "")
    rows[event - DAY] = DayOff("рабочий", None, "")
    changed = replace(calendar, days=rows)
    assert changed.add_working_days(event, number) == calendar.add_working_days(event, number)


@unhurried
@given(calendars(), days, counts)
def test_what_is_left_and_what_is_added_agree(calendar: Calendar, today: dt.date, number: int) -> None:
    assert calendar.working_days_left(today, calendar.add_working_days(today, number)) == number
    assert calendar.working_days_left(today, today - DAY) == 0


@unhurried
@given(calendars(), st.dates(dt.date(2026, 11, 1), dt.date(2027, 1, 31)), counts)
def test_a_term_that_ends_in_a_year_without_rows_is_not_guessed(
    calendar: Calendar, event: dt.date, number: int
) -> None:
    one_year = replace(calendar, known_years=frozenset({2026}))
    due = working_days_after(number, "события").due(event, one_year)
    expected = after(calendar, event, number)
    assert due == (expected if expected.year == 2026 else None)
    assert days_after(number, "события").due(event, one_year) == event + number * DAY, "calendar days need no rows"


@pytest.mark.parametrize(
    ("event", "number", "due"),
    [
        (dt.date(2026, 12, 30), 1, dt.date(2026, 12, 31)),
        (dt.date(2026, 12, 31), 1, dt.date(2027, 1, 11)),
        (dt.date(2026, 12, 29), 3, dt.date(2027, 1, 11)),
        (dt.date(2027, 1, 5), 2, dt.date(2027, 1, 12)),
    ],
)
def test_the_january_holidays_do_not_count(event: dt.date, number: int, due: dt.date) -> None:
    calendar = Calendar(days=NEW_YEAR, known_years=frozenset({2026, 2027}))
    assert working_days_after(number, "приказа").due(event, calendar) == due


def test_a_saturday_counts_where_it_is_worked() -> None:
    friday = dt.date(2026, 10, 30)
    swapped = {dt.date(2026, 10, 31): DayOff("рабочий", None, ""), dt.date(2026, 11, 3): DayOff("выходной", None, "")}
    assert Calendar(work_week=5).add_working_days(friday, 1) == dt.date(2026, 11, 2)
    assert Calendar(work_week=6).add_working_days(friday, 1) == dt.date(2026, 10, 31)
    assert Calendar(work_week=5, days=swapped).add_working_days(friday, 1) == dt.date(2026, 10, 31)
    assert Calendar(work_week=5, days=swapped).add_working_days(friday, 3) == dt.date(2026, 11, 4)


# Days that are named


@unhurried
@given(calendars(), st.one_of(st.none(), days), st.integers(1, 28), st.integers(1, 12))
def test_a_named_day_is_that_day_of_the_school_year(
    calendar: Calendar, event: dt.date | None, number: int, month: int
) -> None:
    due = by_date(number, month).due(event, calendar, YEAR)
    assert due is not None
    assert (due.day, due.month) == (number, month)
    assert dt.date(2026, 8, 1) <= due <= dt.date(2027, 7, 31)


@unhurried
@given(calendars())
def test_up_to_15_september_includes_that_day_and_is_not_moved(calendar: Calendar) -> None:
    day_off = replace(calendar, days={**calendar.days, dt.date(2026, 9, 15): DayOff("выходной", None, "")})
    for one in (calendar, day_off):
        due = by_date(15, 9).due(None, one, YEAR)
        assert due == dt.date(2026, 9, 15)
        assert state_on(due, due, None, one) is State.SOON
        assert state_on(due + DAY, due, None, one) is State.OVERDUE
        assert state_on(due + DAY, due, due, one) is State.DONE_IN_TIME
        assert state_on(due + DAY, due, due + DAY, one) is State.DONE_LATE


@unhurried
@given(calendars(), days)
def test_an_order_of_the_first_week_is_in_time_on_its_every_day(calendar: Calendar, dated: dt.date) -> None:
    """«С 1 по 7 сентября»: the term is the 7th; what is dated on one of the days is in time, on the 8th it is late."""
    due = by_date(7, 9).due(None, calendar, YEAR)
    state = state_on(dt.date(2026, 9, 30), due, dated, calendar)
    assert state is (State.DONE_IN_TIME if dated < dt.date(2026, 9, 8) else State.DONE_LATE)


@unhurried
@given(calendars(), days, st.integers(0, 60))
def test_days_before_are_calendar_days(calendar: Calendar, begins: dt.date, number: int) -> None:
    due = days_before(number, "начала каникул").due(begins, calendar)
    assert due is not None
    table = [due + n * DAY for n in range(number)]
    assert begins == (table[-1] + DAY if table else due)
    assert begins not in table


def test_two_weeks_before_holidays() -> None:
    term = days_before(14, "начала каникул")
    assert term.due(dt.date(2026, 10, 26), Calendar()) == dt.date(2026, 10, 12)
    assert term.due(None, Calendar()) is None


# A day off moves a term only by the switch


@unhurried
@given(calendars(), days)
def test_a_moved_term_is_the_first_working_day_not_before_it(calendar: Calendar, due: dt.date) -> None:
    found = moved(due, calendar)
    assert worked(calendar, found)
    assert found == (due if worked(calendar, due) else after(calendar, due, 1))


# The state of a day


@unhurried
@given(calendars(), days, days)
def test_soon_is_three_working_days_and_no_more(calendar: Calendar, on: dt.date, due: dt.date) -> None:
    left = sum(worked(calendar, on + n * DAY) for n in range(1, (due - on).days + 1))
    state = state_on(on, due, None, calendar)
    assert state is (State.OVERDUE if due < on else State.SOON if left <= 3 else State.EXPECTED)


@unhurried
@given(calendars(), days, st.integers(0, 20), days)
def test_the_state_only_grows_with_the_days(calendar: Calendar, event: dt.date, number: int, on: dt.date) -> None:
    due = calendar.add_working_days(event, number)
    assume(on >= event)
    order = (State.EXPECTED, State.SOON, State.OVERDUE)
    today, tomorrow = (state_on(day, due, None, calendar) for day in (on, on + DAY))
    assert order.index(today) <= order.index(tomorrow)


@unhurried
@given(st.builds(DueTerm, counts, st.sampled_from(["дней", "рабочих дней"]), st.just("события")), calendars())
def test_a_term_without_an_event_is_not_known(term: DueTerm, calendar: Calendar) -> None:
    assert term.due(None, calendar, YEAR) is None
