"""Report 15, «Средний балл ученика»: subjects across, the pupil's average and that of the class, a bar chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sgo_sheets.reports.charts import Bar, bars
from sgo_sheets.reports.company import HIDDEN, Company, Group
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Chart, Column, Document, Kind, Refused, Row, Table, Value
from sgo_sheets.reports.indicators import AVERAGE_DIGITS
from sgo_sheets.reports.pupil_common import Asked, figure, in_order, no_entries, whole_year, without_marks
from sgo_sheets.reports.pupil_marks import Entry, Tally, average, tally_of
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 15
EVERY = "Все предметы"
HIGHEST = 5
SECRET = f"«{HIDDEN}» – не показано, чтобы по среднему нельзя было узнать отметки других детей."


def make(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return the averages of a pupil by subject beside those of the class, or why there are none."""
    asked = Asked(NUMBER, book, pupil, span, company)
    if refused := without_marks(asked):
        return refused
    by_subject: dict[str, list[Entry]] = {}
    for one in asked.entries():
        by_subject.setdefault(one.subject, []).append(one)
    own = {subject: tally for subject, those in by_subject.items() if (tally := tally_of(those))}
    if not own:
        return no_entries(asked)
    return asked.document((_table(asked, own),), notes=_notes(asked, own))


def draw(document: Document) -> tuple[Chart, ...]:
    """Return the chart of the averages by subject."""
    table = document.tables[0]
    pupil, group = (row.cells[1:] for row in table.rows)
    titles = [column.title for column in table.columns[1:]]
    lines = [Bar(title, _number(own), _number(its)) for title, own, its in zip(titles, pupil, group, strict=True)]
    return (bars("Средний балл по предметам", lines, ("ученик", "класс"), HIGHEST),)


REPORT = PupilReport(NUMBER, whole_year, make, draw)


def _table(asked: Asked, own: Mapping[str, Tally]) -> Table:
    subjects = in_order(asked.book, own)
    whole: Tally = sum(own.values(), Tally())
    weighted = asked.company.weighted
    columns = (
        Column("Средний балл", Kind.NAME, 16),
        *(Column(subject, Kind.NUMBER, 7, turned=True) for subject in (*subjects, EVERY)),
    )
    mine = [figure(average(own[s], weighted=weighted), AVERAGE_DIGITS) for s in subjects]
    its = [_of_class(asked, asked.company.subjects.get(s)) for s in subjects]
    seen = _every(asked, subjects)
    rows = (
        Row(("Ученик", *mine, figure(average(whole, weighted=weighted), AVERAGE_DIGITS))),
        Row(("Класс", *its, figure(average(seen, weighted=weighted), AVERAGE_DIGITS))),
    )
    return Table("Средний балл", columns, rows)


def _every(asked: Asked, subjects: Iterable[str]) -> Tally:
    """Return the marks of the class in the subjects whose averages are shown: the rest must not follow from the sum."""
    groups = (asked.company.subjects.get(subject) for subject in subjects)
    seen = (group.seen_by(asked.pupil.id) for group in groups if group is not None)
    return sum((tally for tally in seen if tally), Tally())


def _of_class(asked: Asked, group: Group | None) -> Value:
    """Return the average of the class, HIDDEN where it would tell a mark of another pupil, None without marks."""
    if group is None or not group.own or not group.whole:
        return None
    seen = group.seen_by(asked.pupil.id)
    return HIDDEN if seen is None else figure(average(seen, weighted=asked.company.weighted), AVERAGE_DIGITS)


def _notes(asked: Asked, own: Mapping[str, Tally]) -> tuple[str, ...]:
    company = asked.company
    if company.week is None:
        return ("Среднего балла класса пока нет: не закончилась первая учебная неделя.",)
    notes = [f"Средний балл класса – по отметкам до {day(company.week)}, последней закончившейся недели."]
    if any(_of_class(asked, company.subjects.get(subject)) == HIDDEN for subject in own):
        notes.append(SECRET)
    return tuple(notes)


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
