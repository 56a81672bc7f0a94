"""What the reports of a pupil share: the head, the refusal, the spans, marks of periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sgo_sheets.reports.company import Company
from sgo_sheets.reports.document import NOT_DUE, NOT_STUDIED, Document, Lack, Refused, Signature, Table, Value
from sgo_sheets.reports.once import once_a_class_each
from sgo_sheets.reports.period_marks import PeriodMark, period_sheet
from sgo_sheets.reports.pupil_marks import NO_MARKS_GRADE, finals_of
from sgo_sheets.reports.pupil_weeks import is_week
from sgo_sheets.reports.spans import ReportSpan, formed_at, period_spans, year_span
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import day, fold, period_days
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook

PARENTS = "Родитель (законный представитель)"


class Asked(NamedTuple):
    """What a report is asked for."""

    number: int
    book: ClassBook
    pupil: Pupil
    span: ReportSpan
    company: Company

    @property
    def about(self) -> tuple[str, ...]:
        """Return the lines under the title: the pupil, the class, the period with its days."""
        span = self.span
        of_year = span.period is not None and span.period.type == YEAR
        name = "неделя" if is_week(span) else "учебный год" if span.period is None or of_year else span.period.name
        return f"{self.pupil.name}, класс {self.book.name}", f"{name}: {period_days(span.first, span.last)}"

    def refused(self, reason: str) -> Refused:
        """Return the report refused with a reason."""
        return Refused(self.number, self.book.organisation.full_name, REPORT_NAMES[self.number], self.about, reason)

    def document(
        self,
        tables: Sequence[Table],
        *,
        signed: Sequence[str] = (),
        notes: Iterable[str] = (),
        lacks: Iterable[Lack] = (),
        landscape: bool = False,
    ) -> Document:
        """Return the report; it is signed by the class teacher and those named in ``signed``."""
        book = self.book
        teacher = book.staff.get(book.class_teacher(min(self.span.last, self.pupil.stays[-1].last)))
        keepers = (Signature("Классный руководитель", teacher.short_name if teacher else ""),)
        return Document(
            number=self.number,
            school=book.organisation.full_name,
            title=REPORT_NAMES[self.number],
            about=self.about,
            tables=tuple(tables),
            lacks=tuple(lacks),
            signatures=(*keepers, *(Signature(post, "") for post in signed)),
            formed=formed_at([book.saved], self.span.last),
            landscape=landscape,
            notes=tuple(notes),
        )


def whole_year(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return the school year: the one span of reports 15, 16, 17 and 19."""
    return (year_span(book.year),)


def study_periods(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return the study periods of the class without the year: the spans of reports 18 and 20."""
    return tuple(span for span in period_spans(book) if span.period is not None and span.period.type != YEAR)


def without_marks(asked: Asked) -> Refused | None:
    """Return why a report of marks is refused whatever is written: the pupil is in class 1."""
    return asked.refused("В 1 классе отметок нет (Регламент п. 8.2).") if _first_grade(asked.book) else None


def no_entries(asked: Asked) -> Refused:
    """Return the refusal of a report on a pupil of whom nothing is written in its days."""
    until = f" (данные на {day(asked.company.newest)})" if asked.company.newest else ""
    return asked.refused(f"Об ученике за эти дни в журналах пока ничего не записано{until}.")


def _first_grade(book: ClassBook) -> bool:
    return book.grade == NO_MARKS_GRADE


def mark_value(value: str) -> Value:
    """Return a mark as a cell: a number where it is one."""
    return int(value) if value.isdigit() else value


def period_cell(asked: Asked, subject: str, period: PeriodOf) -> Value:
    """Return a pupil's mark of a period: a mark, None – owed, «» – not yet, NOT_STUDIED – none to wait for."""
    value = final(asked, subject, period.name)
    if value:
        return mark_value(value)
    owed = owed_marks(asked.book, period).get(asked.pupil.id, {}).get(fold(subject))
    if owed is None:
        return NOT_STUDIED
    return None if ended(asked, period.last) else NOT_DUE


def ended(asked: Asked, last: dt.date) -> bool:
    """Return whether a day has passed by the newest data: what was due then is missing if it is not there."""
    return asked.company.newest is not None and last < asked.company.newest


def final(asked: Asked, subject: str, header: str) -> str:
    """Return a pupil's mark under a header of «Итоги», «» where there is none."""
    return finals_of(asked.book).get((asked.pupil.id, subject), {}).get(fold(header), "")


@once_a_class_each
def owed_marks(book: ClassBook, period: PeriodOf) -> dict[str, dict[str, PeriodMark]]:
    """Return by pupil and folded subject the marks of a period that a pupil is to have, set or not."""
    found: dict[str, dict[str, PeriodMark]] = {}
    for subject in period_sheet(book, period).subjects:
        for pupil, mark in subject.marks.items():
            found.setdefault(pupil, {})[fold(subject.subject)] = mark
    return found


@once_a_class_each
def subjects_of(book: ClassBook, period: PeriodOf) -> dict[str, tuple[str, ...]]:
    """Return by pupil the subjects that have a mark of the period or should."""
    found: dict[str, list[str]] = {}
    for subject in period_sheet(book, period).subjects:
        for pupil in subject.marks:
            found.setdefault(pupil, []).append(subject.subject)
    return {pupil: tuple(own) for pupil, own in found.items()}


def in_order(book: ClassBook, subjects: Iterable[str]) -> list[str]:
    """Return subjects once each, in the order of «Предметы», those it does not know after them by name."""
    order = {name: place for place, name in enumerate(book.subjects)}
    return sorted(set(subjects), key=lambda name: (order.get(name, len(order)), name))
