"""Terms: days counted, what Регламент.xlsx changes, the state on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from sgo_sheets.findings import Role, Severity, State
from sgo_sheets.records.regulation_book import Term
from sgo_sheets.rules.terms import (
    DueTerm,
    Terms,
    applied,
    days_after_lesson,
    on_the_day,
    state_on,
    working_days_after,
)
from sgo_sheets.school.calendar import Calendar, DayOff

FRIDAY = dt.date(2026, 10, 30)
HOLIDAY = dt.date(2026, 11, 4)
CALENDAR = Calendar(days={HOLIDAY: DayOff("выходной", None, "")}, known_years=frozenset({2026}))
OWN = Terms(Role.TEACHER, Severity.VIOLATION, days_after_lesson(14))


def row(**values: object) -> Term:
    return Term.model_validate({"code": "R0801", **values})


def test_calendar_days_are_counted_from_the_day_after_and_not_moved() -> None:
    assert days_after_lesson(14).due(dt.date(2026, 11, 9), CALENDAR) == dt.date(2026, 11, 23)
    assert days_after_lesson(8).due(FRIDAY, CALENDAR) == dt.date(2026, 11, 7), "a Saturday stays a Saturday"
    assert on_the_day("урока").due(FRIDAY, CALENDAR) == FRIDAY
    assert on_the_day("урока").due(None, CALENDAR) is None


def test_working_days_skip_weekends_and_holidays_and_are_not_guessed() -> None:
    assert working_days_after(3, "приказа").due(FRIDAY, CALENDAR) == dt.date(2026, 11, 5)
    assert working_days_after(3, "приказа").due(dt.date(2026, 12, 30), CALENDAR) is None, "2027 has no rows"
    assert working_days_after(3, "приказа").due(FRIDAY, Calendar()) == dt.date(2026, 11, 4), "no rows at all: weekends"


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (days_after_lesson(14), "14 дней после урока"),
        (days_after_lesson(1), "1 день после урока"),
        (working_days_after(2, "зачисления"), "2 рабочих дня после зачисления"),
        (on_the_day("окончания периода"), "в день окончания периода"),
        (DueTerm(0, "дата", "", dt.date(2026, 9, 15)), "до 15.09.2026"),
    ],
)
def test_terms_are_said_in_words(term: DueTerm, words: str) -> None:
    assert str(term).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (dt.date(2026, 11, 9), State.EXPECTED),
        (dt.date(2026, 11, 17), State.EXPECTED),
        (dt.date(2026, 11, 18), State.SOON),
        (dt.date(2026, 11, 23), State.SOON),
        (dt.date(2026, 11, 24), State.OVERDUE),
    ],
)
def test_three_working_days_are_soon_and_the_last_day_is_in_time(on: dt.date, state: State) -> None:
    assert state_on(on, dt.date(2026, 11, 23), None, CALENDAR) is state


def test_a_date_of_the_deed_decides() -> None:
    due, on = dt.date(2026, 11, 23), dt.date(2027, 1, 1)
    assert state_on(on, due, due, CALENDAR) is State.DONE_IN_TIME
    assert state_on(on, due, due + dt.timedelta(days=1), CALENDAR) is State.DONE_LATE
    assert state_on(on, None, due, CALENDAR) is State.DONE_UNKNOWN
    assert state_on(on, None, None, CALENDAR) is State.UNCHECKED


def test_a_school_changes_numbers_weight_and_who_answers() -> None:
    changed = applied(OWN, row(value=7.0, severity="справка", role="завуч", checked="нет"))
    assert changed == Terms(Role.DEPUTY, Severity.NOTE, days_after_lesson(7), checked=False)
    assert applied(OWN, row()) == OWN
    assert applied(OWN, row(value="5", unit="рабочих дней")).due == working_days_after(5, "урока")
    assert applied(OWN, row(value=0)).due == on_the_day("урока")


@pytest.mark.parametrize("value", [dt.date(2026, 9, 15), dt.datetime(2026, 9, 15), "15.09.2026"])
def test_a_day_may_be_set_instead(value: object) -> None:
    due = applied(OWN, row(value=value, unit="дата")).due
    assert due is not None
    assert due.due(FRIDAY, CALENDAR) == dt.date(2026, 9, 15)


@pytest.mark.parametrize(("value", "unit"), [("скоро", ""), (2.5, "дней"), (-1, "дней"), (14, "дата"), (True, "дней")])
def test_a_value_that_cannot_be_used_leaves_the_rule_as_it_is(value: object, unit: str) -> None:
    changed = applied(OWN, row(value=value, unit=unit))
    assert changed.due == OWN.due
    assert "впишите" in changed.mistake


def test_a_rule_without_a_term_gets_none() -> None:
    assert applied(Terms(Role.TEACHER, Severity.WARNING, None), row(value=3, unit="дней")).due is None
