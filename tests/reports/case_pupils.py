"""The worked examples of reports 15–20: the Markdown tables of example 15 as the workbooks they describe."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sgo_sheets.records.catalog import Book, Grid, GridColumn
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.reports.company import Company, MonthMarks, company_of
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Column, Document, Kind, Refused, Table, Value
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook
from sgo_sheets.school.regulation import Regulation, WorkKindOf
from tests.reports.case_07 import finals
from tests.school.small import class_teacher_book, d, journal, rows, school

CASES = Path(__file__).parent / "cases"
SAVED = dt.datetime(2026, 11, 18, 10, 0, tzinfo=dt.UTC)
TARGET, FINALS = "5А", "Итоги 1 четверть"
SUBJECTS = ("Математика", "Литература", "Музыка")
VERA, PETR = "К-201", "К-202"
KINDS = (WorkKindOf("ответ на уроке", "о", 1.0), WorkKindOf("контрольная работа", "кр", 2.0))
Lines = list[dict[str, str]]


def table(number: int, title: str) -> Lines:
    """Return the table under a heading of a case that begins so: a row as header → text."""
    text = (CASES / f"{number}.md").read_text(encoding="utf-8")
    section = next(part for part in text.split("\n## ") if part.startswith(title))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line[:1] == "|"]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def marked(subject: str, lines: Lines) -> Book:
    """Return a journal whose «Отметки» and «Итоги» are a table; every day of it is a lesson that was held."""
    names = {line["№ личного дела"]: f"{line['Фамилия']} {line['Имя']}" for line in table(15, "Кто в классе")}
    days = [title for title in lines[0] if title not in ("№ личного дела", FINALS)]
    pupils = {
        (line["№ личного дела"], names[line["№ личного дела"]]): {
            n: line[day] for n, day in enumerate(days) if line[day]
        }
        for line in lines
    }
    dates = tuple(day.split()[0] for day in days)
    lessons = tuple({"date": d(date), "topic": "Тема"} for date in dates)
    book = journal(TARGET, subject, dates=dates, pupils=pupils, lessons=lessons)
    assert isinstance(book.grid, Grid)
    kinds = (([*day.split(), ""])[1] for day in days)
    columns = tuple(
        GridColumn(one.date, one.number, kind, one.letters) for one, kind in zip(book.grid.columns, kinds, strict=True)
    )
    own = finals(book.path, {line["№ личного дела"]: line[FINALS] for line in lines if FINALS in line})
    return replace(book, grid=replace(book.grid, columns=columns), tables={**book.tables, "Итоги": own})


def case_book(journals: list[Book] | None = None, cards: Lines | None = None) -> ClassBook:
    """Return the class of the examples, its workbooks saved on 18 November."""
    made = journals or [marked(name, table(15, f"Журнал «{name}»")) for name in SUBJECTS]
    keeper = class_teacher_book(TARGET)
    reasons = [
        {"pupil": line["№ личного дела"], "since": d(line["С"]), "until": d(line["По"]), "reason": line["Причина"]}
        for line in table(15, "Причины пропусков")
    ]
    keeper = replace(keeper, tables={**keeper.tables, "Причины пропусков": rows(keeper.path, AbsenceReason, *reasons)})
    pupils = cards or table(15, "Кто в классе")
    found = school(
        cards={
            TARGET: [
                {"id": p["№ личного дела"], "surname": p["Фамилия"], "first_name": p["Имя"], "class_at_start": TARGET}
                for p in pupils
            ]
        },
        subjects=[{"name": name} for name in SUBJECTS],
        loads=[
            {"target": TARGET, "subject": "Классное руководство", "teacher": "СТ-01"},
            *({"target": TARGET, "subject": name, "teacher": "СТ-01"} for name in SUBJECTS),
        ],
        groups=[],
        timetable={},
        journals=[*made, keeper],
    ).book(TARGET)
    assert found is not None
    return replace(found, saved=SAVED, regulation=Regulation(kinds=KINDS))


def others() -> tuple[MonthMarks, ...]:
    """Return what the other class of the parallel gives, as example 16 says."""
    return tuple(
        MonthMarks(
            line["Месяц"],
            int(line["Учеников"]),
            tuple((int(mark), 1.0, int(line[mark])) for mark in "543" if int(line[mark])),
        )
        for line in table(16, "Другие классы параллели")
    )


def pupil(book: ClassBook, number: str) -> Pupil:
    """Return a pupil of the class."""
    return next(one for one in book.roll or () if one.id == number)


def made(
    report: PupilReport, number: str, *, span: str = "", book: ClassBook | None = None, company: Company | None = None
) -> Document:
    """Return a report of a pupil of the examples; ``span`` names a period, «» – the year."""
    found = ask(report, number, span=span, book=book, company=company)
    assert isinstance(found, Document), found
    return found


def ask(
    report: PupilReport, number: str, *, span: str = "", book: ClassBook | None = None, company: Company | None = None
) -> Document | Refused:
    """Return a report of a pupil, or its refusal."""
    of = book or case_book()
    there = next(one for one in report.spans(of) if not span or one.name == span)
    return report.make(of, pupil(of, number), there, company or company_of(of, others()))


def shown(found: Table, titles: tuple[str, ...] = ()) -> Lines:
    """Return a table as the page shows it; ``titles`` stand for those of its columns."""
    names = titles or tuple(column.title for column in found.columns)
    return [
        dict(
            zip(
                names,
                (text(value, column) for value, column in zip(row.cells, found.columns, strict=True)),
                strict=True,
            )
        )
        for row in found.rows
    ]


def text(value: Value, column: Column) -> str:
    """Return a cell in words: ○ – a mark that is owed."""
    if value is None:
        return "○" if column.kind is Kind.MARK else ""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)
