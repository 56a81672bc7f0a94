"""The chain of a pupil's classes: where «Класс на начало года» and the orders of the movement book do not fit together.

Innocent, and so nothing is said of it: a move in the summer after the promotion; leaving and coming back with both
orders; arriving and leaving within a week or a day, in whatever order the rows stand; leaving in the summer with either
the old or the new class in «Из класса»; a graduate of 9 in a class 10; a class typed in a way the reader has named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sgo_sheets.findings import Severity
from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING, MOVE, PROMOTION, Order
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.rules.moves import grade_of, is_forming, of_last_year, of_this_year, same_class
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School

_MOVES = frozenset({ENROLMENT, LEAVING, MOVE})
_YEAR = dt.timedelta(days=366)
_PROFILE_GRADE = 10
Here = tuple[str, ...] | None
"""The classes a pupil may be said to be in, () – in none, None – unknown."""


class Break(NamedTuple):
    """A place where the chain breaks: the order, its field, what is wrong there, a lighter weight."""

    order: Order
    field: str
    message: str
    severity: Severity | None = None


def start_state(pupil: Pupil, year: Span) -> Order | None:
    """Return the last order up to the first day of the year: it says in which class, if any, the pupil begins it."""
    found: list[tuple[dt.date, int, Order]] = []
    spring = dt.date(year.first.year, 5, 31)
    for order in pupil.orders:
        date = order_day(order)
        if date is None:
            continue
        if of_last_year(order, year):
            found.append((min(date, spring), order.row, order))  # an order issued late is of that spring all the same
        elif order.type in _MOVES and year.first - _YEAR <= date <= year.first:
            found.append((date, order.row, order))
    return max(found, key=lambda one: one[:2])[2] if found else None


def breaks_of(pupil: Pupil, school: School) -> Iterator[Break]:
    """Yield the breaks in the chain of a pupil, those of the year only if it began right."""
    if any(order.unread(name) for order in pupil.orders for name in ("event", "date", "type", "to_class")):
        return
    begun = _break_at_start(pupil, school)
    if begun is not None:
        yield begun
        return
    yield from _breaks_in_year(pupil, school)


def _break_at_start(pupil: Pupil, school: School) -> Break | None:
    """Return where «Класс на начало года» contradicts the last order before it; an empty one is another rule's."""
    typed, order = pupil.card.class_at_start, start_state(pupil, school.year)
    classes = school.classes
    if order is None or not typed or _named(typed, classes) is None:
        return None
    grade = grade_of(typed, classes)
    said = f"а «Класс на начало года» – {typed}"
    if order.type == LEAVING:
        return Break(order, "pupil", f"выбытие с {day(order_day(order) or school.year.first)}, {said}")
    if order.type == GRADUATION:
        return None if grade == _PROFILE_GRADE else Break(order, "pupil", f"выпуск, {said}")
    if not order.to_class or same_class(order.to_class, typed):
        return None
    if grade_of(order.to_class, classes) != grade:
        return Break(order, "to_class", f"по приказу – {order.to_class}, {said}")
    if grade == _PROFILE_GRADE or _named(order.to_class, classes) is None:
        return None  # classes 10 are formed anew in September; the class may have got another name
    return Break(order, "to_class", f"по приказу – {order.to_class}, {said}", Severity.WARNING)


def _breaks_in_year(pupil: Pupil, school: School) -> Iterator[Break]:
    here = _here_at_start(pupil, school)
    for order in _in_turn(pupil, school.year, here):
        wrong = _break(order, here, school.classes)
        if wrong is not None:
            yield wrong
        here = _after(order, here)


def _here_at_start(pupil: Pupil, school: School) -> Here:
    card = pupil.card
    if card.class_at_start:
        found = _named(card.class_at_start, school.classes)
        return None if found is None else (found,)
    if card.unread("class_at_start"):
        return None
    order = start_state(pupil, school.year)
    if order is None or order.type in (LEAVING, GRADUATION):
        return ()
    return (order.to_class,) if order.type == ENROLMENT and order.to_class else None


def _in_turn(pupil: Pupil, year: Span, here: Here) -> Iterator[Order]:
    """Yield the orders of the year by day; of one day first that which fits, for people type them as they come."""
    dated = [
        (date, order.row, order)
        for order in pupil.orders
        if (date := order_day(order)) is not None
        and date > year.first
        and (order.type in _MOVES or of_this_year(order, year))
    ]
    left = sorted(dated, key=lambda one: one[:2])
    while left:
        same = [one for one in left if one[0] == left[0][0]]
        chosen = next((one for one in same if _fits(one[2], here)), same[0])
        left.remove(chosen)
        here = _after(chosen[2], here)
        yield chosen[2]


def _fits(order: Order, here: Here) -> bool:
    if here is None:
        return True
    if order.type == ENROLMENT:
        return not here
    return bool(here) and (not order.from_class or _is_in(order.from_class, here))


def _after(order: Order, here: Here) -> Here:
    """Return where the pupil is after an order."""
    if order.type == LEAVING:
        return ()
    if order.type == GRADUATION:
        return None
    if order.type == PROMOTION:
        return None if here is None or not order.to_class else (*here, order.to_class)
    if order.type in (ENROLMENT, MOVE):
        return (order.to_class,) if order.to_class else None
    return here


def _break(order: Order, here: Here, classes: Sequence[SchoolClass]) -> Break | None:
    """Return how an order contradicts where the pupil is."""
    if here is None:
        return None
    since = day(order_day(order) or dt.date.min)
    if order.type == ENROLMENT:
        if not here or (is_forming(order) and _is_in(order.to_class, here)):
            return None
        message = (
            f"зачисление с {since}, а ученик уже в {here[-1]}: нет приказа о выбытии или лишний «Класс на начало года»"
        )
        return Break(order, "pupil", message)
    if not here:
        return Break(order, "pupil", f"«{order.type}» с {since}, а ученик в этот день ни в каком классе")
    if not order.from_class or order.unread("from_class") or _named(order.from_class, classes) is None:
        return None
    if _is_in(order.from_class, here):
        return None
    return Break(order, "from_class", f"«Из класса» – {order.from_class}, а {since} ученик в {here[0]}")


def _is_in(typed: str, here: Sequence[str]) -> bool:
    return any(same_class(typed, name) for name in here)


def _named(typed: str, classes: Sequence[SchoolClass]) -> str | None:
    """Return the school's own name of a typed class, None where it has no such class."""
    return next((info.name for info in classes if same_class(info.name, typed)), None)
