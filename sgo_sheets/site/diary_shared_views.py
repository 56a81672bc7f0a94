"""What all pupils of a class see of its lessons, days and weeks, as plain values (Регламент п. 8.9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a text; ``href`` is the address it leads to, «» for plain words."""

    text: str
    href: str = ""


class Task(NamedTuple):
    """Homework: its text, and quietly when it was set («задано 14 ноября») or when it is due («на пятницу»)."""

    pieces: tuple[Piece, ...]
    note: str = ""


class Chip(NamedTuple):
    """A mark, an absence or a debt: the word or figure that stands out, the words beside it, the tone of its colour.

    ``until`` is the last day of a debt: the page's script says when it has passed.
    """

    tone: str
    text: str
    words: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A lesson as every pupil who attends it sees it. ``recorded`` – its journal says it was held.

    ``loose`` – a mark without a lesson: shown only to who has it. ``errand`` – no lesson, only something to hand in.
    ``hand_in`` – the day of «Сдать к» of what was set here.
    """

    date: dt.date
    subject: str
    number: int | None = None
    start: str = ""
    end: str = ""
    room: str = ""
    topic: str = ""
    due: tuple[Task, ...] = ()
    given: Task | None = None
    changed: str = ""
    cancelled: bool = False
    recorded: bool = False
    loose: bool = False
    errand: bool = False
    hand_in: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with lessons: ``lessons`` are places in the board's cards."""

    date: dt.date
    title: str
    date_words: str
    to: str
    note: str
    lessons: tuple[int, ...]
    starts: str


@dataclass(frozen=True, slots=True)
class Band:
    """A quiet line instead of lessons: holidays, a day off, the first day at this school."""

    first: dt.date
    last: dt.date
    text: str
    dates: str = ""


class Step(NamedTuple):
    """A link to the week before or after: its address and its dates."""

    href: str
    dates: str


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """A week of a period (or several without lessons, as one). ``full`` – on paper it needs smaller letters.

    ``earlier`` and ``later`` lead to its neighbours. Pupils who attend the same lessons share the object itself: weeks
    are told apart by identity, which costs nothing.
    """

    first: dt.date
    last: dt.date
    title: str
    ordinal: str
    days: tuple[Day | Band, ...]
    full: bool = False
    earlier: Step | None = None
    later: Step | None = None

    @property
    def id(self) -> str:
        """Return the anchor of the week."""
        return f"w-{self.first.isoformat()}"
