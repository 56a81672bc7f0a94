"""Reports 15–20: pages in the family's folder, for the year, a study period, the last weeks; workbooks of the class.

A page of a pupil holds nothing of other pupils; what compares him with the class comes from ``reports.company``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sgo_sheets.reports.company import Company, newest_day
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Chart, Document, Refused
from sgo_sheets.reports.print_forms import forms_in
from sgo_sheets.reports.pupil_forms import OwnBook, own_book
from sgo_sheets.reports.pupil_weeks import is_week
from sgo_sheets.reports.pupils_workbook import formed_day_words, pupils_workbook
from sgo_sheets.reports.registry import PUPIL_REPORTS
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import slug
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.page import Page, Part
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_paths import ROOT, ReportPath, class_folder, class_index
from sgo_sheets.site.report_views import TableView, table_view

YEAR_PAGE = "reports.html"
LIST = "pupils.html"
_YEAR = "year"
_WEEKS = (("reports-week.html", "последняя неделя"), ("reports-last-week.html", "предыдущая неделя"))
_FIRST_ON_PAPER = 17


class Section(NamedTuple):
    """A report on a page: as a document or refused, its tables and charts ready to be shown, when it was formed."""

    report: Document | Refused
    refused: bool
    tables: tuple[TableView, ...]
    charts: tuple[Chart, ...]
    formed: str
    closed: bool


class _Sheaf(NamedTuple):
    """The reports of one pupil for one page: its file among the pupil's, the words that lead there."""

    pupil: Pupil
    span: ReportSpan
    file: str
    words: str
    made: tuple[tuple[PupilReport, Document | Refused], ...]


def pupil_report_parts(
    book: ClassBook, company: Company, render: Renderer, reports: Sequence[PupilReport] = PUPIL_REPORTS
) -> Iterator[Part]:
    """Yield the reports of the pupils whose diary the class builds. They do not depend on the day of the build.

    A page or a workbook is a part of its own, keyed by its figures: one of a closed period stays as it is.
    """
    pupils = book.diaries()
    if not pupils:
        return
    sheets = list(_sheets(book, reports))
    sheaves = [
        _Sheaf(pupil, span, file, words, tuple((one, one.make(book, pupil, span, company)) for one in own))
        for pupil in pupils
        for span, (file, words), own in sheets
        if span.key == _YEAR or any(stay.first <= span.last and span.first <= stay.last for stay in pupil.stays)
    ]
    links: dict[str, list[tuple[str, str]]] = {}
    for one in sheaves:
        links.setdefault(one.pupil.id, []).append((one.file, one.words))
    for sheaf in sheaves:
        yield _page_part(book, sheaf, tuple(links[sheaf.pupil.id]), render)
    books = _workbooks(book, sheaves)
    own: list[ReportPath] = []
    forms = forms_in(render.templates)
    for path, documents in books.items():
        on = _day(documents[0][1], render)
        key = _digest(path.workbook, on, [(name, _figures(document)) for name, document in documents])
        of_school, told = own_book(forms, documents, path.span, book.name, on)
        yield Part(f"{path.folder}/{path.file}", key, partial(_workbook, book, path, documents, on), told)
        if of_school is not None:
            own.append(path)
            yield Part(f"{path.folder}/{path.form_file}", key, partial(_own_form, book, path, of_school, on))
    yield _list_part(book, pupils, links, (list(books), own), render)


def reports_address(pupil: str) -> str:
    """Return the path of a pupil's reports of the year (№ личного дела), beside the diary."""
    return f"families/{slug(pupil)}/{YEAR_PAGE}"


def _sheets(
    book: ClassBook, reports: Sequence[PupilReport]
) -> Iterator[tuple[ReportSpan, tuple[str, str], list[PupilReport]]]:
    """Yield the pages pupils may have: the year, the periods that have begun by the newest data, the last weeks.

    With each come its file and the words of its tab. Those of the weeks are the same whatever weeks they are: a new
    week does not rewrite the other pages.
    """
    newest = newest_day(book)
    spans: dict[str, ReportSpan] = {}
    of_span: dict[str, list[PupilReport]] = {}
    for one in reports:
        for span in one.spans(book):
            spans.setdefault(span.key, span)
            of_span.setdefault(span.key, []).append(one)
    ordered = sorted(spans.values(), key=lambda one: (one.key != _YEAR, is_week(one), one.first, one.last))
    weeks = [span.key for span in ordered if is_week(span)]
    tabs = dict(zip(reversed(weeks), _WEEKS, strict=False)) | {_YEAR: (YEAR_PAGE, "")}
    for span in ordered:
        if span.key == _YEAR or (newest is not None and span.first <= newest):
            file, words = tabs.get(span.key, (f"reports-{span.key}.html", ""))
            own = sorted(of_span[span.key], key=lambda one: (one.number != _FIRST_ON_PAPER, one.number))
            yield span, (file, words or span.name), own


