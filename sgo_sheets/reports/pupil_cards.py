"""Report 14, «Общие сведения об обучающихся»: names, parents, phones, addresses (no. 14).

Personal data: for the class teacher and the administration only (152-ФЗ). No other page of the site holds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.reports import rolls
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import Column, Document, Kind, Lack, Refused, Row, Table, Value, listed
from sgo_sheets.reports.pupil_summary import no_roll, october
from sgo_sheets.reports.spans import ReportSpan, formed_at
from sgo_sheets.rules.card_fields import PARENTS, filled
from sgo_sheets.rules.people import holder
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import counted, day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 14
FIELDS = (rolls.SEX, rolls.BORN, rolls.ADDRESS, rolls.PHONE)
LATEST = "latest"
_PARENT_COLUMNS = {"mother": "мать", "father": "отец", "guardian": "законный представитель"}


def spans(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return 1 October (п. 10.4), and the class as the newest books show it: the list to phone by."""
    latest = ReportSpan("по последним данным", book.year.first, book.year.last, LATEST)
    return (*october(book), latest)


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class on the last day of the span, or why there is none."""
    on = span.last
    about = (f"Класс {book.name}", span.name if span.key == LATEST else f"На {day(on)}")
    reason = no_roll(book, span)
    if reason:
        return Refused(NUMBER, book.organisation.full_name, REPORT_NAMES[NUMBER], about, reason)
    own = book.pupils_on(on)
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about,
        tables=(_table(own),),
        lacks=tuple(_lacks(book, own, on)),
        signatures=rolls.class_signatures(book, on),
        formed=formed_at([book.roll_saved], on),
        notes=("Персональные данные: только для классного руководителя и администрации (152-ФЗ).",),
    )


REPORT = ClassReport(NUMBER, spans, make, homeroom=True)


def _table(pupils: Sequence[Pupil]) -> Table:
    shown = [name for name in PARENTS if name != "guardian" or any(pupil.card.guardian for pupil in pupils)]
    columns = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 32),
        Column("№ личного дела", Kind.TEXT, 10),
        Column("Пол", Kind.TEXT, 5),
        Column("Дата рождения", Kind.TEXT, 11),
        *(Column(_PARENT_COLUMNS[name], Kind.TEXT, 28, group="Родители") for name in shown),
        Column("Телефон родителей", Kind.TEXT, 18),
        Column("Адрес", Kind.TEXT, 34),
    )
    rows = (Row(tuple(_cells(place, pupil.card, shown))) for place, pupil in enumerate(pupils, 1))
    return Table("Общие сведения", columns, tuple(rows), frozen=2)


def _cells(place: int, card: PupilCard, parents: Sequence[str]) -> Iterator[Value]:
    yield place
    yield " ".join(filter(None, (card.surname, card.first_name, card.patronymic)))
    yield from (card.id, card.sex or None, card.born)
    yield from (getattr(card, name) or None for name in parents)
    yield from (card.parents_phone or None, card.address or None)


def _lacks(book: ClassBook, pupils: Sequence[Pupil], on: dt.date) -> Iterator[Lack]:
    yield from rolls.unread_lacks(book, on)
    yield from rolls.blank_lacks(book, pupils, FIELDS, on)
    alone = [pupil for pupil in pupils if not any(_named(pupil.card, name) for name in PARENTS)]
    if alone:
        person = holder(book.homeroom, on)
        number = counted(len(alone), "обучающегося", "обучающихся", "обучающихся")
        whose = listed([pupil.name for pupil in alone], 3)
        what = f"{book.name}: не указаны родители у {number} ({whose})"
        yield Lack(what, person, rolls.name_of(book, person), alone[0].card.at(PARENTS[0]))


def _named(card: PupilCard, name: str) -> bool:
    return filled(getattr(card, name)) or card.unread(name)
