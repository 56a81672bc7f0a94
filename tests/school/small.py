"""A small school of hand-made records, without files: what the tests of the assembled school start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from sgo_sheets.records.base import Origin, Record
from sgo_sheets.records.catalog import Book, BookKind, Grid, GridColumn, GridRow
from sgo_sheets.records.journal_books import ClassTeacherTitle, JournalTitle, Lesson, PeriodMarks, PlanLesson, PlanTitle
from sgo_sheets.records.people_books import Order, PupilCard
from sgo_sheets.records.plan_book import GroupMember, Load, Stream
from sgo_sheets.records.school_book import (
    Bell,
    CalendarDay,
    Employee,
    Holiday,
    Organisation,
    Period,
    SchoolClass,
    Subject,
)
from sgo_sheets.records.timetable_book import Substitution, TimetableRow
from sgo_sheets.records.tokens import parse_cell
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import School

R = TypeVar("R", bound=Record)
YEAR = (dt.date(2026, 9, 1), dt.date(2027, 5, 31))


def d(text: str) -> dt.date:
    """Return the date of «07.09.2026» or, within the school year, of «07.09»."""
    parts = [int(part) for part in text.split(".")]
    year = parts[2] if len(parts) > 2 else (2026 if parts[1] >= 8 else 2027)
    return dt.date(year, parts[1], parts[0])


def rows(path: str, record: type[R], *values: Mapping[str, Any], sheet: str = "") -> tuple[R, ...]:
    """Return records that stand in rows 2, 3, … of their sheet."""
    letters = {column.field: chr(ord("A") + place) for place, column in enumerate(record.columns())}
    origin = Origin(path, sheet or record.sheet, letters)
    return tuple(record(**value).placed(origin, number) for number, value in enumerate(values, 2))


def school_tables(**changes: Any) -> dict[str, Any]:
    """Return the tables of the small school; a named argument replaces one."""
    tables: dict[str, Any] = {
        "organisation": {
            "year": "2026/2027",
            "year_start": YEAR[0],
            "year_end": YEAR[1],
            "school_week": 6,
            "work_week": 5,
        },
        "periods": [
            {"classes": "1-9", "type": "четверть", "name": "1 четверть", "start": d("01.09"), "end": d("24.10")},
            {"classes": "1-9", "type": "четверть", "name": "2 четверть", "start": d("02.11"), "end": d("29.12")},
            {"classes": "10-11", "type": "полугодие", "name": "1 полугодие", "start": d("01.09"), "end": d("29.12")},
            {"classes": "1-11", "type": "год", "name": "Год", "start": d("01.09"), "end": d("29.05")},
        ],
        "holidays": [{"name": "осенние", "start": d("25.10"), "end": d("01.11")}],
        "calendar": [{"date": d("04.11"), "kind": "выходной"}],
        "bells": [
            {"set": "1 смена", "number": n, "start": dt.time(7 + n, 0), "end": dt.time(7 + n, 40)} for n in range(1, 7)
        ],
        "staff": [
            {"code": "СТ-01", "surname": "Ручьёва", "first_name": "Анна", "patronymic": "Ивановна"},
            {"code": "СТ-02", "surname": "Полянский", "first_name": "Олег", "patronymic": "Львович"},
        ],
        "classes": [
            {"name": "5А", "grade": 5, "school_week": 5},
            {"name": "5Б", "grade": 5, "school_week": 5},
            {"name": "10А", "grade": 10},
            {"name": "11А", "grade": 11},
        ],
        "subjects": [
            {"name": "Математика"},
            {"name": "Английский язык"},
            {"name": "Труд (технология)"},
            {"name": "Физическая культура"},
        ],
        "loads": [
            {"target": "5А", "subject": "Классное руководство", "teacher": "СТ-01"},
            {"target": "5А", "subject": "Математика", "teacher": "СТ-01", "plan": "Математика 5"},
            {"target": "5А", "subject": "Английский язык", "group": "1", "teacher": "СТ-01"},
            {"target": "5А", "subject": "Английский язык", "group": "2", "teacher": "СТ-02"},
        ],
        "streams": [],
        "groups": [
            {"target": "5А", "subject": "Английский язык", "group": "1", "pupil": "К-101"},
            {"target": "5А", "subject": "Английский язык", "group": "2", "pupil": "К-102"},
        ],
        "cards": {
            "5А": [
                {"id": "К-101", "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А"},
                {"id": "К-102", "surname": "Лугов", "first_name": "Пётр", "class_at_start": "5А"},
            ],
        },
        "orders": [],
        "timetable": {
            "Расписание": [
                {"weekday": "пн", "number": 1, "cells": {"5А": "Математика, 143"}},
                {
                    "weekday": "пн",
                    "number": 2,
                    "cells": {"5А": "Английский язык (1), 325 / Английский язык (2), 152/215"},
                },
                {"weekday": "ср", "number": 1, "cells": {"5А": "Математика"}},
            ],
        },
        "substitutions": [],
        "journals": [],
        "plans": {},
    }
    return tables | changes


def journal(
    target: str = "5А",
    subject: str = "Математика",
    group: str = "",
    *,
    path: str = "",
    dates: tuple[str, ...] = (),
    pupils: Mapping[tuple[str, str], Mapping[int, str]] | None = None,
    lessons: tuple[dict[str, Any], ...] = (),
    finals: tuple[dict[str, Any], ...] = (),
) -> Book:
    """Return a journal: dates of the columns, pupils (№, name) with their cells by column, lessons, period marks."""
    where = path or f"Журналы/{target}/{subject}{f' ({group})' if group else ''}.xlsx"
    columns = tuple(GridColumn(d(day), None, "", chr(ord("D") + n)) for n, day in enumerate(dates))
    grid_rows = tuple(
        GridRow(number, name, place, {column: parse_cell(text) for column, text in cells.items()})
        for place, ((number, name), cells) in enumerate((pupils or {}).items(), 5)
    )
    title = JournalTitle(target=target, subject=subject, group=group).placed_by_rows(
        Origin(where, "Титул", {"": "B"}), {"target": 2, "subject": 3, "group": 4}
    )
    return Book(
        where,
        BookKind.JOURNAL,
        digest=f"digest of {where} {dates} {pupils} {lessons} {finals}",
        tables={
            "Титул": (title,),
            "Уроки": rows(where, Lesson, *lessons),
            "Итоги": rows(where, PeriodMarks, *finals),
        },
        grid=Grid(where, columns, grid_rows),
    )


def class_teacher_book(target: str = "5А", path: str = "") -> Book:
    """Return a class teacher's book with nothing but its title."""
    where = path or f"Журналы/{target}/Классный руководитель.xlsx"
    title = ClassTeacherTitle(target=target).placed_by_rows(Origin(where, "Титул", {"": "B"}), {"target": 2})
    return Book(where, BookKind.CLASS_TEACHER, digest=where, tables={"Титул": (title,)})


