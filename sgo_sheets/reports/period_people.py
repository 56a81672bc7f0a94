"""The pupils behind the numbers of reports 2 and 3: who is in which category, and by which subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from sgo_sheets.records.tokens import FAIL, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID
from sgo_sheets.reports.categories import Category
from sgo_sheets.reports.document import Column, Kind, Row, Table, Value
from sgo_sheets.reports.indicators import AVERAGE_DIGITS, rounded

_FAILED = ("2", "1", FAIL)
_CAUSES = {
    Category.ONE_FOUR: ("4",),
    Category.ONE_THREE: ("3",),
    Category.FAILING_ONE: _FAILED,
    Category.FAILING_TWO: _FAILED,
    Category.FAILING_MORE: _FAILED,
    Category.NOT_ATTESTED_VALID: (NOT_ATTESTED_VALID,),
    Category.NOT_ATTESTED_ABSENT: (NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID),
}

_COLUMNS = (Column("Предмет", Kind.TEXT, 30), Column("Отметка", Kind.NUMBER, 9))
_SOURCE = (Column("Средний балл", Kind.NUMBER, 9), Column("Откуда отметка", Kind.TEXT, 20))


class Said(NamedTuple):
    """A pupil's mark of one subject; ``average`` – of the current marks it was told by, None where it is set."""

    subject: str
    mark: str
    average: Fraction | None = None


class Person(NamedTuple):
    """A pupil, the category and all his marks."""

    name: str
    category: Category
    marks: Sequence[Said]


def people(persons: Iterable[Person], *, forecast: bool = False) -> Table:
    """Return the table by category, then by name: a line for every subject that put a pupil in it, or just one.

    Only the one «4», the one «3», failing marks and н/а name their subjects. ``forecast`` – it is said what each mark
    was told by.
    """
    order = list(Category)
    rows: list[Row] = []
    for place, person in enumerate(sorted(persons, key=lambda one: order.index(one.category)), 1):
        causes = [said for said in person.marks if said.mark in _CAUSES.get(person.category, ())]
        for said in causes or (None,):
            cells = _cells(said) if said is not None else (None,) * len((*_COLUMNS, *_SOURCE))
            rows.append(Row((place, person.name, person.category.value, *cells[: None if forecast else len(_COLUMNS)])))
    head = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 28),
        Column("Категория", Kind.TEXT, 38),
        *_COLUMNS,
        *(_SOURCE if forecast else ()),
    )
    return Table("Обучающиеся по категориям", head, tuple(rows), frozen=2)


def _cells(said: Said) -> tuple[Value, ...]:
    mark = int(said.mark) if said.mark.isdigit() else said.mark
    if said.average is None:
        return said.subject, mark, None, "выставлена"
    return said.subject, mark, rounded(said.average, AVERAGE_DIGITS), "по среднему баллу"
