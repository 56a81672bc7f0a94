"""Conditions of «Конструктор отчётов.xlsx» in words a person types; nothing of them is ever evaluated as code.

«Класс = 5А; Дата с 01.09.2026 по 31.10.2026; Пол = ж; Отметка от 4; Тема урока содержит дроб; Группа пусто».
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from sgo_sheets.records.report_tables import ReportTable, Sort, TableColumn
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.russian import as_cyrillic, clean, day, fold, perhaps

Bound = float | dt.date | str
Values = Mapping[str, Sequence[str]]
"""The values the school has, by the name of the column: another one is a slip."""


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


def condition(table: ReportTable, text: str, field: str, known: Values) -> Condition:
    """Return one condition, or raise ``CellError``: a column's name, then what is asked of it."""
    text = clean(text)
    names = sorted(table.columns, key=lambda one: -len(one.name))
    column = next((one for one in names if _begins(text, one.name)), None)
    if column is None:
        typed = re.split(r"\s*(?:[=<>≠≥≤!]|\s(?:с|по|от|до|не|пусто|содержит)\s)", f"{text} ")[0].strip()
        hint = perhaps(typed, table.names)
        raise CellError(field, f"«{text}»: столбца «{typed}» в таблице «{table.name}» нет.{hint} {allowed(table)}")
    place, rest = table.columns.index(column), text[len(column.name) :].strip()

    def fail(message: str = "") -> CellError:
        return CellError(field, f"условие «{text}» не разобрать. {message or _HOW.format(column.name)}")

    if fold(rest) in ("пусто", "не пусто"):
        return Condition(place, Test.EMPTY if fold(rest) == "пусто" else Test.FILLED)
    for pattern, build in _FORMS:
        match = pattern.fullmatch(rest)
        if match:
            return build(place, column, match, fail, known)
    raise fail()


Fail = Callable[..., CellError]


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) :]
    return fold(text[: len(name)]) == fold(name) and (not rest or not rest[0].isalnum())


def _holds(place: int, column: TableColumn, match: re.Match[str], fail: Fail, _known: Values) -> Condition:
    if column.sort is not Sort.TEXT:
        raise fail(f"«содержит» – для текста, а «{column.name}» – {column.sort.value}.")
    return Condition(place, Test.HOLDS, (fold(_bare(match[1])),))


def _between(place: int, column: TableColumn, match: re.Match[str], fail: Fail, _known: Values) -> Condition:
    low, high = (match[1], match[2]) if match.re is _RANGE else (None, match[1])
    ends = tuple(_ordered(column, one, fail) if one else None for one in (low, high))
    return Condition(place, Test.BETWEEN, ends)


def _signed(place: int, column: TableColumn, match: re.Match[str], fail: Fail, known: Values) -> Condition:
    sign, text = re.sub(r"\s", "", match[1].casefold()), match[2]
    if sign in ("=", "<>", "!=", "≠", "не=", "не"):
        test = Test.ONE_OF if sign == "=" else Test.NONE_OF
        return Condition(place, test, tuple(_listed(column, text, fail, known)))
    end = _ordered(column, text, fail)
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


def _ordered(column: TableColumn, text: str, fail: Fail) -> float | dt.date:
    """Return a number or a day, whichever the column holds."""
    found = _read(column.sort, text)
    if isinstance(found, str) or found is None:
        if column.sort is Sort.TEXT:
            raise fail(f"«{column.name}» – текст: для него есть «=», «не =», «содержит», «пусто».")
        sample = day(dt.date(2026, 9, 7)) if column.sort is Sort.DATE else "4"
        raise fail(f"«{text}» – не {column.sort.value}; впишите, например, {sample}.")
    return found


def _listed(column: TableColumn, text: str, fail: Fail, known: Values) -> Iterator[Bound]:
    parts = re.split(r",\s+|\s+или\s+" if column.sort is Sort.NUMBER else r",|\s+или\s+", text)
    for part in (_bare(one) for one in parts if _bare(one)):
        found = _read(column.sort, as_cyrillic(part)[0])
        if found is None:
            sample = day(dt.date(2026, 9, 7)) if column.sort is Sort.DATE else "4"
            raise fail(f"«{part}» – не {column.sort.value}; впишите, например, {sample}.")
        names = known.get(column.name)
        if names is not None and found not in {fold(name) for name in names}:
            raise fail(f"«{column.name}» такого значения не имеет: «{part}».{perhaps(part, names) or _some(names)}")
        yield found


def _some(names: Sequence[str]) -> str:
    return f" Есть: {', '.join(names[:20])}{' …' if len(names) > 20 else ''}."


def _bare(text: str) -> str:
    return clean(text).strip("«»\"'")


def _read(sort: Sort, text: str) -> Bound | None:
    if sort is Sort.TEXT:
        return fold(_bare(text))
    if sort is Sort.DATE:
        return parse_date(_bare(text))
    try:
        number = float(_bare(text).replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def place_of(table: ReportTable, typed: str, field: str) -> int:
    """Return the place of a column in its table, or raise ``CellError`` for the cell of that field."""
    found = table.column(typed)
    if found is None:
        hint = perhaps(typed, table.names)
        raise CellError(field, f"столбца «{typed}» в таблице «{table.name}» нет.{hint} {allowed(table)}")
    return table.columns.index(found)


def allowed(table: ReportTable) -> str:
    """Return the columns of a table as a sentence."""
    return f"Есть: {', '.join(table.names)}."