def books(**changes: Any) -> list[Book]:
    """Return the workbooks of the small school as read."""
    t = school_tables(**changes)
    school = "Школа.xlsx"
    plan = "Учебный план.xlsx"
    found = [
        Book(
            school,
            BookKind.SCHOOL,
            "digest of the school",
            tables={
                "Организация": rows(school, Organisation, t["organisation"]),
                "Периоды": rows(school, Period, *t["periods"]),
                "Каникулы": rows(school, Holiday, *t["holidays"]),
                "Календарь": rows(school, CalendarDay, *t["calendar"]),
                "Звонки": rows(school, Bell, *t["bells"]),
                "Сотрудники": rows(school, Employee, *t["staff"]),
                "Классы": rows(school, SchoolClass, *t["classes"]),
                "Предметы": rows(school, Subject, *t["subjects"]),
            },
        ),
        Book(
            plan,
            BookKind.PLAN,
            "digest of the plan",
            tables={
                "Нагрузка": rows(plan, Load, *t["loads"]),
                "Потоки": rows(plan, Stream, *t["streams"]),
                "Группы": rows(plan, GroupMember, *t["groups"]),
            },
        ),
        Book(
            "Расписание.xlsx",
            BookKind.TIMETABLE,
            "digest of the timetable",
            tables={
                **{
                    name: rows("Расписание.xlsx", TimetableRow, *own, sheet=name)
                    for name, own in t["timetable"].items()
                },
                "Замены": rows("Расписание.xlsx", Substitution, *t["substitutions"]),
            },
        ),
        Book(
            "Книга движения.xlsx",
            BookKind.MOVEMENT,
            f"digest {t['orders']}",
            tables={"Приказы": rows("Книга движения.xlsx", Order, *t["orders"])},
        ),
    ]
    for name, cards in t["cards"].items():
        path = f"Контингент/{name}.xlsx"
        found.append(
            Book(path, BookKind.ROLL, f"digest of {path}", tables={"Обучающиеся": rows(path, PupilCard, *cards)})
        )
    for name, lessons in t["plans"].items():
        path = f"КТП/{name}.xlsx"
        title = rows(path, PlanTitle, {"subject": name.rsplit(" ", 1)[0], "grade": 5})
        tables = {"Титул": title, "План": rows(path, PlanLesson, *lessons)}
        found.append(Book(path, BookKind.LESSON_PLAN, f"digest of {path}", tables=tables))
    return [*found, *t["journals"]]


def school(**changes: Any) -> School:
    """Return the small school assembled."""
    return assemble(books(**changes))


def messages(found: School, code: str = "") -> list[str]:
    """Return «place: message» of the findings, of one code or of all."""
    return [f"{f.at}: {f.message}" for f in found.findings if not code or f.code == code]
