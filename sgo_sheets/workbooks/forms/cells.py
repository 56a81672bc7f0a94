"""What the cells of a column may hold: their sort, number format, drop-down list, hint and refusal."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.base import Column, Record, words_of
from sgo_sheets.records.kinds import read_number, read_whole, read_yes
from sgo_sheets.records.time_kinds import read_date, read_time, read_year_date
from sgo_sheets.workbooks.forms.lists import list_name
from sgo_sheets.workbooks.forms.looks import DATE, GENERAL, TEXT, TIME

_TITLE_LIMIT, _HINT_LIMIT, _ERROR_LIMIT, _INLINE_LIMIT = 31, 250, 220, 250  # what Excel takes
_FIRST_DAY, _LAST_DAY = "14611", "73050"  # 1940 … 2099 as Excel counts days
YES_NO = ("да", "нет")


class Sort(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    WHOLE = "whole"
    YES = "yes"


_SORTS: dict[Any, Sort] = {
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
        found = _SORTS.get(getattr(item, "func", None))
        if found is not None:
            return found
    return Sort.TEXT


@cache
def number_format(record: type[Record], column: Column) -> str:
    """Return the number format of a column's cells."""
    if column.text:
        return TEXT
    return {Sort.DATE: DATE, Sort.TIME: TIME}.get(sort_of(record, column.field), GENERAL)


def column_rule(record: type[Record], column: Column, names: AbstractSet[str]) -> DataValidation | None:
    """Return the validation of a column: a drop-down list, a date, a number, or only the hint that speaks."""
    sort = sort_of(record, column.field)
    words = YES_NO if sort is Sort.YES else words_of(record, column.field)
    if column.grey:
        rule = DataValidation(type="custom", formula1="FALSE", errorStyle="warning")
        return speak(
            rule,
            column.header,
            hint="Серая графа заполнена программой; обычно в неё не пишут.",
            error="Серая графа заполнена программой. Всё равно записать?",
        )
    if words and len(",".join(words)) <= _INLINE_LIMIT:
        rule = list_rule('"' + ",".join(words) + '"')
        return speak(rule, column.header, hint=column.hint, error="Выберите из списка: " + ", ".join(words) + ".")
    name = list_name(column.source)
    if column.source_by:
        place = [one.header for one in record.columns()].index(column.source_by) + 1
        begin = f'"{name}_"&' if name else ""
        rule = list_rule(f"INDIRECT({begin}${get_column_letter(place)}2)")
        return speak(rule, column.header, hint=column.hint)
    if column.source and name in names:
        refusal = f"В списке «{column.source}» этого нет. Всё равно записать?"
        return speak(list_rule(name, strict=False), column.header, hint=column.hint, error=refusal)
    return _typed(sort, column)


def list_rule(source: str, *, strict: bool = True) -> DataValidation:
    """Return a drop-down list; one that is not strict asks instead of refusing."""
    return DataValidation(type="list", formula1=source, errorStyle="stop" if strict else "warning")


def date_rule(header: str, hint: str = "") -> DataValidation:
    """Return the validation of a date."""
    rule = DataValidation(type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY)
    return speak(rule, header, hint=hint, error="Впишите дату, например 07.09.2026.")


def speak(rule: DataValidation, title: str, *, hint: str = "", error: str = "") -> DataValidation:
    """Give a validation its title, the hint shown on entering a cell and the message of a refusal; return it."""
    rule.allowBlank = True
    if hint:
        rule.promptTitle, rule.prompt, rule.showInputMessage = title[:_TITLE_LIMIT], hint[:_HINT_LIMIT], True
    if error:
        rule.errorTitle, rule.error, rule.showErrorMessage = title[:_TITLE_LIMIT], error[:_ERROR_LIMIT], True
    return rule


def apply(sheet: Worksheet, rule: DataValidation | None, area: str) -> None:
    """Put a validation on an area (or several, separated by spaces) of the sheet; no rule or no area does nothing."""
    if rule is not None and area:
        for part in area.split():
            rule.add(part)
        sheet.add_data_validation(rule)


def _typed(sort: Sort, column: Column) -> DataValidation | None:
    if sort is Sort.DATE:
        return date_rule(column.header, column.hint)
    if sort in (Sort.WHOLE, Sort.NUMBER):
        kind: Literal["whole", "decimal"] = "whole" if sort is Sort.WHOLE else "decimal"
        rule = DataValidation(type=kind, operator="between", formula1="0", formula2="100000")
        error = "Впишите целое число." if sort is Sort.WHOLE else "Впишите число, например 2 или 1,5."
        return speak(rule, column.header, hint=column.hint, error=error)
    return speak(DataValidation(), column.header, hint=column.hint) if column.hint else None
