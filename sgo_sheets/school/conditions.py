"""Conditions of «Конструктор отчётов.xlsx» in words a person types; nothing of them is ever evaluated as code.

«Класс = 5А; Дата с 01.09.2026 по 31.10.2026; Пол = ж; Отметка от 4; Тема урока содержит дроб; Группа пусто».
A day without its year («1.10») is one of the school year, a word that begins one known name («октябрь») is that name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from sgo_sheets.records.report_tables import TABLES, ReportTable, Sort, TableColumn
from sgo_sheets.russian import clean, fold, perhaps
from sgo_sheets.school.condition_values import Bound, Fail, Known, Values, bare, listed, ordered
from sgo_sheets.school.elements import Span


class Test(StrEnum):
    """What a condition asks of a value."""

    ONE_OF = "="
    NONE_OF = "не ="
    BETWEEN = "от … до"
    ABOVE = ">"
    BELOW = "<"
    EMPTY = "пусто"
    FILLED = "не пусто"
    HOLDS = "содержит"


class Condition(NamedTuple):
    """A condition: the column's place in the table, what is asked, the values (folded text, numbers or days)."""

    place: int
    test: Test
    values: tuple[Bound | None, ...] = ()

    def accepts(self, value: object) -> bool:
        """Return whether a value of the column fulfils the condition; an empty one fulfils only «пусто» and «не =»."""
        if self.test in (Test.EMPTY, Test.FILLED):
            return (value in (None, "")) is (self.test is Test.EMPTY)
        if value in (None, ""):
            return self.test is Test.NONE_OF
        own = fold(value) if isinstance(value, str) else value
        if self.test in (Test.ONE_OF, Test.NONE_OF):
            return (own in self.values) is (self.test is Test.ONE_OF)
        if self.test is Test.HOLDS:
            return str(self.values[0]) in str(own)
        return self._lies(own)

    def _lies(self, own: object) -> bool:
        low, high = self.values
        if isinstance(own, dt.date):
            after = not isinstance(low, dt.date) or own >= low
            return after and (not isinstance(high, dt.date) or own <= high)
        if isinstance(own, (int, float)):
            least = low if isinstance(low, (int, float)) else float("-inf")
            most = high if isinstance(high, (int, float)) else float("inf")
            if self.test is Test.ABOVE:
                return own > least
            return own < most if self.test is Test.BELOW else least <= own <= most
        return False


class CellError(Exception):
    """A cell of the workbook that cannot be understood: its field and what is allowed, as a Russian sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


_RANGE = re.compile(r"(?:от|с)\s+(.+?)(?:\s+(?:до|по)\s+(.+))?", re.IGNORECASE)
_TO = re.compile(r"(?:до|по)\s+(.+)", re.IGNORECASE)
_SIGN = re.compile(r"(>=|<=|<>|!=|≠|≥|≤|=|>|<|не\s*=|не\s+(?!пуст))\s*(.+)", re.IGNORECASE)
_HOLDS = re.compile(r"содержит\s+(.+)", re.IGNORECASE)
_HOW = "Пишите так: «{0} = …», «{0} не = …», «{0} от … до …», «{0} с … по …», «{0} содержит …», «{0} пусто»."


def condition(table: ReportTable, text: str, field: str, known: Values, year: Span | None = None) -> Condition:
    """Return one condition, or raise ``CellError``: a column's name, then what is asked of it."""
    text = clean(text)
    names = sorted(table.columns, key=lambda one: -len(one.name))
    column = next((one for one in names if _begins(text, one.name)), None)
    if column is None:
        typed = re.split(r"\s*(?:[=<>≠≥≤!]|\s(?:с|по|от|до|не|пусто|содержит)\s)", f"{text} ")[0].strip()
        raise CellError(field, f"«{text}»: {no_column(table, typed)}")
    place, rest = table.columns.index(column), text[len(column.name) :].strip()
    if second := _second(table, rest):
        first = text[: -len(second)].rstrip(" ,и")
        raise CellError(field, f"«{text}»: здесь два условия. Разделите их точкой с запятой: «{first}; {second}».")

    def fail(message: str = "") -> CellError:
        return CellError(field, f"условие «{text}» не разобрать. {message or _HOW.format(column.name)}")

    if fold(rest) in ("пусто", "не пусто"):
        return Condition(place, Test.EMPTY if fold(rest) == "пусто" else Test.FILLED)
    for pattern, build in _FORMS:
        match = pattern.fullmatch(rest)
        if match:
            return build(place, column, match, fail, Known(known, year))
    raise fail()


def _second(table: ReportTable, rest: str) -> str:
    """Return the condition that follows another without «;», «» where none does."""
    names = "|".join(re.escape(name) for name in table.names)
    found = re.search(rf"(?:,|\sи)\s+((?:{names})\s*[=<>≠≥≤].*)", rest, re.IGNORECASE)
    return found[1] if found else ""


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) :]
    return fold(text[: len(name)]) == fold(name) and (not rest or not rest[0].isalnum())


def _holds(place: int, column: TableColumn, match: re.Match[str], fail: Fail, _known: Known) -> Condition:
    if column.sort is not Sort.TEXT:
        raise fail(f"«содержит» – для текста, а «{column.name}» – {column.sort.value}.")
    return Condition(place, Test.HOLDS, (fold(bare(match[1])),))


def _between(place: int, column: TableColumn, match: re.Match[str], fail: Fail, known: Known) -> Condition:
    low, high = (match[1], match[2]) if match.re is _RANGE else (None, match[1])
    ends = tuple(ordered(column, one, fail, known) if one else None for one in (low, high))
    return Condition(place, Test.BETWEEN, ends)


def _signed(place: int, column: TableColumn, match: re.Match[str], fail: Fail, known: Known) -> Condition:
    sign, text = re.sub(r"\s", "", match[1].casefold()), match[2]
    if sign in ("=", "<>", "!=", "≠", "не=", "не"):
        test = Test.ONE_OF if sign == "=" else Test.NONE_OF
        return Condition(place, test, tuple(listed(column, text, fail, known)))
    end = ordered(column, text, fail, known)
    if sign in (">=", "≥"):
        return Condition(place, Test.BETWEEN, (end, None))
    if sign in ("<=", "≤"):
        return Condition(place, Test.BETWEEN, (None, end))
    if isinstance(end, dt.date):
        step = dt.timedelta(days=1)
        return Condition(place, Test.BETWEEN, (end + step, None) if sign == ">" else (None, end - step))
    return Condition(place, Test.ABOVE if sign == ">" else Test.BELOW, (end, None) if sign == ">" else (None, end))


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Condition]], ...] = (
    (_HOLDS, _holds),
    (_RANGE, _between),
    (_TO, _between),
    (_SIGN, _signed),
)


def place_of(table: ReportTable, typed: str, field: str) -> int:
    """Return the place of a column in its table, or raise ``CellError`` for the cell of that field."""
    found = table.column(typed)
    if found is None:
        raise CellError(field, no_column(table, typed))
    return table.columns.index(found)


def no_column(table: ReportTable, typed: str) -> str:
    """Return that a table has no such column, what it has, and which table has it."""
    others = [f"«{other.name}»" for other in TABLES if other.column(typed)]
    where = f" Такой столбец есть в таблице {' и '.join(others)}." if len(others) in (1, 2) else ""
    return f"столбца «{typed}» в таблице «{table.name}» нет.{where or perhaps(typed, table.names)} {allowed(table)}"


def allowed(table: ReportTable) -> str:
    """Return the columns of a table as a sentence."""
    return f"Есть: {', '.join(table.names)}."
