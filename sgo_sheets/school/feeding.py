"""Which workbooks the pages of a class depend on, and what changes whenever one of them does."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sgo_sheets.findings import CellRef
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import BY_KIND, Book, BookKind
from sgo_sheets.records.journal_books import AbsenceReason, ClassPeriodMarks, ClassTeacherTitle, JournalTitle, Release
from sgo_sheets.records.people_books import Order, PupilCard
from sgo_sheets.records.plan_book import GroupMember, Load, Stream
from sgo_sheets.records.regulation_book import Exemption, Term
from sgo_sheets.records.school_book import CalendarDay, Holiday, Period
from sgo_sheets.records.timetable_book import Substitution, TimetableRow
from sgo_sheets.russian import fold
from sgo_sheets.school.journals import path_key
from sgo_sheets.school.model import Journal

_DECISIVE: tuple[type[Record], ...] = (
    Period, Holiday, CalendarDay, Load, Stream, GroupMember, TimetableRow, Substitution, Order, Term, Exemption,
    PupilCard, AbsenceReason, ClassPeriodMarks, Release,
)  # fmt: skip
"""Sheets without which nobody may be called late: one that could not be read is named in ``ClassBook.unreadable``."""
COMMON = frozenset({BookKind.SCHOOL, BookKind.REGULATION, BookKind.PLAN, BookKind.TIMETABLE, BookKind.MOVEMENT})
_OF_CLASS = frozenset({BookKind.ROLL, BookKind.CLASS_TEACHER})
_OF_ROLL = frozenset({BookKind.ROLL, BookKind.MOVEMENT, BookKind.SCHOOL})


@dataclass(frozen=True, slots=True)
class Feeding:
    """The workbooks, each with the names it belongs to, folded.

    ``of_all`` feed every class, a roll of no known class too: pupils of any may stand in it.
    """

    of_all: tuple[Book, ...]
    of_some: tuple[tuple[Book, frozenset[str]], ...]
    by_path: dict[str, Book]

    @classmethod
    def of(cls, books: Sequence[Book], classes: Iterable[str]) -> Feeding:
        """Return the workbooks on a shelf sorted so; ``classes`` are the names of the school's."""
        known = {fold(name) for name in classes}
        of_all: list[Book] = []
        of_some: list[tuple[Book, frozenset[str]]] = []
        for book in books:
            places = _places(book)
            if book.kind in COMMON or (book.kind is BookKind.ROLL and not places & known):
                of_all.append(book)
            elif places:
                of_some.append((book, places))
        return cls(tuple(of_all), tuple(of_some), {book.path: book for book in books})

    def office_of(self, name: str) -> list[Book]:
        """Return the common workbooks and those that are the roll and the class teacher's book of a class."""
        own = fold(name)
        common = [book for book in self.of_all if book.kind in COMMON]
        own_books = [book for book, places in self.of_some if book.kind in _OF_CLASS and own in places]
        return sorted((*common, *own_books), key=lambda book: book.path)

    def of_class(self, journals: Collection[Journal], classes: Iterable[str], cards: Iterable[str]) -> list[Book]:
        """Return the workbooks the pages of a class depend on.

        ``classes`` – those its pupils have studied in; ``journals`` – its own and theirs; ``cards`` – the paths of the
        workbooks with the cards of everyone who was in the class this year.
        """
        names = {fold(name) for name in (*classes, *(name for journal in journals for name in journal.classes))}
        found = {book.path: book for book in self.of_all}
        found |= {book.path: book for book, places in self.of_some if names & places}
        paths = (*(journal.path for journal in journals), *cards)
        found |= {path: self.by_path[path] for path in paths if path in self.by_path}
        return list(found.values())


def _places(book: Book) -> frozenset[str]:
    """Return the names a workbook belongs to by its folder and file, a roll or a class teacher's by its «Титул» too.

    A journal that can be read is known by its path and named by nobody else: it has none.
    """
    if book.kind not in _OF_CLASS:
        return frozenset(path_key(book.path) if book.unreadable else ())
    title = book.rows(ClassTeacherTitle) if book.kind is BookKind.CLASS_TEACHER else book.rows(JournalTitle)
    return frozenset((*path_key(book.path), *(fold(row.target) for row in title)))


def unread_sheets(book: Book, *, every: bool = False) -> list[CellRef]:
    """Return the sheets of a workbook that rules depend on and that could not be read: the workbook, if all of it.

    ``every`` – all sheets of the contract, not only those the rules of a class depend on.
    """
    if book.unreadable:
        return [CellRef(book.path)]
    if book.kind not in BY_KIND:
        return []
    kind = BY_KIND[book.kind]
    sheets = [record.sheet for record in kind.sheets if every or record in _DECISIVE]
    return [CellRef(book.path, sheet) for sheet in sheets if not _has(book, sheet, kind.repeated)]


def _has(book: Book, sheet: str, repeated: str) -> bool:
    return any(name == sheet or (sheet == repeated and name.startswith(repeated)) for name in book.tables)


def roll_saved(books: Iterable[Book]) -> dt.datetime | None:
    """Return when the newest of the workbooks that say who studies where was saved."""
    return max((book.saved for book in books if book.saved and book.kind in _OF_ROLL), default=None)


def office_fingerprint(books: Iterable[Book], journals: Iterable[Journal]) -> str:
    """Return what changes whenever a workbook that is no journal does, or which journals there are and whose."""
    there = sorted(f"{journal.path}\0{journal.key}\0{','.join(journal.classes)}" for journal in journals)
    return fingerprint([book for book in books if book.kind is not BookKind.JOURNAL], there)


def fingerprint(books: Iterable[Book], more: Iterable[str] = ()) -> str:
    """Return a digest of the workbooks' paths and bytes, and of what more there is to it."""
    lines = [*sorted(f"{book.path}\0{book.digest}" for book in books), *more]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
