"""The pages on which any report is found in two clicks, or by typing a few letters of a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sgo_sheets.reports.declared import NO_PERIODS
from sgo_sheets.reports.registry import CLASS_REPORTS, PUPIL_REPORTS, SCHOOL_REPORTS, TEACHER_REPORTS
from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import (
    class_report_paths,
    school_report_paths,
    taught_by,
    teacher_report_paths,
)
from sgo_sheets.site.report_paths import ROOT, ReportPath, class_index

INDEX = f"{ROOT}/index.html"


class Link(NamedTuple):
    """A report of one span: its words, its address («» while the span has not begun)."""

    words: str
    href: str


class Listed(NamedTuple):
    """A report with its spans, or why it has none; ``whose`` names what it is of where a list has several of them."""

    number: int
    name: str
    links: tuple[Link, ...]
    whose: str = ""
    empty: str = NO_PERIODS


class Found(NamedTuple):
    """Something to search for: its name, what it is, its address."""

    name: str
    what: str
    href: str


def report_index_pages(school: School, on: dt.date, render: Renderer) -> Iterator[Page]:
    """Yield the page of all reports and one for every class; a span that has not begun is only named."""
    of_school = [
        Listed(one.number, one.name, _links(school_report_paths(school, one), on, "../"), empty=one.empty)
        for one in SCHOOL_REPORTS
    ]
    teachers = [
        Listed(one.number, one.name, _links(teacher_report_paths(school, one, code), on, "../"), person.short_name)
        for one in TEACHER_REPORTS
        for code, person in taught_by(school).items()
    ]
    classes = [(book.name, f"../../{class_index(book.name)}") for book in school.books]
    content = render.page(
        "reports.html",
        path=INDEX,
        on=on,
        of_school=of_school,
        classes=classes,
        teachers=teachers,
        reports=[(one.number, one.name) for one in CLASS_REPORTS],
        found=list(_found(school)),
    )
    yield Page(INDEX, content, "staff")
    for book in school.books:
        yield _class_page(book, on, render)


def class_reports(book: ClassBook, on: dt.date, to_staff: str) -> list[Listed]:
    """Return the reports of a class with their addresses from a folder from which ``to_staff`` leads to ``staff/``."""
    return [Listed(one.number, one.name, _links(class_report_paths(book, one), on, to_staff)) for one in CLASS_REPORTS]


def _class_page(book: ClassBook, on: dt.date, render: Renderer) -> Page:
    path = class_index(book.name)
    content = render.page(
        "class_reports.html",
        path=path,
        name=book.name,
        class_href=f"../../classes/{slug(book.name)}.html",
        reports=class_reports(book, on, "../../"),
        pupils=bool(book.diaries()),
        pupil_reports=[(one.number, one.name) for one in PUPIL_REPORTS],
    )
    return Page(path, content, f"class:{book.name}")


def _links(paths: Sequence[ReportPath], on: dt.date, to_staff: str) -> tuple[Link, ...]:
    return tuple(Link(path.span.name, path.link(to_staff) if path.span.open_on(on) else "") for path in paths)


def _found(school: School) -> Iterator[Found]:
    for book in school.books:
        yield Found(f"Класс {book.name}", "отчёты класса", f"../../{class_index(book.name)}")
    for book in school.books:
        for pupil in book.diaries():
            yield Found(pupil.name, book.name, f"../../families/{slug(pupil.id)}/index.html")
