"""Pieces of a diary that pupils of a class share, made once: a page is put together from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup

from sgo_sheets.site.diary_views import Band, Card, Chip, Day, MarkView, Week
from sgo_sheets.site.render import Renderer

TEMPLATE = "diary_parts.html"
DAY_END = "</ol>\n</article>\n"


class Fragments:
    """The lessons of a class as markup, and what else repeats from page to page."""

    def __init__(self, render: Renderer, cards: Sequence[Card]) -> None:
        """Make the two halves of every lesson; a pupil's own chips stand between them."""
        head, tail = render.macro(TEMPLATE, "lesson_head"), render.macro(TEMPLATE, "lesson_tail")
        self._heads = [head(card) for card in cards]
        self._tails = [tail(card) for card in cards]
        self._whole = [first + last for first, last in zip(self._heads, self._tails, strict=True)]
        self._chips: Callable[[tuple[Chip, ...]], Markup] = cache(render.macro(TEMPLATE, "chips"))
        self._day: Callable[[Day], Markup] = cache(render.macro(TEMPLATE, "day_head"))
        self._band: Callable[[Band], Markup] = cache(render.macro(TEMPLATE, "band"))
        self._mark: Callable[[MarkView], Markup] = cache(render.macro(TEMPLATE, "mark"))
        self._week_mark: Callable[[Chip], Markup] = cache(render.macro(TEMPLATE, "week_mark"))

    def days(self, week: Week, notes: Mapping[int, tuple[Chip, ...]]) -> Markup:
        """Return the days of a week: cards with their lessons and the pupil's chips, quiet bands between them."""
        parts: list[str] = []
        for day in week.days:
            if isinstance(day, Band):
                parts.append(self._band(day))
                continue
            parts.append(self._day(day))
            for place in day.lessons:
                own = notes.get(place)
                if own is None:
                    parts.append(self._whole[place])
                else:
                    parts.extend((self._heads[place], self._chips(own), self._tails[place]))
            parts.append(DAY_END)
        return _joined(parts)

    def marks(self, marks: Iterable[MarkView]) -> Markup:
        """Return the marks of a subject, each leading to its day."""
        return _joined(self._mark(mark) for mark in marks)

    def week_marks(self, chips: Iterable[Chip]) -> Markup:
        """Return the marks of a week in one subject."""
        return _joined(self._week_mark(chip) for chip in chips)


def _joined(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - every part is markup that a template has escaped
