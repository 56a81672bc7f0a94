"""What the last assembling made, for a program that keeps running: one saved journal does not remake the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sgo_sheets.findings import Finding
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.school.model import Journal
from sgo_sheets.school.parts import Lessons

_OF_NO_JOURNAL = frozenset({BookKind.JOURNAL, BookKind.CLASS_TEACHER, BookKind.LESSON_PLAN})


@dataclass(slots=True)
class Reuse:
    """A journal depends on its own workbook and on the common ones (classes, pupils, load, timetable …).

    ``common`` are paths and digests of the latter; ``journals`` maps a path to the workbook as it was, the journal
    made of it and the findings made with it; ``lessons`` are those of all classes, of the common workbooks alone, and
    the findings made with them.
    """

    common: tuple[tuple[str, str], ...] = ()
    journals: dict[str, tuple[Book, Journal, tuple[Finding, ...]]] = field(default_factory=dict)
    lessons: tuple[Lessons, tuple[Finding, ...]] | None = None

    def begin(self, books: Iterable[Book]) -> None:
        """Forget everything if any workbook it depends on has changed."""
        common = tuple((book.path, book.digest) for book in books if book.kind not in _OF_NO_JOURNAL)
        if common != self.common:
            self.common, self.journals, self.lessons = common, {}, None

    def journal(self, book: Book, findings: list[Finding], make: Callable[[], Journal]) -> Journal:
        """Return the journal of a workbook, made anew only if the workbook was read anew.

        ``findings`` grows by what is wrong in it, as ``make`` lets it grow.
        """
        old = self.journals.get(book.path)
        if old is not None and old[0] is book:
            findings.extend(old[2])
            return old[1]
        before = len(findings)
        made = make()
        self.journals[book.path] = (book, made, tuple(findings[before:]))
        return made

    def lessons_of_all(self, findings: list[Finding], make: Callable[[], Lessons]) -> Lessons:
        """Return the lessons of all classes, made anew only if a workbook they are made of was; ``findings`` grows."""
        if self.lessons is None:
            before = len(findings)
            made = make()
            self.lessons = made, tuple(findings[before:])
        else:
            findings.extend(self.lessons[1])
        return self.lessons[0]
