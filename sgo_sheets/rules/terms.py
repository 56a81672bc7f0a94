"""By when a thing is owed: the terms of rules, what Регламент.xlsx changes in them, the state on a given day."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import NamedTuple

from sgo_sheets.findings import Role, Severity, State
from sgo_sheets.records.regulation_book import Term
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.russian import counted, day, month_day, read_month_day
from sgo_sheets.school.calendar import Calendar
from sgo_sheets.school.elements import Span

DAYS, WORKING_DAYS, DATE = "дней", "рабочих дней", "дата"
_AUGUST = 8
_EPOCH, _FIRST_SERIAL, _LAST_SERIAL = dt.date(1899, 12, 30), 40_000, 60_000  # days as Excel counts them, 2009–2064
_EXAMPLE = "15 сентября"
SOON = 3
"""An obligation is «скоро» when at most so many working days are left."""


class DayOfYear(NamedTuple):
    """A day the regulation names without a year: «15 сентября»."""

    day: int
    month: int

    def within(self, year: Span) -> dt.date:
        """Return the day in a school year: from August on in its first calendar year, else in its second.

        29 February is the last day of February in a year that has no such day.
        """
        number = year.first.year + (self.month < _AUGUST)
        return dt.date(number, self.month, min(self.day, monthrange(number, self.month)[1]))


@dataclass(frozen=True, slots=True)
class DueTerm:
    """So many days after the event («since»); day 0 is the event, the last day is in time.

    ``unit`` is «дней» (calendar days), «рабочих дней» or «дата», when ``date`` (or ``every``, in every school year) is
    the day itself. ``event`` names the event for people: «после урока». ``before`` – the days lie before the event.
    """

    count: int
    unit: str
    event: str
    date: dt.date | None = None
    every: DayOfYear | None = None
    before: bool = False

    def due(self, since: dt.date | None, calendar: Calendar, year: Span | None = None) -> dt.date | None:
        """Return the last day that is in time, None where it cannot be known.

        Working days in a calendar year without confirmed rows in «Календарь» are not guessed.
        """
        if self.unit == DATE:
            return self.date or (self.every.within(year) if self.every and year else None)
        if since is None:
            return None
        if self.unit == DAYS:
            return since + dt.timedelta(days=-self.count if self.before else self.count)
        count = calendar.take_working_days if self.before else calendar.add_working_days
        found = count(since, self.count)
        return found if not calendar.known_years or found.year in calendar.known_years else None

    def __str__(self) -> str:
        """Return the words people read: «14 дней после урока», «в день окончания периода», «до 15 сентября»."""
        if self.unit == DATE and self.date is not None:
            return f"до {day(self.date)}"
        if self.unit == DATE:
            return f"до {month_day(*self.every)}" if self.every else "в согласованный срок"
        if self.count == 0:
            return f"в день {self.event}"
        if self.before:
            return f"не позже чем за {self._days()} до {self.event}"
        return f"{self._days()} после {self.event}"

    def _days(self) -> str:
        if self.unit == WORKING_DAYS:
            return counted(self.count, "рабочий день", "рабочих дня", "рабочих дней")
        return counted(self.count, "день", "дня", "дней")


def days_after_lesson(count: int) -> DueTerm:
    """Return the term of so many calendar days after the lesson."""
    return DueTerm(count, DAYS, "урока")


def days_after(count: int, event: str) -> DueTerm:
    """Return the term of so many calendar days after an event, named in the genitive («двух недель»)."""
    return DueTerm(count, DAYS, event)


def working_days_after(count: int, event: str) -> DueTerm:
    """Return the term of so many working days after an event, named in the genitive («зачисления»)."""
    return DueTerm(count, WORKING_DAYS, event)


def on_the_day(event: str) -> DueTerm:
    """Return the term of the very day of the event («окончания периода»)."""
    return DueTerm(0, DAYS, event)


def days_before(count: int, event: str) -> DueTerm:
    """Return the term of at least so many calendar days before an event, named in the genitive («начала каникул»)."""
    return DueTerm(count, DAYS, event, before=True)


def by_date(day_of_month: int, month: int) -> DueTerm:
    """Return the term of a day of every school year: «до 15 сентября»; that day is still in time."""
    return DueTerm(0, DATE, "", every=DayOfYear(day_of_month, month))


def agreed_date() -> DueTerm:
    """Return the term of a day agreed with others: there is none until «Сроки» sets it, and nothing is owed by then."""
    return DueTerm(0, DATE, "")


@dataclass(frozen=True, slots=True)
class Terms:
    """A rule as this school applies it: its own numbers, changed by «Сроки» of Регламент.xlsx."""

    role: Role
    severity: Severity
    due: DueTerm | None
    checked: bool = True
    mistake: str = ""


def applied(own: Terms, row: Term | None, year: Span | None = None) -> Terms:
    """Return the terms with what the row of «Сроки» changes; ``mistake`` says which value of the row is not usable.

    A date with its year is not usable in another school year than ``year``: it was left from the last one.
    """
    if row is None:
        return own
    role = next((role for role in Role if role.label == row.role), own.role)
    severity = next((weight for weight in Severity if weight.label == row.severity), own.severity)
    due, mistake = _changed(own.due, row, year)
    return Terms(role, severity, due, checked=row.checked is not False, mistake=mistake)


def _changed(own: DueTerm | None, row: Term, year: Span | None) -> tuple[DueTerm | None, str]:
    if own is None:
        return own, ""
    unit = row.unit or own.unit
    value = row.value
    if value in (None, ""):
        return (own if DATE in (unit, own.unit) else replace(own, unit=unit)), ""
    if unit == DATE:
        return _dated(own, value, year)
    if own.unit == DATE:
        return own, f"«{value}» — число дней, а считать их не от чего; впишите день, например, {_EXAMPLE}"
    number = _whole(value)
    if number is None:
        return own, f"«{value}» — не целое число дней; впишите, например, {own.count}"
    return replace(own, count=number, unit=unit), ""


def _dated(own: DueTerm, value: object, year: Span | None) -> tuple[DueTerm, str]:
    """Return the term with a day in place of its number: of every year, or of this one."""
    date = value.date() if isinstance(value, dt.datetime) else value
    if isinstance(value, (int, float)) and _FIRST_SERIAL <= value < _LAST_SERIAL:
        date = _EPOCH + dt.timedelta(days=int(value))  # a day in a cell whose format shows a number
    if isinstance(date, str):
        if (every := read_month_day(date)) is not None:
            return replace(own, unit=DATE, date=None, every=DayOfYear(*every)), ""
        date = parse_date(date)
    if not isinstance(date, dt.date):
        return own, f"«{value}» — не дата; впишите, например, {_EXAMPLE}"
    if year is not None and not dt.date(year.first.year, _AUGUST, 1) <= date < dt.date(year.last.year, 9, 1):
        return own, f"«{day(date)}» — не в этом учебном году; впишите без года, например, {_EXAMPLE}"
    return replace(own, unit=DATE, date=date, every=None), ""


def _whole(value: object) -> int | None:
    if isinstance(value, str) and value.strip().isdigit():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if value >= 0 and float(value).is_integer() else None


def moved(due: dt.date, calendar: Calendar) -> dt.date:
    """Return the day itself when it is a working day, else the next one: for schools that move such a term."""
    while not calendar.is_working(due):
        due += dt.timedelta(days=1)
    return due


def state_on(on: dt.date, due: dt.date | None, done_at: dt.date | None, calendar: Calendar) -> State:
    """Return how an obligation stands on a day: the last day is still in time."""
    if done_at is not None:
        if due is None:
            return State.DONE_UNKNOWN
        return State.DONE_IN_TIME if done_at <= due else State.DONE_LATE
    if due is None:
        return State.UNCHECKED
    if due < on:
        return State.OVERDUE
    # No more than SOON working days are left exactly when the one after them lies beyond the due day.
    return State.SOON if calendar.add_working_days(on, SOON + 1) > due else State.EXPECTED
