"""What reports 4 and 5 of the school share: the classes that have a period, the steps of school, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.reports import categories
from sgo_sheets.reports.class_period import NO_MARKS_GRADE
from sgo_sheets.reports.document import Lack, Refused, Signature
from sgo_sheets.reports.period_figures import Figures
from sgo_sheets.reports.spans import ReportSpan, formed_at
from sgo_sheets.reports.totals import ClassTotals, PeriodTotals
from sgo_sheets.reports.units import STEPS
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.rules.report_words import teacher_book_path
from sgo_sheets.russian import counted, day, file_name, period_days
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf
from sgo_sheets.school.model import ClassBook, School

ATTENDANCE = 8
FIRST_GRADE = "В 1 классе отметок нет: его обучающиеся входят в число обучающихся и в тех, кому отметок не выставлено."


class ClassRow(NamedTuple):
    """A class in a period of the school."""

    book: ClassBook
    period: PeriodOf
    totals: PeriodTotals

    @property
    def figures(self) -> Figures:
        """Return the figures of the class."""
        return self.totals.figures


class SchoolPeriod(NamedTuple):
    """A period of the school: its classes by grade and name, what is missing, when the newest workbook was saved."""

    rows: tuple[ClassRow, ...]
    lacks: tuple[Lack, ...]
    saved: dt.datetime | None

    @property
    def steps(self) -> Iterator[tuple[str, tuple[ClassRow, ...]]]:
        """Yield the steps of school that have a class here, with their classes."""
        for name, grades in STEPS:
            own = tuple(row for row in self.rows if row.book.grade in grades)
            if own:
                yield name, own

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is to be said under a table: of grade 1 where it is there."""
        return (FIRST_GRADE,) if any(row.book.grade == NO_MARKS_GRADE for row in self.rows) else ()


def school_period(
    school: School, totals: Mapping[str, ClassTotals], span: ReportSpan, number: int
) -> SchoolPeriod | Refused:
    """Return the classes of the school in a period, or why there is no report of it."""
    period = span.period
    if period is None:
        raise ValueError(f"report {number} is of a study period, not of {span.name}")
    rows = tuple(_rows(school, totals, period))
    if not any(categories.counted(row.figures.tally) for row in rows):
        last = day(span.last)
        reason = f"Ни в одном классе не выставлено ни одной отметки за период «{span.name}»: он заканчивается {last}."
        return Refused(number, school.organisation.full_name, REPORT_NAMES[number], about(span), reason)
    lacks = (*_unread(school, period), *(lack for row in rows for lack in _lacks(school, row)))
    saved = formed_at((book.saved for book in school.books), span.last)
    return SchoolPeriod(rows, lacks, saved)


def attendance_lacks(school: School, rows: Iterable[ClassRow]) -> Iterator[Lack]:
    """Yield the classes whose missed lessons are not known whole, with the class teacher: report 8 says more."""
    for row in rows:
        if row.totals.unsure:
            code = row.book.class_teacher(row.period.last)
            number = counted(row.totals.unsure, "запись", "записи", "записей")
            words = f"{row.book.name}: пропуски неполны, {number} – в отчёте «{REPORT_NAMES[ATTENDANCE]}»"
            at = CellRef(teacher_book_path(row.book), AbsenceReason.sheet)
            yield Lack(words, code, _name(school, code), at)


def about(span: ReportSpan) -> tuple[str, ...]:
    """Return the line under the title: the period with its days."""
    name = "учебный год" if span.period is not None and span.period.type == YEAR else span.name
    return (f"{name}: {period_days(span.first, span.last)}",)


def together(rows: Sequence[ClassRow]) -> Figures:
    """Return the figures of several classes as one; there is at least one."""
    first, *rest = (row.figures for row in rows)
    for figures in rest:
        first = first.plus(figures)
    return first


def signatures(school: School) -> tuple[Signature, ...]:
    """Return who signs a report of the school."""
    return (
        Signature("Директор", school.organisation.director),
        Signature("Заместитель директора по учебно-воспитательной работе", ""),
    )


def _of(book: ClassBook, period: PeriodOf) -> PeriodOf | None:
    return next((one for one in book.periods if (one.type, one.name) == (period.type, period.name)), None)


def _rows(school: School, totals: Mapping[str, ClassTotals], period: PeriodOf) -> Iterator[ClassRow]:
    place = {info.name: number for number, info in enumerate(school.classes)}
    for book in sorted(school.books, key=lambda book: (book.grade, place.get(book.name, len(place)))):
        own = _of(book, period)
        given = totals[book.name].periods if book.name in totals else ()
        found = next((row for row in given if (row.type, row.period) == (period.type, period.name)), None)
        if own is not None and found is not None:
            yield ClassRow(book, own, found)


def _lacks(school: School, row: ClassRow) -> Iterator[Lack]:
    for owed in row.totals.owed:
        at = CellRef(owed.workbook, owed.sheet, owed.cell)
        yield Lack(f"{row.book.name}: {owed.what}", owed.person, _name(school, owed.person), at)


def _unread(school: School, period: PeriodOf) -> Iterator[Lack]:
    """Yield the classes whose list was not read: they are not in the numbers."""
    for book in school.books:
        own = _of(book, period)
        if own is not None and book.roll is None:
            code = book.class_teacher(own.last)
            at = CellRef(f"Контингент/{file_name(book.name)}.xlsx")
            words = f"{book.name}: список класса не прочитан, класса в отчёте нет"
            yield Lack(words, code, _name(school, code), at)


def _name(school: School, code: str) -> str:
    person = school.staff.get(code)
    return person.short_name if person else code
