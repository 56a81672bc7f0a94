"""Report 13, «Итоговые данные по учащимся»: numbers by sex, age, social position, language, categories (no. 13).

Of a class and of the school on 1 October (п. 10.4); every figure of the school is the sum of its classes. That of a
class is for its teacher and the administration: in a class of few, a category names a child.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.reports import rolls
from sgo_sheets.reports.class_sizes import day_span
from sgo_sheets.reports.declared import ClassReport, SchoolReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Place, Refused, Row, Table, Value
from sgo_sheets.reports.pupil_traits import AGE, CATEGORIES, FORM, LANGUAGE, SOCIAL, Tally, Trait, tally, together
from sgo_sheets.reports.rolls import Sexes, sexes
from sgo_sheets.reports.spans import ReportSpan, formed_at
from sgo_sheets.reports.units import STEPS, UnitKind, units
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import day
from sgo_sheets.school.model import ClassBook, School

NUMBER = 13
TRAITS = (AGE, SOCIAL, LANGUAGE, FORM, CATEGORIES)
FIELDS = (rolls.SEX, rolls.BORN, rolls.SOCIAL, rolls.LANGUAGE)
_NOTE = "Кого карта называет в нескольких строках (два языка, две категории), тот считается в каждой из них."


class Summary(NamedTuple):
    """The figures of a class or of several: pupils by sex, and by the values of every trait."""

    pupils: Sexes
    traits: Mapping[Trait, Tally]


def summary_of(book: ClassBook, on: dt.date) -> Summary:
    """Return the figures of a class on a day."""
    own = book.pupils_on(on)
    return Summary(sexes(own), {trait: tally(own, book.grade, trait, on) for trait in TRAITS})


def sum_of(parts: Sequence[Summary]) -> Summary:
    """Return the sum of several."""
    whole = Sexes()
    for part in parts:
        whole = whole.plus(part.pupils)
    return Summary(whole, {trait: together(part.traits[trait] for part in parts) for trait in TRAITS})


def october(place: ClassBook | School) -> tuple[ReportSpan, ...]:
    """Return the day of the report, 1 October of the school year."""
    return (day_span(dt.date(place.year.first.year, 10, 1)),)


def make_of_class(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class, or why there is none."""
    on, about = span.first, (f"Класс {book.name}", f"На {day(span.first)}")
    reason = no_roll(book, span)
    if reason:
        return Refused(NUMBER, book.organisation.full_name, REPORT_NAMES[NUMBER], about, reason)
    whole = sum_of([summary_of(book, on)])
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about,
        tables=(_table(whole, ()),),
        lacks=(*rolls.unread_lacks(book, on), *rolls.blank_lacks(book, book.pupils_on(on), FIELDS, on)),
        signatures=rolls.class_signatures(book, on),
        formed=formed_at([book.roll_saved], on),
        landscape=False,
        notes=(_NOTE,),
    )


def no_roll(book: ClassBook, span: ReportSpan) -> str:
    """Return why nothing can be said of the pupils of a class on the last day of a span, «» where it can."""
    if book.roll is None:
        return f"Список класса не прочитан. Исправьте книгу «Контингент/{book.name}.xlsx» и соберите сайт заново."
    empty = "" if book.pupils_on(span.last) else f"На {day(span.last)} в классе нет ни одного обучающегося."
    return rolls.too_early(book, span.first) or empty


def make_of_school(school: School, _totals: object, span: ReportSpan) -> Document | Refused:
    """Return the report of the school, or why there is none."""
    on, about = span.first, (f"На {day(span.first)}",)
    own = {book.name: summary_of(book, on) for book in school.books}
    whole = sum_of(list(own.values()))
    reason = rolls.too_early(school, on) or ("" if whole.pupils.all else f"На {day(on)} в школе нет обучающихся.")
    if reason:
        return Refused(NUMBER, school.organisation.full_name, REPORT_NAMES[NUMBER], about, reason)
    steps = tuple(
        (title, sum_of([own[book.name] for book in school.books if book.grade in grades])) for title, grades in STEPS
    )
    return Document(
        number=NUMBER,
        school=school.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about,
        tables=(_table(whole, steps), _by_class(school, own, whole)),
        lacks=tuple(_lacks(school, on)),
        signatures=rolls.office_signatures(school, on),
        formed=formed_at([school.roll_saved], on),
        landscape=False,
        notes=(_NOTE,),
    )


OF_CLASS = ClassReport(NUMBER, october, make_of_class, homeroom=True)
OF_SCHOOL = SchoolReport(NUMBER, october, make_of_school, rests_on=rolls.rests_on)


def _table(whole: Summary, steps: Sequence[tuple[str, Summary]]) -> Table:
    unknown = whole.pupils.unknown > 0
    columns = (
        Column("Показатель", Kind.NAME, 36),
        *_sex_columns(unknown=unknown),
        *(Column(title, Kind.NUMBER, 10, group="Из всех") for title, _ in steps),
    )
    blank = (None,) * (len(columns) - 1)
    rows = [Row(("Всего обучающихся", *_cells(whole.pupils, unknown=unknown), *(s.pupils.all for _, s in steps)))]
    for trait in TRAITS:
        rows.append(Row((trait.title, *blank), Place.HEADING))
        for key, line in whole.traits[trait].items():
            of_steps = (s.traits[trait][key].pupils.all if key in s.traits[trait] else 0 for _, s in steps)
            rows.append(Row((line.words, *_cells(line.pupils, unknown=unknown), *of_steps)))
    return Table(REPORT_NAMES[NUMBER], columns, tuple(rows))


def _by_class(school: School, own: Mapping[str, Summary], whole: Summary) -> Table:
    unknown, unread = whole.pupils.unknown > 0, rolls.unread_classes(school)
    rows = []
    for unit in units((book.name, book.grade) for book in school.books):
        if unit.kind is not UnitKind.PARALLEL:
            cells = _cells(sum_of([own[name] for name in unit.classes]).pupils, unknown=unknown)
            if unit.kind is UnitKind.CLASS and unit.name in unread:
                cells = (None,) * len(cells)
            rows.append(Row((unit.name, *cells), unit.kind.place))
    return Table("По классам", (Column("Класс", Kind.NAME, 20), *_sex_columns(unknown=unknown)), tuple(rows))


def _sex_columns(*, unknown: bool) -> Iterator[Column]:
    yield Column("Всего", Kind.NUMBER, 9)
    yield Column("Мальчиков", Kind.NUMBER, 11)
    yield Column("Девочек", Kind.NUMBER, 10)
    if unknown:
        yield Column("Пол не указан", Kind.NUMBER, 10)


def _cells(pupils: Sexes, *, unknown: bool) -> tuple[Value, ...]:
    return (pupils.all, pupils.boys, pupils.girls, *((pupils.unknown,) if unknown else ()))


def _lacks(school: School, on: dt.date) -> Iterator[Lack]:
    yield from rolls.unread_lacks(school, on)
    for book in school.books:
        yield from rolls.blank_lacks(book, book.pupils_on(on), FIELDS, on)
