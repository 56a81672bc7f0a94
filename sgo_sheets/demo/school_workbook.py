"""Школа.xlsx: the school's card, its year, its people and classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.office import Row, subjects, table
from sgo_sheets.demo.people import TOWN
from sgo_sheets.demo.substitutions import Illness
from sgo_sheets.demo.world import World
from sgo_sheets.demo.year import bell_rows
from sgo_sheets.records.catalog import BookContent, BookKind
from sgo_sheets.records.school_book import DUTIES
from sgo_sheets.workbooks.calendar_seed import calendar_seed

SCHOOL_NAME, SHORT_NAME = "Гимназия «Росток» города Светлозерска", "Гимназия «Росток»"


def school_book(world: World, ill: Sequence[Illness]) -> BookContent:
    """Return Школа.xlsx."""
    year = world.year
    seed = calendar_seed([year.first.year, year.first.year + 1]).rows
    return BookContent(
        BookKind.SCHOOL,
        {
            "Организация": _organisation(world),
            "Периоды": table(_periods(world)),
            "Каникулы": table(_holidays(world)),
            "Календарь": seed,
            "Звонки": table(
                {"Набор": name, "Урок": number, "Начало": start, "Окончание": end}
                for name, number, start, end in bell_rows()
                if any(room.shift == name for room in world.rooms)
            ),
            "Сотрудники": table(_staff(world)),
            "Отсутствия": table({"Сотрудник": one.teacher, "С": one.first, "По": one.last} for one in ill),
            "Классы": table(_classes(world)),
            "Предметы": table(
                {
                    "Предмет": subject.name,
                    "Сокращение": subject.short,
                    "Образовательная область": subject.area,
                    "Оценивание": subject.grading,
                }
                for subject in subjects(world)
            ),
            "Ответственные": table(_responsible(world)),
        },
    )


def _organisation(world: World) -> Row:
    year = world.year
    director = next(one for one in world.staff.teachers if "Директор" in one.roles)
    return {
        "Полное наименование": f"Муниципальное общеобразовательное учреждение {SCHOOL_NAME}",
        "Краткое наименование": SHORT_NAME,
        "Тип": "гимназия",
        "Учредитель": "Администрация города Светлозерска",
        # Numbers of a region that does not exist (00), with right check digits.
        "ИНН": "0012345673",
        "ОГРН": "1020000012340",
        "Адрес": f"{TOWN}, ул. Садовая, д. 12",
        "Телефон": "+7 (8999) 01-20-30",
        "E-mail": "school@rostok.example",
        "Сайт": "https://rostok.example",
        "Директор": director.person.full,
        "Лицензия №": "Л035-00000-00/00123456",
        "Дата лицензии": dt.date(2016, 3, 14),
        "Аккредитация №": "А007-00000-00/01234567",
        "Дата аккредитации": dt.date(2016, 5, 20),
        "Учебный год": year.name,
        "Начало учебного года": year.first,
        "Конец учебного года": year.last,
        "Учебная неделя": 5,
        "Рабочая неделя": 5,
        "Карточка обновлена": dt.date(year.first.year, 8, 28),
    }


def _periods(world: World) -> Iterator[Row]:
    year = world.year
    for term in year.quarters:
        yield _period("1-9", "четверть", term.name, term.first, term.last)
    for term in year.halves:
        yield _period("10-11", "полугодие", term.name, term.first, term.last)
    yield _period("1-11", "год", "Год", year.first, year.study_last)


def _period(classes: str, kind: str, name: str, first: dt.date, last: dt.date) -> Row:
    return {"Классы": classes, "Тип": kind, "Период": name, "Начало": first, "Окончание": last}


def _holidays(world: World) -> Iterator[Row]:
    published = dt.date(world.year.first.year, 8, 28)
    autumn, winter, spring = world.year.breaks
    for term, classes in ((autumn, ""), (winter, ""), (world.year.extra, "1"), (spring, "")):
        yield {
            "Название": term.name, "Классы": classes, "Начало": term.first, "Окончание": term.last,
            "Опубликовано": published,
        }  # fmt: skip


def _staff(world: World) -> Iterator[Row]:
    for number, one in enumerate(world.staff.teachers, start=1):
        yield {
            "Код": one.code, "Фамилия": one.person.surname, "Имя": one.person.first,
            "Отчество": one.person.patronymic, "Должность": one.position, "Роли": ", ".join(one.roles),
            "Принят": one.hired, "Приказ о приёме": f"{number}-к", "Дата приказа": one.hired,
            "Уволен": one.dismissed, "E-mail": f"{one.code.replace('СТ-', 'st')}@rostok.example",
            "Карточка создана": one.hired,
        }  # fmt: skip


def _classes(world: World) -> Iterator[Row]:
    rooms = {one.code: one.room for one in world.staff.teachers}
    for room in world.rooms:
        yield {
            "Класс": room.name, "Параллель": room.grade, "Профиль": room.profile,
            "Вид класса": "профильный" if room.profile else "общеобразовательный",
            "Учебная неделя": plan.school_week(room.grade), "Набор звонков": room.shift,
            "Кабинет": rooms[world.staff.homeroom[room.name]], "Плановая наполняемость": 25,
        }  # fmt: skip


def _responsible(world: World) -> Iterator[Row]:
    by_role = {role: one.code for one in reversed(world.staff.teachers) for role in one.roles}
    who = (by_role["Завуч"], by_role["Администратор"], by_role["Администратор"], by_role["Завуч"])
    for number, (duty, code) in enumerate(zip(DUTIES, who, strict=True), start=101):
        yield {
            "Направление": duty, "Сотрудник": code, "Приказ №": f"{number}-о",
            "Дата приказа": dt.date(world.year.first.year, 8, 28),
        }  # fmt: skip
