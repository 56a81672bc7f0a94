"""The tables that «Конструктор отчётов.xlsx» and ``sgo query`` offer: their columns by the words a person types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sgo_sheets.findings import Role, Severity, State
from sgo_sheets.records.journal_books import ABSENCE_REASONS
from sgo_sheets.records.people_books import ORDER_TYPES, ORDER_VARIANTS
from sgo_sheets.russian import WEEKDAYS, fold


class Sort(StrEnum):
    """What a column holds."""

    TEXT = "текст"
    NUMBER = "число"
    WHOLE = "целое число"
    DATE = "дата"


class TableColumn(NamedTuple):
    """A column: its name, what it holds, what it means; ``personal`` – it names a person, or tells of a family.

    ``values`` – all it ever holds, where that is known.
    """

    name: str
    sort: Sort = Sort.TEXT
    what: str = ""
    personal: bool = False
    values: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Return whether it holds numbers: what can be summed."""
        return self.sort in (Sort.NUMBER, Sort.WHOLE)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: its name, what a row is, its columns; ``of_day`` – it depends on the day it is asked."""

    name: str
    what: str
    columns: tuple[TableColumn, ...]
    of_day: bool = False

    def column(self, typed: str) -> TableColumn | None:
        """Return the column of that name, None where there is none."""
        return next((one for one in self.columns if fold(one.name) == fold(typed)), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(one.name for one in self.columns)


GIVEN, CANCELLED, BLANK, COMING = LESSON_STATES = ("дан", "не проведён", "не записан", "предстоит")
_NUMBER, _WHOLE, _DATE = Sort.NUMBER, Sort.WHOLE, Sort.DATE
_CLASS = (TableColumn("Класс"), TableColumn("Параллель", _WHOLE))
_PUPIL = (
    TableColumn("№ личного дела", personal=True),
    TableColumn("Обучающийся", personal=True),
    TableColumn("Пол", what="м или ж", values=("м", "ж")),
)
_JOURNAL = (
    *_CLASS,
    TableColumn("Предмет"),
    TableColumn("Группа", what="пусто – весь класс; у потока – его имя"),
    TableColumn("Учитель", what="кто ведёт предмет в этот день", personal=True),
)
_DAY = (
    TableColumn("Дата", _DATE),
    TableColumn("Месяц", what="«сентябрь 2026»"),
    TableColumn("Период", what="учебный период класса: «1 четверть»"),
)
TABLES: tuple[ReportTable, ...] = (
    ReportTable(
        "обучающиеся",
        "Обучающийся школы, один раз: класс – последний в этом году.",
        (
            *_CLASS,
            *_PUPIL,
            TableColumn("Дата рождения", _DATE, personal=True),
            TableColumn("В классе с", _DATE),
            TableColumn("В классе по", _DATE, "последний день; у тех, кто учится, – конец учебного года"),
            TableColumn("Иностранный язык"),
            TableColumn("Социальное положение", personal=True),
            TableColumn("Форма обучения"),
            TableColumn("Особые категории", personal=True),
        ),
    ),
    ReportTable(
        "отметки",
        "Текущая отметка; две отметки в одной клетке – две строки.",
        (
            *_JOURNAL,
            *_PUPIL,
            *_DAY,
            TableColumn("Вид работы"),
            TableColumn("Вес", _NUMBER, "вес вида работы"),
            TableColumn("Отметка", _WHOLE, "5, 4, 3, 2, 1; у «зач» и «нзч» пусто"),
            TableColumn("Запись", what="как в журнале: «5», «зач»"),
        ),
    ),
    ReportTable(
        "пропуски",
        "Урок, который обучающийся пропустил или на который опоздал.",
        (
            *_JOURNAL,
            *_PUPIL,
            *_DAY,
            TableColumn("День недели", what="«понедельник»", values=WEEKDAYS),
            TableColumn("Урок", _WHOLE, "номер урока, если он известен"),
            TableColumn(
                "Причина",
                what="УП – уважительная, Б – болезнь, НП – неуважительная, ОТ – причины нет; ОП – опоздание",
                values=(*ABSENCE_REASONS, "ОТ", "ОП"),
            ),
        ),
    ),
    ReportTable(
        "уроки",
        "Строка листа «Уроки», и будущего урока тоже; учитель – кто дал урок.",
        (
            *_JOURNAL,
            *_DAY,
            TableColumn("Урок", _WHOLE),
            TableColumn("№ по КТП", _WHOLE),
            TableColumn("Тема урока"),
            TableColumn("Домашнее задание"),
            TableColumn(
                "Состояние",
                what="«дан», «не проведён», «не записан», «предстоит» – позже дня новейшей книги класса",
                values=LESSON_STATES,
            ),
            TableColumn("Замещает", what="вместо кого дан урок; пусто – дал тот, кто ведёт предмет", personal=True),
        ),
    ),
    ReportTable(
        "итоги",
        "Отметка обучающегося за период или год по предмету; учитель – кто ведёт его в последний день периода.",
        (
            *_CLASS,
            TableColumn("Предмет"),
            TableColumn("Учитель", personal=True),
            *_PUPIL,
            TableColumn("Период"),
            TableColumn("Отметка", _WHOLE, "5, 4, 3, 2; у других записей пусто"),
            TableColumn("Запись", what="«5», «зач», «нзч», «осв», «н/а ув», «н/а пр»; пусто – не выставлена"),
        ),
    ),
    ReportTable(
        "движение",
        "Строка приказа книги движения.",
        (
            TableColumn("Приказ №"),
            TableColumn("Дата приказа", _DATE),
            TableColumn("Дата события", _DATE),
            TableColumn("Месяц", what="месяц события"),
            TableColumn("Тип документа", values=ORDER_TYPES),
            TableColumn("Вид", values=ORDER_VARIANTS),
            *_PUPIL,
            TableColumn("Из класса"),
            TableColumn("В класс"),
            TableColumn("Направление"),
            TableColumn("Откуда / куда"),
        ),
    ),
    ReportTable(
        "нагрузка",
        "Строка листа «Нагрузка»; поток – строка для каждого его класса.",
        (
            *_JOURNAL,
            TableColumn("Часов в неделю", _NUMBER),
            TableColumn("КТП"),
            TableColumn("С", _DATE),
            TableColumn("По", _DATE),
        ),
    ),
    ReportTable(
        "замечания",
        "Замечание к книгам, которое видит и «sgo check»; в отчёте – на день сборки сайта.",
        (
            TableColumn("Код"),
            TableColumn("Пункт"),
            TableColumn("Важность", values=tuple(one.label for one in Severity)),
            TableColumn("Состояние", values=tuple(one.label for one in State)),
            TableColumn("Ответственный", values=tuple(one.label for one in Role)),
            TableColumn("Сотрудник", personal=True),
            TableColumn("Класс"),
            TableColumn("Предмет"),
            TableColumn("Книга", personal=True),
            TableColumn("Лист"),
            TableColumn("Клетка"),
            TableColumn("Начало", _DATE),
            TableColumn("Срок", _DATE),
            TableColumn("Замечание", personal=True),
        ),
        of_day=True,
    ),
)
BY_NAME: Mapping[str, ReportTable] = {table.name: table for table in TABLES}
OFFERED: tuple[str, ...] = tuple(BY_NAME)
"""The tables a workbook may name."""
NUMBERS = "числа"
COUNT, SUM, AVERAGE, SHARE, LEAST, MOST = FUNCTIONS = (
    "количество",
    "сумма",
    "среднее",
    "доля %",
    "минимум",
    "максимум",
)
OFFICE, TEACHERS = AUDIENCES = ("завуч", "учителя")


def column_lists() -> dict[str, tuple[str, ...]]:
    """Return the names of columns by table and, under «числа» and the table, of those with numbers."""
    numbers = {f"{NUMBERS} {table.name}": tuple(one.name for one in table.columns if one.numeric) for table in TABLES}
    return {table.name: table.names for table in TABLES} | {name: words for name, words in numbers.items() if words}
