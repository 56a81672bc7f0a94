"""Школа.xlsx: the school itself, its periods and calendar, bells, staff, classes and subjects."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator

from sgo_sheets.records.base import Record, Shape, column
from sgo_sheets.records.kinds import Code, Name, Number, Text, Whole, choice, read_list
from sgo_sheets.records.time_kinds import Date, Days, Time

ROLE_WORDS = ("Администратор", "Завуч", "Учитель", "Классный руководитель", "Директор")
GRADINGS = ("отметка", "зачёт", "без отметки")
PERIOD_TYPES = ("четверть", "триместр", "полугодие", "год")
DAY_KINDS = ("выходной", "рабочий", "сокращённый", "учебный", "актированный", "дистанционный", "карантин")
DUTIES = (
    "организация использования",
    "администрирование",
    "личные карты сотрудников",
    "личные карты обучающихся",
)

Grading = Annotated[str, BeforeValidator(choice(*GRADINGS))]
PeriodType = Annotated[str, BeforeValidator(choice(*PERIOD_TYPES))]


class Organisation(Record):
    """Сведения об организации (Регламент п. 4.1)."""

    sheet = "Организация"
    shape = Shape.PROPERTIES

    full_name: Text = column("Полное наименование")
    short_name: Text = column("Краткое наименование", hint="Так школа названа на страницах сайта")
    type: Annotated[str, BeforeValidator(choice("гимназия", "лицей", "школа"))] = column("Тип")
    founder: Text = column("Учредитель")
    inn: Code = column("ИНН", text=True)
    ogrn: Code = column("ОГРН", text=True)
    address: Text = column("Адрес")
    phone: Code = column("Телефон", text=True)
    email: Text = column("E-mail")
    website: Text = column("Сайт")
    director: Text = column("Директор")
    licence: Code = column("Лицензия №", text=True)
    licence_date: Date = column("Дата лицензии", None)
    accreditation: Code = column("Аккредитация №", text=True)
    accreditation_date: Date = column("Дата аккредитации", None)
    accreditation_until: Date = column("Аккредитация до", None, hint="Пусто — бессрочно")
    year: Text = column("Учебный год", filled=True, hint="Например, 2026/2027")
    year_start: Date = column("Начало учебного года", None, filled=True)
    year_end: Date = column("Конец учебного года", None, filled=True)
    school_week: Whole = column("Учебная неделя", None, hint="5 или 6 дней")
    work_week: Whole = column("Рабочая неделя", None, hint="5 или 6 дней; по ней считаются сроки в рабочих днях")
    card_updated: Date = column("Карточка обновлена", None)


class Period(Record):
    """Учебный период классов: четверть, триместр, полугодие, год."""

    sheet = "Периоды"

    classes: Name = column("Классы", required=True, filled=True, key=True, hint="1-9 или «1-9, 10А»")
    type: PeriodType = column("Тип", required=True, filled=True)
    name: Name = column("Период", required=True, filled=True, key=True, width=18)
    start: Date = column("Начало", None, required=True, filled=True)
    end: Date = column("Окончание", None, required=True, filled=True)


class Holiday(Record):
    """Каникулы классов (Регламент п. 7.3)."""

    sheet = "Каникулы"

    name: Text = column("Название", required=True, width=22)
    classes: Name = column("Классы", hint="Пусто — все классы")
    start: Date = column("Начало", None, required=True, filled=True)
    end: Date = column("Окончание", None, required=True, filled=True)
    published: Date = column("Опубликовано", None)


class CalendarDay(Record):
    """День, который отличается от обычной недели."""

    sheet = "Календарь"

    date: Date = column("Дата", None, required=True, filled=True)
    kind: Annotated[str, BeforeValidator(choice(*DAY_KINDS))] = column("Вид", required=True, filled=True)
    classes: Name = column("Классы", hint="Пусто — все классы")
    instead: Date = column("Вместо", None, hint="Учебный день, который перенесён на эту дату")
    reason: Text = column("Основание", width=40)


class Bell(Record):
    """Звонок: начало и конец урока в наборе."""

    sheet = "Звонки"

    set: Name = column("Набор", required=True, carry=True, hint="Например, «1 смена»")
    days: Days = column("Дни", frozenset(range(7)), hint="Например, «пн-пт, сб»; пусто — все дни")
    number: Whole = column("Урок", None, required=True, filled=True)
    start: Time = column("Начало", None, required=True, filled=True)
    end: Time = column("Окончание", None, required=True, filled=True)


class Employee(Record):
    """Сотрудник и его роли."""

    sheet = "Сотрудники"

    code: Code = column("Код", required=True, filled=True, key=True, text=True, hint="Краткий код: СТ-01")
    surname: Name = column("Фамилия", required=True, filled=True, width=18)
    first_name: Name = column("Имя", width=16)
    patronymic: Name = column("Отчество", width=18)
    position: Text = column("Должность", width=26)
    roles: Annotated[tuple[str, ...], BeforeValidator(read_list)] = column(
        "Роли", (), width=26, hint="Через запятую: " + ", ".join(ROLE_WORDS)
    )
    hired: Date = column("Принят", None)
    order: Code = column("Приказ о приёме", text=True)
    order_date: Date = column("Дата приказа", None)
    dismissed: Date = column("Уволен", None)
    email: Text = column("E-mail", width=24)
    card_created: Date = column("Карточка создана", None)

    @property
    def short_name(self) -> str:
        """Return «Соколова В. И.»."""
        initials = "".join(f"\u00a0{part[0]}." for part in (self.first_name, self.patronymic) if part)
        return f"{self.surname}{initials}"


class StaffAbsence(Record):
    """Отсутствие сотрудника и кто его заменяет."""

    sheet = "Отсутствия"
    optional = True

    employee: Code = column("Сотрудник", required=True, filled=True, source="Сотрудники")
    since: Date = column("С", None)
    until: Date = column("По", None)
    substitute: Code = column("Заменяет", source="Сотрудники")


class SchoolClass(Record):
    """Класс."""

    sheet = "Классы"

    name: Name = column("Класс", required=True, filled=True, key=True, text=True, hint="Например, 5А или 10 М")
    grade: Whole = column("Параллель", None, required=True, filled=True)
    profile: Text = column("Профиль")
    kind: Text = column("Вид класса")
    school_week: Whole = column("Учебная неделя", None, hint="5 или 6; пусто — как в школе")
    bells: Name = column("Набор звонков")
    room: Code = column("Кабинет", text=True)
    capacity: Number = column("Плановая наполняемость", None)


class Subject(Record):
    """Учебный предмет."""

    sheet = "Предметы"

    name: Name = column("Предмет", required=True, filled=True, key=True, width=30)
    short: Text = column("Сокращение")
    area: Text = column("Образовательная область", width=36)
    grading: Grading = column("Оценивание", "отметка")


class Responsible(Record):
    """Кто отвечает за направление по приказу (Регламент п. 2.2)."""

    sheet = "Ответственные"

    duty: Annotated[str, BeforeValidator(choice(*DUTIES))] = column("Направление", required=True, filled=True, width=34)
    employee: Code = column("Сотрудник", required=True, source="Сотрудники")
    order: Code = column("Приказ №", text=True)
    order_date: Date = column("Дата приказа", None)


def year_span(organisation: Organisation) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of the school year, or None while they are not filled."""
    if organisation.year_start is None or organisation.year_end is None:
        return None
    return organisation.year_start, organisation.year_end
