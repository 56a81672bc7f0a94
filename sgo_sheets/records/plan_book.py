"""Учебный план.xlsx: the plan as a matrix, who teaches what to whom, streams and groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from sgo_sheets.records.base import Record, column, rest
from sgo_sheets.records.kinds import Code, Name, Number, Text, TextList, choice
from sgo_sheets.records.school_book import GRADINGS
from sgo_sheets.records.time_kinds import Date

HOMEROOM = "Классное руководство"
"""The reserved word of «Нагрузка» that names the class teacher."""


class PlanRow(Record):
    """Строка учебного плана: часы предмета в неделю по классам (Регламент п. 6.2)."""

    sheet = "План"

    area: Text = column("Образовательная область", carry=True, width=34)
    subject: Name = column("Предмет", required=True, filled=True, width=30)
    component: Annotated[str, BeforeValidator(choice("федеральный", "региональный", "школьный"))] = column("Компонент")
    hours: Mapping[str, Any] = rest(width=7, hint="Часов в неделю")


class Load(Record):
    """Нагрузка: кто какой предмет ведёт в классе или потоке, сколько часов и по какому КТП."""

    sheet = "Нагрузка"

    target: Name = column("Класс", required=True, filled=True, key=True, text=True, hint="Класс или поток")
    subject: Name = column("Предмет", required=True, filled=True, key=True, width=30, source="Предметы")
    group: Name = column("Группа", key=True, text=True, hint="Пусто — весь класс")
    teacher: Code = column("Учитель", required=True, filled=True, key=True, text=True, source="Сотрудники")
    hours: Number = column("Часов в неделю", None)
    plan: Name = column("КТП", width=30, hint="Имя файла КТП без расширения")
    since: Date = column("С", None, key=True, hint="Пусто — с начала учебного года")
    until: Date = column("По", None, hint="Пусто — до конца учебного года")
    grading: Annotated[str, BeforeValidator(choice(*GRADINGS))] = column("Оценивание")
    grading_since: Date = column("Оценивание с", None)
    periods: Annotated[str, BeforeValidator(choice("четверти", "триместры", "полугодия", "год"))] = column("Периоды")


class Stream(Record):
    """Поток: группа из нескольких классов."""

    sheet = "Потоки"
    optional = True

    name: Name = column("Поток", required=True, filled=True, key=True, text=True)
    classes: TextList = column("Классы", (), required=True, filled=True, text=True)


class GroupMember(Record):
    """Обучающийся подгруппы или потока; без строк здесь предмет ведётся у всего класса."""

    sheet = "Группы"
    optional = True

    target: Name = column("Класс", required=True, filled=True, text=True, hint="Класс или поток")
    subject: Name = column("Предмет", required=True, filled=True, width=30, source="Предметы")
    group: Name = column("Группа", text=True)
    pupil: Code = column("№ личного дела", required=True, filled=True, text=True)
    since: Date = column("С", None)
    until: Date = column("По", None)
