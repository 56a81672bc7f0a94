"""How a report is declared: its number, the spans it is made for, and the function that makes it.

A report of a class is a function of its ``ClassBook``; one of the school or of a teacher is a function of the school
and of what every class has given to it (``ClassTotals``), so that classes may be counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import Finding
from sgo_sheets.reports.company import Company
from sgo_sheets.reports.document import Chart, Document, Refused
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.reports.teacher_figures import TeacherFigures
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, School

NO_PERIODS = "Периодов в книге «Школа» пока нет."


@dataclass(frozen=True, slots=True)
class Numbered:
    """A report by its number."""

    number: int

    @property
    def name(self) -> str:
        """Return its name, as the regulation spells it."""
        return REPORT_NAMES[self.number]


@dataclass(frozen=True, slots=True)
class ClassReport(Numbered):
    """A report of one class; ``homeroom`` – for its teacher and the administration alone: addresses, phones."""

    spans: Callable[[ClassBook], Sequence[ReportSpan]]
    make: Callable[[ClassBook, ReportSpan], Document | Refused]
    homeroom: bool = False


class Said(NamedTuple):
    """What is said of the school on the day of the build."""

    on: dt.date
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SchoolReport(Numbered):
    """A report of the school, for the deputy head, the administrator and the director (п. 10.1).

    ``audience`` says of a span who else may see it, where a school decides that; ``empty`` – why there is no span.
    ``of_day`` makes the spans that depend on the day of the build, and returns None for all others. ``rests_on`` names
    all a report is made from where that is less than the whole school: it is then made only where that has changed.
    """

    spans: Callable[[School], Sequence[ReportSpan]]
    make: Callable[[School, Mapping[str, ClassTotals], ReportSpan], Document | Refused]
    audience: Callable[[School, ReportSpan], str] = lambda _school, _span: "deputy"
    empty: str = NO_PERIODS
    of_day: Callable[[School, Said, ReportSpan], Document | Refused | None] = lambda _school, _said, _span: None
    rests_on: Callable[[School], tuple[object, ...]] = lambda _school: ()


@dataclass(frozen=True, slots=True)
class TeacherReport(Numbered):
    """A report of one teacher.

    ``gather`` puts what the classes have given by teacher and returns what picks the figures of one, by the code, over
    a span. ``make`` lays them out and knows nothing else, so that it need not be where they have not changed.
    """

    spans: Callable[[School], Sequence[ReportSpan]]
    gather: Callable[[School, Mapping[str, ClassTotals]], Callable[[str, ReportSpan], TeacherFigures]]
    make: Callable[[TeacherFigures], Document | Refused]


@dataclass(frozen=True, slots=True)
class PupilReport(Numbered):
    """A report of one pupil, for the family and the teachers of the class (п. 10.5).

    ``spans`` are those of the class; one that has not begun by the newest data is not made. ``draw`` makes the charts
    from the tables alone, so that they are drawn only where the tables have changed.
    """

    spans: Callable[[ClassBook], Sequence[ReportSpan]]
    make: Callable[[ClassBook, Pupil, ReportSpan, Company], Document | Refused]
    draw: Callable[[Document], tuple[Chart, ...]] = lambda _document: ()
