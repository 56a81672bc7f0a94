"""Reports 16 and 19: a pupil month by month beside the class and the parallel, with line charts.

16 «Динамика среднего балла ученика»: how many works and the average. 19 «Итоги успеваемости и качества знаний»: the
share of marks that are not below 3, and not below 4. Class and parallel are shown for closed months only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from sgo_sheets.reports.charts import Curve, lines
from sgo_sheets.reports.company import HIDDEN, Company
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Chart, Column, Document, Kind, Place, Refused, Row, Table, Value
from sgo_sheets.reports.pupil_average import SECRET
from sgo_sheets.reports.pupil_common import Asked, no_entries, whole_year, without_marks
from sgo_sheets.reports.pupil_lacks import journal_lacks
from sgo_sheets.reports.pupil_marks import pupil_months
from sgo_sheets.reports.pupil_tally import Tally, average, share, together
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import MONTH_NAMES, day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

DYNAMICS, SHARES = 16, 19
WHOLE = "Весь год"
_TABLES = (("Успеваемость: отметки не ниже «3», %", 3), ("Качество знаний: отметки не ниже «4», %", 4))
Figure = Callable[[Tally], Decimal | None]
Beside = Mapping[str, tuple[Tally | str | None, Tally | str | None]]
"""By month the marks of class and parallel: HIDDEN – they would tell another's, None – nothing to show."""


def make_dynamics(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return report 16 of a pupil, or why there is none."""
    asked = Asked(DYNAMICS, book, pupil, span, company)
    own = _months(asked)
    if refused := without_marks(asked):
        return refused
    if not own:
        return no_entries(asked)
    beside = _beside(asked, own)
    return asked.document((_works(asked, own, beside),), notes=_notes(asked, beside), lacks=journal_lacks(asked))


def make_shares(book: ClassBook, pupil: Pupil, span: ReportSpan, company: Company) -> Document | Refused:
    """Return report 19 of a pupil, or why there is none."""
    asked = Asked(SHARES, book, pupil, span, company)
    own = _months(asked)
    if refused := without_marks(asked):
        return refused
    if not own:
        return no_entries(asked)
    beside = _beside(asked, own)
    tables = [_shares(own, beside, name, least) for name, least in _TABLES]
    return asked.document(tables, notes=_notes(asked, beside), lacks=journal_lacks(asked))


def draw_dynamics(document: Document) -> tuple[Chart, ...]:
    """Return the chart of the averages by month."""
    columns = (("ученик", 2), ("класс", 4), ("параллель", 5))
    return (_chart("Средний балл по месяцам", document.tables[0], columns, (1, 5)),)


def draw_shares(document: Document) -> tuple[Chart, ...]:
    """Return a chart of each of the two shares by month."""
    columns = (("ученик", 1), ("класс", 2), ("параллель", 3))
    return tuple(_chart(table.name, table, columns, (0, 100)) for table in document.tables)


REPORT_16 = PupilReport(DYNAMICS, whole_year, make_dynamics, draw_dynamics)
REPORT_19 = PupilReport(SHARES, whole_year, make_shares, draw_shares)


def _months(asked: Asked) -> Mapping[str, Tally]:
    """Return the pupil's marks by month, those without any left out."""
    return pupil_months(asked.book).get(asked.pupil.id, {})


def _works(asked: Asked, own: Mapping[str, Tally], beside: Beside) -> Table:
    columns = (
        Column("Месяц", Kind.NAME, 18),
        Column("работ", Kind.NUMBER, 8, group="Ученик"),
        Column("средний балл", Kind.NUMBER, 9, group="Ученик"),
        Column("работ", Kind.NUMBER, 8, group="Класс"),
        Column("средний балл", Kind.NUMBER, 9, group="Класс"),
        Column("средний балл", Kind.NUMBER, 9, group="Параллель"),
    )
    mean = partial(average, weighted=asked.company.weighted)
    rows = []
    for key, tally in own.items():
        group, parallel = beside[key]
        rows.append(
            Row(
                (
                    _month_name(key),
                    sum(tally.values()),
                    mean(tally),
                    group if isinstance(group, str) or group is None else sum(group.values()),
                    _shown(group, mean),
                    _shown(parallel, mean),
                )
            )
        )
    whole = together(own.values())
    total = (WHOLE, sum(whole.values()), mean(whole), None, None, None)
    return Table("По месяцам", columns, (*rows, Row(total, Place.TOTAL)))


def _shares(own: Mapping[str, Tally], beside: Beside, name: str, least: int) -> Table:
    columns = (
        Column("Месяц", Kind.NAME, 18),
        *(Column(title, Kind.NUMBER, 12) for title in ("Ученик", "Класс", "Параллель")),
    )
    of = partial(share, least=least)
    rows = [Row((_month_name(key), of(tally), *[_shown(one, of) for one in beside[key]])) for key, tally in own.items()]
    return Table(name, columns, (*rows, Row((WHOLE, of(together(own.values())), None, None), Place.TOTAL)))


def _beside(asked: Asked, months: Iterable[str]) -> Beside:
    """Return the marks of class and parallel in months; those of a month that is not closed are nothing to show."""
    company = asked.company
    closed = f"{company.month:%Y-%m}" if company.month is not None else ""
    found: dict[str, tuple[Tally | str | None, Tally | str | None]] = {}
    for key in months:
        group = company.months.get(key) if key <= closed else None
        seen = group.seen_by(asked.pupil.id) or HIDDEN if group is not None else None
        known = key <= closed and key in company.others
        found[key] = seen, (company.parallel.get(key) or HIDDEN) if known else None
    return found


def _shown(tally: Tally | str | None, of: Figure) -> Value:
    return tally if tally is None or isinstance(tally, str) else of(tally)


def _notes(asked: Asked, beside: Beside) -> tuple[str, ...]:
    company = asked.company
    if company.month is None:
        return ("Класс и параллель появятся, когда закончится первый учебный месяц.",)
    notes = [f"Класс и параллель – по {day(company.month)}, последний закончившийся месяц."]
    if not company.others:
        notes.append("Других классов с отметками в параллели нет.")
    if any(HIDDEN in both for both in beside.values()):
        notes.append(SECRET)
    return tuple(notes)


def _month_name(key: str) -> str:
    year, month = key.split("-")
    return f"{MONTH_NAMES[int(month) - 1]} {year}"


def _chart(title: str, table: Table, columns: Sequence[tuple[str, int]], between: tuple[int, int]) -> Chart:
    rows = [row for row in table.rows if row.place is Place.LINE]
    points = [str(row.cells[0])[:3] for row in rows]
    curves = [Curve(name, tuple(_number(row.cells[place]) for row in rows)) for name, place in columns]
    return lines(title, points, curves, *between)


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
