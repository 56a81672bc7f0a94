"""Report 21, «Конструктор отчётов»: each row of the workbook's sheet «Отчёты» as a pivot (reports.md, no. 21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sgo_sheets.findings import CellRef
from sgo_sheets.records.report_tables import COUNT, TEACHERS
from sgo_sheets.reports.declared import Said, SchoolReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Place, Refused, Row, Signature, Table
from sgo_sheets.reports.document import Value as Shown
from sgo_sheets.reports.pivot import Cell, Key, Pivot
from sgo_sheets.reports.pivot_counts import pivot
from sgo_sheets.reports.pivot_totals import school_pivot
from sgo_sheets.reports.spans import ReportSpan, formed_at
from sgo_sheets.reports.table_rows import finding_rows
from sgo_sheets.reports.table_words import Value
from sgo_sheets.reports.totals import ClassTotals
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import counted, day, slug
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.model import School

NUMBER = 21
TITLE = REPORT_NAMES[NUMBER]
TOTAL, NOTHING = "Всего", "(пусто)"
MOST_COLUMNS, MOST_ROWS = 60, 2000
_FEW_ON_PORTRAIT = 6


def spans(school: School) -> tuple[ReportSpan, ...]:
    """Return a span for each report of the workbook: its title, the school year, its part of file names."""
    return tuple(ReportSpan(spec.title, *school.year, slug(spec.title)) for spec in school.custom)


def audience(school: School, span: ReportSpan) -> str:
    """Return who may see a report: the deputy head, or all the staff where its row says so."""
    return "staff" if _spec(school, span).audience == TEACHERS else "deputy"


def make(school: School, totals: Mapping[str, ClassTotals], span: ReportSpan) -> Document | Refused:
    """Return the report of one row of the workbook, or why there is none."""
    spec = _spec(school, span)
    if spec.table.of_day:
        return _refused(school, spec, tuple(_about(spec)), "Замечания считаются на день сборки сайта.")
    found = school_pivot(school, {name: one.pivots for name, one in totals.items()}, spec)
    return _document(school, spec, found, tuple(_about(spec)))


def of_day(school: School, said: Said, span: ReportSpan) -> Document | Refused | None:
    """Return the report of a row that asks what is said of the school on a day, None for one that does not."""
    spec = _spec(school, span)
    if not spec.table.of_day:
        return None
    found = pivot(spec, finding_rows(school, said.findings))
    return _document(school, spec, found, (*_about(spec), f"На {day(said.on)}, день сборки сайта"))


REPORT = SchoolReport(
    NUMBER,
    spans,
    make,
    audience,
    empty="Впишите отчёт в книгу «Конструктор отчётов.xlsx», лист «Отчёты».",
    of_day=of_day,
)


def _document(school: School, spec: CustomSpec, found: Pivot, about: tuple[str, ...]) -> Document | Refused:
    if not found.whole.records:
        return _refused(school, spec, about, _nothing(spec))
    if len(found.by_column) > MOST_COLUMNS or len(found.by_row) > MOST_ROWS:
        size = f"{counted(len(found.by_row), 'строка', 'строки', 'строк')} и {len(found.by_column)} столбцов"
        reason = f"Получилось {size}; помещается не больше {MOST_ROWS} и {MOST_COLUMNS}. Уточните условия."
        return _refused(school, spec, about, reason)
    return Document(
        number=NUMBER,
        school=school.organisation.full_name,
        title=spec.title,
        about=about,
        tables=(_table(spec, found),),
        lacks=tuple(Lack(_unread(at), "", "", at) for at in school.unreadable),
        signatures=(Signature("Администратор", ""),),
        formed=formed_at(_saved(school), school.year.last),
        landscape=len(found.by_column) > _FEW_ON_PORTRAIT,
        notes=(f"Записей: {found.whole.records}. Отчёт задан строкой {spec.row} книги «{spec.at.workbook}».",),
    )


def _nothing(spec: CustomSpec) -> str:
    """Return why a report is empty: most often a condition asks more than was meant."""
    if not spec.conditions:
        return f"В таблице «{spec.table.name}» пока нет ни одной записи."
    said = f"под условия отчёта: {spec.said}."
    if len(spec.conditions) == 1:
        return f"Ни одна запись не подходит {said.replace('условия', 'условие', 1)}"
    return f"Ни одна запись не подходит {said} Они действуют все сразу; если запись должна быть, проверьте каждое."


def _spec(school: School, span: ReportSpan) -> CustomSpec:
    return next(spec for spec in school.custom if slug(spec.title) == span.key)


def _refused(school: School, spec: CustomSpec, about: tuple[str, ...], reason: str) -> Refused:
    return Refused(NUMBER, school.organisation.full_name, spec.title, about, reason)


def _saved(school: School) -> Iterator[dt.datetime | None]:
    yield from (book.saved for book in school.books)
    yield from (journal.saved for journal in school.journals)


def _unread(at: CellRef) -> str:
    return f"не читается лист «{at.sheet}» книги «{at.workbook}»" if at.sheet else f"не читается книга «{at.workbook}»"


def _about(spec: CustomSpec) -> Iterator[str]:
    what = spec.function
    if spec.value is not None:
        what += f": {spec.table.columns[spec.value].name}"
    if spec.share is not None:
        what += f" ({spec.share_said})"
    yield f"Таблица «{spec.table.name}», {what}"
    if spec.said:
        yield spec.said


def _table(spec: CustomSpec, found: Pivot) -> Table:
    names = [spec.table.columns[place].name for place in spec.rows]
    group = spec.table.columns[spec.column].name if spec.column is not None else ""
    titles = [_said(value) for value in found.columns] if group else []
    turned = sum(map(len, titles)) > 60
    columns = (
        *(Column(name, Kind.NAME if place == 0 else Kind.TEXT, 28) for place, name in enumerate(names)),
        *(Column(title, Kind.NUMBER, 7 if turned else max(8, len(title) + 2), turned, group) for title in titles),
        Column(TOTAL if group else _heading(spec), Kind.NUMBER, 12),
    )
    rows = [Row((*_names(key), *_figures(spec, found, key))) for key in found.rows]
    spare = ("",) * (len(names) - 1)
    last = tuple(_figure(spec, found, cell) for cell in (*map(found.by_column.get, found.columns), found.whole))
    rows.append(Row((TOTAL, *spare, *(last if group else last[-1:])), Place.TOTAL))
    return Table("Отчёт", columns, tuple(rows), frozen=len(names))


def _heading(spec: CustomSpec) -> str:
    name = f": {spec.table.columns[spec.value].name}" if spec.value is not None else ""
    return "Количество" if spec.function == COUNT else f"{spec.function.capitalize()}{name}"


def _figures(spec: CustomSpec, found: Pivot, key: Key) -> tuple[Shown, ...]:
    """Return the cells of a row and its total."""
    total = _figure(spec, found, found.by_row[key])
    if spec.column is None:
        return (total,)
    return (*(_figure(spec, found, found.cells.get((key, value))) for value in found.columns), total)


def _figure(spec: CustomSpec, found: Pivot, cell: Cell | None) -> Shown:
    """Return what a cell shows; a share by a condition is of its own records, another one of those of the report."""
    if cell is None:
        return None
    return cell.figure(spec.function, cell.records if spec.share else found.whole.records)


def _names(key: Key) -> tuple[str, ...]:
    return tuple(_said(value) for value in key)


def _said(value: Value) -> str:
    if value in (None, ""):
        return NOTHING
    if isinstance(value, dt.date):
        return day(value)
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
