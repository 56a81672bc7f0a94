"""What the orders of the last summer say for ОШ-1: who was promoted, kept, graduated, and who left where to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from sgo_sheets.records.people_books import GRADUATION, LEAVING, PROMOTION, REPEATING, Order
from sgo_sheets.reports.document import Place, Row, Table
from sgo_sheets.reports.grade_tables import Across, by_grade
from sgo_sheets.reports.movement import NO_DIRECTION
from sgo_sheets.rules.moves import CONDITIONAL, grade_of, of_last_year
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Span
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School

_OUTCOMES = (
    ("Переведены в следующий класс", PROMOTION, False),
    ("Переведены условно", PROMOTION, True),
    ("Оставлены на второй год", REPEATING, False),
    ("Выпущены", GRADUATION, False),
)


def summer_table(school: School, wide: Across, on: dt.date) -> Table:
    """Return the results of the last school year by the grade of that year, and who left from 1 June to the day.

    Without any order of the last summer in the book they are not known: «не ведётся».
    """
    outcomes = [order for order in school.orders if of_last_year(order, school.year) and order_day(order)]
    summer = Span(dt.date(school.year.first.year, 6, 1), on)
    left = [order for order in school.orders if order.type == LEAVING and order_day(order) in summer]
    grades = Across(tuple(sorted({*wide.grades, *(g for o in (*outcomes, *left) if (g := _grade(o, school)))})))
    return grades.table("Итоги прошлого года", "По классу прошлого года", _rows(school, grades, outcomes, left))


def _rows(school: School, wide: Across, outcomes: list[Order], left: list[Order]) -> Iterator[Row]:
    for words, kind, conditional in _OUTCOMES:
        own = [
            o for o in outcomes if o.type == kind and (kind != PROMOTION or (o.variant == CONDITIONAL) == conditional)
        ]
        yield wide.row(words, _counted(own, school)) if outcomes else wide.unkept(words)
    yield wide.heading("Выбыли с 1 июня, направление")
    directions: dict[str, list[Order]] = {}
    for order in left:
        directions.setdefault(fold(order.direction), []).append(order)
    for key in sorted(directions, key=lambda key: (not key, key)):
        yield wide.row(directions[key][0].direction or NO_DIRECTION, _counted(directions[key], school))
    yield wide.row("Всего выбыли", _counted(left, school), Place.TOTAL)


def _counted(orders: Iterable[Order], school: School) -> dict[int, int]:
    return dict(by_grade((_grade(order, school), 1) for order in orders))


def _grade(order: Order, school: School) -> int:
    """Return the grade a pupil left, 0 where the order does not say."""
    return grade_of(order.from_class, school.classes) or 0 if order.from_class else 0
