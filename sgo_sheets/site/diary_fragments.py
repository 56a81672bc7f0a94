"""Pieces of a diary that pupils of a class share, made once: a page is put together from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from sgo_sheets.site.diary_shared_views import Band, Card, Chip, Week
from sgo_sheets.site.diary_views import PeriodPage, SubjectView, WeekView
from sgo_sheets.site.render import Renderer

TEMPLATE = "diary_parts.html"
MARKS, MARKS_END = b'<dl class="week-marks">\n', b"</dl>\n"
DAYS, DAYS_END = b'<div class="days">\n', b"</div>\n"
DAY_END = b"</ol>\n</article>\n"


class _Days(NamedTuple):
    """The days of a week without a pupil's chips: whole, in parts, and for each lesson the place of its part."""

    plain: bytes
    parts: tuple[bytes, ...]
    lessons: Mapping[int, int]


class Fragments:
    """The lessons of a class as markup, and what else repeats from page to page."""

    def __init__(self, render: Renderer, cards: Sequence[Card]) -> None:
        """Make the two halves of every lesson; a pupil's own chips stand between them."""

        def text(name: str) -> Callable[..., Markup]:
            return cache(render.macro(TEMPLATE, name))

        def encoded(name: str) -> Callable[..., bytes]:
            macro = render.macro(TEMPLATE, name)
            return cache(lambda *what: macro(*what).encode())

        head, tail = render.macro(TEMPLATE, "lesson_head"), render.macro(TEMPLATE, "lesson_tail")
        self._heads = [head(card).encode() for card in cards]
        self._tails = [tail(card).encode() for card in cards]
        self._chips, self._day, self._band = encoded("chips"), encoded("day_head"), encoded("band")
        self._week_head, self._week_tail = encoded("week_head"), encoded("week_tail")
        self._week_marks, self._no_marks = encoded("week_marks"), encoded("no_marks")
        self._mark, self._final, self._week_link = text("mark"), text("final"), text("week_link")
        self._subject = render.macro(TEMPLATE, "subject")
        self._days: Callable[[Week], _Days] = cache(self._lay_out)

    def weeks(self, page: PeriodPage) -> bytes:
        """Return the weeks of a page: the marks of each, its days with the pupil's chips."""
        parts: list[bytes] = []
        for number, view in enumerate(page.weeks):
            parts.append(self._week_head(view.week, number == 0))
            if view.marks:
                parts += (MARKS, *map(self._week_marks, view.marks), MARKS_END)
            elif view.past and view.week.ordinal and not page.first_grade:
                parts.append(self._no_marks())
            parts.append(DAYS)
            self._add_days(parts, view.week, page.notes)
            parts += (DAYS_END, self._week_tail())
        return b"".join(parts)

    def _add_days(self, parts: list[bytes], week: Week, notes: Mapping[int, tuple[Chip, ...]]) -> None:
        plain, shared, lessons = self._days(week)
        noted = lessons.keys() & notes.keys()
        if not noted:
            parts.append(plain)
            return
        begin = len(parts)
        parts += shared
        for place in noted:
            parts[begin + lessons[place]] = b"".join(
                (self._heads[place], self._chips(notes[place]), self._tails[place])
            )

    def _lay_out(self, week: Week) -> _Days:
        parts: list[bytes] = []
        lessons: dict[int, int] = {}
        for day in week.days:
            if isinstance(day, Band):
                parts.append(self._band(day))
                continue
            parts.append(self._day(day))
            for place in day.lessons:
                lessons[place] = len(parts)
                parts.append(self._heads[place] + self._tails[place])
            parts.append(DAY_END)
        return _Days(b"".join(parts), tuple(parts), lessons)

    def subjects(self, subjects: Iterable[SubjectView]) -> Markup:
        """Return the lines of the table of subjects: marks in order, each leading to its day, and period marks."""
        return _joined(
            self._subject(own, _joined(map(self._mark, own.marks)), _joined(map(self._final, own.finals)))
            for own in subjects
        )

    def week_links(self, weeks: Iterable[WeekView]) -> Markup:
        """Return the links to the weeks of a page, in order of time."""
        return _joined(map(self._week_link, sorted((view.week for view in weeks), key=_first)))


def _first(week: Week) -> dt.date:
    return week.first


def _joined(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - every part is markup that a template has escaped
