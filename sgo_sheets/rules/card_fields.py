"""What the card of a pupil must hold (п. 5.5): whom it is asked of, the fields, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.rules.belonging import card_owed_since, class_of
from sgo_sheets.school.elements import Pupil, Span
from sgo_sheets.school.model import ClassBook

HEADERS = {column.field: column.header for column in PupilCard.columns()}
PLAIN = ("first_name", "patronymic", "sex", "born", "address", "birth_certificate", "family", "social")
PARENTS = ("mother", "father", "guardian")
NO_ANSWER = frozenset({"нет", "отсутствует", "не указан", "не указана"})
LANGUAGE_FROM, PASSPORT_FROM = 2, 14
PATRONYMIC = "patronymic"


def asked(roll: Sequence[Pupil], book: ClassBook) -> Iterator[Pupil]:
    """Yield the pupils whose card the class's teacher keeps: those of the class who have not left."""
    return (pupil for pupil in roll if class_of(pupil, book.year) == book.name)


def fields_of(grade: int) -> tuple[str, ...]:
    """Return the fields asked of everybody in a grade: the foreign language from grade 2."""
    return (*PLAIN, "language") if grade >= LANGUAGE_FROM else PLAIN


def filled(text: str) -> bool:
    """Return whether a cell of parents names anybody: a dash or «нет» does not."""
    return any(char.isalpha() for char in text) and text.casefold() not in NO_ANSWER


def came_this_year(pupil: Pupil, year: Span) -> dt.date | None:
    """Return the day the card began to be owed, None for those who came before this school year."""
    since = card_owed_since(pupil, year)
    return since if since is not None and since > year.first else None


def birthday(born: dt.date, age: int) -> dt.date:
    """Return the day somebody comes of an age: the first of March for those born on 29 February."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)


def age_on(born: dt.date, day: dt.date) -> int:
    """Return the full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
