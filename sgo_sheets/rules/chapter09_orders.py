"""Глава IX: приказы книги движения – полны ли они и в срок ли изданы (п. 9.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING, MOVE, PROMOTION, REPEATING, Order
from sgo_sheets.rules.moves import (
    YEAR_END,
    concerns,
    forming_days,
    grade_of,
    is_forming,
    newcomers_from,
    of_last_year,
    same_class,
)
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.terms import by_date, working_days_after
from sgo_sheets.russian import counted, day
from sgo_sheets.school.model import School

_NEEDED: Mapping[str, tuple[str, ...]] = {
    ENROLMENT: ("event", "pupil", "to_class", "place"),
    LEAVING: ("event", "pupil", "from_class", "place", "direction"),
    MOVE: ("event", "pupil", "from_class", "to_class"),
    PROMOTION: ("event", "pupil", "from_class", "to_class", "variant"),
    REPEATING: ("event", "pupil", "from_class", "to_class"),
    GRADUATION: ("event", "pupil", "from_class"),
}
_COVERING = ("event", "to_class")
_HEADERS = {column.field: column.header for column in Order.columns()}
_VARIANTS = {
    ENROLMENT: ("в течение года", "формирование 1 класса", "формирование 10 класса"),
    PROMOTION: ("обычный", "завершение программы", "условный"),
}
_LOWEST_GRADUATES = 9


@rule("R0901", clause="9.2", role=Role.ADMIN)
def order_incomplete(school: School, orders: Sequence[Order]) -> Problems:
    """Приказ о движении заполнен не полностью.

    У каждого приказа есть номер, дата и дата события. Кроме них – зачисление: ученик, «В класс», «Откуда»; выбытие:
    ученик, «Из класса», «Куда», «Направление»; перевод из класса в класс: ученик и оба класса; перевод на следующий
    год: ученик, оба класса, «Вид»; второгодники: ученик и оба класса; выпускники: ученик, «Из класса». Приказ о
    формировании 1 или 10 класса может быть один на класс: ученика и «Откуда» в нём не требуют.

    Как исправить: заполните названную клетку на листе «Приказы».
    """
    doubts = doubted(school)
    absent: set[str] = set()
    for order in orders:
        if not concerns(order, school.year):
            continue
        for name in _missing(order):
            at, head = order.at(name), _HEADERS[name]
            if order.unread(name) or at in doubts or name in absent:
                continue
            if name not in order.located:
                absent.add(name)
                message = f"нет столбца «{head}», а он нужен приказу № {order.number} («{order.type}»)"
                yield Problem(CellRef(at.workbook, at.sheet), message)
                continue
            hint = "" if name != "pupil" or order.type != ENROLMENT or order.variant else _FORMING_HINT
            message = f"приказ № {order.number} («{order.type}»): не заполнено «{head}»{hint}"
            yield Problem(
                at, message, since=order.date or order.event, pupil=order.pupil, school_class=_class_of(order)
            )


_FORMING_HINT = "; если приказ – о формировании 1 или 10 класса, заполните «Вид»"


def _missing(order: Order) -> Iterator[str]:
    """Yield the fields an order needs and lacks; the date of one that has its own term is asked for by R0903."""
    if order.date is None and not (_has_own_term(order) and order.event):
        yield "date"
    for name in _COVERING if is_forming(order) else _NEEDED.get(order.type, ()):
        if not getattr(order, name):
            yield name


@rule("R0902", clause="9.2", role=Role.ADMIN)
def order_impossible(school: School, orders: Sequence[Order]) -> Problems:
    """Приказ о движении противоречит сам себе.

    «Вид» – из видов этого документа; второгодник остаётся в своей параллели, а перевод на следующий год ведёт в
    следующую; перевод из класса в класс – в другой класс; выпускают из 9 класса и старше; приказ о формировании 1 или
    10 класса – об этом классе и издан не раньше 1 сентября.

    Как исправить: исправьте названную клетку на листе «Приказы».
    """
    for order in orders:
        if concerns(order, school.year):
            for name, message, weight in _impossible(order, school):
                if not order.unread(name):
                    since = order.date or order.event
                    said = f"приказ № {order.number} («{order.type}»): {message}"
                    where = _class_of(order)
                    yield Problem(order.at(name), said, since, severity=weight, pupil=order.pupil, school_class=where)


def _impossible(order: Order, school: School) -> Iterator[tuple[str, str, Severity | None]]:
    """Yield the fields of an order that cannot be, with the reason; a warning where it is only too early."""
    came, goes = grade_of(order.from_class, school.classes), grade_of(order.to_class, school.classes)
    if order.variant and order.variant not in _VARIANTS.get(order.type, (order.variant,)):
        yield "variant", f"вид «{order.variant}» – другого документа", None
    elif is_forming(order):
        if goes is not None and f" {goes} " not in order.variant:
            yield "to_class", f"{order.variant}, а «В класс» – {order.to_class}", None
        if order.date is not None and newcomers_from(school.year) <= order.date < forming_days(school.year).first:
            yield "date", f"приказ от {day(order.date)}, а формируют классы с 1 по 7 сентября", Severity.WARNING
    elif order.type == PROMOTION and came is not None and goes is not None and goes <= came:
        yield "to_class", f"из {order.from_class} в {order.to_class} – не следующая параллель", None
    elif order.type == REPEATING and came is not None and goes is not None and goes != came:
        yield "to_class", f"из {order.from_class} в {order.to_class} – не та же параллель", None
    elif order.type == MOVE and order.from_class and same_class(order.from_class, order.to_class):
        yield "to_class", f"из {order.from_class} в тот же класс", None
    elif order.type == GRADUATION and came is not None and came < _LOWEST_GRADUATES:
        yield "from_class", f"выпуск из {order.from_class}", None


@rule("R0903", clause="9.2", role=Role.ADMIN, due=working_days_after(3, "события"))
def order_late(school: School, orders: Sequence[Order]) -> Problems:
    """Приказ о зачислении или выбытии издан не в срок.

    Приказ издают не позже трёх рабочих дней после события. Срок считается от «Даты события» по «Дате приказа»; приказ о
    формировании 1 или 10 класса сюда не относится.

    Как исправить: издайте приказ и впишите «Дату приказа»; изданный с опозданием останется в списке как выполненный.
    """
    for order in orders:
        if not _has_own_term(order) or order.event is None or not concerns(order, school.year):
            continue
        if order.unread("date") or order.unread("event"):
            continue
        word = "зачислении" if order.type == ENROLMENT else "выбытии"
        dated = f"издан {day(order.date)}" if order.date else "не издан: «Дата приказа» пуста"
        message = f"приказ № {order.number} о {word} с {day(order.event)} {dated}"
        yield Problem(
            order.at("date"),
            message,
            since=order.event,
            done_at=order.date,
            pupil=order.pupil,
            school_class=_class_of(order),
        )


@rule("R0904", clause="9.2", role=Role.ADMIN, due=by_date(31, 8))
def year_end_order_late(school: School, orders: Sequence[Order]) -> Problems:
    """Приказ о переводе, выпуске или второгодниках издан не в срок.

    Приказы по итогам года издают до 31 августа этого учебного года. Срок считается по «Дате приказа»; приказ, в котором
    несколько учеников, считается один раз.

    Как исправить: проверьте «Дату приказа»; изданный с опозданием останется в списке как выполненный.
    """
    groups: dict[tuple[str, dt.date, str], list[Order]] = {}
    for order in orders:
        if order.type in YEAR_END and order.date is not None and concerns(order, school.year):
            groups.setdefault((order.number, order.date, order.type), []).append(order)
    due = dt.date(school.year.last.year, 8, 31)
    for (number, date, kind), own in groups.items():
        first = own[0]
        pupils = counted(len(own), "ученик", "ученика", "учеников")
        message = f"приказ № {number} («{kind}», {pupils}) издан {day(date)}"
        own_due = None if of_last_year(first, school.year) else due
        where = _class_of(first)
        yield Problem(first.at("date"), message, due=own_due, done_at=date, school_class=where)


def _has_own_term(order: Order) -> bool:
    return order.type == LEAVING or (order.type == ENROLMENT and not is_forming(order))


def _class_of(order: Order) -> str:
    return order.to_class if order.type == ENROLMENT else order.from_class


ORDERS: tuple[Rule, ...] = (order_incomplete, order_impossible, order_late, year_end_order_late)
