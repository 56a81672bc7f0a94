"""Report 11, «Движение учащихся по школе»: who came, left and moved over a span, and what that makes of numbers.

The number at the end is that of the beginning and who came, without who left, for every row. A move between classes
counts in the rows of those classes, and in no row that holds both (reports.md no. 11).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sgo_sheets.records.people_books import ENROLMENT, LEAVING, MOVE, Order
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.reports.units import Unit, units
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School

NO_DIRECTION = "не указано"
DAY = dt.timedelta(days=1)


class Event(NamedTuple):
    """A pupil's move on a day: «» – from or to outside; ``order`` is that which says so, None where none is found."""

    day: dt.date
    pupil: Pupil
    source: str
    target: str
    order: Order | None

    @property
    def direction(self) -> str:
        """Return where who left the school went, as «Направление» says, «» for who did not leave."""
        if self.target:
            return ""
        return (self.order.direction if self.order is not None else "") or NO_DIRECTION


class Moved(NamedTuple):
    """A row: the pupils at the beginning, who came and left, the pupils at the end.

    ``enrolled`` and ``gone`` are from and to outside the school, ``came`` and ``went`` from and to other classes that
    are not of the row; ``directions`` are those of ``gone``, by their folded words.
    """

    unit: Unit
    start: int
    enrolled: int
    came: int
    gone: int
    went: int
    directions: Mapping[str, int]
    end: int

    @property
    def arrived(self) -> int:
        """Return all who came."""
        return self.enrolled + self.came

    @property
    def left(self) -> int:
        """Return all who left."""
        return self.gone + self.went


def start_day(span: ReportSpan, year: Span) -> dt.date:
    """Return the day whose pupils are those «на начало»: the eve of the span, in the year its first day.

    Orders up to the first day of the school year explain «Класс на начало года» and move nobody.
    """
    return max(year.first, span.first - DAY)


def events(school: School) -> tuple[Event, ...]:
    """Return every move of the year after its first day, by day and name."""
    found = [event for pupil in school.pupils.values() for event in _of_pupil(pupil, school.year)]
    return tuple(sorted(found, key=lambda event: (event.day, fold(event.pupil.name), event.pupil.id)))


def within(found: Iterable[Event], span: ReportSpan, year: Span) -> tuple[Event, ...]:
    """Return the moves of a span: those after the day of «на начало», to the last day."""
    start = start_day(span, year)
    return tuple(event for event in found if start < event.day <= span.last)


def movement(school: School, span: ReportSpan, found: Sequence[Event]) -> tuple[Moved, ...]:
    """Return the row of every class, parallel, step and of the school; ``found`` are the moves of the span."""
    before = _sizes(school, start_day(span, school.year))
    after = _sizes(school, span.last)
    return tuple(_moved(unit, before, found, after) for unit in units((book.name, book.grade) for book in school.books))


def _sizes(school: School, on: dt.date) -> Mapping[str, int]:
    """Return the number of pupils of every class on a day."""
    return Counter(name for pupil in school.pupils.values() if (name := pupil.class_on(on)))


def _moved(unit: Unit, before: Mapping[str, int], found: Iterable[Event], after: Mapping[str, int]) -> Moved:
    own = frozenset(unit.classes)
    came = [event for event in found if event.target in own and event.source not in own]
    left = [event for event in found if event.source in own and event.target not in own]
    gone = [event for event in left if not event.target]
    enrolled = sum(not event.source for event in came)
    return Moved(
        unit=unit,
        start=sum(before.get(name, 0) for name in unit.classes),
        enrolled=enrolled,
        came=len(came) - enrolled,
        gone=len(gone),
        went=len(left) - len(gone),
        directions=Counter(fold(event.direction) for event in gone),
        end=sum(after.get(name, 0) for name in unit.classes),
    )


def _of_pupil(pupil: Pupil, year: Span) -> Iterator[Event]:
    """Yield the moves of a pupil in order: what lies between, before and after the stays."""
    if not pupil.stays:
        return
    first, last = pupil.stays[0], pupil.stays[-1]
    if first.first > year.first:
        yield _event(first.first, pupil, "", first.school_class)
    for one, other in pairwise(pupil.stays):
        if one.last + DAY == other.first:
            yield _event(other.first, pupil, one.school_class, other.school_class)
        else:
            yield _event(one.last + DAY, pupil, one.school_class, "")
            yield _event(other.first, pupil, "", other.school_class)
    if last.last < year.last:
        yield _event(last.last + DAY, pupil, last.school_class, "")


def _event(day: dt.date, pupil: Pupil, source: str, target: str) -> Event:
    """Return the move with its order: of several of one day the one of the type that fits."""
    wanted = (LEAVING, MOVE) if not target else (ENROLMENT, MOVE) if not source else (MOVE, ENROLMENT)
    same = [order for order in pupil.orders if order_day(order) == day and order.type in wanted]
    return Event(day, pupil, source, target, min(same, key=lambda order: wanted.index(order.type), default=None))
