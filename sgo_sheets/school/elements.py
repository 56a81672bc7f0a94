"""The small things a school is made of: keys, stretches of days, pupils, members, lessons, periods, loads held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.records.people_books import Order, PupilCard
from sgo_sheets.records.plan_book import Load


class JournalKey(NamedTuple):
    """What identifies a journal: the class or stream, the subject, the group («» = the whole class)."""

    target: str
    subject: str
    group: str

    def __str__(self) -> str:
        """Return «5А Английский язык (1)»."""
        return f"{self.target} {self.subject}" + (f" ({self.group})" if self.group else "")


class Stay(NamedTuple):
    """A pupil's time in one class: both days included."""

    school_class: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil: the card and the classes by day, from «Класс на начало года» and the movement book alone."""

    card: PupilCard
    stays: tuple[Stay, ...]
    orders: tuple[Order, ...] = ()

    @property
    def id(self) -> str:
        """Return the № личного дела."""
        return self.card.id

    @property
    def name(self) -> str:
        """Return «Соколова Вера»."""
        return self.card.name

    def class_on(self, day: dt.date) -> str | None:
        """Return the class the pupil is in on a day, None where in none."""
        for name, first, last in self.stays:  # a plain loop: the reports of the school ask it of everybody a day
            if first <= day <= last:
                return name
        return None


class Span(NamedTuple):
    """A stretch of days, both included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: object) -> bool:
        """Return whether a day lies in the span."""
        return isinstance(day, dt.date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil of a journal and the days on which he belongs to it (class and group together)."""

    pupil: str
    name: str
    spans: tuple[Span, ...]
    former: bool = False

    def on(self, day: dt.date) -> bool:
        """Return whether the pupil belongs to the journal on a day."""
        for first, last in self.spans:  # noqa: SIM110 - asked of every mark of the school: any() costs three times as much
            if first <= day <= last:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Slot:
    """A lesson that the timetable, with its substitutions, puts on a day.

    ``cancelled`` – «Замены» or the day itself (актированный …) took it away: nobody owes it.
    ``teacher`` is the code of who gives it (the substitute, if there is one); ``changed`` says how it differs from the
    timetable, in words for a family («замена: …», «перенос с 12 ноября»).
    """

    date: dt.date
    number: int
    subject: str
    group: str
    target: str
    room: str = ""
    start: dt.time | None = None
    end: dt.time | None = None
    teacher: str = ""
    substitute: bool = False
    cancelled: bool = False
    changed: str = ""


@dataclass(frozen=True, slots=True)
class PeriodOf:
    """A study period of a class: «1 четверть», its type and days."""

    name: str
    type: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Holding:
    """Who teaches a journal and when (a dated row of «Нагрузка»)."""

    load: Load
    first: dt.date
    last: dt.date
