"""Расписание.xlsx: the poster of lessons and the substitutions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from sgo_sheets.records.base import Record, column, rest
from sgo_sheets.records.kinds import Code, Name, Text, Whole, choice
from sgo_sheets.records.time_kinds import Weekday, YearDate

SUBSTITUTION_KINDS = ("замена учителя", "замена предмета", "отмена", "перенос")


class TimetableRow(Record):
    """Строка расписания: день, урок и что идёт в каждом классе."""

    sheet = "Расписание"
    optional = True

    weekday: Weekday = column("День", None, required=True, carry=True)
    number: Whole = column("Урок", None, required=True, filled=True, width=6)
    cells: Mapping[str, Any] = rest(width=24, hint="«Математика, 143» или «Английский язык (1), 325 / …»")


class Substitution(Record):
    """Замена, отмена или перенос урока."""

    sheet = "Замены"
    optional = True

    date: YearDate = column("Дата", None, required=True, filled=True)
    target: Name = column("Класс", required=True, filled=True, text=True)
    number: Whole = column("Урок", None, required=True, filled=True)
    kind: Annotated[str, BeforeValidator(choice(*SUBSTITUTION_KINDS))] = column(
        "Вид", required=True, filled=True, width=18
    )
    subject: Name = column("Предмет", width=26, source="Предметы")
    group: Name = column("Группа", text=True)
    teacher: Code = column("Учитель", text=True, source="Сотрудники")
    moved_to: YearDate = column("Перенесён на", None)
    moved_number: Whole = column("Урок на", None)
    reason: Text = column("Причина", width=30)
