"""Report 18, «Отчёт об успеваемости и посещаемости ученика»: subjects × days, average, mark of the period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sgo_sheets.reports.attendance import CODES
from sgo_sheets.reports.company import Company
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table, Value
from sgo_sheets.reports.pupil_common import (
    PARENTS,
    Asked,
    mark_value,
    no_entries,
    period_cell,
    study_periods,
)
from sgo_sheets.reports.pupil_lacks import lacks_of
from sgo_sheets.reports.pupil_marks import Entry
from sgo_sheets.reports.pupil_span import Taught, Written, written
from sgo_sheets.reports.pupil_tally import average
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import MONTH_NAMES
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 18
MISSED = "Пропущено уроков"
FIGURES = 3
"""So many columns at the end of the last table are of the whole period."""
WIDEST = 34
"""So many days fit a sheet of paper."""
KEY = (
    "Б – болезнь, УП – уважительная причина, НП – без уважительной причины, ОТ – причина не указана, ОП – опоздание, "
    "осв – освобождение, точка – долг. Показаны дни, за которые в журналах что-нибудь записано."
)


def make(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return the marks and absences of a pupil day by day over a study period, or why there is nothing to show."""
    asked = Asked(NUMBER, book, pupil, span, company)
    own = written(asked)
    if not own:
        return no_entries(asked)
    lacks = lacks_of(asked, [span.period] if span.period is not None else [])
    return asked.document(_tables(asked, own), signed=(PARENTS,), notes=(KEY,), lacks=lacks, landscape=True)


REPORT = PupilReport(NUMBER, study_periods, make)


def _tables(asked: Asked, own: Written) -> list[Table]:
    """Return a table for as many months as fit a sheet of paper; the last one ends with the figures of the period."""
    cells = {subject: _cells(of.entries) for subject, of in own.items()}
    missed = _lessons(own)
    parts = _parts(sorted({one.date for of in own.values() for one in of.entries}))
    tables = [_table(part, cells, missed) for part in parts]
    return [*tables[:-1], _with_figures(tables[-1], asked, own)]


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
    days: Sequence[dt.date], cells: Mapping[str, Mapping[dt.date, Value]], missed: Mapping[dt.date, int]
) -> Table:
    """Return the table of some days: what the journals say, under it the lessons missed."""
    columns = (
        Column("Предмет", Kind.NAME, 38),
        *[Column(str(date.day), Kind.NUMBER, 4.5, group=MONTH_NAMES[date.month - 1]) for date in days],
    )
    rows = [Row((subject, *map(of.get, days))) for subject, of in cells.items()]
    last = Row((MISSED, *[missed.get(date) for date in days]), Place.TOTAL)
    months = dict.fromkeys([MONTH_NAMES[date.month - 1] for date in days])
    return Table(", ".join(months), columns, (*rows, last))


def _with_figures(table: Table, asked: Asked, own: Written) -> Table:
    """Return the last table with the figures of the whole period: lessons missed, the average, the mark."""
    columns = (
        Column(MISSED, Kind.NUMBER, 7, turned=True),
        Column("Средний балл", Kind.NUMBER, 8, turned=True),
        Column("Отметка за период", Kind.MARK, 7, turned=True),
    )
    *rows, last = table.rows
    figures = [_figures(asked, subject, of) for subject, of in own.items()]
    lines = [Row((*row.cells, *its)) for row, its in zip(rows, figures, strict=True)]
    whole = sum(number for number, *_ in figures)
    total = Row((*last.cells, whole, None, None), Place.TOTAL)
    return Table(table.name, (*table.columns, *columns), (*lines, total))


def _figures(asked: Asked, subject: str, of: Taught) -> tuple[int, Value, Value]:
    """Return the lessons missed, the average and the mark of a subject in the whole period."""
    missed = len({(one.date, one.number) for one in of.entries if one.code})
    mean = average(of.tally, weighted=asked.company.weighted)
    period = asked.span.period
    return missed, mean, period_cell(asked, subject, period) if period is not None else ""


def _cells(entries: Iterable[Entry]) -> Mapping[dt.date, Value]:
    """Return what the journal of a subject says of every day: one mark as a number, else words with spaces between.

    A code that several lessons of a day share stands once.
    """
    words: dict[dt.date, tuple[str, ...]] = {}
    for one in entries:
        before = words.get(one.date)
        said = one.words if before is None else (*before, *one.words)
        words[one.date] = said
    return {date: _cell(said) for date, said in words.items()}


def _cell(words: Sequence[str]) -> Value:
    if len(words) > 1:
        words = [word for place, word in enumerate(words) if word not in CODES or word not in words[:place]]
    return None if not words else mark_value(words[0]) if len(words) == 1 else " ".join(words)


def _lessons(own: Written) -> Mapping[dt.date, int]:
    """Return how many lessons were missed on each day with any; a lesson counts once however many columns it has."""
    found: dict[dt.date, int] = {}
    for of in own.values():
        for date, _ in {(one.date, one.number) for one in of.entries if one.code}:
            found[date] = found.get(date, 0) + 1
    return found
