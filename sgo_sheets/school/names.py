"""Finding what a typed name or number refers to: classes, subjects, staff, pupils."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records.faults import NAME_MISMATCH, READ_AS_MEANT, UNKNOWN_REFERENCE
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.russian import fold, perhaps

T = TypeVar("T")
_RANGE = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})")


@dataclass(frozen=True)
class Lookup(Generic[T]):
    """Things by the name a person types: case, ё and spaces do not matter. ``what`` is the word of its messages."""

    what: str
    items: Mapping[str, T]
    names: tuple[str, ...]

    @classmethod
    def of(cls, what: str, things: Iterable[T], name: Callable[[T], str]) -> Lookup[T]:
        """Return the lookup of things under their names; the first of two with one name counts."""
        items: dict[str, T] = {}
        for thing in things:
            items.setdefault(fold(name(thing)), thing)
        return cls(what, items, tuple(name(thing) for thing in items.values()))

    def get(self, name: str) -> T | None:
        """Return the thing of that name, or None."""
        return self.items.get(fold(name))

    def unknown(self, name: str, at: CellRef, role: Role) -> Finding:
        """Return the finding that nothing has this name: with the near name, or else with the list to look into."""
        advice = perhaps(name, self.names) or f" Исправьте здесь или впишите в {_LISTS[self.what]}."
        return UNKNOWN_REFERENCE.at(at, f"{self.what} «{name}» не найден.{advice}", role)


_LISTS = {
    "класс": "лист «Классы» книги «Школа»",
    "класс или поток": "лист «Классы» книги «Школа» или «Потоки» книги «Учебный план»",
    "предмет": "лист «Предметы» книги «Школа»",
    "сотрудник": "лист «Сотрудники» книги «Школа»",
    "вид работы": "лист «Виды работ» книги «Регламент»",
}
"""Where the things are listed that a ``Lookup`` knows, by the word of its messages."""


def class_lookup(classes: Sequence[SchoolClass]) -> Lookup[SchoolClass]:
    """Return the lookup of classes."""
    return Lookup.of("класс", classes, lambda c: c.name)


def expand_classes(spec: str, classes: Sequence[SchoolClass]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the classes a text names («1-4», «1-9, 10А», «5»; «» = all), and the parts that name none."""
    if not spec.strip():
        return frozenset(c.name for c in classes), ()
    found: set[str] = set()
    unknown: list[str] = []
    for part in (p.strip() for p in re.split("[,;]", spec)):
        if not part:
            continue
        exact = {c.name for c in classes if fold(c.name) == fold(part)}
        match = _RANGE.fullmatch(part)
        if exact:
            found |= exact
        elif match:
            grades = range(int(match[1]), int(match[2]) + 1)
            found |= {c.name for c in classes if c.grade in grades}
        elif part.isdigit() and 1 <= int(part) <= 11:
            found |= {c.name for c in classes if c.grade == int(part)}
        else:
            unknown.append(part)
    return frozenset(found), tuple(unknown)


@dataclass(frozen=True, slots=True)
class Targets:
    """Classes and streams: what a load, a group or a journal may be of."""

    classes: Lookup[SchoolClass]
    streams: Mapping[str, tuple[str, ...]]

    def name(self, typed: str) -> str | None:
        """Return the exact name of a class or stream, None when there is none."""
        found = self.classes.get(typed)
        if found is not None:
            return found.name
        return next((name for name in self.streams if fold(name) == fold(typed)), None)

    def classes_of(self, target: str) -> tuple[str, ...]:
        """Return the classes of a stream, or the class itself."""
        return self.streams.get(target, (target,))

    def unknown(self, typed: str, at: CellRef, role: Role) -> Finding:
        """Return the finding that there is no such class or stream."""
        names = Lookup[None]("класс или поток", {}, (*self.classes.names, *self.streams))
        return names.unknown(typed, at, role)


@dataclass(frozen=True, slots=True)
class PupilIndex:
    """Pupils by № личного дела, forgiving lost leading zeros where that is unique."""

    cards: Mapping[str, PupilCard]
    _loose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, cards: Mapping[str, PupilCard]) -> PupilIndex:
        """Return the index of cards by their exact numbers."""
        loose: dict[str, tuple[str, ...]] = {}
        for number in cards:
            key = _loose_key(number)
            loose[key] = (*loose.get(key, ()), number)
        return cls(cards, loose)

    def resolve(self, number: str) -> tuple[str | None, bool]:
        """Return the exact number a typed one means (None if unknown or ambiguous), and whether it was repaired."""
        if number in self.cards:
            return number, False
        hits = self._loose.get(_loose_key(number), ())
        return (hits[0], True) if len(hits) == 1 else (None, False)

    def check(
        self, number: str, name: str, at: CellRef, at_name: CellRef, role: Role
    ) -> tuple[str | None, list[Finding]]:
        """Return the pupil a row is about, None when it must not be applied, and what is wrong with it.

        A row whose № and name mean different pupils is never applied (workbooks.md, «Rules of reading»).
        """
        exact, repaired = self.resolve(number)
        if exact is None:
            return None, [UNKNOWN_REFERENCE.at(at, f"№ личного дела «{number}» не найден в книгах «Контингент».", role)]
        findings = []
        if repaired:
            findings.append(READ_AS_MEANT.at(at, f"№ личного дела «{number}» прочитан как «{exact}».", role))
        card = self.cards[exact]
        if name and not same_person(name, card):
            message = (
                f"№ личного дела {exact} — это {card.name}, а в строке стоит «{name}». Строка не применена: "
                "проверьте, не отсортирована ли только часть листа."
            )
            return None, [NAME_MISMATCH.at(at_name, message, role)]
        return exact, findings


def _loose_key(number: str) -> str:
    parts = re.split(r"(\d+)", fold(number).replace(" ", ""))
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def same_person(typed: str, card: PupilCard) -> bool:
    """Return whether a typed name can be the pupil's: full, without patronymic, or with initials («Соколова В.»)."""
    typed_words = fold(typed).replace(".", ". ").split()
    card_words = fold(f"{card.surname} {card.first_name} {card.patronymic}").split()
    if len(typed_words) > len(card_words):
        return False
    for typed_word, word in zip(typed_words, card_words, strict=False):
        initial = typed_word.endswith(".") and word.startswith(typed_word[:-1])
        if typed_word != word and not initial:
            return False
    return True
