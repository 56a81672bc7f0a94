"""Глава V, личные карты заведены в срок (п. 5.4)."""

from __future__ import annotations

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.rules.belonging import card_owed_since, staff_card_owed_since, works_on
from sgo_sheets.rules.card_fields import asked
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.terms import working_days_after
from sgo_sheets.rules.terms_of import due_day, of_former_year
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, School


@rule("R0501", clause="5.4", role=Role.CLASS_TEACHER, due=working_days_after(2, "зачисления"))
def pupil_card_late(roll: tuple[Pupil, ...], book: ClassBook) -> Problems:
    """Личная карта ученика не заведена.

    Личное дело заводят не позднее 2 рабочих дней после зачисления; если приказ вышел позже, срок считается от приказа.

    Как исправить: заведите карту и впишите день в графу «Карточка создана».
    """
    for pupil in asked(roll, book):
        card, since = pupil.card, card_owed_since(pupil, book.year)
        due = due_day(pupil_card_late, since, book)
        if since is None or of_former_year(since, due, book) or "card_created" not in card.located:
            continue
        created = card.card_created
        if created is not None:
            message = f"{pupil.name}: карточка создана {day(created)}, зачисление {day(since)}"
            yield Problem(card.at("card_created"), message, since=since, done_at=created, pupil=pupil.id)
        elif not card.unread("card_created"):
            message = f"{pupil.name}: не указано, когда создана карточка; зачисление {day(since)}"
            yield Problem(card.at("card_created"), message, since=since, pupil=pupil.id)


@rule("R0502", clause="5.4", role=Role.ADMIN, due=working_days_after(2, "приёма на работу"))
def staff_card_late(school: School) -> Problems:
    """Личная карта сотрудника не заведена.

    Личную карту заводят не позднее 2 рабочих дней после поступления на работу; если приказ о приёме вышел позже, срок
    считается от приказа.

    Как исправить: заведите карту и впишите день в графу «Карточка создана» листа «Сотрудники».
    """
    for employee in school.staff.values():
        since, created = staff_card_owed_since(employee), employee.card_created
        if since is None or of_former_year(since, due_day(staff_card_late, since, school), school):
            continue
        name = employee.short_name
        if created is not None:
            message = f"{name}: карточка создана {day(created)}, приём {day(since)}"
            yield Problem(employee.at("card_created"), message, since=since, done_at=created)
        elif works_on(employee) and not employee.unread("card_created"):
            message = f"{name}: не указано, когда создана карточка; приём {day(since)}"
            yield Problem(employee.at("card_created"), message, since=since)


RULES: tuple[Rule, ...] = (pupil_card_late, staff_card_late)
