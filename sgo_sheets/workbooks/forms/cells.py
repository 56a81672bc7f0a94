"""What a cell may hold: the sort of a column, its number format, its validation and how a value is written."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cache
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet.datavalidation import DataValidation

from sgo_sheets.records.base import Column, Record, words_of
from sgo_sheets.records.kinds import (
    Raw,
    plain,
    read_date,
    read_number,
    read_time,
    read_whole,
    read_year_date,
    read_yes,
)
from sgo_sheets.workbooks.forms.looks import DATE, GENERAL, TEXT, TIME

HINT_LIMIT, ERROR_LIMIT, INLINE_LIMIT = 250, 220, 250


class Sort(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    WHOLE = "whole"
    YES = "yes"


_SORTS = {
    read_date: Sort.DATE,
    read_year_date: Sort.DATE,
    read_time: Sort.TIME,
    read_number: Sort.NUMBER,
    read_whole: Sort.WHOLE,
    read_yes: Sort.YES,
}


@cache
def sort_of(record: type[Record], field: str) -> Sort:
    """Return what the cells of a field hold, from the declaration the reader uses."""
    for item in record.model_fields[field].metadata:
        found = _SORTS.get(getattr(item, "func", None))  # type: ignore[call-overload]  # other metadata have no func
        if found is not None:
            return Sort(found)
    return Sort.TEXT


@cache
def number_format(record: type[Record], column: Column) -> str:
    """Return the number format of a column's cells."""
    if column.text:
        return TEXT
    return {Sort.DATE: DATE, Sort.TIME: TIME}.get(sort_of(record, column.field), GENERAL)


def write(cell: Cell, value: Raw, *, text: bool = False) -> None:
    """Put a value into a cell; text stays text, whatever it begins with. ``text`` turns numbers into text."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        value = "да" if value else "нет"
    elif text and isinstance(value, (int, float)):
        value = plain(value)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    elif isinstance(value, dt.datetime) and value.tzinfo:
        value = value.replace(tzinfo=None)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # «=1+1», «#REF!» and «+» in a topic are words, not formulas


def validation_of(record: type[Record], column: Column, names: set[str]) -> DataValidation | None:
    """Return the validation of a column: a drop-down list, a date, a number, or only the hint that speaks."""
    hint = _hint(column)
    words = words_of(record, column.field) or (("да", "нет") if sort_of(record, column.field) is Sort.YES else ())
    if column.grey:
        return _speaking(
            DataValidation(type="custom", formula1="FALSE", allow_blank=True, errorStyle="warning"),
            column.header,
            "Серая графа заполняется программой из КТП, вписывать в неё обычно не нужно.",
            "Серая графа заполняется программой. Всё равно записать?",
        )
    if words and len(",".join(words)) <= INLINE_LIMIT:
        listed = '"' + ",".join(words) + '"'
        return _speaking(
            DataValidation(type="list", formula1=listed, allow_blank=True),
            column.header,
            hint,
            "Выберите слово из списка: " + ", ".join(words) + ".",
        )
    name = list_name(column.source)
    if column.source and name in names:
        return _speaking(
            DataValidation(type="list", formula1=name, allow_blank=True, errorStyle="warning"),
            column.header,
            hint,
            f"Этого значения нет в списке «{column.source}». Всё равно записать?",
        )
    return _typed(sort_of(record, column.field), column.header, hint)


def _typed(sort: Sort, header: str, hint: str) -> DataValidation | None:
    if sort is Sort.DATE:
        rule = DataValidation(type="date", operator="between", formula1="14611", formula2="73050", allow_blank=True)
        return _speaking(rule, header, hint, "Впишите дату, например 07.09.2026.")
    if sort is Sort.WHOLE:
        rule = DataValidation(type="whole", operator="between", formula1="0", formula2="100000", allow_blank=True)
        return _speaking(rule, header, hint, "Впишите целое число.")
    if sort is Sort.NUMBER:
        rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="100000", allow_blank=True)
        return _speaking(rule, header, hint, "Впишите число, например 2 или 1,5.")
    return _speaking(DataValidation(allow_blank=True), header, hint, "") if hint else None


def _speaking(rule: DataValidation, header: str, hint: str, error: str) -> DataValidation:
    if hint:
        rule.promptTitle, rule.prompt, rule.showInputMessage = header[:30], hint[:HINT_LIMIT], True
    if error:
        rule.errorTitle, rule.error, rule.showErrorMessage = header[:30], error[:ERROR_LIMIT], True
    return rule


def _hint(column: Column) -> str:
    return f"{column.hint}." if column.hint and column.hint[-1] not in ".!?…»)" else column.hint


def list_name(source: str) -> str:
    """Return the defined name of a list: «Виды работ» → «Виды_работ»."""
    return source.replace(" ", "_")


def speak(rule: Any, title: str, hint: str, error: str) -> DataValidation:
    """Give a validation its title, the hint shown on entering a cell and the message of a refusal."""
    return _speaking(rule, title, hint, error)
