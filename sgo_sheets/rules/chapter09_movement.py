"""Глава IX: цепочка классов ученика – приказы, карточка и классы сходятся (п. 9.1–9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from sgo_sheets.findings import Problem, Problems, Role, Severity
from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING
from sgo_sheets.rules.chains import breaks_of, start_state
from sgo_sheets.rules.chapter09_forming import FORMING
from sgo_sheets.rules.chapter09_orders import ORDERS
from sgo_sheets.rules.moves import (
    CONDITIONAL,
    FORMED,
    forming_days,
    is_explained,
    is_forming,
    is_meant,
    newcomers_from,
    of_last_year,
    of_this_year,
    who,
)
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.terms import working_days_after
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School
from sgo_sheets.school.names import class_lookup


@rule("R0906", clause="9.2", role=Role.ADMIN, due=working_days_after(3, "зачисления"))
def arrival_without_order(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """Ученик пришёл, а приказа о зачислении нет.

    У каждого, чья «Дата зачисления» – в этом учебном году, есть приказ о зачислении; его издают не позже трёх рабочих
    дней. Первоклассникам и десятиклассникам 1–7 сентября нужен приказ о формировании класса, о нём говорит R0905.

    Как исправить: впишите приказ в книгу движения или исправьте «Дату зачисления» в карточке.
    """
    year, known = school.year, class_lookup(school.classes)
    for pupil in whole_movement.values():
        card = pupil.card
        if card.enrolled is None or not newcomers_from(year) <= card.enrolled <= year.last:
            continue
        if any(order.type == ENROLMENT for order in pupil.orders) or is_explained(pupil, year):
            continue
        info = known.get(card.class_at_start) if card.class_at_start else None
        if info is not None and info.grade in FORMED and card.enrolled <= forming_days(year).last:
            continue
        if not is_meant(pupil, school.orders, school.pupils):
            message = f"{who(pupil)}: зачисление {day(card.enrolled)}, а приказа о зачислении нет"
            where = card.class_at_start
            yield Problem(card.at("id"), message, since=card.enrolled, pupil=pupil.id, school_class=where)


@rule("R0907", clause="9.1", role=Role.ADMIN)
def card_without_class(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """Карточка есть, а ни в каком классе ученика нет.

    «Класс на начало года» заполнен у каждого, кто в первый день года учится. Пуст он у пришедших позже (у них есть
    приказ о зачислении) и у выбывших до начала года (у них есть приказ о выбытии).

    Как исправить: впишите «Класс на начало года» в карточку или недостающий приказ в книгу движения; карточку того,
    кто выбыл или выпущен в прошлом году, уберите.
    """
    year, doubts = school.year, doubted(school)
    for pupil in whole_movement.values():
        card = pupil.card
        at = card.at("class_at_start")
        if card.class_at_start or card.unread("class_at_start") or at in doubts:
            continue
        last = start_state(pupil, year)
        later = any(order.type == ENROLMENT and (order_day(order) or year.last) > year.first for order in pupil.orders)
        gone = last is not None and last.type in (LEAVING, GRADUATION)
        if gone or (last is None and (later or (card.enrolled is not None and card.enrolled > year.first))):
            continue
        if is_meant(pupil, school.orders, school.pupils):
            continue
        weight = None
        if last is None:
            message = "нет ни «Класса на начало года», ни приказа о зачислении или выбытии"
            weight = Severity.WARNING  # a card of last year's graduate may have stayed, his order in last year's folder
        elif last.type == ENROLMENT:
            message, weight = f"зачисление с {day(order_day(last) or year.first)}: впишите класс", Severity.WARNING
        else:
            message = f"по приказу № {last.number} учится в {last.to_class}: впишите класс или приказ о выбытии"
        yield Problem(at, f"{who(pupil)}: {message}", severity=weight, pupil=pupil.id)


@rule("R0908", clause="9.1", role=Role.ADMIN)
def chain_broken(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """Цепочка классов ученика прерывается.

    Каждый следующий приказ продолжает предыдущий: «Из класса» – тот класс, в котором ученик учится в этот день,
    зачисляют того, кто не учится, выбывает и переводится тот, кто учится. «Класс на начало года» сходится с последним
    приказом до начала года. В приказах до начала учебного года «Из класса» не сверяется.

    Как исправить: исправьте названную клетку приказа, «Класс на начало года» в карточке или впишите недостающий приказ.
    """
    for pupil in whole_movement.values():
        for one in breaks_of(pupil, school):
            order = one.order
            days = [date for date in (order.date, order.event) if date is not None]
            yield Problem(
                order.at(one.field),
                f"{who(pupil)}: {one.message}",
                since=min(days, default=None),
                severity=one.severity,
                pupil=pupil.id,
                school_class=order.from_class or order.to_class,
            )


@rule("R0909", clause="9.2", role=Role.ADMIN)
def second_year_end_order(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """Второй приказ по итогам года.

    По итогам одного учебного года о каждом ученике издают один приказ: о переводе, о повторном обучении или о выпуске.
    После условного перевода второй приказ возможен.

    Как исправить: уберите строку того приказа, который отменён или внесён по ошибке.
    """
    year = school.year
    for pupil in whole_movement.values():
        for belongs in (of_last_year, of_this_year):
            own = [order for order in pupil.orders if order_day(order) is not None and belongs(order, year)]
            own.sort(key=lambda order: (order.date or order_day(order) or year.first, order.row))
            for before, after in pairwise(own):
                if before.variant != CONDITIONAL:
                    first = f"приказ № {before.number} («{before.type}»)"
                    message = f"{who(pupil)}: «{after.type}», а {first} уже есть"
                    since, where = after.date or after.event, after.from_class
                    yield Problem(after.at("number"), message, since=since, pupil=pupil.id, school_class=where)


@rule("R0910", clause="9.1", role=Role.ADMIN)
def enrolment_date_differs(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """«Дата зачисления» в карточке не та, что в приказе.

    «Дата зачисления» равна «Дате события» приказа о зачислении. Приказ о формировании 1 или 10 класса её не задаёт; у
    того, кто выбыл и вернулся, верна дата любого из его зачислений.

    Как исправить: исправьте дату в карточке или в приказе.
    """
    year, doubts = school.year, doubted(school)
    for pupil in whole_movement.values():
        card = pupil.card
        own = [one for one in pupil.orders if one.type == ENROLMENT and not is_forming(one) and one.event]
        if not own or "enrolled" not in card.located or card.unread("enrolled") or card.at("enrolled") in doubts:
            continue
        enrolled = card.enrolled or year.last
        returned = bool(card.class_at_start) and enrolled < newcomers_from(year)  # the day of the first enrolment
        if returned or any(card.enrolled == order.event for order in own):
            continue
        last = max(own, key=lambda one: (one.event or year.first, one.row))
        typed = day(card.enrolled) if card.enrolled else "не заполнена"
        event = day(last.event) if last.event else ""
        message = f"{who(pupil)}: «Дата зачисления» {typed}, а по приказу № {last.number} – {event}"
        since, where = last.event, last.to_class
        yield Problem(card.at("enrolled"), message, since=since, pupil=pupil.id, school_class=where)


RULES: tuple[Rule, ...] = (
    *ORDERS,
    *FORMING,
    arrival_without_order,
    card_without_class,
    chain_broken,
    second_year_end_order,
    enrolment_date_differs,
)
