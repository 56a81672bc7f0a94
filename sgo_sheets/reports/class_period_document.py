"""Report 7 as tables: what its page shows and its workbook holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from sgo_sheets.reports import categories, indicators
from sgo_sheets.reports.class_period import NUMBER, TITLE, ClassPeriod, PupilLine, about, class_period
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import (
    NOT_STUDIED,
    Column,
    Document,
    Kind,
    Place,
    Refused,
    Row,
    Signature,
    Table,
    Value,
)
from sgo_sheets.reports.indicators import AVERAGE_DIGITS, PERCENT_DIGITS, Counts, rounded
from sgo_sheets.reports.spans import ReportSpan, period_spans
from sgo_sheets.school.model import ClassBook

_COUNTS: tuple[tuple[str, str, Callable[[Counts], int]], ...] = (
    ("5", "Отметок «5»", lambda c: c.fives),
    ("4", "Отметок «4»", lambda c: c.fours),
    ("3", "Отметок «3»", lambda c: c.threes),
    ("2", "Отметок «2»", lambda c: c.twos),
    ("н/а", "Не аттестованы", lambda c: c.not_attested),
    ("осв", "Освобождены", lambda c: c.exempt),
    ("зач", "Зачтено", lambda c: c.passed),
    ("нзч", "Не зачтено", lambda c: c.failed),
    ("нет", "Отметки нет", lambda c: c.blank),
)
_ALWAYS = frozenset({"5", "4", "3", "2", "н/а"})
_FIGURES: tuple[tuple[str, Callable[[Counts], Fraction | None], int], ...] = (
    ("Средний балл", indicators.average, AVERAGE_DIGITS),
    ("Успеваемость, %", indicators.success, PERCENT_DIGITS),
    ("Качество знаний, %", indicators.quality, PERCENT_DIGITS),
    ("СОУ, %", indicators.mastery, PERCENT_DIGITS),
)


def document(report: ClassPeriod) -> Document:
    """Return the report ready to be shown: marks and totals, then the categories of pupils."""
    book = report.book
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=TITLE,
        about=about(book, report.period),
        tables=(_marks(report), _categories(report)),
        lacks=report.lacks,
        signatures=signatures(book, report.period.last),
        formed=report.saved,
    )


def signatures(book: ClassBook, on: dt.date) -> tuple[Signature, ...]:
    """Return the lines to sign on a report of a class: its teacher's on a day, the deputy head's."""
    teacher = book.staff.get(book.class_teacher(on))
    return (
        Signature("Классный руководитель", teacher.short_name if teacher else ""),
        Signature("Заместитель директора по учебно-воспитательной работе", ""),
    )


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class over a study period, or why there is none."""
    if span.period is None:
        raise ValueError(f"report {NUMBER} is of a study period, not of {span.name}")
    found = class_period(book, span.period)
    return found if isinstance(found, Refused) else document(found)


REPORT = ClassReport(NUMBER, period_spans, make)


def _marks(report: ClassPeriod) -> Table:
    sorts = [(title, of) for title, _, of in _COUNTS if title in _ALWAYS or of(report.total)]
    columns = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 26),
        *(Column(subject, Kind.MARK, 6, turned=True, group="Отметки за период") for subject in report.subjects),
        Column("Средний балл", Kind.NUMBER, 7, turned=True),
        *(Column(title, Kind.NUMBER, 4.5, group="Всего отметок") for title, _ in sorts),
        Column("Категория", Kind.TEXT, 36),
    )
    lines = tuple(_line(place, line, sorts) for place, line in enumerate(report.pupils, 1))
    return Table("Итоги успеваемости", columns, (*lines, *_totals(report, len(sorts))), frozen=2)


def _line(place: int, line: PupilLine, sorts: list[tuple[str, Callable[[Counts], int]]]) -> Row:
    return Row(
        (
            place,
            line.name,
            *(shown_mark(mark) for mark in line.marks),
            _figure(line.average, AVERAGE_DIGITS),
            *(of(line.counts) for _, of in sorts),
            line.category.value,
        )
    )


def shown_mark(mark: str | None) -> Value:
    """Return a mark as a cell holds it: a number, a word, None – it is owed; NOT_STUDIED for None."""
    if mark is None:
        return NOT_STUDIED
    return int(mark) if mark.isdigit() else mark or None


def _totals(report: ClassPeriod, sorts: int) -> Iterator[Row]:
    """Yield the rows under the pupils: a figure of every subject, then that of the class («Класс»)."""
    width, rest = len(report.subjects), (None,) * (sorts + 1)
    yield Row((None, "Итоги по предметам", *(None,) * width, "Класс", *rest), Place.HEADING)
    yield _total("Учатся по предмету", [c.pupils for c in (*report.totals, report.total)], rest)
    for title, words, of in _COUNTS:
        if title in _ALWAYS or of(report.total):
            yield _total(words, [of(c) for c in (*report.totals, report.total)], rest)
    for words, formula, digits in _FIGURES:
        yield _total(words, [_figure(formula(c), digits) for c in (*report.totals, report.total)], rest)


def _total(words: str, figures: Sequence[Value], rest: tuple[None, ...]) -> Row:
    return Row((None, words, *figures, *rest), Place.TOTAL)


def _categories(report: ClassPeriod) -> Table:
    columns = (Column("Категория обучающихся", Kind.NAME, 40), Column("Обучающихся", Kind.NUMBER, 14))
    rows = [Row((category.value, number)) for category, number in report.categories.items()]
    whole = sum(report.categories.values())
    rows.append(Row(("Всего", whole), Place.TOTAL))
    success, quality = categories.success(report.categories), categories.quality(report.categories)
    rows.append(Row(("Успеваемость по обучающимся, %", _figure(success, PERCENT_DIGITS)), Place.TOTAL))
    rows.append(Row(("Качество по обучающимся, %", _figure(quality, PERCENT_DIGITS)), Place.TOTAL))
    return Table("Категории обучающихся", columns, tuple(rows))


def _figure(value: Fraction | None, digits: int) -> Value:
    return None if value is None else rounded(value, digits)
