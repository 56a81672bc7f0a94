"""Where a pupil studies on a given day: «Класс на начало года» and the movement book, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sgo_sheets.records.people_books import ENROLMENT, LEAVING, MOVE, Order, PupilCard
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.school.elements import Pupil, Span, Stay
from sgo_sheets.school.names import Lookup

_MOVES = (ENROLMENT, LEAVING, MOVE)
_DAY = dt.timedelta(days=1)


def order_day(order: Order) -> dt.date | None:
    """Return the day from which an order acts: the event's, else the order's own."""
    return order.event or order.date


def stays_of(card: PupilCard, orders: Iterable[Order], year: Span, classes: Lookup[SchoolClass]) -> tuple[Stay, ...]:
    """Return the pupil's classes by day within the school year.

    From «Дата события» on the pupil is out of the old class and in the new one; orders effective up to the first day
    of the year explain «Класс на начало года» and move nobody. Of several orders of one day that which fits comes
    first: who is in no class is enrolled before he leaves, whatever the order of the rows.
    """
    current = _class_name(card.class_at_start, classes)
    since = year.first
    stays: list[Stay] = []
    moves = [order for order in orders if order.type in _MOVES and order_day(order) is not None]
    left = sorted(moves, key=lambda o: (order_day(o) or year.first, o.row))
    while left:
        day = order_day(left[0]) or year.first
        same = [order for order in left if order_day(order) == day]
        order = next((one for one in same if (one.type == ENROLMENT) == (current is None)), same[0])
        left.remove(order)
        if day <= year.first:
            if not card.class_at_start and (order.type == ENROLMENT or current is not None):
                current = None if order.type == LEAVING else _class_name(order.to_class, classes)
            continue
        if day > year.last:
            continue
        target = None if order.type == LEAVING else _class_name(order.to_class, classes)
        if order.type == ENROLMENT and current is not None:
            continue
        if current is not None and day > since:
            stays.append(Stay(current, since, day - _DAY))
        current, since = target, day
    if current is not None:
        stays.append(Stay(current, since, year.last))
    return tuple(stays)


def _class_name(typed: str, classes: Lookup[SchoolClass]) -> str | None:
    found = classes.get(typed) if typed else None
    return found.name if found else None


def enrol(
    cards: Sequence[PupilCard], orders: dict[str, list[Order]], year: Span, classes: Lookup[SchoolClass]
) -> dict[str, Pupil]:
    """Return every pupil by № личного дела with the classes of the year."""
    pupils = {}
    for card in cards:
        own = tuple(orders.get(card.id, ()))
        pupils[card.id] = Pupil(card, stays_of(card, own, year, classes), own)
    return pupils


def overlap(spans: Iterable[Span], limits: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days that lie both in a span and in a limit, as spans in order."""
    limits = tuple(limits)
    common = [
        Span(max(span.first, limit.first), min(span.last, limit.last))
        for span in spans
        for limit in limits
        if max(span.first, limit.first) <= min(span.last, limit.last)
    ]
    return tuple(sorted(common))
