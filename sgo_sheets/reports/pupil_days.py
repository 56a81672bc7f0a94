"""Report 18, «Отчёт об успеваемости и посещаемости ученика»: subjects × days, average, mark of the period."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

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
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 18
MISSED = "Пропущено уроков"
WIDEST = 34
"""So many days fit a sheet of paper."""
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
    tables = _tables(asked, in_order(book, (*named, *(one.subject for one in own))), own)
    lacks = lacks_of(asked, [period] if period is not None else [])
    return asked.document(tables, signed=(PARENTS,), notes=(KEY,), lacks=lacks, landscape=True)


Cells = dict[tuple[str, dt.date], list[Entry]]

REPORT = PupilReport(NUMBER, study_periods, make)


def _tables(asked: Asked, subjects: Sequence[str], own: Iterable[Entry]) -> list[Table]:
    """Return a table for as many months as fit a sheet of paper; the last one ends with the figures of the period."""
    by_cell: Cells = {}
    for one in own:
        by_cell.setdefault((one.subject, one.date), []).append(one)
    days = sorted({date for _, date in by_cell})
    parts = _parts(days)
    return [_table(asked, subjects, (part, days if part is parts[-1] else []), by_cell) for part in parts]


def _parts(days: Sequence[dt.date]) -> list[list[dt.date]]:
    """Return the days in order, month by month, in lists no longer than ``WIDEST`` where a month is not."""
    parts: list[list[dt.date]] = []
    for _, month in groupby(days, key=lambda date: (date.year, date.month)):
        own = list(month)
        if parts and len(parts[-1]) + len(own) <= WIDEST:
            parts[-1].extend(own)
        else:
            parts.append(own)
    return parts


def _table(
    asked: Asked, subjects: Sequence[str], days: tuple[Sequence[dt.date], Sequence[dt.date]], by_cell: Cells
) -> Table:
    """Return the table of the first days; figures of the second ones, all of the period, stand where there are any."""
    shown, whole = days
    columns = [
        Column("Предмет", Kind.NAME, 38),
        *(Column(str(date.day), Kind.NUMBER, 4.5, group=MONTH_NAMES[date.month - 1]) for date in shown),
    ]
    if whole:
        columns += [
            Column(MISSED, Kind.NUMBER, 7, turned=True),
            Column("Средний балл", Kind.NUMBER, 8, turned=True),
            Column("Отметка за период", Kind.MARK, 7, turned=True),
        ]
    rows = []
    for subject in subjects:
        cells = [_cell(by_cell.get((subject, date), ())) for date in shown]
        rows.append(Row((subject, *cells, *(_figures(asked, subject, whole, by_cell) if whole else ()))))
    missed = _lessons(by_cell)
    lessons = [missed[date] for date in shown]
    total = sum(missed[date] for date in whole)
    last = Row((MISSED, *(number or None for number in lessons), *((total, None, None) if whole else ())), Place.TOTAL)
    months = dict.fromkeys(MONTH_NAMES[date.month - 1] for date in shown)
    return Table(", ".join(months), tuple(columns), (*rows, last))


def _figures(asked: Asked, subject: str, days: Sequence[dt.date], by_cell: Cells) -> tuple[Value, ...]:
    """Return the lessons missed, the average and the mark of a subject in the whole period."""
    own = [one for date in days for one in by_cell.get((subject, date), ())]
    missed = len({(one.date, one.number) for one in own if one.code})
    mean = figure(average(tally_of(own), weighted=asked.company.weighted), AVERAGE_DIGITS)
    period = asked.span.period
    return missed, mean, period_cell(asked, subject, period) if period is not None else ""


def _cell(entries: Sequence[Entry]) -> Value:
    """Return what the journal says of a day: one mark as a number, else marks and codes with spaces between."""
    if not entries:
        return None
    words = [word for one in entries for word in one.words]
    kept = [word for place, word in enumerate(words) if word not in CODES or word not in words[:place]]
    return None if not kept else mark_value(kept[0]) if len(kept) == 1 else " ".join(kept)


def _lessons(by_cell: Cells) -> Mapping[dt.date, int]:
    """Return how many lessons were missed on each day; a lesson counts once however many columns it has."""
    found: Counter[dt.date] = Counter()
    for (_, date), entries in by_cell.items():
        found[date] += len({one.number for one in entries if one.code})
    return found
