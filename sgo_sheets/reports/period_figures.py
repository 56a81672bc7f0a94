"""What reports 2, 3 and 4 say of a class over a period: who came and went, how pupils succeed, what they missed.

Report 2 and 3 show the indicators down the page with the previous period beside them, report 4 across, class by class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from sgo_sheets.reports import categories
from sgo_sheets.reports.attendance import Missed, missed
from sgo_sheets.reports.categories import Category
from sgo_sheets.reports.category_sums import sums_of
from sgo_sheets.reports.class_moves import Moves, class_moves
from sgo_sheets.reports.document import Column, Kind, Place, Row, Table, Value
from sgo_sheets.reports.indicators import rounded
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.model import ClassBook

WHOLE_PERCENT = 0


class Figures(NamedTuple):
    """A class over a period; ``missed`` is the sum over pupils, each on the days he was in the class."""

    moves: Moves
    tally: Mapping[Category, int]
    missed: Missed

    def plus(self, other: Figures) -> Figures:
        """Return the sums, so that a percentage is worked out of sums and never averaged."""
        tally = {category: self.tally[category] + other.tally[category] for category in Category}
        return Figures(self.moves.plus(other.moves), tally, self.missed.plus(other.missed))


class Indicator(NamedTuple):
    """One figure: its words down the page, its words in a narrow header, how it is found."""

    words: str
    short: str
    of: Callable[[Figures], Value]


class Section(NamedTuple):
    """Indicators that stand together."""

    name: str
    indicators: tuple[Indicator, ...]


def _percent(formula: Callable[[Mapping[Category, int]], Fraction | None]) -> Callable[[Figures], Value]:
    def shown(figures: Figures) -> Value:
        value = formula(figures.tally)
        return None if value is None else rounded(value, WHOLE_PERCENT)

    return shown


SECTIONS: tuple[Section, ...] = (
    Section(
        "Обучающиеся",
        (
            Indicator("На начало периода", "на начало", lambda f: f.moves.start),
            Indicator("Прибыло", "прибыло", lambda f: f.moves.arrived),
            Indicator("Выбыло", "выбыло", lambda f: f.moves.left),
            Indicator("На конец периода", "на конец", lambda f: f.moves.end),
        ),
    ),
    Section(
        "Успеваемость",
        (
            Indicator("Успевают на «5»", "на «5»", lambda f: sums_of(f.tally).fives),
            Indicator("Успевают на «4» и «5», всего", "на «4» и «5»", lambda f: sums_of(f.tally).good),
            Indicator("из них с одной «4»", "из них с одной «4»", lambda f: sums_of(f.tally).one_four),
            Indicator("Успевают с одной «3»", "с одной «3»", lambda f: sums_of(f.tally).one_three),
            Indicator("Успевают на «3», «4» и «5»", "на «3», «4» и «5»", lambda f: sums_of(f.tally).fair),
            Indicator(
                "Неуспевающие, всего",
                "неуспевающие",
                lambda f: sums_of(f.tally).fail + sums_of(f.tally).not_attested,
            ),
            Indicator("из них не аттестованы", "из них не аттестованы", lambda f: sums_of(f.tally).not_attested),
            Indicator("Нет данных: отметок нет", "нет данных", lambda f: sums_of(f.tally).unmarked),
            Indicator("Успеваемость по обучающимся, %", "успеваемость, %", _percent(categories.success)),
            Indicator("Качество по обучающимся, %", "качество, %", _percent(categories.quality)),
        ),
    ),
    Section(
        "Пропущено",
        (
            Indicator("Дней, всего", "дней", lambda f: f.missed.days),
            Indicator("Дней по болезни", "дней по болезни", lambda f: f.missed.days_ill),
            Indicator("Уроков, всего", "уроков", lambda f: f.missed.lessons),
            Indicator("Уроков по болезни", "по болезни", lambda f: f.missed.ill),
            Indicator("Уроков по уважительной причине", "по уважительной причине", lambda f: f.missed.valid),
            Indicator("Уроков без уважительной причины", "без уважительной причины", lambda f: f.missed.invalid),
            Indicator("Уроков без указанной причины", "причина не указана", lambda f: f.missed.unexplained),
            Indicator("Опозданий", "опозданий", lambda f: f.missed.late),
        ),
    ),
)
"""The rows of report 2, the columns of report 4. Pupils on the last day = на «5» + на «4» и «5» + с одной «3» + на «3»,
«4» и «5» + неуспевающие + нет данных; lessons missed = the four reasons."""


def figures_of(book: ClassBook, period: PeriodOf, tally: Mapping[Category, int]) -> Figures:
    """Return the figures of a class over a period; ``tally`` – the categories of those in it on the last day."""
    moves = class_moves(book.roll or (), book.name, Span(period.first, period.last))
    absent = missed(book, period.first, period.last).values()
    return Figures(moves, tally, reduce(Missed.plus, absent, Missed()))


def summary(name: str, periods: Sequence[tuple[str, Figures]]) -> Table:
    """Return the table of indicators: this period, and where two are given the one before and the change."""
    titles = [title for title, _ in periods]
    columns = [Column("Показатель", Kind.NAME, 40), *(Column(title, Kind.NUMBER, 16) for title in titles)]
    if len(periods) > 1:
        columns.append(Column("Изменение", Kind.NUMBER, 12))
    return Table(name, tuple(columns), tuple(_summary_rows([own for _, own in periods])))


def _summary_rows(periods: Sequence[Figures]) -> Iterator[Row]:
    for section in SECTIONS:
        width = len(periods) + (len(periods) > 1)
        yield Row((section.name, *(None,) * width), Place.HEADING)
        for indicator in section.indicators:
            values = [indicator.of(own) for own in periods]
            change = (_change(*values),) if len(values) > 1 else ()
            yield Row((indicator.words, *values, *change))


def _change(now: Value, before: Value) -> Value:
    """Return by how much a shown figure has grown, None where one of the two is not known."""
    if isinstance(now, (int, Decimal)) and isinstance(before, (int, Decimal)):
        return now - before
    return None
