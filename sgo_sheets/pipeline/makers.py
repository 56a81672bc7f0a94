"""Every maker of pages, and what its pages depend on: a unit is made again only when that has changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sgo_sheets.exchange.deadlines import calendar_parts
from sgo_sheets.findings import Finding, text_of
from sgo_sheets.pipeline.inputs import digest_of
from sgo_sheets.reports.company import MonthMarks, company_of
from sgo_sheets.reports.completeness import Completeness
from sgo_sheets.reports.declared import Said
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.rules.catalogue import CATALOGUE
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.tally import Tally, rows
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.site.assets import asset_pages
from sgo_sheets.site.changes_page import changes_pages
from sgo_sheets.site.clauses_page import clauses_page
from sgo_sheets.site.control import class_page, deputy_pages, teacher_parts
from sgo_sheets.site.control_admin import admin_page
from sgo_sheets.site.council import council_page
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.page import Page, Part
from sgo_sheets.site.public import public_pages
from sgo_sheets.site.pupil_reports import pupil_report_parts
from sgo_sheets.site.pupils_list import pupils_page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_index import report_index_parts
from sgo_sheets.site.report_pages import class_report_parts, school_report_parts
from sgo_sheets.site.rulebook import rulebook_pages


@dataclass(frozen=True, slots=True)
class ClassWork:
    """A class to make pages of.

    ``shown`` – with the last good version of what cannot be read (named in its ``unreadable``); ``judged`` – as it was
    judged; ``findings`` and ``done`` – what touches it; ``others`` – closed months of the parallel's other classes.
    """

    shown: ClassBook
    judged: ClassBook
    findings: tuple[Finding, ...]
    done: Tally
    on: dt.date
    render: Renderer
    others: tuple[MonthMarks, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolWork:
    """The whole school to make pages of.

    ``shown`` – with the last good version of what cannot be read; ``filled`` – how far the journals of each class are
    filled; ``totals`` – what each class gives to the reports of the school.
    """

    school: School
    shown: School
    verdict: Verdict
    filled: Mapping[str, Completeness]
    totals: Mapping[str, ClassTotals]
    on: dt.date
    render: Renderer


@dataclass(frozen=True, slots=True)
class ClassMaker:
    """Makes pages of one class; ``depends`` names all its pages depend on besides the program and the templates.

    ``parts`` are pages that are made again each for itself, only where their own figures have changed. What is
    ``patient`` may wait for a quieter moment: reports need not be there the second a mark is.
    """

    name: str
    depends: Callable[[ClassWork], str]
    pages: Callable[[ClassWork], Iterable[Page]] = lambda _work: ()
    parts: Callable[[ClassWork], Iterable[Part]] = lambda _work: ()
    patient: bool = False


@dataclass(frozen=True, slots=True)
class SchoolMaker:
    """Makes pages of the school as a whole: ``pages`` whenever anything at all has changed, or else ``parts``.

    ``parts`` and ``patient`` are as in ``ClassMaker``. The pages of a ``fixed`` maker depend on nothing but the program
    and the templates.
    """

    name: str
    pages: Callable[[SchoolWork], Iterable[Page]] = lambda _work: ()
    fixed: bool = False
    parts: Callable[[SchoolWork], Iterable[Part]] | None = None
    patient: bool = False


def _diary(work: ClassWork) -> Iterator[Page]:
    return diary_pages(work.shown, work.render)


def _changes(work: ClassWork) -> Iterator[Page]:
    return changes_pages(work.shown, work.render)


def _class_page(work: ClassWork) -> list[Page]:
    return [class_page(work.judged, work.findings, work.on, work.render, work.done)]


def _shown(work: ClassWork) -> str:
    return digest_of(work.shown.fingerprint, *map(str, work.shown.unreadable), *map(repr, work.shown.changes))


def _beside(work: ClassWork) -> str:
    return digest_of(_shown(work), *map(_text_of_month, work.others))


@lru_cache(maxsize=4096)
def _text_of_month(marks: MonthMarks) -> str:
    return repr(marks)


def _pupil_reports(work: ClassWork) -> Iterator[Part]:
    return pupil_report_parts(work.shown, company_of(work.shown, work.others), work.render)


def _judged(work: ClassWork) -> str:
    return digest_of(work.judged.fingerprint, *map(str, work.judged.unreadable))


def _told(work: ClassWork) -> str:
    return digest_of(_judged(work), work.on.isoformat(), text_of(work.findings), json.dumps(rows(work.done)))


def _staff(work: SchoolWork) -> Iterator[Page]:
    yield from deputy_pages(work.school, work.verdict, work.on, work.render, work.filled)
    yield admin_page(work.school, work.verdict, work.on, work.render)
    yield council_page(work.school, work.verdict, work.on, work.render, work.filled)
    yield pupils_page(work.school, work.render)


def _school_reports(work: SchoolWork) -> Iterator[Part]:
    yield from report_index_parts(work.shown, work.on, work.render)
    said = Said(work.on, work.verdict.findings)
    yield from school_report_parts(work.shown, work.totals, work.render, said=said)


CLASS_MAKERS: tuple[ClassMaker, ...] = (
    ClassMaker("diary", _shown, _diary),
    ClassMaker("changes", _shown, _changes),
    ClassMaker("control", _told, _class_page),
    ClassMaker("reports", _shown, parts=lambda work: class_report_parts(work.shown, work.render), patient=True),
    ClassMaker("pupil reports", _beside, parts=_pupil_reports, patient=True),
)
SCHOOL_MAKERS: tuple[SchoolMaker, ...] = (
    SchoolMaker("assets", lambda work: asset_pages(work.render.templates), fixed=True),
    SchoolMaker("rules", lambda work: rulebook_pages(work.render), fixed=True),
    SchoolMaker("clauses", lambda work: [clauses_page(CATALOGUE, work.render)], fixed=True),
    SchoolMaker("public", lambda work: public_pages(work.school, work.render)),
    SchoolMaker("staff", _staff),
    SchoolMaker("teachers", parts=lambda work: teacher_parts(work.school, work.verdict, work.on, work.render)),
    SchoolMaker("reports", parts=_school_reports, patient=True),
    SchoolMaker("calendar", parts=lambda work: calendar_parts(work.school, work.verdict, work.on)),
)
