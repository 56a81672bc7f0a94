"""Глава IX: приказы о формировании 1 и 10 классов (п. 9.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.records.people_books import ENROLMENT, Order
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.rules.moves import (
    FORMED,
    at_start,
    forming_days,
    is_forming,
    is_meant,
    newcomers_from,
    of_last_year,
    same_class,
    who,
)
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.terms import by_date
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School


@rule("R0905", clause="9.2", role=Role.ADMIN, due=by_date(7, 9))
def class_not_formed(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """Нет приказа о формировании 1 или 10 класса.

    Приказы о формировании 1 и 10 классов издают с 1 по 7 сентября. Один приказ может быть о всём классе. Ученикам
    10 класса, переведённым из 9 класса приказом, и тем, у кого есть свой приказ о зачислении, другой не нужен.

    Как исправить: впишите в книгу движения приказ о зачислении с видом «формирование 1 класса» («… 10 класса») и
    классом в графе «В класс».
    """
    year = school.year
    first, last = forming_days(year)
    book_has_summer = any(of_last_year(order, year) and order_day(order) for order in school.orders)
    for name, pupils in at_start(school, whole_movement).items():
        info = next(one for one in school.classes if one.name == name)
        if info.grade not in FORMED:
            continue
        forming = [one for one in school.orders if is_forming(one) and _is_of(one, info, year)]
        for order in _first_rows(forming):
            if order.date is not None:
                message = f"приказ № {order.number} о формировании {name} издан {day(order.date)}"
                yield Problem(order.at("date"), message, since=first, done_at=order.date, school_class=name)
        covered = any(not order.pupil for order in forming)
        if covered or (info.grade != 1 and not book_has_summer):
            continue  # promotions may stand in last year's folder
        lacking = [pupil for pupil in pupils if not _has_own_order(pupil, school, last)]
        what = f"нет приказа о формировании {name}"
        if lacking and len(lacking) == len(pupils):
            yield Problem(info.at("name"), what, since=first, school_class=name)
            continue
        for pupil in lacking:
            at, message = pupil.card.at("id"), f"{who(pupil)}: {what} или о зачислении ученика"
            yield Problem(at, message, since=first, pupil=pupil.id, school_class=name)


def _first_rows(orders: Sequence[Order]) -> list[Order]:
    """Return one row of each order: an order may have a row for every pupil."""
    found: dict[tuple[str, dt.date | None], Order] = {}
    for order in orders:
        found.setdefault((order.number, order.date), order)
    return list(found.values())


def _is_of(order: Order, info: SchoolClass, year: Span) -> bool:
    """Return whether a forming order is about a class of this year, not of the next one."""
    date = order_day(order)
    near = date is None or newcomers_from(year) <= date <= year.last
    return near and same_class(order.to_class, info.name)


def _has_own_order(pupil: Pupil, school: School, last: dt.date) -> bool:
    """Return whether a pupil needs no covering order: an own one is there, or the card says that he came later."""
    year, card = school.year, pupil.card
    later = card.unread("enrolled") or (card.enrolled is not None and card.enrolled > last)
    since = dt.date(year.first.year, 1, 1)  # first graders are enrolled from spring on
    own = any(
        of_last_year(order, year) or (order.type == ENROLMENT and (order_day(order) or since) >= since)
        for order in pupil.orders
    )
    return own or later or is_meant(pupil, school.orders, school.pupils)


FORMING: tuple[Rule, ...] = (class_not_formed,)
