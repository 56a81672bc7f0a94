"""Report 17, «Табель успеваемости учащегося»: subjects × periods, the year, exam and final; days and lessons missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgo_sheets.reports.attendance import Missed
from sgo_sheets.reports.company import Company
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import NOT_STUDIED, Column, Document, Kind, Refused, Row, Table, Value
from sgo_sheets.reports.pupil_absence import absent, moved_note
from sgo_sheets.reports.pupil_common import (
    PARENTS,
    Asked,
    final,
    in_order,
    mark_value,
    no_entries,
    period_cell,
    subjects_of,
    whole_year,
    without_marks,
)
from sgo_sheets.reports.pupil_lacks import lacks_of
from sgo_sheets.reports.pupil_marks import finals_of
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 17
EXAM, TOTAL = "Экзамен", "Итог"
_ROWS: tuple[tuple[str, str], ...] = (
    ("Пропущено дней", "days"),
    ("из них по болезни", "days_ill"),
    ("Пропущено уроков", "lessons"),
    ("по болезни", "ill"),
    ("по уважительной причине", "valid"),
    ("без уважительной причины", "invalid"),
    ("причина не указана", "unexplained"),
    ("Опозданий", "late"),
)


def make(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return the school report of a pupil, or why there is none."""
    asked = Asked(NUMBER, book, pupil, span, company)
    if refused := without_marks(asked):
        return refused
    periods = sorted((p for p in book.periods if p.type != YEAR), key=lambda p: (p.last, p.first))
    years = [p for p in book.periods if p.type == YEAR]
    subjects = _subjects(asked, (*periods, *years))
    if not subjects or company.newest is None:
        return no_entries(asked)
    return asked.document(
        (_marks(asked, subjects, periods, years), _absent(asked, periods)),
        signed=(PARENTS,),
        notes=moved_note(asked),
        lacks=lacks_of(asked, (*periods, *years)),
    )


REPORT = PupilReport(NUMBER, whole_year, make)


def _subjects(asked: Asked, periods: Sequence[PeriodOf]) -> list[str]:
    """Return the subjects with marks of periods; those of classes the pupil came from too."""
    owed = (name for period in periods for name in subjects_of(asked.book, period).get(asked.pupil.id, ()))
    given = (subject for pupil, subject in finals_of(asked.book) if pupil == asked.pupil.id)
    known = {fold(name): name for name in (*given, *owed)}
    return in_order(asked.book, known.values())


def _marks(asked: Asked, subjects: Sequence[str], periods: Sequence[PeriodOf], years: Sequence[PeriodOf]) -> Table:
    extras = [name for name in (EXAM, TOTAL) if any(final(asked, subject, name) for subject in subjects)]
    columns = (
        Column("Предмет", Kind.NAME, 38),
        *(Column(period.name, Kind.MARK, 11) for period in (*periods, *years)),
        *(Column(name, Kind.MARK, 10) for name in extras),
    )
    rows = []
    for subject in subjects:
        cells: list[Value] = [period_cell(asked, subject, period) for period in (*periods, *years)]
        cells += [mark_value(final(asked, subject, name)) or NOT_STUDIED for name in extras]
        rows.append(Row((subject, *cells)))
    return Table("Отметки", columns, tuple(rows))


def _absent(asked: Asked, periods: Sequence[PeriodOf]) -> Table:
    """Return days and lessons missed by period and in the year; a period that has not begun has no figures."""
    newest = asked.company.newest
    begun = [p for p in periods if newest is not None and p.first <= newest]
    found = [absent(asked, p.first, p.last) if p in begun else None for p in periods]
    whole = absent(asked, *asked.book.year)
    columns = (
        Column("Пропуски", Kind.NAME, 30),
        *(Column(period.name, Kind.NUMBER, 11) for period in periods),
        Column("Всего за год", Kind.NUMBER, 11),
    )
    return Table("Пропуски", columns, tuple(_absent_rows(found, whole)))


def _absent_rows(found: Sequence[Missed | None], whole: Missed) -> Iterator[Row]:
    for words, name in _ROWS:
        yield Row((words, *(getattr(one, name) if one is not None else None for one in found), getattr(whole, name)))
