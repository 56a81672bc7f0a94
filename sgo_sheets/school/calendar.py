"""Working days, study days and holidays: the school's sheet «Календарь» is the authority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

SATURDAY, SUNDAY = 5, 6
NO_LESSONS = frozenset({"выходной", "актированный", "карантин", "перенесён"})


class DayOff(NamedTuple):
    """A row of «Календарь» for one class (or all): its kind, the day whose timetable it follows, the reason."""

    kind: str
    instead: dt.date | None
    reason: str


class Break(NamedTuple):
    """Holidays of a class."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one class (or, with no class's rows, of the school).

    ``study`` – spans of its study periods; ``breaks`` – holidays; ``days`` – rows of «Календарь» that apply;
    ``school_week`` – 5 or 6 study days; ``work_week`` – 5 or 6 working days, for deadlines.
    ``known_years`` – calendar years with confirmed rows: a deadline in another year is reported, not guessed.
    """

    school_week: int = 6
    work_week: int = 5
    study: tuple[tuple[dt.date, dt.date], ...] = ()
    breaks: tuple[Break, ...] = ()
    days: Mapping[dt.date, DayOff] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Return whether staff work on the day: deadlines in working days count it."""
        row = self.days.get(day)
        if row is not None and row.kind == "выходной":
            return False
        if row is not None and row.kind in ("рабочий", "сокращённый"):
            return True
        return day.weekday() < self.work_week

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the last day of «в течение N рабочих дней»: day 0 is the event itself."""
        while count > 0:
            day += dt.timedelta(days=1)
            count -= self.is_working(day)
        return day

    def take_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the last day of «не позже чем за N рабочих дней»: N working days back, the day itself being 0."""
        while count > 0:
            day -= dt.timedelta(days=1)
            count -= self.is_working(day)
        return day

    def working_days_left(self, today: dt.date, due: dt.date) -> int:
        """Return how many working days lie after today up to and including the due day (0 when it is past)."""
        return sum(self.is_working(day) for day in days_between(today + dt.timedelta(days=1), due))

    def break_on(self, day: dt.date) -> Break | None:
        """Return the holidays a day belongs to."""
        return next((b for b in self.breaks if b.first <= day <= b.last), None)

    def is_study(self, day: dt.date) -> bool:
        """Return whether the class has lessons on the day: periods minus holidays and days off."""
        row = self.days.get(day)
        if row is not None and row.kind in NO_LESSONS:
            return False
        if row is not None and row.kind == "учебный":
            return True
        if not any(first <= day <= last for first, last in self.study) or self.break_on(day):
            return False
        return day.weekday() < self.school_week

    def timetable_day(self, day: dt.date) -> dt.date:
        """Return the day whose timetable is followed: that of «Вместо» on a moved study day."""
        row = self.days.get(day)
        return row.instead if row is not None and row.kind == "учебный" and row.instead else day

    def study_days(self, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
        """Return the study days of a span."""
        return tuple(day for day in days_between(first, last) if self.is_study(day))


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield every day of a span, both ends included."""
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(days=offset)
