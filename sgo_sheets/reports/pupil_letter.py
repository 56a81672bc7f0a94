"""Report 20, «Информационное письмо для родителей»: marks by subject, missed lessons, debts, a tear-off line."""

from __future__ import annotations

from collections.abc import Iterable

from sgo_sheets.records.tokens import FAIL, PASS
from sgo_sheets.reports.attendance import Missed
from sgo_sheets.reports.company import Company
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table
from sgo_sheets.reports.pupil_absence import absent, moved_note
from sgo_sheets.reports.pupil_common import (
    Asked,
    no_entries,
    period_cell,
    study_periods,
)
from sgo_sheets.reports.pupil_lacks import lacks_of
from sgo_sheets.reports.pupil_marks import Entry, entries_of
from sgo_sheets.reports.pupil_span import Taught, Written, written
from sgo_sheets.reports.pupil_tally import average, together
from sgo_sheets.reports.pupil_weeks import week_spans
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 20
GREETING = (
    "Уважаемые родители (законные представители)! Сообщаем об успеваемости и посещаемости вашего ребёнка за учебный "
    "период. Пожалуйста, посмотрите письмо вместе с ребёнком и верните классному руководителю подписанный листок."
)
OF_WEEK = GREETING.replace("учебный период", "неделю")
MARKS, MEAN = "Отметок", "Средний балл"
RECEIPT = "Ознакомлен(а), родитель (законный представитель)"
_ALWAYS = ("5", "4", "3", "2")
SOMETIMES = ("1", PASS, FAIL)
_MISSED: tuple[tuple[str, str], ...] = (
    ("Пропущено уроков, всего", "lessons"),
    ("по болезни", "ill"),
    ("по уважительной причине", "valid"),
    ("без уважительной причины", "invalid"),
    ("причина не указана", "unexplained"),
    ("Пропущено дней целиком", "days"),
    ("Опозданий", "late"),
)


def make(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return the letter to the parents of a pupil about a study period or a week, or why there is nothing to tell.

    That of a week has no marks of a period, and only the subjects in which anything is written.
    """
    asked = Asked(NUMBER, book, pupil, span, company)
    own = written(asked)
    if not own:
        return no_entries(asked)
    tables = [_marks(asked, own), _absent(absent(asked, span.first, span.last))]
    owed = debts(one for one in entries_of(book)[pupil.id] if one.debt and one.date <= span.last)
    notes = [GREETING if span.period is not None else OF_WEEK, *moved_note(asked)]
    if owed.rows:
        tables.append(owed)
    else:
        notes.append("Долгов нет.")
    lacks = lacks_of(asked, [span.period] if span.period is not None else [])
    return asked.document(tables, signed=(RECEIPT,), notes=notes, lacks=lacks)


def spans(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return the study periods of the class, then the weeks the letter is made for."""
    return (*study_periods(book), *week_spans(book))


REPORT = PupilReport(NUMBER, spans, make)


def _marks(asked: Asked, own: Written) -> Table:
    period, weighted = asked.span.period, asked.company.weighted
    counts = [_counts(of) for of in own.values()]
    sorts = (*_ALWAYS, *(sort for sort in SOMETIMES if any(sort in count for count in counts)))
    columns = (
        Column("Предмет", Kind.NAME, 38),
        *(Column(sort, Kind.NUMBER, 5, group=MARKS) for sort in sorts),
        Column(MEAN, Kind.NUMBER, 9),
        *((Column("Отметка за период", Kind.MARK, 10),) if period is not None else ()),
    )
    rows: list[Row] = []
    for (subject, of), count in zip(own.items(), counts, strict=True):
        mark = (period_cell(asked, subject, period),) if period is not None else ()
        mean = average(of.tally, weighted=weighted)
        rows.append(Row((subject, *[count.get(sort, 0) for sort in sorts], mean, *mark)))
    whole = [sum([count.get(sort, 0) for count in counts]) for sort in sorts]
    mean = average(together(of.tally for of in own.values()), weighted=weighted)
    nothing = (None,) if period is not None else ()
    return Table("Отметки", columns, (*rows, Row(("Всего", *whole, mean, *nothing), Place.TOTAL)))


def _counts(of: Taught) -> dict[str, int]:
    """Return how many marks of each sort there are in a subject, those outside averages too."""
    found: dict[str, int] = {}
    for one in of.entries:
        for mark in one.marks:
            found[mark] = found.get(mark, 0) + 1
    return found


def _absent(found: Missed) -> Table:
    columns = (Column("Пропуски", Kind.NAME, 30), Column("Число", Kind.NUMBER, 9))
    return Table("Пропуски", columns, tuple(Row((words, getattr(found, name))) for words, name in _MISSED))


def debts(own: Iterable[Entry]) -> Table:
    """Return the table of what is owed: the dots of the journals."""
    columns = (Column("Долги", Kind.NAME, 30), Column("Урок", Kind.TEXT, 12))
    return Table("Долги", columns, tuple(Row((one.subject, one.date)) for one in own))
