"""A class of hand-made absences: «Отметки» as (day, lesson, journal, cells), rows of the class teacher's book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sgo_sheets.records.catalog import Book, Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import AbsenceReason, ClassPeriodMarks, CouncilDecision, Release
from sgo_sheets.records.tokens import parse_cell
from sgo_sheets.school.model import ClassBook
from tests.school import small
from tests.school.small import d, rows, school

MATHS, ENGLISH, SPORT = "Математика", "Английский язык", "Физическая культура"
JOURNALS = (MATHS, f"{ENGLISH} (1)", f"{ENGLISH} (2)", SPORT)
TIMETABLE = {
    "Расписание": [
        {"weekday": "пн", "number": 1, "cells": {"5А": MATHS}},
        {"weekday": "пн", "number": 2, "cells": {"5А": f"{ENGLISH} (1) / {ENGLISH} (2)"}},
        {"weekday": "пн", "number": 3, "cells": {"5А": SPORT}},
        {"weekday": "ср", "number": 1, "cells": {"5А": MATHS}},
        {"weekday": "ср", "number": 2, "cells": {"5А": MATHS}},
    ]
}
"""Monday: mathematics, English in two groups, sport; Wednesday: mathematics twice."""
CARDS: tuple[dict[str, Any], ...] = (
    {"id": "К-101", "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А"},
    {"id": "К-102", "surname": "Лугов", "first_name": "Пётр", "class_at_start": "5А"},
    {"id": "К-103", "surname": "Омутов", "first_name": "Илья", "class_at_start": "5А"},
)
GROUPS = {"1": ("К-101", "К-103"), "2": ("К-102",)}


class Column(NamedTuple):
    """A column of «Отметки»: the day, the lesson (0 – its number is not written), the journal, cells by №."""

    day: str
    lesson: int
    journal: str
    cells: Mapping[str, str]


def key(name: str) -> tuple[str, str]:
    """Return subject and group of «Английский язык (1)»."""
    subject, _, group = name.partition(" (")
    return (subject, group.rstrip(")")) if group.rstrip(")").isdigit() else (name, "")


def grids(
    columns: Sequence[Column], pupils: Iterable[str], lessons: Mapping[str, Sequence[dict[str, Any]]] | None = None
) -> list[Book]:
    """Return the journals of the columns; every pupil has a row in each."""
    found = []
    for name in dict.fromkeys(
        [*(column.journal for column in columns), MATHS, f"{ENGLISH} (1)", f"{ENGLISH} (2)", SPORT]
    ):
        own = [column for column in columns if column.journal == name]
        book = small.journal("5А", *key(name), lessons=tuple((lessons or {}).get(name, ())))
        heads = tuple(GridColumn(d(one.day), one.lesson or None, "", f"X{place}") for place, one in enumerate(own))
        lines = tuple(
            GridRow(
                pupil, "", row, {n: parse_cell(one.cells[pupil]) for n, one in enumerate(own) if pupil in one.cells}
            )
            for row, pupil in enumerate(pupils, 5)
        )
        found.append(replace(book, digest=f"{book.digest} {columns}", grid=Grid(book.path, heads, lines)))
    return found


def teacher_book(
    reasons: Sequence[dict[str, Any]] = (),
    *,
    marks: Sequence[dict[str, Any]] = (),
    releases: Sequence[dict[str, Any]] = (),
    decisions: Sequence[dict[str, Any]] = (),
) -> Book:
    """Return the class teacher's book."""
    book = small.class_teacher_book("5А")
    tables = {
        **book.tables,
        "Причины пропусков": rows(book.path, AbsenceReason, *reasons),
        "Итоги класса": rows(book.path, ClassPeriodMarks, *marks),
        "Освобождения": rows(book.path, Release, *releases),
        "Решения": rows(book.path, CouncilDecision, *decisions),
    }
    return replace(book, tables=tables)


def class_of(
    columns: Sequence[Column],
    *,
    reasons: Sequence[dict[str, Any]] = (),
    releases: Sequence[dict[str, Any]] = (),
    lessons: Mapping[str, Sequence[dict[str, Any]]] | None = None,
    cards: Sequence[dict[str, Any]] = CARDS,
    **changes: Any,
) -> ClassBook:
    """Return 5А with these absences."""
    journals = grids(columns, [card["id"] for card in cards], lessons)
    tables: dict[str, Any] = {
        "cards": {"5А": list(cards)},
        "timetable": TIMETABLE,
        "loads": [
            {"target": "5А", "subject": "Классное руководство", "teacher": "СТ-01"},
            {"target": "5А", "subject": MATHS, "teacher": "СТ-01"},
            {"target": "5А", "subject": ENGLISH, "group": "1", "teacher": "СТ-01"},
            {"target": "5А", "subject": ENGLISH, "group": "2", "teacher": "СТ-02"},
            {"target": "5А", "subject": SPORT, "teacher": "СТ-02"},
        ],
        "groups": [
            {"target": "5А", "subject": ENGLISH, "group": group, "pupil": pupil}
            for group, pupils in GROUPS.items()
            for pupil in pupils
        ],
        "journals": [*journals, teacher_book(reasons, releases=releases)],
    }
    found = school(**tables | changes).book("5А")
    assert found is not None
    return found
