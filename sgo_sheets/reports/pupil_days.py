"""Report 18, «Отчёт об успеваемости и посещаемости ученика»: subjects × days, average, mark of the period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sgo_sheets.reports.attendance import CODES
from sgo_sheets.reports.company import Company
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table, Value
from sgo_sheets.reports.indicators import AVERAGE_DIGITS
from sgo_sheets.reports.pupil_common import (
    PARENTS,
    Asked,
    figure,
    in_order,
    lacks_of,
    mark_value,
    no_entries,
    period_cell,
    study_periods,
    subjects_of,
)
from sgo_sheets.reports.pupil_marks import Entry, average, tally_of
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import MONTH_NAMES
from sgo_sheets.school.model import ClassBook, Pupil

NUMBER = 18
MISSED = "Пропущено уроков"
KEY = (
    "Б – болезнь, УП – уважительная причина, НП – без уважительной причины, ОТ – причина не указана, ОП – опоздание, "
    "осв – освобождение, точка – долг. Показаны дни, за которые в журналах что-нибудь записано."
)


def make(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return the marks and absences of a pupil day by day over a study period, or why there is nothing to show."""
    asked = Asked(NUMBER, book, pupil, span, company)
    own = asked.entries()
    if not own:
        return no_entries(asked)
    period = span.period
    named = subjects_of(book, period).get(pupil.id, ()) if period is not None else ()
    table = _table(asked, in_order(book, (*named, *(one.subject for one in own))), own)
    lacks = lacks_of(asked, [period] if period is not None else [])
    return asked.document((table,), signed=(PARENTS,), notes=(KEY,), lacks=lacks, landscape=True)


REPORT = PupilReport(NUMBER, study_periods, make)


def _table(asked: Asked, subjects: Sequence[str], own: Iterable[Entry]) -> Table:
    by_cell: dict[tuple[str, dt.date], list[Entry]] = {}
    for one in own:
        by_cell.setdefault((one.subject, one.date), []).append(one)
    days = sorted({date for _, date in by_cell})
    columns = (
        Column("Предмет", Kind.NAME, 26),
        *(Column(str(date.day), Kind.NUMBER, 4.5, group=MONTH_NAMES[date.month - 1]) for date in days),
        Column("Средний балл", Kind.NUMBER, 8, turned=True),
        Column("Отметка за период", Kind.MARK, 7, turned=True),
    )
    rows = [_line(asked, subject, days, by_cell) for subject in subjects]
    return Table("По дням", columns, (*rows, _total(days, by_cell)))


def _line(
    asked: Asked, subject: str, days: Sequence[dt.date], by_cell: Mapping[tuple[str, dt.date], Sequence[Entry]]
) -> Row:
    cells = [_cell(by_cell.get((subject, date), ())) for date in days]
    tally = tally_of(one for date in days for one in by_cell.get((subject, date), ()))
    mean = figure(average(tally, weighted=asked.company.weighted), AVERAGE_DIGITS)
    period = asked.span.period
    return Row((subject, *cells, mean, period_cell(asked, subject, period) if period is not None else ""))


def _cell(entries: Sequence[Entry]) -> Value:
    """Return what the journal says of a day: one mark as a number, else marks and codes with spaces between."""
    words = [word for one in entries for word in one.words]
    kept = [word for place, word in enumerate(words) if word not in CODES or word not in words[:place]]
    return None if not kept else mark_value(kept[0]) if len(kept) == 1 else " ".join(kept)


def _total(days: Sequence[dt.date], by_cell: Mapping[tuple[str, dt.date], Sequence[Entry]]) -> Row:
    """Return how many lessons were missed on each day, and in all; a lesson counts once however many columns it has."""
    lessons: dict[dt.date, set[tuple[str, int]]] = {date: set() for date in days}
    for (subject, date), entries in by_cell.items():
        lessons[date] |= {(subject, one.number) for one in entries if one.code}
    counts = [len(lessons[date]) for date in days]
    return Row((MISSED, *(number or None for number in counts), sum(counts), None), Place.TOTAL)
