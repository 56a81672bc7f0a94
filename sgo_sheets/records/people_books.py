"""Контингент/<класс>.xlsx, Книга движения.xlsx, Учётные записи.xlsx: the pupils, their moves and accounts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from sgo_sheets.records.base import Record, column
from sgo_sheets.records.kinds import Code, Name, Text, TextList, choice
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.time_kinds import Date

ORDER_TYPES = (
    "Зачисление в гимназию",
    "Выбытие из гимназии",
    "Перевод из класса в класс",
    "Перевод на следующий год",
    "Второгодники",
    "Выпускники",
)
ENROLMENT, LEAVING, MOVE, PROMOTION, REPEATING, GRADUATION = ORDER_TYPES
ORDER_VARIANTS = (
    "в течение года",
    "формирование 1 класса",
    "формирование 10 класса",
    "обычный",
    "завершение программы",
    "условный",
)


def read_presence(value: Raw) -> str:
    """Return only whether an identity paper is given: its value ends here (152-ФЗ)."""
    return "есть" if plain(value) else ""


Presence = Annotated[str, BeforeValidator(read_presence)]


class PupilCard(Record):
    """Личная карта обучающегося (Регламент п. 5.5)."""

    sheet = "Обучающиеся"

    id: Code = column("№ личного дела", required=True, filled=True, key=True, text=True)
    surname: Name = column("Фамилия", required=True, filled=True, width=18)
    first_name: Name = column("Имя", width=16)
    patronymic: Name = column("Отчество", width=18)
    sex: Annotated[str, BeforeValidator(choice("м", "ж"))] = column("Пол", width=6)
    born: Date = column("Дата рождения", None)
    class_at_start: Name = column("Класс на начало года", text=True, hint="Пусто у прибывших в течение года")
    enrolled: Date = column("Дата зачисления", None)
    card_created: Date = column("Карточка создана", None)
    address: Text = column("Адрес", width=34)
    birth_certificate: Presence = column("Свидетельство о рождении", text=True, width=20)
    passport: Presence = column("Паспорт", text=True, width=18, hint="Обязателен с 14 лет")
    family: Text = column("Состав семьи", width=20)
    mother: Name = column("Мать", width=30)
    father: Name = column("Отец", width=30)
    guardian: Name = column("Законный представитель", width=30)
    parents_phone: Code = column("Телефон родителей", text=True, width=18)
    social: Text = column("Социальное положение", width=22)
    language: Text = column("Иностранный язык", width=18)
    form: Text = column("Форма обучения", width=16)
    categories: Text = column("Особые категории", width=22)

    @property
    def name(self) -> str:
        """Return «Соколова Вера», as journals list pupils."""
        return f"{self.surname} {self.first_name}".strip()


class Order(Record):
    """Строка приказа книги движения (Регламент п. 9.2)."""

    sheet = "Приказы"

    number: Code = column("Приказ №", required=True, filled=True, key=True, text=True)
    date: Date = column("Дата приказа", None, required=True)
    type: Annotated[str, BeforeValidator(choice(*ORDER_TYPES))] = column(
        "Тип документа", required=True, filled=True, key=True, width=28
    )
    variant: Annotated[str, BeforeValidator(choice(*ORDER_VARIANTS))] = column("Вид", width=24)
    event: Date = column("Дата события", None, hint="С этого дня ученик вне старого класса и в новом")
    pupil: Code = column("№ личного дела", required=True, key=True, text=True)
    pupil_name: Name = column("Обучающийся", width=26)
    from_class: Name = column("Из класса", text=True)
    to_class: Name = column("В класс", text=True)
    place: Text = column("Откуда / куда", width=30)
    direction: Text = column("Направление", width=22)
    reason: Text = column("Основание", width=30)


class Account(Record):
    """Учётная запись (Регламент п. 2.4–2.8). Паролей здесь нет."""

    sheet = "Учётные записи"

    # No key: two people with one login are both read, and the rule of п. 2.4 names the second (R0202).
    login: Text = column("Логин", required=True, filled=True, text=True, width=18)
    roles: TextList = column("Роль", (), required=True, width=22)
    owners: TextList = column("Владелец", (), required=True, text=True, width=18)
    name: Name = column("ФИО", width=30)
    basis: Text = column("Основание", width=24)
    basis_date: Date = column("Дата основания", None)
    created: Date = column("Создана", None)
    issued: Date = column("Выдана классному руководителю", None, width=18)
    handed: Date = column("Передана", None)
    blocked: Date = column("Заблокирована", None)
