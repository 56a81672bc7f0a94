"""Report 15, «Средний балл ученика»: subjects across, the pupil's average and that of the class, a bar chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from sgo_sheets.reports.charts import Bar, bars
from sgo_sheets.reports.company import HIDDEN, Company, Group
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Chart, Column, Document, Kind, Refused, Row, Table, Value
from sgo_sheets.reports.pupil_common import Asked, no_entries, whole_year, without_marks
from sgo_sheets.reports.pupil_lacks import journal_lacks
from sgo_sheets.reports.pupil_span import written
from sgo_sheets.reports.pupil_tally import Tally, average, together
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 15
EVERY = "Все предметы"
HIGHEST = 5
Seen = Tally | str | None
"""The marks of a class as a pupil may know them: HIDDEN – not, None – there are none."""
SECRET = f"«{HIDDEN}» – не показано, чтобы по среднему нельзя было узнать отметки других детей."


def make(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return the averages of a pupil by subject beside those of the class, or why there are none."""
    asked = Asked(NUMBER, book, pupil, span, company)
    if refused := without_marks(asked):
        return refused
    own = {subject: of.tally for subject, of in written(asked).items() if of.tally}
    if not own:
        return no_entries(asked)
    seen = {subject: _seen(asked, company.subjects.get(subject)) for subject in own}
    return asked.document((_table(asked, own, seen),), notes=_notes(asked, seen), lacks=journal_lacks(asked))


def draw(document: Document) -> tuple[Chart, ...]:
    """Return the chart of the averages by subject."""
    table = document.tables[0]
    pupil, group = (row.cells[1:] for row in table.rows)
    titles = [column.title for column in table.columns[1:]]
    lines = [Bar(title, _number(own), _number(its)) for title, own, its in zip(titles, pupil, group, strict=True)]
    return (bars("Средний балл по предметам", lines, ("ученик", "класс"), HIGHEST),)


REPORT = PupilReport(NUMBER, whole_year, make, draw)


def _table(asked: Asked, own: Mapping[str, Tally], seen: Mapping[str, Seen]) -> Table:
    mean = partial(average, weighted=asked.company.weighted)
    columns = (
        Column("Средний балл", Kind.NAME, 16),
        *(Column(subject, Kind.NUMBER, 7, turned=True) for subject in (*own, EVERY)),
    )
    mine = [mean(tally) for tally in own.values()]
    its = [mean(one) if isinstance(one, Counter) else one for one in seen.values()]
    # what is hidden must not follow from the sum: only the subjects whose averages are shown count in it
    whole = together(one for one in seen.values() if isinstance(one, Counter))
    rows = (
        Row(("Ученик", *mine, mean(together(own.values())))),
        Row(("Класс", *its, mean(whole))),
    )
    return Table("Средний балл", columns, rows)


def _seen(asked: Asked, group: Group | None) -> Seen:
    """Return the marks of the class, HIDDEN where they would tell a mark of another pupil, None without any."""
    if group is None or not group.own or not group.whole:
        return None
    return group.seen_by(asked.pupil.id) or HIDDEN


def _notes(asked: Asked, seen: Mapping[str, Seen]) -> tuple[str, ...]:
    company = asked.company
    if company.week is None:
        return ("Среднего балла класса пока нет: не закончилась первая учебная неделя.",)
    notes = [f"Средний балл класса – по отметкам до {day(company.week)}, последней закончившейся недели."]
    if HIDDEN in seen.values():
        notes.append(SECRET)
    return tuple(notes)


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
