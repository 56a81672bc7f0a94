"""The worked example of report 7: its Markdown tables as the workbooks they describe."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sgo_sheets.records.base import Origin
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.records.journal_books import ClassPeriodMarks, ClassTeacherTitle, PeriodMarks
from sgo_sheets.school.elements import PeriodOf
from sgo_sheets.school.model import ClassBook
from tests.school.small import d, journal, school

CASE = Path(__file__).parent / "cases" / "07.md"
Lines = list[dict[str, str]]


def table(title: str, case: Path = CASE) -> Lines:
    """Return the table under a heading of a case that begins so: a row as header → text."""
    section = next(part for part in case.read_text(encoding="utf-8").split("\n## ") if part.startswith(title))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line[:1] == "|"]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def finals(path: str, marks: Mapping[str, str], period: str = "1 четверть") -> tuple[PeriodMarks, ...]:
    """Return «Итоги» of a journal: № in column A, the name in B, the period in C; rows from 2 on."""
    origin = Origin(path, "Итоги", {"pupil": "A", "name": "B", period: "C"})
    return tuple(
        PeriodMarks(pupil=pupil, marks={period: text or None}).placed(origin, row)
        for row, (pupil, text) in enumerate(marks.items(), 2)
    )


def with_finals(target: str, subject: str, group: str, marks: Mapping[str, str], **options: Any) -> Book:
    """Return a journal with «Итоги» alone."""
    book = journal(target, subject, group)
    tables = {**book.tables, "Итоги": finals(book.path, marks, **options)}
    return Book(book.path, book.kind, book.digest, tables=tables, grid=book.grid)


def class_teachers(rows: Lines, target: str = "5А") -> Book:
    """Return a class teacher's book with «Итоги класса»."""
    path = f"Журналы/{target}/Классный руководитель.xlsx"
    title = ClassTeacherTitle(target=target).placed_by_rows(Origin(path, "Титул", {"": "B"}), {"target": 2})
    origin = Origin(path, "Итоги класса", {"pupil": "A", "name": "B", "period": "C"})
    own = tuple(
        ClassPeriodMarks(
            pupil=line["№ личного дела"],
            period=line["Период"],
            marks={name: text for name, text in line.items() if name not in ("№ личного дела", "Период")},
        ).placed(origin, row)
        for row, line in enumerate(rows, 2)
    )
    return Book(path, BookKind.CLASS_TEACHER, path, tables={"Титул": (title,), "Итоги класса": own})


def case_tables(**changes: Any) -> dict[str, Any]:
    """Return the small school with the class, the orders and the journals of the case."""
    roll = table("Кто в классе")
    cards = [
        {
            "id": line["№ личного дела"],
            "surname": line["Фамилия"],
            "first_name": line["Имя"],
            "class_at_start": "" if line["С"] else "5А",
        }
        for line in roll
    ]
    orders = [
        {"number": "7", "date": d(line["С"]), "event": d(line["С"]), "type": "Зачисление в гимназию", "to_class": "5А"}
        | {"variant": "в течение года", "pupil": line["№ личного дела"]}
        for line in roll
        if line["С"]
    ] + [
        {"number": "8", "date": d(line["По"]), "event": d(line["По"]), "type": "Выбытие из гимназии"}
        | {"from_class": "5А", "pupil": line["№ личного дела"]}
        for line in roll
        if line["По"]
    ]
    marks = table("Журналы")
    own = {
        name: {line["№ личного дела"]: line[name] for line in marks if line[name] != "–"}
        for name in marks[0]
        if name != "№ личного дела"
    }
    journals = [with_finals("5А", *_subject(name), given) for name, given in own.items()]
    english = {"1": ("К-101", "К-103", "К-105"), "2": ("К-102", "К-104", "К-107")}
    return {
        "cards": {"5А": cards},
        "orders": orders,
        "subjects": [
            {"name": "Математика"},
            {"name": "Английский язык"},
            {"name": "Труд (технология)", "grading": "зачёт"},
            {"name": "Физическая культура"},
            {"name": "Разговоры о важном", "grading": "без отметки"},
        ],
        "loads": [
            {"target": "5А", "subject": "Классное руководство", "teacher": "СТ-01"},
            *(
                {"target": "5А", "subject": subject, "group": group, "teacher": "СТ-02" if group == "2" else "СТ-01"}
                for subject, group in map(_subject, own)
            ),
        ],
        "groups": [
            {"target": "5А", "subject": "Английский язык", "group": group, "pupil": pupil}
            for group, pupils in english.items()
            for pupil in pupils
        ],
        "journals": [*journals, class_teachers(table("Книга классного руководителя"))],
    } | changes


def _subject(name: str) -> tuple[str, str]:
    if name.startswith("Английский язык"):
        return "Английский язык", name[-2]
    return name, ""


def case_book(**changes: Any) -> ClassBook:
    """Return the class of the case."""
    found = school(**case_tables(**changes)).book("5А")
    assert found is not None
    return found


def quarter(book: ClassBook, name: str = "1 четверть") -> PeriodOf:
    """Return a period of the class."""
    return next(period for period in book.periods if period.name == name)
