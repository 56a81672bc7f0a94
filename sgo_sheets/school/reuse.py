"""What the last assembling made, for a program that keeps running: one saved journal does not remake the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sgo_sheets.findings import Finding
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.school.model import ClassTeacherBook, Journal
from sgo_sheets.school.parts import Parts
from sgo_sheets.school.shelf import Shelf

Made = TypeVar("Made")
Kept = dict[str, tuple[Book, Made, tuple[Finding, ...]]]
_NOT_COMMON = frozenset({BookKind.JOURNAL, BookKind.CLASS_TEACHER, BookKind.LESSON_PLAN})


@dataclass(slots=True)
class Reuse:
    """A journal depends on its own workbook and on the common ones (classes, pupils, load, timetable …).

    ``common`` are paths and digests of the latter, ``parts`` all that is made of them alone. ``journals`` and
    ``teacher_books`` map a path to the workbook as it was, what was made of it and the findings made with it.
    """

    common: tuple[tuple[str, str], ...] = ()
    parts: tuple[Parts, tuple[Finding, ...]] | None = None
    journals: Kept[Journal] = field(default_factory=dict)
    teacher_books: Kept[ClassTeacherBook] = field(default_factory=dict)

    def parts_of(self, shelf: Shelf, make: Callable[[Shelf], Parts]) -> Parts:
        """Return what the common workbooks on the shelf give, made anew only if one of them has changed."""
        common = tuple((book.path, book.digest) for book in shelf.books if book.kind not in _NOT_COMMON)
        if self.parts is None or common != self.common:
            made = make(shelf)
            self.common, self.parts, self.journals, self.teacher_books = (
                common,
                (made, tuple(made.office.findings)),
                {},
                {},
            )
            return made
        made, findings = self.parts
        return replace(made, office=replace(made.office, shelf=shelf, findings=list(findings)))

    def journal(self, book: Book, findings: list[Finding], make: Callable[[], Journal]) -> Journal:
        """Return the journal of a workbook, made anew only if the workbook was read anew.

        ``findings`` grows by what is wrong in it, as ``make`` lets it grow.
        """
        return _made(self.journals, book, findings, make)

    def teacher_book(
        self, book: Book, findings: list[Finding], make: Callable[[], ClassTeacherBook]
    ) -> ClassTeacherBook:
        """Return the class teacher's book of a workbook, as ``journal`` does."""
        return _made(self.teacher_books, book, findings, make)


def _made(kept: Kept[Made], book: Book, findings: list[Finding], make: Callable[[], Made]) -> Made:
    old = kept.get(book.path)
    if old is not None and old[0] is book:
        findings.extend(old[2])
        return old[1]
    before = len(findings)
    made = make()
    kept[book.path] = (book, made, tuple(findings[before:]))
    return made
