"""Report 20, «Информационное письмо для родителей»: marks by subject, missed lessons, debts, a tear-off line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sgo_sheets.records.tokens import FAIL, PASS
from sgo_sheets.reports.attendance import Missed
from sgo_sheets.reports.company import Company
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Column, Document, Kind, Place, Refused, Row, Table
from sgo_sheets.reports.indicators import AVERAGE_DIGITS
from sgo_sheets.reports.pupil_common import (
    Asked,
    absent,
    figure,
    in_order,
    lacks_of,
    moved_note,
    no_entries,
    period_cell,
    study_periods,
    subjects_of,
)
from sgo_sheets.reports.pupil_marks import Entry, average, entries_of, tally_of
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 20
GREETING = (
    "Уважаемые родители (законные представители)! Сообщаем об успеваемости и посещаемости вашего ребёнка за учебный "
    "период. Пожалуйста, посмотрите письмо вместе с ребёнком и верните классному руководителю подписанный листок."
)
RECEIPT = "Ознакомлен(а), родитель (законный представитель)"
_ALWAYS = ("5", "4", "3", "2")
_SOMETIMES = ("1", PASS, FAIL)
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
    """Return the letter to the parents of a pupil about a study period, or why there is nothing to tell."""
    asked = Asked(NUMBER, book, pupil, span, company)
    own = asked.entries()
    if not own:
        return no_entries(asked)
    period = span.period
    named = subjects_of(book, period).get(pupil.id, ()) if period is not None else ()
    subjects = in_order(book, (*named, *(one.subject for one in own)))
    tables = [_marks(asked, subjects, own), _absent(absent(asked, span.first, span.last))]
    debts = _debts(one for one in entries_of(book)[pupil.id] if one.date <= span.last)
    notes = [GREETING, *moved_note(asked)]
    if debts.rows:
        tables.append(debts)
    else:
        notes.append("Долгов нет.")
    lacks = lacks_of(asked, [period] if period is not None else [])
    return asked.document(tables, signed=(RECEIPT,), notes=notes, lacks=lacks)


REPORT = PupilReport(NUMBER, study_periods, make)


def _marks(asked: Asked, subjects: Sequence[str], own: Iterable[Entry]) -> Table:
    by_subject: dict[str, list[Entry]] = {subject: [] for subject in subjects}
    for one in own:
        by_subject[one.subject].append(one)
    counts = {subject: Counter(mark for one in those for mark in one.marks) for subject, those in by_subject.items()}
    sorts = (*_ALWAYS, *(sort for sort in _SOMETIMES if any(count[sort] for count in counts.values())))
    columns = (
        Column("Предмет", Kind.NAME, 38),
        *(Column(sort, Kind.NUMBER, 5, group="Отметок") for sort in sorts),
        Column("Средний балл", Kind.NUMBER, 9),
        Column("Отметка за период", Kind.MARK, 10),
    )
    rows, period, weighted = [], asked.span.period, asked.company.weighted
    for subject, those in by_subject.items():
        mean = figure(average(tally_of(those), weighted=weighted), AVERAGE_DIGITS)
        mark = period_cell(asked, subject, period) if period is not None else ""
        rows.append(Row((subject, *(counts[subject][sort] for sort in sorts), mean, mark)))
    whole = [sum(count[sort] for count in counts.values()) for sort in sorts]
    mean = figure(average(tally_of(own), weighted=weighted), AVERAGE_DIGITS)
    return Table("Отметки", columns, (*rows, Row(("Всего", *whole, mean, None), Place.TOTAL)))


def _absent(found: Missed) -> Table:
    columns = (Column("Пропуски", Kind.NAME, 30), Column("Число", Kind.NUMBER, 9))
    return Table("Пропуски", columns, tuple(Row((words, getattr(found, name))) for words, name in _MISSED))


def _debts(own: Iterable[Entry]) -> Table:
    columns = (Column("Долги", Kind.NAME, 30), Column("Урок", Kind.TEXT, 12))
    return Table("Долги", columns, tuple(Row((one.subject, one.date)) for one in own if one.debt))
