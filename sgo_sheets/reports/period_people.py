"""The pupils behind the numbers of reports 2 and 3: who is in which category, and by which subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sgo_sheets.records.tokens import FAIL, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID
from sgo_sheets.reports.categories import Category
from sgo_sheets.reports.document import Column, Kind, Row, Table, Value

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


class Said(NamedTuple):
    """A pupil's mark of one subject; ``more`` – cells of further columns."""

    subject: str
    mark: str
    more: tuple[Value, ...] = ()


class Person(NamedTuple):
    """A pupil, the category and all his marks."""

    name: str
    category: Category
    marks: Sequence[Said]


def people(persons: Iterable[Person], columns: Sequence[Column] = ()) -> Table:
    """Return the table by category, then by name: a line for every subject that put a pupil in it, or just one.

    Only the one «4», the one «3», failing marks and н/а name their subjects. ``columns`` are those of ``Said.more``.
    """
    order = list(Category)
    rows: list[Row] = []
    for place, person in enumerate(sorted(persons, key=lambda one: order.index(one.category)), 1):
        causes = [said for said in person.marks if said.mark in _CAUSES.get(person.category, ())]
        for said in causes or [Said("", "", (None,) * len(columns))]:
            mark = int(said.mark) if said.mark.isdigit() else said.mark or None
            rows.append(Row((place, person.name, person.category.value, said.subject or None, mark, *said.more)))
    head = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 28),
        Column("Категория", Kind.TEXT, 38),
        Column("Предмет", Kind.TEXT, 30),
        Column("Отметка", Kind.NUMBER, 9),
    )
    return Table("Обучающиеся по категориям", (*head, *columns), tuple(rows), frozen=2)
