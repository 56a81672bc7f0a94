"""The pages of reports, the workbook beside each, and the page on which a report is found in two clicks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sgo_sheets.reports.class_period import NUMBER, TITLE, class_period
from sgo_sheets.reports.class_period_document import document
from sgo_sheets.reports.document import Refused
from sgo_sheets.reports.workbook import formed_words, workbook_of
from sgo_sheets.russian import slug
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_paths import report_paths
from sgo_sheets.site.report_views import table_view


class Where(NamedTuple):
    """A report among its neighbours: its own address, those of the class's periods, the class and its page."""

    current: str
    periods: list[tuple[str, str]]
    name: str
    class_href: str


def report_pages(book: ClassBook, render: Renderer) -> Iterator[Page]:
    """Yield report 7 of every period of a class: the page, and the .xlsx where there is anything to report.

    They do not depend on the day of the build.
    """
    audience = f"class:{book.name}"
    paths = report_paths(book)
    for path in paths:
        report = class_period(book, path.period)
        others = [(f"{one.name}.html", one.period.name) for one in paths]
        where = Where(f"{path.name}.html", others, book.name, f"../../classes/{slug(book.name)}.html")
        if isinstance(report, Refused):
            yield Page(
                path.page, render.page("report_refused.html", path=path.page, report=report, where=where), audience
            )
            continue
        found = document(report)
        tables = [table_view(table) for table in found.tables]
        formed = render.moment(found.formed) if found.formed else None
        content = render.page(
            "report.html",
            path=path.page,
            report=found,
            tables=tables,
            owed_cells=any("owed" in cell.look for _, rows in tables[0].bodies for row in rows for cell in row),
            formed=formed_words(formed),
            workbook=f"{path.name}.xlsx",
            where=where,
        )
        yield Page(path.page, content, audience)
        yield Page(path.workbook, workbook_of(found, formed), audience)


def reports_page(school: School, on: dt.date, render: Renderer) -> Page:
    """Return ``staff/reports/index.html``: every report of every class; a period that has not begun is only named."""
    path = "staff/reports/index.html"
    classes = [
        (book.name, [(one.period.name, one.link("../"), one.open_on(on)) for one in report_paths(book)])
        for book in school.books
        if book.grade > 1
    ]
    without = [book.name for book in school.books if book.grade <= 1]
    content = render.page(
        "reports.html", path=path, number=NUMBER, title=TITLE, classes=classes, without=without, on=on
    )
    return Page(path, content, "staff")
