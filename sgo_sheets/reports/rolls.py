"""Who is in which class on a day, and what the books that say so lack: shared by reports 10–14."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Role
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.records.people_books import Order, PupilCard
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.reports.document import Lack, Signature, listed
from sgo_sheets.rules.people import holder, official
from sgo_sheets.russian import counted, day
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, School

GIRL, BOY = "ж", "м"
_SHEETS = ("", PupilCard.sheet, Order.sheet, SchoolClass.sheet)
_OF_ROLL = (BookKind.ROLL, BookKind.MOVEMENT, BookKind.SCHOOL)

Rolls = Mapping[str, Sequence[Pupil]]
"""The pupils of every class by its name, each class by names."""


class Field(NamedTuple):
    """A field of the card a report counts by, and how it says that it is blank."""

    name: str
    blank: str


SEX = Field("sex", "не указан пол")
BORN = Field("born", "не указана дата рождения")
ADDRESS = Field("address", "не указан адрес")
PHONE = Field("parents_phone", "не указан телефон родителей")
SOCIAL = Field("social", "не указано социальное положение")
LANGUAGE = Field("language", "не указан иностранный язык")
FORM = Field("form", "не указана форма обучения")
LANGUAGE_FROM = 2
_HEADERS = {column.field: column.header for column in PupilCard.columns()}


class Sexes(NamedTuple):
    """Pupils by sex."""

    boys: int = 0
    girls: int = 0
    unknown: int = 0

    @property
    def all(self) -> int:
        """Return all of them."""
        return sum(self)

    def plus(self, other: Sexes) -> Sexes:
        """Return the sum of both."""
        return Sexes(self.boys + other.boys, self.girls + other.girls, self.unknown + other.unknown)


def sexes(pupils: Iterable[Pupil]) -> Sexes:
    """Return how many boys and girls there are."""
    found = [pupil.card.sex for pupil in pupils]
    boys, girls = found.count(BOY), found.count(GIRL)
    return Sexes(boys, girls, len(found) - boys - girls)


def rolls_on(school: School, on: dt.date) -> Rolls:
    """Return the pupils of every class on a day: who leaves counts until the day before «Дата события»."""
    return {book.name: book.pupils_on(on) for book in school.books}


def unread_classes(school: School) -> frozenset[str]:
    """Return the classes whose roll could not be read: nothing is known of them, which is not nobody."""
    return frozenset(book.name for book in school.books if book.roll is None)


def too_early(place: ClassBook | School, on: dt.date) -> str:
    """Return why nothing is known of a day: no workbook was saved since; «» where it is or no time is known.

    A roll is known for any day to come, but nobody has looked then: so a report does not tell the future.
    """
    newest = _newest(place)
    if newest is None or newest >= on:
        return ""
    return f"На {day(on)} данных ещё нет: книги школы сохранены {day(newest)}."


def _newest(place: ClassBook | School) -> dt.date | None:
    """Return the day on which a workbook was saved last."""
    books = place.books if isinstance(place, School) else (place,)
    saved = [*(book.saved for book in books), place.roll_saved]
    return max((moment.date() for moment in saved if moment), default=None)


def rests_on(school: School) -> tuple[object, ...]:
    """Return all that a report of the rolls of the school is made from: no mark and no lesson has a part in it."""
    return school.office_print, _newest(school)


def unread_lacks(place: ClassBook | School, on: dt.date) -> Iterator[Lack]:
    """Yield the books of the roll that could not be read, the class teacher's and the administrator's."""
    books = {f"Контингент/{book.name}.xlsx": book for book in (place.books if isinstance(place, School) else (place,))}
    seen = [at for at in place.unreadable if _of_roll(at)]
    named = {at.workbook for at in seen}
    seen += [CellRef(path) for path, book in books.items() if book.roll is None and path not in named]
    for at in seen:
        own = books.get(at.workbook)
        person = (
            holder(own.homeroom, on) if own is not None else official(Role.ADMIN, place.staff, place.responsibles, on)
        )
        what = f"лист «{at.sheet}» книги" if at.sheet else "книга"
        yield Lack(f"не читается {what} «{at.workbook}»", person, name_of(place, person), at)


def _of_roll(at: CellRef) -> bool:
    found = book_type(at.workbook)
    return found is not None and found.kind in _OF_ROLL and at.sheet in _SHEETS


def blank_lacks(book: ClassBook, pupils: Sequence[Pupil], fields: Iterable[Field], on: dt.date) -> Iterator[Lack]:
    """Yield the fields blank in some cards of a class: whose, with the first cell; its teacher owes them."""
    person = holder(book.homeroom, on)
    for field in fields:
        if field is LANGUAGE and book.grade < LANGUAGE_FROM:
            continue
        empty = [pupil for pupil in pupils if not getattr(pupil.card, field.name)]
        for words, own in (
            (field.blank, [pupil for pupil in empty if not pupil.card.unread(field.name)]),
            (f"не прочитана клетка «{_HEADERS[field.name]}»", [p for p in empty if p.card.unread(field.name)]),
        ):
            if own:
                number = counted(len(own), "обучающегося", "обучающихся", "обучающихся")
                whose = listed([pupil.name for pupil in own], 3)
                at = own[0].card.at(field.name)
                yield Lack(f"{book.name}: {words} у {number} ({whose})", person, name_of(book, person), at)


def name_of(place: ClassBook | School, person: str) -> str:
    """Return «Соколова В. И.» of a code, «» of nobody."""
    found = place.staff.get(person)
    return found.short_name if found is not None else ""


def office_signatures(school: School, on: dt.date) -> tuple[Signature, ...]:
    """Return who signs a report of the school (п. 10.3): the administrator of the system and the director."""
    person = official(Role.ADMIN, school.staff, school.responsibles, on)
    return (
        Signature("Администратор системы", name_of(school, person)),
        Signature("Директор", school.organisation.director),
    )


def class_signatures(book: ClassBook, on: dt.date) -> tuple[Signature, ...]:
    """Return who signs a report of a class: its teacher on the day."""
    return (Signature("Классный руководитель", name_of(book, book.class_teacher(on))),)
