"""The pages on which any report is found in two clicks, or by typing a few letters of a name."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sgo_sheets.reports.declared import NO_PERIODS
from sgo_sheets.reports.registry import CLASS_REPORTS, PUPIL_REPORTS, SCHOOL_REPORTS, TEACHER_REPORTS
from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.site.page import Page, Part
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


def report_index_parts(school: School, on: dt.date, render: Renderer) -> Iterator[Part]:
    """Yield the page of all reports and one for every class; a span that has not begun is only named."""
    yield _part(INDEX, "reports.html", "staff", _of_all(school, on), render)
    for book in school.books:
        yield _part(class_index(book.name), "class_reports.html", f"class:{book.name}", _of_class(book, on), render)


def _part(path: str, template: str, audience: str, words: Mapping[str, Any], render: Renderer) -> Part:
    key = hashlib.sha256(repr((path, audience, words)).encode()).hexdigest()
    return Part(path, key, lambda: [Page(path, render.page(template, path=path, **words), audience)])


def _of_all(school: School, on: dt.date) -> dict[str, object]:
    of_school = [
        Listed(one.number, one.name, _links(school_report_paths(school, one), on, "../"), empty=one.empty)
        for one in SCHOOL_REPORTS
    ]
    spans = [(one, one.spans(school)) for one in TEACHER_REPORTS]
    teachers = [
        Listed(one.number, one.name, _links(teacher_report_paths(one, own, code), on, "../"), person.short_name)
        for one, own in spans
        for code, person in taught_by(school).items()
    ]
    return {
        "on": on,
        "of_school": of_school,
        "classes": [(book.name, f"../../{class_index(book.name)}") for book in school.books],
        "teachers": teachers,
        "reports": [(one.number, one.name) for one in CLASS_REPORTS],
        "found": list(_found(school)),
    }


def class_reports(book: ClassBook, on: dt.date, to_staff: str) -> list[Listed]:
    """Return the reports of a class with their addresses from a folder from which ``to_staff`` leads to ``staff/``."""
    return [Listed(one.number, one.name, _links(class_report_paths(book, one), on, to_staff)) for one in CLASS_REPORTS]


def _of_class(book: ClassBook, on: dt.date) -> dict[str, object]:
    return {
        "name": book.name,
        "class_href": f"../../classes/{slug(book.name)}.html",
        "reports": class_reports(book, on, "../../"),
        "pupils": bool(book.diaries()),
        "pupil_reports": [(one.number, one.name) for one in PUPIL_REPORTS],
    }


def _links(paths: Sequence[ReportPath], on: dt.date, to_staff: str) -> tuple[Link, ...]:
    return tuple(Link(path.span.name, path.link(to_staff) if path.span.open_on(on) else "") for path in paths)


def _found(school: School) -> Iterator[Found]:
    for book in school.books:
        yield Found(f"Класс {book.name}", "отчёты класса", f"../../{class_index(book.name)}")
    for book in school.books:
        for pupil in book.diaries():
            yield Found(pupil.name, book.name, f"../../families/{slug(pupil.id)}/index.html")
