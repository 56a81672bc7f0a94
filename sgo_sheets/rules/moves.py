"""The movement book as rules see it: which summer an order belongs to, and what explains the class of a pupil."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, PROMOTION, REPEATING, Order
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School
from sgo_sheets.school.names import class_lookup, same_person

YEAR_END = frozenset({PROMOTION, REPEATING, GRADUATION})
FORMED = frozenset({1, 10})
"""Grades that are formed anew every September (п. 9.2)."""
CONDITIONAL = "условный"
_FORMING = "формирование"
_SPRING, _NEWCOMERS, _WEEK = (3, 1), (5, 1), 7
_GRADE = re.compile(r"\d{1,2}")


def is_forming(order: Order) -> bool:
    """Return whether an order forms a class 1 or 10: it may cover the class and owes no three days."""
    return order.type == ENROLMENT and order.variant.startswith(_FORMING)


def of_last_year(order: Order, year: Span) -> bool:
    """Return whether a year-end order led into this year: of last summer, or a late one of autumn or winter.

    An order without any day is taken for either summer: nobody is accused of an order that is there.
    """
    day = order_day(order)
    first, last = (dt.date(end.year, *_SPRING) for end in year)
    return order.type in YEAR_END and (day is None or first <= day < last)


def of_this_year(order: Order, year: Span) -> bool:
    """Return whether a year-end order ends this year: of its spring or later, or without any day."""
    day = order_day(order)
    return order.type in YEAR_END and (day is None or day >= dt.date(year.last.year, *_SPRING))


def concerns(order: Order, year: Span) -> bool:
    """Return whether an order belongs to this year or the summers around it; older rows of the book are an archive."""
    day = order_day(order)
    return day is None or of_last_year(order, year) or day >= newcomers_from(year)


def newcomers_from(year: Span) -> dt.date:
    """Return the day from which an enrolment is one for this year."""
    return dt.date(year.first.year, *_NEWCOMERS)


def forming_days(year: Span) -> Span:
    """Return 1 to 7 September (п. 9.2)."""
    return Span(dt.date(year.first.year, 9, 1), dt.date(year.first.year, 9, _WEEK))


def grade_of(typed: str, classes: Iterable[SchoolClass]) -> int | None:
    """Return the grade of a typed class: of the school's class, else the number its name begins with."""
    wanted = fold(typed)
    for info in classes:
        if fold(info.name) == wanted:
            return info.grade
    match = _GRADE.match(typed)
    return int(match[0]) if match else None


def at_start(school: School, pupils: Mapping[str, Pupil]) -> dict[str, tuple[Pupil, ...]]:
    """Return the pupils of «Класс на начало года» by class, in the order of «Классы»."""
    known = class_lookup(school.classes)
    found: dict[str, list[Pupil]] = {info.name: [] for info in school.classes}
    for pupil in pupils.values():
        info = known.get(pupil.card.class_at_start) if pupil.card.class_at_start else None
        if info is not None:
            found[info.name].append(pupil)
    return {name: tuple(own) for name, own in found.items()}


def is_explained(pupil: Pupil, year: Span) -> bool:
    """Return whether an order says how a pupil came into the class of the first day: year-end or enrolment."""
    return any(
        of_last_year(order, year)
        or (order.type == ENROLMENT and (order_day(order) or year.first) >= newcomers_from(year))
        for order in pupil.orders
    )


def is_newcomer(pupil: Pupil, year: Span) -> bool:
    """Return whether the card says, or cannot be read to say, that the pupil was not here last year."""
    enrolled = pupil.card.enrolled
    return pupil.card.unread("enrolled") or (enrolled is not None and enrolled >= newcomers_from(year))


def is_repeating(pupil: Pupil, year: Span) -> bool:
    """Return whether an order of last summer keeps a pupil in the same grade for this year (п. 9.2)."""
    return any(order.type == REPEATING and of_last_year(order, year) for order in pupil.orders)


def is_meant(pupil: Pupil, orders: Iterable[Order], known: Mapping[str, Pupil]) -> bool:
    """Return whether some order of an unknown № names the pupil: a slip in the №, not a missing order."""
    return any(
        order.pupil and order.pupil not in known and order.pupil_name and same_person(order.pupil_name, pupil.card)
        for order in orders
    )


def who(pupil: Pupil) -> str:
    """Return «Соколова Вера (К-101)»: a number beside the name, for there are twins and namesakes."""
    return f"{pupil.name} ({pupil.id})"


def same_class(one: str, other: str) -> bool:
    """Return whether two typed names are of one class."""
    return fold(one).replace(" ", "") == fold(other).replace(" ", "")
