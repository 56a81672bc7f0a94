"""Регламент.xlsx and Конструктор отчётов.xlsx: what a school sets for itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from sgo_sheets.findings import Role, Severity
from sgo_sheets.records.base import Record, column
from sgo_sheets.records.kinds import Anything, Code, Name, Number, Text, YesNo, choice
from sgo_sheets.records.report_tables import AUDIENCES, COUNT, FUNCTIONS, NUMBERS, OFFERED, OFFICE
from sgo_sheets.records.time_kinds import Date

SEVERITY_WORDS = tuple(severity.label for severity in Severity)
ROLE_LABELS = tuple(role.label for role in Role)


def rule_code(typed: str) -> str:
    """Return a typed code with the letters of the real ones: «р0801» in either layout is R0801."""
    return typed.upper().replace("Р", "R")


class Term(Record):
    """Срок и важность правила; школа меняет числа, а не программу."""

    sheet = "Сроки"
    optional = True

    code: Text = column("Код правила", required=True, filled=True, key=True)
    clause: Text = column("Пункт", grey=True, text=True)
    title: Text = column("Требование", grey=True, width=52)
    role: Annotated[str, BeforeValidator(choice(*ROLE_LABELS))] = column("Ответственный", width=24)
    term: Text = column("Срок", grey=True, width=34)
    value: Anything = column("Значение", None)
    unit: Annotated[str, BeforeValidator(choice("рабочих дней", "дней", "дата"))] = column("Единица")
    severity: Annotated[str, BeforeValidator(choice(*SEVERITY_WORDS))] = column("Важность", width=18)
    checked: YesNo = column("Проверять", None)


class Setting(Record):
    """Настройка по имени; чего здесь нет, то по умолчанию."""

    sheet = "Настройки"
    optional = True

    name: Text = column("Показатель", required=True, filled=True, key=True, width=60)
    value: Anything = column("Значение", None, required=True)


class WorkKind(Record):
    """Вид работы и его вес в среднем балле."""

    sheet = "Виды работ"
    optional = True

    name: Name = column("Вид", required=True, filled=True, key=True, width=28)
    short: Name = column("Сокращение", required=True)
    weight: Number = column("Вес", 1.0)


class Exemption(Record):
    """Исключение из правила по приказу."""

    sheet = "Исключения"
    optional = True

    code: Text = column("Код правила", required=True, filled=True)
    school_class: Name = column("Класс", text=True)
    subject: Name = column("Предмет", width=26)
    pupil: Code = column("№ личного дела", text=True)
    since: Date = column("С", None)
    until: Date = column("По", None)
    order: Code = column("Приказ", text=True)


class CustomReport(Record):
    """Свой отчёт (Регламент п. 10.6). Таблицы и их столбцы: [report-tables.md](report-tables.md)."""

    sheet = "Отчёты"
    optional = True

    title: Text = column("Название", required=True, filled=True, key=True, width=34)
    table: Annotated[str, BeforeValidator(choice(*OFFERED))] = column(
        "Таблица", filled=True, width=18, hint="Какие записи считать"
    )
    conditions: Text = column(
        "Условия",
        width=40,
        text=True,
        hint="Через точку с запятой, действуют все: Класс = 5А, 5Б; Дата с 01.09.2026 по 31.10.2026; Пол = ж; "
        "Отметка от 4; Группа пусто. Без условий — все записи",
    )
    rows: Text = column(
        "Строки",
        filled=True,
        width=20,
        source_by="Таблица",
        hint="Столбец таблицы: выберите или впишите; можно два через запятую",
    )
    columns_by: Text = column(
        "Столбцы", width=20, source_by="Таблица", hint="Столбец таблицы: выберите или впишите; пусто — один столбец"
    )
    value: Text = column(
        "Значение",
        width=18,
        text=True,
        source=NUMBERS,
        source_by="Таблица",
        hint="Для «количества» пусто; для «доля %» — условие, например Отметка от 4; иначе столбец с числами",
    )
    function: Annotated[str, BeforeValidator(choice(*FUNCTIONS))] = column(
        "Функция", COUNT, width=14, hint="Пусто — количество"
    )
    audience: Annotated[str, BeforeValidator(choice(*AUDIENCES))] = column(
        "Доступ", OFFICE, width=20, hint="завуч — и администратор, и директор; учителя — все сотрудники"
    )


DEFAULT_WORK_KINDS: tuple[tuple[str, str, float], ...] = (
    ("ответ на уроке", "О", 1),
    ("домашнее задание", "Д", 1),
    ("контрольная работа", "К", 2),
    ("самостоятельная работа", "С", 1),
    ("практическая работа", "А", 1),
    ("лабораторная работа", "Л", 1),
    ("проект", "П", 2),
    ("диктант", "Н", 2),
    ("реферат", "Р", 1),
    ("сочинение", "Ч", 2),
    ("изложение", "И", 2),
    ("зачёт", "З", 2),
    ("тестирование", "Т", 1),
    ("срезовая работа", "В", 2),
)
