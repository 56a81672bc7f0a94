"""What a diary shows of one pupil, as plain values: the templates only print them (Регламент п. 8.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.site.diary_shared_views import Card, Chip, Day, Piece, Week


class MonthView(NamedTuple):
    """The average of a month: in words and as a point of the small line."""

    name: str
    average: str
    x: str
    y: str


class SubjectMarks(NamedTuple):
    """The marks of one subject within a week."""

    subject: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week as one pupil sees it: with the marks of the week; ``past`` – it has begun by the newest record."""

    week: Week
    marks: tuple[SubjectMarks, ...]
    past: bool


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next: the day, the lessons with homework, the other subjects. Without a day ``words`` say why."""

    day: Day | None
    tasks: tuple[Card, ...] = ()
    others: tuple[str, ...] = ()
    words: str = ""
    href: str = ""


class MarkView(NamedTuple):
    """A mark in the list of its subject: leads to its day."""

    text: str
    tone: str
    href: str
    date: str
    words: str


class FinalView(NamedTuple):
    """A mark of a period, of the year, of an exam."""

    label: str
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A subject in the period: marks in order, average («» without marks), marks of periods, missed lessons.

    ``other`` – the average counted the other way with its words, where it differs; ``last`` – the day of the last mark
    in ISO form, «» without any.
    """

    name: str
    marks: tuple[MarkView, ...]
    average: str
    other: str
    finals: tuple[FinalView, ...]
    missed: str
    last: str


class Debt(NamedTuple):
    """A task that is owed."""

    subject: str
    words: str
    set_on: str
    until: dt.date | None
    href: str


class Count(NamedTuple):
    """A number with its words: «12 уроков», «болезнь»."""

    number: str
    words: str


class News(NamedTuple):
    """An announcement to the class."""

    date: dt.date
    until: dt.date
    words: str
    pieces: tuple[Piece, ...]


class Link(NamedTuple):
    """A link to another page of the diary; ``current`` – it is this page."""

    href: str
    words: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """A pupil's page of one study period.

    ``weeks`` stand as a page without the script is read: the newest with data first, then what follows, then what was.
    ``notes`` are the pupil's own chips by lesson.
    """

    pupil: str
    school_class: str
    period: str
    first: dt.date
    last: dt.date
    fresh: str
    weeks: tuple[WeekView, ...]
    notes: Mapping[int, tuple[Chip, ...]]
    next: Next
    debts: tuple[Debt, ...]
    news: tuple[News, ...]
    subjects: tuple[SubjectView, ...]
    months: tuple[MonthView, ...]
    missed: tuple[Count, ...]
    periods: tuple[Link, ...]
    first_grade: bool


class PeriodLink(NamedTuple):
    """A period in the pupil's list: its days, its page; ``newest`` – the last one with data."""

    href: str
    name: str
    dates: str
    first: dt.date
    last: dt.date
    newest: bool
