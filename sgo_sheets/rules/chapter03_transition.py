"""Глава III: переход на новый учебный год, приказы о каждом ученике (п. 3.1–3.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.records.people_books import LEAVING, Order
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.rules import chapter03_setup as setup
from sgo_sheets.rules.moves import FORMED, at_start, is_explained, is_meant, is_newcomer, of_this_year, who
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.terms import by_date
from sgo_sheets.russian import counted
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School


@rule("R0301", clause="3.1", role=Role.ADMIN, due=by_date(15, 9))
def transfer_missing(school: School, whole_movement: Mapping[str, Pupil], last_summer: Sequence[Order]) -> Problems:
    """Нет приказа о переводе в этот класс.

    У каждого, кто учился в прошлом году, есть один приказ: о переводе, о повторном обучении, о выпуске или о выбытии.
    Проверяются те, кто учится сейчас, со 2 класса: пришедшим с 1 мая нужен приказ о зачислении, а 1 и 10 классам –
    приказ о формировании. Если приказов прошлого лета в книге нет вовсе, правило не проверяется.

    Как исправить: впишите в книгу движения приказ прошлого лета о переводе этого ученика (или о зачислении, если он
    пришёл летом). Если ученика в школе уже нет, уберите «Класс на начало года» и впишите приказ о выбытии.
    """
    known = {info.name: info for info in school.classes}
    for name, pupils in at_start(school, whole_movement).items():
        if known[name].grade in FORMED:
            continue
        lacking = [
            pupil
            for pupil in pupils
            if not (
                is_explained(pupil, school.year)
                or is_newcomer(pupil, school.year)
                or is_meant(pupil, last_summer, school.pupils)
            )
        ]
        yield from _lacking(known[name], pupils, lacking, "приказа о переводе в этот класс или о повторном обучении")


@rule("R0302", clause="3.1", role=Role.ADMIN, due=by_date(31, 8))
def year_end_order_missing(school: School, whole_movement: Mapping[str, Pupil]) -> Problems:
    """Нет приказа по итогам года.

    До 31 августа о каждом, кто учился до конца года, издан один приказ: о переводе на следующий год, о повторном
    обучении, о выпуске или о выбытии. Правило говорит об этом с последнего дня учебного года.

    Как исправить: впишите приказ в книгу движения.
    """
    year = school.year
    slips = [order for order in school.orders if order.pupil not in school.pupils and of_this_year(order, year)]
    for info in school.classes:
        pupils = [pupil for pupil in whole_movement.values() if pupil.class_on(year.last) == info.name]
        lacking = [pupil for pupil in pupils if not _is_settled(pupil, school, slips)]
        due = dt.date(year.last.year, 8, 31)
        what = "приказа о переводе на следующий год, выпуске, повторном обучении или выбытии"
        for problem in _lacking(info, pupils, lacking, what):
            yield problem._replace(since=year.last, due=due)


def _is_settled(pupil: Pupil, school: School, slips: Sequence[Order]) -> bool:
    """Return whether a year-end order of this year, or one of leaving in the summer after it, is there.

    ``slips`` are the year-end orders whose № is nobody's: one may name the pupil.
    """
    year = school.year
    return any(
        of_this_year(order, year) or (order.type == LEAVING and (order_day(order) or year.last) > year.last)
        for order in pupil.orders
    ) or is_meant(pupil, slips, school.pupils)


def _lacking(info: SchoolClass, pupils: Sequence[Pupil], lacking: Sequence[Pupil], what: str) -> Iterator[Problem]:
    """Yield the pupils without an order; a class in which nobody has one is one problem, at its row."""
    if len(lacking) > 1 and len(lacking) == len(pupils):
        message = f"{info.name}: ни у кого ({counted(len(pupils), 'ученик', 'ученика', 'учеников')}) нет {what}"
        yield Problem(info.at("name"), message, school_class=info.name)
        return
    for pupil in lacking:
        message = f"{who(pupil)}, {info.name}: нет {what}"
        yield Problem(pupil.card.at("id"), message, pupil=pupil.id, school_class=info.name)


RULES: tuple[Rule, ...] = (transfer_missing, year_end_order_missing, *setup.RULES)
