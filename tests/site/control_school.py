"""A small school with something to control: a late journal, an empty one, an absent one and a clean one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sgo_sheets.findings import CellRef, Finding, Kind, Role, Severity, State
from sgo_sheets.records.catalog import Book
from sgo_sheets.reports.company import company_of
from sgo_sheets.reports.totals import totals_of
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.tally import Done
from sgo_sheets.school.model import School
from sgo_sheets.site.changes_page import PupilChange
from sgo_sheets.site.clauses_page import clauses_page
from sgo_sheets.site.control import class_page, deputy_pages, teacher_parts
from sgo_sheets.site.control_admin import admin_page
from sgo_sheets.site.council import council_page
from sgo_sheets.site.page import Page, pages_of
from sgo_sheets.site.pupil_reports import pupil_report_parts
from sgo_sheets.site.pupils_list import pupils_page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_index import report_index_parts
from sgo_sheets.site.report_pages import class_report_parts, school_report_parts
from sgo_sheets.site.rulebook import rulebook_pages
from tests.school import small
from tests.school.small import d
from tests.site.diary_school import teacher_book

ON, LATE = d("23.11"), d("16.11")
RENDER = Renderer()
JOURNALS = tuple(rule for rule in RULES if rule.clause.startswith("8."))
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


@dataclass(frozen=True, slots=True)
class FeatureStand:
    """A feature as the catalogue of clauses names one."""

    name: str
    where: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class ClauseStand:
    """A clause as the catalogue of clauses has it."""

    clause: str
    title: str
    rules: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    features: tuple[FeatureStand, ...] = ()
    reason: str = ""


CATALOGUE = (
    ClauseStand("Порядок 3.3", "Записи в трудовой книжке не делается", reason="Трудовых книжек в книгах школы нет."),
    ClauseStand(
        "1.1", "Регламент определяет сроки", features=(FeatureStand("сроки правил", "Регламент.xlsx › Сроки"),)
    ),
    ClauseStand("8.4", "Темы и отметки раз в две недели", rules=("R0801", "R0811")),
    ClauseStand("8.8", "Завуч следит", features=(FeatureStand("контроль", "staff/index.html", "staff/index.html"),)),
    ClauseStand("10.3", "Отчёты администратора", reports=("Движение учащихся по школе",)),
    ClauseStand("10.4", "Отчёты учителей", reports=tuple(f"Отчёт {number}" for number in range(9))),
    ClauseStand("10.6", "Конструктор отчётов"),
)
CHANGES = (
    PupilChange(d("20.11"), "Математика", d("16.11"), "отметка", "4", "5", "Ручьёва А. И."),
    PupilChange(d("20.11"), "Математика", d("18.11"), "отметка", "", "5 4", "Ручьёва А. И."),
    PupilChange(d("12.11"), "История", d("11.11"), "отметка", "2", "", ""),
    PupilChange(d("23.11"), "История", d("11.11"), "отметка", "ОТ ОП", "Б", "Полянский О. Л."),
    PupilChange(d("12.11"), "История", None, "отметка за 1 четверть", "н/а пр", "3 .", "Полянский О. Л."),
)


def all_chapters() -> Verdict:
    """Return a verdict of many chapters, in which everybody owes something and some things are done."""
    cards, accounts, orders = "Контингент/5А.xlsx", "Учётные записи.xlsx", "Книга движения.xlsx"
    sheet = {"workbook": accounts, "sheet": "Учётные записи", "school_class": "5А"}
    own = {"role": Role.CLASS_TEACHER, "person": "СТ-01"}
    office = {"role": Role.ADMIN, "person": "СТ-02"}
    findings = (
        finding("C5"),
        finding("C6", due=d("01.11")),
        finding("C9", state=State.DONE_LATE, done_at=d("20.11"), message="тема записана 20.11.2026"),
        finding("D7", clause="2.6", message="нет учётной записи: Лугов Пётр", **sheet, **office),
        finding("F7", clause="2.7", message="не выдана: Берёзкина Вера", **sheet, **own),
        finding("L4", clause="5.5", workbook=cards, sheet="Обучающиеся", message="нет адреса", **own),
        finding("B9", clause="9.2", workbook=orders, sheet="Приказы", message="приказ издан поздно", **office),
        finding("C3", clause="10.3", state=State.SOON, due=d("25.11"), workbook="Отчёты", sheet="", **office),
        finding("C4", clause="2.2", workbook="Школа.xlsx", sheet="Ответственные", role=Role.DIRECTOR, person="СТ-02"),
        finding("F4", clause="7.3", workbook="Расписание.xlsx", sheet="Расписание", role=Role.DEPUTY, person="СТ-02"),
    )
    done = {
        Done("R0801", State.DONE_IN_TIME, "СТ-01", "5А", "Математика"): 30,
        Done("R0801", State.DONE_UNKNOWN, "СТ-01", "5А", "Математика"): 7,
        Done("R0801", State.DONE_LATE, "СТ-01", "5А", "Математика"): 1,
        Done("R0813", State.DONE_UNKNOWN, "СТ-02", "5А", "Английский язык"): 4,
    }
    return Verdict(findings, done=done)


def clean_school(**changes: Any) -> School:
    """Return the school in which everything due by 23 November is done."""
    books = [mathematics(), english("1"), english("2"), teacher_book()]
    return small.school(**{"journals": books, "classes": [{"name": "5А", "grade": 5, "school_week": 5}]} | changes)


def troubled_school(**changes: Any) -> School:
    """Return the school whose mathematics stopped on 21 October, one group of English is empty, the other absent."""
    books = [mathematics("21.10"), english("1", held=False), teacher_book()]
    return clean_school(**{"journals": books} | changes)


def judged(school: School, on: dt.date = ON) -> Verdict:
    """Return the verdict of the rules of journals on the whole school.

    It has no workbook of an office, so that to the other chapters all is «не проверено»; its cards name pupils only,
    and reports would say once more what the journals lack: pages are shown a few findings, each of one kind.
    """
    return combine([*(judge(book, on, JOURNALS) for book in school.books), judge_school(school, on, JOURNALS)])


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
    pages = [*deputy_pages(school, verdict, on, RENDER), *pages_of(teacher_parts(school, verdict, on, RENDER))]
    pages += [class_page(book, verdict.findings, on, RENDER, verdict.done) for book in school.books]
    pages += [admin_page(school, verdict, on, RENDER), council_page(school, verdict, on, RENDER)]
    pages += [clauses_page(CATALOGUE, RENDER)]
    pages += [pupils_page(school, RENDER), *rulebook_pages(RENDER)]
    pages += [page for part in report_index_parts(school, on, RENDER) for page in part.make()]
    pages += [page for book in school.books for part in class_report_parts(book, RENDER) for page in part.make()]
    totals = {book.name: totals_of(book) for book in school.books}
    pages += [page for part in school_report_parts(school, totals, RENDER) for page in part.make()]
    of_pupils = (part for book in school.books for part in pupil_report_parts(book, company_of(book), RENDER))
    pages += [page for part in of_pupils for page in part.make() if page.path.startswith("staff/")]
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page for page in pages}
