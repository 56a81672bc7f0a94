"""What cards say of pupils, counted: age, social position, language, form, categories (reports.md nos. 12 and 13)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sgo_sheets.reports.rolls import LANGUAGE_FROM, Sexes, sexes
from sgo_sheets.rules.card_fields import age_on, filled
from sgo_sheets.russian import counted, fold
from sgo_sheets.school.elements import Pupil

_BLANK = 1000
_PARTS = re.compile(r"[,;]")


class Said(NamedTuple):
    """A value of a trait: ``rank`` orders the rows (ages by years, blanks last), then the words do."""

    rank: int
    words: str

    @property
    def key(self) -> tuple[int, str]:
        """Return what two spellings of one value share."""
        return self.rank, fold(self.words)


class Trait(NamedTuple):
    """Something to count pupils by: its name, and the values of a pupil of a grade on a day, at least one."""

    title: str
    of: Callable[[Pupil, int, dt.date], tuple[Said, ...]]


class Line(NamedTuple):
    """The pupils of one value."""

    words: str
    pupils: Sexes


Tally = Mapping[tuple[int, str], Line]
"""The lines of a trait by their keys, which sort as the rows do."""


def tally(pupils: Iterable[Pupil], grade: int, trait: Trait, on: dt.date) -> Tally:
    """Return the pupils of one grade by the values of a trait; who has two values counts in both."""
    found: dict[tuple[int, str], tuple[str, list[Pupil]]] = {}
    for pupil in pupils:
        for said in trait.of(pupil, grade, on):
            found.setdefault(said.key, (said.words, []))[1].append(pupil)
    return {key: Line(words, sexes(own)) for key, (words, own) in found.items()}


def together(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies, in the order of rows."""
    found: dict[tuple[int, str], Line] = {}
    for one in tallies:
        for key, line in one.items():
            before = found.get(key)
            found[key] = line if before is None else Line(before.words, before.pupils.plus(line.pupils))
    return {key: found[key] for key in sorted(found)}


def _age(pupil: Pupil, _grade: int, on: dt.date) -> tuple[Said, ...]:
    born = pupil.card.born
    if born is None:
        return (Said(_BLANK, "дата рождения не указана"),)
    age = age_on(born, on)
    return (Said(age, counted(age, "год", "года", "лет")),)


def _social(pupil: Pupil, _grade: int, _on: dt.date) -> tuple[Said, ...]:
    return _said(pupil.card.social, "не указано")


def _language(pupil: Pupil, grade: int, _on: dt.date) -> tuple[Said, ...]:
    return _said(pupil.card.language, "не указан" if grade >= LANGUAGE_FROM else "не изучается в 1 классе")


def _form(pupil: Pupil, _grade: int, _on: dt.date) -> tuple[Said, ...]:
    return _said(pupil.card.form, "не указана")


def _categories(pupil: Pupil, _grade: int, _on: dt.date) -> tuple[Said, ...]:
    return _said(pupil.card.categories, "не отмечены")


def _said(text: str, blank: str) -> tuple[Said, ...]:
    """Return the values of a cell, «английский, немецкий» is two; each once, a dash and «нет» are a blank."""
    parts = [part for typed in _PARTS.split(text) if filled(part := typed.strip())]
    found = {fold(part): Said(0, part) for part in parts}
    return tuple(found.values()) or (Said(_BLANK, blank),)


AGE = Trait("Возраст, полных лет", _age)
SOCIAL = Trait("Социальное положение", _social)
LANGUAGE = Trait("Иностранный язык", _language)
FORM = Trait("Форма обучения", _form)
CATEGORIES = Trait("Особые категории", _categories)
