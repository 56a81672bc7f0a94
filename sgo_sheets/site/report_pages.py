"""The pages of reports and the workbooks beside each, made again only where the figures have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from sgo_sheets.records.school_book import Employee
from sgo_sheets.reports.declared import ClassReport, Said, SchoolReport, TeacherReport
from sgo_sheets.reports.document import Document, Refused
from sgo_sheets.reports.print_forms import chosen, filling_of, form_of, forms_in
from sgo_sheets.reports.registry import CLASS_REPORTS, SCHOOL_REPORTS, TEACHER_REPORTS
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.reports.workbook import formed_words, workbook_of
from sgo_sheets.russian import slug
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.site.page import Page, Part
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_paths import OF_SCHOOL, OF_TEACHERS, ReportPath, class_folder
from sgo_sheets.site.report_views import table_view
from sgo_sheets.workbooks.print_form import Filling, PrintForm


class Where(NamedTuple):
    """A report among its neighbours: its own address, those of its other spans, links to what it belongs to."""

    current: str
    spans: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]


class Placed(NamedTuple):
    """Where a report lies and who may see it: beside its other spans, with links to what it belongs to.

    ``whose`` is what the school's own form may call it by («класс», «учитель»).
    """

    path: ReportPath
    neighbours: Sequence[ReportPath]
    audience: str
    links: tuple[tuple[str, str], ...] = ()
    whose: Mapping[str, str] = MappingProxyType({})

    @property
    def where(self) -> Where:
        """Return it among its neighbours."""
        others = self.neighbours if len(self.neighbours) > 1 else ()
        return Where(f"{self.path.name}.html", tuple((f"{one.name}.html", one.span.name) for one in others), self.links)


class Own(NamedTuple):
    """The school's own form of a report, and what to fill it with."""

    form: PrintForm
    filling: Filling


def class_report_parts(
    book: ClassBook, render: Renderer, reports: Sequence[ClassReport] = CLASS_REPORTS
) -> Iterator[Part]:
    """Yield every report of a class and span. They do not depend on the day of the build."""
    links = (("Отчёты класса", "index.html"), (f"Класс {book.name}", f"../../classes/{slug(book.name)}.html"))
    for report in reports:
        paths = class_report_paths(book, report)
        audience = f"{'homeroom' if report.homeroom else 'class'}:{book.name}"
        for path in paths:
            place = Placed(path, paths, audience, links, {"класс": book.name})
            yield _made(place, report.make(book, path.span), render)


def school_report_parts(
    school: School,
    totals: Mapping[str, ClassTotals],
    render: Renderer,
    reports: Sequence[SchoolReport] = SCHOOL_REPORTS,
    teachers: Sequence[TeacherReport] = TEACHER_REPORTS,
    *,
    said: Said | None = None,
) -> Iterator[Part]:
    """Yield every report of the school and of its teachers.

    They do not depend on the day of the build, but for those a school asks of what is ``said`` on it.
    """
    for of_school in reports:
        paths = school_report_paths(school, of_school)
        for path in paths:
            audience = of_school.audience(school, path.span)
            place, make = Placed(path, paths, audience), partial(of_school.make, school, totals, path.span)
            made = of_school.of_day(school, said, path.span) if said else None
            given = of_school.rests_on(school)
            yield _part(place, given, make, render) if given else _made(place, made or make(), render)
    for of_teacher in teachers:
        spans, figures = of_teacher.spans(school), of_teacher.gather(school, totals)
        for code, person in taught_by(school).items():
            paths = teacher_report_paths(of_teacher, spans, code)
            for path in paths:
                own = figures(code, path.span)
                place = Placed(path, paths, f"teacher:{code}", whose={"учитель": person.short_name})
                yield _part(place, own, partial(of_teacher.make, own), render)


def taught_by(school: School) -> Mapping[str, Employee]:
    """Return those who hold or held a load, by code: the others have no report of a teacher."""
    codes = {load.teacher for load in taught(school.loads)}
    return {code: person for code, person in school.staff.items() if code in codes}


def class_report_paths(book: ClassBook, report: ClassReport) -> tuple[ReportPath, ...]:
    """Return where a report of a class lies, for each of its spans."""
    return tuple(ReportPath(report.number, span, class_folder(book.name), book.name) for span in report.spans(book))


def school_report_paths(school: School, report: SchoolReport) -> tuple[ReportPath, ...]:
    """Return where a report of the school lies, for each of its spans."""
    return tuple(ReportPath(report.number, span, OF_SCHOOL) for span in report.spans(school))


def teacher_report_paths(report: TeacherReport, spans: Sequence[ReportSpan], code: str) -> tuple[ReportPath, ...]:
    """Return where a report of a teacher lies, for each of its spans, which are the same for all teachers."""
    return tuple(ReportPath(report.number, span, OF_TEACHERS, code) for span in spans)


def _made(place: Placed, report: Document | Refused, render: Renderer) -> Part:
    return _part(place, report, lambda: report, render)


def _part(place: Placed, given: object, make: Callable[[], Document | Refused], render: Renderer) -> Part:
    """Return the part of a report; ``given`` is all that it is made of: while that stays it need not be made."""
    key = hashlib.sha256(repr((place.path, place.where, place.audience, given)).encode()).hexdigest()
    own, told = _own_form(place, make, render)
    return Part(f"{place.path.folder}/{place.path.name}", key, partial(_pages, place, make, render, own), told)


def _own_form(
    place: Placed, make: Callable[[], Document | Refused], render: Renderer
) -> tuple[Own | None, tuple[str, ...]]:
    """Return the school's form of a report, or why it has one and cannot fill it; their digest is part of every key."""
    forms = forms_in(render.templates)
    if place.path.number not in forms.by_number:
        return None, ()
    report = make()
    if isinstance(report, Refused):
        return None, ()
    formed = render.moment(report.formed) if report.formed else None
    filling = filling_of(report, place.path.span, formed, place.whose)
    form, told = chosen(forms, place.path.number, filling)
    return Own(form, filling) if form else None, told


def _pages(place: Placed, make: Callable[[], Document | Refused], render: Renderer, own: Own | None) -> list[Page]:
    """Return the page, and where there is anything to report the .xlsx and the school's own form filled."""
    path, where, audience = place.path, place.where, place.audience
    report = make()
    if isinstance(report, Refused):
        content = render.page("report_refused.html", path=path.page, report=report, where=where)
        return [Page(path.page, content, audience)]
    tables = [table_view(table) for table in report.tables]
    formed = render.moment(report.formed) if report.formed else None
    content = render.page(
        "report.html",
        path=path.page,
        report=report,
        tables=tables,
        formed=formed_words(formed),
        closed=formed is None,
        workbook=path.file,
        form=path.form_file if own else "",
        where=where,
    )
    pages = [Page(path.page, content, audience), Page(path.workbook, workbook_of(report, formed), audience)]
    if own:
        pages.append(Page(path.form, form_of(own.form, own.filling, formed), audience))
    return pages
