"""A small school with something to control: a late journal, an empty one, an absent one and a clean one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.records.catalog import Book
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.school.model import School
from sgo_sheets.site.control import class_page, deputy_page, teacher_pages
from sgo_sheets.site.page import Page
from sgo_sheets.site.pupils_list import pupils_page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import report_pages, reports_page
from sgo_sheets.site.rulebook import rulebook_pages
from tests.school import small
from tests.school.small import d
from tests.site.diary_school import teacher_book

ON, LATE = d("23.11"), d("16.11")
RENDER = Renderer()
MATHS = "Журналы/5А/Математика.xlsx"
VERA, PETR = ("К-101", "Берёзкина Вера"), ("К-102", "Лугов Пётр")


def mathematics(last: str = "23.11", first: str = "01.09", **changes: Any) -> Book:
    """Return the journal of mathematics of 5А: every lesson from ``first`` to ``last`` with topic, work and a mark."""
    days = [
        day
        for day in (d(first) + dt.timedelta(days=n) for n in range((d(last) - d(first)).days + 1))
        if day.weekday() in (0, 2) and not d("25.10") <= day <= d("01.11") and day != d("04.11")
    ]
    dates = tuple(f"{day:%d.%m}" for day in days)
    marks = {VERA: dict.fromkeys(range(len(dates)), "5"), PETR: dict.fromkeys(range(len(dates)), "4")}
    lessons = tuple({"date": day, "topic": "Дроби", "homework": "№ 5"} for day in days)
    finals = tuple(
        {"pupil": who[0], "name": who[1], "marks": {"1 четверть": mark}} for who, mark in ((VERA, "5"), (PETR, "4"))
    )
    return small.journal(dates=dates, pupils=marks, lessons=lessons, finals=finals, **changes)


def english(group: str, held: bool = True) -> Book:
    """Return a journal of English (Mondays), with lessons written down or with nothing at all."""
    who = VERA if group == "1" else PETR
    days = [d("07.09") + dt.timedelta(days=7 * week) for week in range(12) if week != 7] if held else []
    dates = tuple(f"{day:%d.%m}" for day in days)
    lessons = tuple({"date": day, "topic": "Past Simple", "homework": "упр. 1"} for day in days)
    finals = ({"pupil": who[0], "name": who[1], "marks": {"1 четверть": "5"}},) if held else ()
    return small.journal(
        "5А", "Английский язык", group,
        dates=dates, pupils={who: dict.fromkeys(range(len(dates)), "5")}, lessons=lessons, finals=finals,
    )  # fmt: skip


def clean_school(**changes: Any) -> School:
    """Return the school in which everything due by 23 November is done."""
    books = [mathematics(), english("1"), english("2"), teacher_book()]
    return small.school(**{"journals": books, "classes": [{"name": "5А", "grade": 5, "school_week": 5}]} | changes)


def troubled_school(**changes: Any) -> School:
    """Return the school whose mathematics stopped on 21 October, one group of English is empty, the other absent."""
    books = [mathematics("21.10"), english("1", held=False), teacher_book()]
    return clean_school(**{"journals": books} | changes)


OF_JOURNALS = tuple(rule for rule in RULES if rule.code.startswith("R08"))


def judged(school: School, on: dt.date = ON) -> Verdict:
    """Return the verdict of the rules of journals on the whole school: it has little else that they could judge."""
    return combine([*(judge(book, on, OF_JOURNALS) for book in school.books), judge_school(school, on, OF_JOURNALS)])


def finding(
    cell: str = "C5",
    *,
    workbook: str = MATHS,
    sheet: str = "Уроки",
    code: str = "R0801",
    person: str = "СТ-01",
    due: dt.date | None = LATE,
    state: State = State.OVERDUE,
    message: str = "нет темы урока",
    **changes: Any,
) -> Finding:
    """Return an obligation of СТ-01 that is seven days late on 23 November."""
    at = CellRef(workbook, sheet, cell)
    whole = {"role": Role.TEACHER, "severity": Severity.VIOLATION, "kind": Kind.OBLIGATION, "clause": "8.4"} | changes
    return Finding(code=code, at=at, message=message, person=person, due=due, state=state, **whole)


def staff_site(school: School, verdict: Verdict, on: dt.date = ON) -> dict[str, Page]:
    """Return every page of the staff by its path."""
    pages = [deputy_page(school, verdict, on, RENDER), *teacher_pages(school, verdict, on, RENDER)]
    pages += [class_page(book, verdict.findings, on, RENDER) for book in school.books]
    pages += [pupils_page(school, RENDER), reports_page(school, on, RENDER), *rulebook_pages(RENDER)]
    pages += [page for book in school.books for page in report_pages(book, RENDER)]
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}
