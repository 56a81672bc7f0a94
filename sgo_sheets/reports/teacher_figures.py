"""What a report of a teacher rests on: the rows and lacks of all classes, put by teacher once for the whole school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from operator import add
from typing import NamedTuple

from sgo_sheets.reports.spans import ReportSpan, formed_at, school_period_spans
from sgo_sheets.reports.taught_totals import Taught, TaughtLack
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.russian import fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import School


class TeacherFigures(NamedTuple):
    """All that a report of one teacher over one span says anything of: small values, so that two may be compared.

    ``school`` and ``teacher`` are the names to show; ``rows`` stand as the school lists subjects and classes, those of
    one stream as one, in the report of the year without the empty ones; ``lacks`` are those of the periods of the rows;
    ``periods`` – the names of the school's periods, folded, in their order. ``formed`` is when the newest workbook
    behind the rows was saved, None once that was after the span; what single rows say of that is left out: a report of
    a closed span stays the same whatever is saved later.
    """

    school: str
    teacher: str
    span: ReportSpan
    rows: tuple[Taught, ...]
    lacks: tuple[TaughtLack, ...]
    periods: tuple[str, ...]
    formed: dt.datetime | None


def teacher_figures(school: School, totals: Mapping[str, ClassTotals]) -> Callable[[str, ReportSpan], TeacherFigures]:
    """Return the function that picks the figures of a teacher, by the code, over a span."""
    places: dict[str, int] = {}
    for place, span in enumerate(school_period_spans(school)):
        places[fold(span.name)] = place
    order, periods = _order(school, places), tuple(places)
    rows: dict[str, list[Taught]] = {}
    lacks: dict[str, list[TaughtLack]] = {}
    for one in totals.values():
        for row in one.taught.rows:
            rows.setdefault(row.teacher, []).append(row)
        for lack in one.taught.lacks:
            lacks.setdefault(lack.teacher, []).append(lack)
    sorted_rows = {code: sorted(_merged(own), key=order) for code, own in rows.items()}

    def of(code: str, span: ReportSpan) -> TeacherFigures:
        person, named = school.staff.get(code), fold(span.name)
        keep: Callable[[Taught], bool] = is_filled if is_year(span) else lambda row: fold(row.period) == named
        own = tuple(filter(keep, sorted_rows.get(code, ())))
        wanted = {fold(row.period) for row in own}
        filled = any(map(is_filled, own))  # else there is no report, only the reason why
        saved = [dt.datetime.fromisoformat(row.saved) for row in own if filled and row.saved]
        return TeacherFigures(
            school.organisation.full_name,
            person.short_name if person else code,
            span,
            tuple(row._replace(saved="") for row in own),
            tuple(lack for lack in lacks.get(code, ()) if fold(lack.period) in wanted),
            periods,
            formed_at(saved, span.last),
        )

    return of


def is_year(span: ReportSpan) -> bool:
    """Return whether a span is the school year, of which every period has its rows."""
    return span.period is not None and span.period.type == YEAR


def is_filled(row: Taught) -> bool:
    """Return whether anything is entered: a lesson or a mark."""
    return bool(row.given) or row.marks.pupils > row.marks.blank


def _merged(rows: Iterable[Taught]) -> list[Taught]:
    """Return the rows with those of one stream, which each of its classes gives, put together."""
    found: dict[tuple[str, ...], Taught] = {}
    for row in rows:
        key = (row.subject, row.target, row.group, fold(row.period))
        found[key] = sum_of(found[key], row) if key in found else row
    return list(found.values())


def sum_of(one: Taught, other: Taught) -> Taught:
    """Return the sums of two rows under the names of the first."""
    return one._replace(
        pupils=one.pupils + other.pupils,
        counts=tuple(map(add, one.counts, other.counts)),
        planned=one.planned + other.planned,
        given=one.given + other.given,
        topics=one.topics + other.topics,
        done=one.done + other.done,
        saved=max(one.saved, other.saved),
    )


def _order(school: School, periods: Mapping[str, int]) -> Callable[[Taught], tuple[object, ...]]:
    """Return the key that puts rows by subject, grade, class, group and period, as the school lists them."""
    subjects = {name: place for place, name in enumerate(school.subjects)}

    def key(row: Taught) -> tuple[object, ...]:
        subject = subjects.get(row.subject, len(subjects))
        return subject, row.subject, row.grade, row.target, row.group, periods[fold(row.period)]

    return key
