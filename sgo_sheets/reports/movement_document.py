"""Report 11 as tables: the movement by classes, parallels and steps, and the list by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sgo_sheets.findings import Role
from sgo_sheets.reports.declared import SchoolReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Refused, Row, Table, Value, listed
from sgo_sheets.reports.movement import NO_DIRECTION, Event, Moved, events, movement, within
from sgo_sheets.reports.rolls import name_of, office_signatures, rests_on, too_early, unread_classes, unread_lacks
from sgo_sheets.reports.spans import ReportSpan, formed_at, month_spans, school_period_spans, year_span
from sgo_sheets.reports.units import UnitKind
from sgo_sheets.rules.people import official
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import day, fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import School

NUMBER = 11
MOST_DIRECTIONS = 6
"""So many directions have a column; the rarer ones stand together as «прочее»."""
REST = "прочее"
_NOBODY = "За это время никто не прибыл, не выбыл и не переведён."
_NOTE = (
    "На начало – накануне первого дня, в начале учебного года – в его первый день. "
    "На конец = на начало + прибыло − выбыло. Перевод из класса в класс виден в строках классов, "
    "а в строке параллели, ступени и школы его нет, если оба класса в неё входят. "
    "Перевод на следующий год и выпуск в движение не входят."
)
_CAME, _LEFT = "Прибыло", "Выбыло"


def spans(school: School) -> tuple[ReportSpan, ...]:
    """Return the study periods of all classes, the months and the year."""
    periods = (span for span in school_period_spans(school) if span.period is None or span.period.type != YEAR)
    return (*periods, *month_spans(school.year), year_span(school.year))


def make(school: School, _totals: object, span: ReportSpan) -> Document | Refused:
    """Return the report of the school over a span, or why there is none."""
    name = school.organisation.full_name
    title, about = REPORT_NAMES[NUMBER], (f"{span.name}: {day(span.first)} – {day(span.last)}",)
    reason = too_early(school, span.first)
    found = () if reason else within(events(school), span, school.year)
    rows = () if reason else movement(school, span, found)
    if not (found or (rows and rows[-1].start)):
        reason = reason or f"С {day(span.first)} по {day(span.last)} в школе нет обучающихся."
        return Refused(NUMBER, name, title, about, reason)
    return Document(
        number=NUMBER,
        school=name,
        title=title,
        about=about,
        tables=(_numbers(rows, found, unread_classes(school)), *((_names(found),) if found else ())),
        lacks=tuple(_lacks(school, found, span)),
        signatures=office_signatures(school, span.last),
        formed=formed_at([school.roll_saved], span.last),
        notes=(_NOTE,) if found else (_NOBODY, _NOTE),
    )


REPORT = SchoolReport(NUMBER, spans, make, rests_on=rests_on)


def _directions(found: Sequence[Event]) -> dict[str, str]:
    """Return the directions that have a column, folded → as typed first: the commonest, by name."""
    typed: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for event in found:
        if event.direction:
            key = fold(event.direction)
            typed.setdefault(key, event.direction)
            numbers[key] += 1
    commonest = sorted(numbers, key=lambda key: (-numbers[key], key))
    kept = commonest if len(commonest) <= MOST_DIRECTIONS else commonest[: MOST_DIRECTIONS - 1]
    return {key: typed[key] for key in sorted(kept, key=lambda key: (key == fold(NO_DIRECTION), key))}


def _numbers(rows: Sequence[Moved], found: Sequence[Event], unread: frozenset[str]) -> Table:
    directions = _directions(found)
    rest = len(rows[-1].directions) > len(directions)
    columns = (
        Column("Класс", Kind.NAME, 16),
        Column("На начало", Kind.NUMBER, 9),
        Column("всего", Kind.NUMBER, 8, group=_CAME),
        Column("в школу", Kind.NUMBER, 9, group=_CAME),
        Column("из других классов", Kind.NUMBER, 11, group=_CAME),
        Column("всего", Kind.NUMBER, 8, group=_LEFT),
        Column("в другие классы", Kind.NUMBER, 11, group=_LEFT),
        Column("из школы", Kind.NUMBER, 9, group=_LEFT),
        *(Column(words, Kind.NUMBER, 12, group="Из школы, направление") for words in directions.values()),
        *((Column(REST, Kind.NUMBER, 9, group="Из школы, направление"),) if rest else ()),
        Column("На конец", Kind.NUMBER, 9),
    )
    lines = []
    for row in rows:
        cells = tuple(_cells(row, directions, rest=rest))
        known = row.unit.name not in unread or row.unit.kind is not UnitKind.CLASS
        lines.append(Row(cells if known else (cells[0], *(None,) * (len(cells) - 1)), row.unit.kind.place))
    return Table("Движение", columns, tuple(lines))


def _cells(row: Moved, directions: dict[str, str], *, rest: bool) -> Iterator[Value]:
    yield from (row.unit.name, row.start, row.arrived, row.enrolled, row.came, row.left, row.went, row.gone)
    own = [row.directions.get(key, 0) for key in directions]
    yield from own
    if rest:
        yield row.gone - sum(own)
    yield row.end


def _names(found: Sequence[Event]) -> Table:
    columns = (
        Column("№", Kind.NUMBER, 5),
        Column("Обучающийся", Kind.NAME, 26),
        Column("Дата", Kind.TEXT, 11),
        Column("Что", Kind.TEXT, 11),
        Column("Из класса", Kind.TEXT, 10),
        Column("В класс", Kind.TEXT, 10),
        Column("Откуда, куда", Kind.TEXT, 26),
        Column("Направление", Kind.TEXT, 18),
        Column("Приказ №", Kind.TEXT, 12),
        Column("Дата приказа", Kind.TEXT, 12),
    )
    return Table("Поимённый список", columns, tuple(Row(_line(n, one)) for n, one in enumerate(found, 1)), frozen=2)


def _line(number: int, event: Event) -> tuple[Value, ...]:
    order = event.order
    what = "прибытие" if not event.source else "выбытие" if not event.target else "перевод"
    return (
        number,
        event.pupil.name,
        event.day,
        what,
        event.source or None,
        event.target or None,
        (order.place or None) if order else None,
        event.direction or None,
        order.number if order else None,
        order.date if order else None,
    )


def _lacks(school: School, found: Sequence[Event], span: ReportSpan) -> Iterator[Lack]:
    yield from unread_lacks(school, span.last)
    person = official(Role.ADMIN, school.staff, school.responsibles, span.last)
    blank = [event for event in found if not event.target and event.order and not event.order.direction]
    if blank and blank[0].order is not None:
        whose = listed([event.pupil.name for event in blank], 3)
        what = f"не указано направление выбывших: {whose}"
        yield Lack(what, person, name_of(school, person), blank[0].order.at("direction"))