def _page_part(book: ClassBook, sheaf: _Sheaf, links: tuple[tuple[str, str], ...], render: Renderer) -> Part:
    folder = f"families/{slug(sheaf.pupil.id)}"
    path = f"{folder}/{sheaf.file}"
    on = next((_day(made, render) for _, made in sheaf.made if isinstance(made, Document)), None)
    figures = [_figures(made) if isinstance(made, Document) else made for _, made in sheaf.made]
    key = _digest(path, on, links, book.name, figures)
    return Part(path, key, partial(_page, path, sheaf, links, on, render))


def _page(
    path: str, sheaf: _Sheaf, links: tuple[tuple[str, str], ...], on: dt.date | None, render: Renderer
) -> list[Page]:
    content = render.page(
        "pupil_reports.html",
        path=path,
        pupil=sheaf.pupil.name,
        span=sheaf.span.name,
        sections=[_section(report, made, on) for report, made in sheaf.made],
        links=links,
        current=sheaf.file,
    )
    return [Page(path, content, f"family:{sheaf.pupil.id}")]


def _section(report: PupilReport, made: Document | Refused, on: dt.date | None) -> Section:
    formed, closed = formed_day_words(on), on is None
    if isinstance(made, Refused):
        return Section(made, refused=True, tables=(), charts=(), formed=formed, closed=closed)
    tables = tuple(map(table_view, made.tables))
    return Section(made, refused=False, tables=tables, charts=report.draw(made), formed=formed, closed=closed)


def _workbooks(book: ClassBook, sheaves: Sequence[_Sheaf]) -> dict[ReportPath, list[tuple[str, Document]]]:
    """Return the workbooks of the class with the pupils' reports in each; those with nothing to report are left out."""
    found: dict[ReportPath, list[tuple[str, Document]]] = {}
    for sheaf in sheaves:
        for report, made in sheaf.made:
            if isinstance(made, Document):
                path = ReportPath(report.number, sheaf.span, class_folder(book.name), book.name)
                found.setdefault(path, []).append((sheaf.pupil.name, made))
    return dict(sorted(found.items(), key=lambda pair: (pair[0].number, pair[0].span.key)))


def _workbook(
    book: ClassBook, path: ReportPath, documents: Sequence[tuple[str, Document]], on: dt.date | None
) -> list[Page]:
    return [Page(path.workbook, pupils_workbook(documents, on), f"class:{book.name}")]


def _own_form(book: ClassBook, path: ReportPath, of_school: OwnBook, on: dt.date | None) -> list[Page]:
    return [Page(path.form, of_school.data(on), f"class:{book.name}")]


def _list_part(
    book: ClassBook,
    pupils: Sequence[Pupil],
    links: Mapping[str, Sequence[tuple[str, str]]],
    books: tuple[Sequence[ReportPath], Sequence[ReportPath]],
    render: Renderer,
) -> Part:
    """Return the page of the class's staff that leads to the reports of every pupil, to the workbooks and the forms."""
    written, own = books
    path = f"{ROOT}/{class_folder(book.name)}/{LIST}"
    listed = [
        (pupil.name, [(f"../../../families/{slug(pupil.id)}/{file}", words) for file, words in links[pupil.id]])
        for pupil in pupils
    ]
    by_report = [
        (
            one.number,
            one.name,
            [(path.file, path.span.name) for path in written if path.number == one.number],
            [(path.form_file, path.span.name) for path in own if path.number == one.number],
        )
        for one in PUPIL_REPORTS
    ]

    def pages() -> list[Page]:
        content = render.page(
            "pupil_reports_list.html",
            path=path,
            name=book.name,
            listed=listed,
            reports=by_report,
            class_href=f"../../../{class_index(book.name)}",
        )
        return [Page(path, content, f"class:{book.name}")]

    return Part(path, _digest(path, listed, by_report), pages)


def _day(document: Document, render: Renderer) -> dt.date | None:
    return render.moment(document.formed).date() if document.formed else None


def _figures(document: Document) -> object:
    """Return what a report says apart from the hour it was formed at: how it looks is the program's."""
    tables = [(t.name, [c.title for c in t.columns], [row.cells for row in t.rows]) for t in document.tables]
    head = (document.number, document.school, document.title, document.about)
    return head, tables, document.lacks, document.signatures, document.notes


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
