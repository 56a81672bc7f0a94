"""The history as one build uses it: what it knows is used, what is new is told to it.

Whatever goes wrong with the disk of the history is said in words and stops no build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from sgo_sheets.findings import Datum, Timing, Timings
from sgo_sheets.history import FAILURES, REPORTS, Correction, History, NotHereError, exists, observe
from sgo_sheets.project import Project
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.school.model import ClassBook
from sgo_sheets.workbooks.folder import kind_of
from sgo_sheets.workbooks.reader import school_year

Answer = TypeVar("Answer")
Other = TypeVar("Other")
NOTHING: Timings = MappingProxyType({})


def history_folder(project: Project) -> Path:
    """Return where the history of a school lies."""
    return project.state / "history"


@dataclass(slots=True)
class Past:
    """The history during one build.

    ``now`` – the moment of a real build, which the history is told of; None for any other, which only asks it.
    ``until`` – ask as at the end of that day. ``words`` – what went wrong, a Russian sentence.
    """

    history: History | None = None
    now: dt.datetime | None = None
    until: dt.date | None = None
    words: str = ""
    _timings: Timings | None = field(default=None, repr=False)

    def head(self) -> str:
        """Return what changes whenever the history learns something, «» without one."""
        return self._ask(lambda history: history.head(), "")

    def knows(self, digests: Mapping[str, str]) -> bool:
        """Return whether there is nothing to tell the history; an idle build then only notes its look."""
        now = self.now
        if now is None or self.history is None:
            return True
        if not self._ask(lambda history: history.knows(digests), default=True):
            return False
        self._ask(lambda history: history.look(digests, now), None)
        return True

    def observe(self, books: tuple[Book, ...], folder: Path, known: Mapping[str, Book]) -> None:
        """Tell the history of the workbooks as read; ``known`` are those read for the build before."""
        now = self.now
        if now is None:
            return
        year = school_year({book.path: book for book in books})
        same = known if school_year(known) == year else {}

        def tell(history: History) -> None:
            observe(history, books, folder, now, year=year, known=same)

        self._ask(tell, None)

    def timings(self) -> Timings:
        """Return when data came, as far as the history knows."""
        if self._timings is None:
            self._timings = self._ask(lambda history: history.timings(self.until), NOTHING)
        return self._timings

    def of_class(self, book: ClassBook) -> dict[Datum, Timing]:
        """Return when the data of the workbooks of a class came."""
        found: dict[Datum, Timing] = {}

        def ask(history: History) -> None:
            timings = history.timings(self.until)
            for path in paths_of(book):
                found.update(timings.of(path))
            found.update({datum: timing for datum, timing in timings.of(REPORTS).items() if book.name in datum.key})

        self._ask(ask, None)
        return found

    def corrections(self, path: str) -> tuple[Correction, ...]:
        """Return the marks of a workbook that became others, as far as they were known ``until`` then."""
        last = self.until.isoformat() if self.until is not None else "9999"
        return tuple(one for one in self._ask(lambda history: history.corrections(path), ()) if one.at[:10] <= last)

    def forming(self) -> Timing | None:
        """Return when a report complete in this build for the first time came to be: since the look before.

        None where that is not known: the history only begins, or this is no real build.
        """
        now = self.now
        before = self._ask(lambda history: history.look_before(), "") if now is not None else ""
        return Timing(dt.date.fromisoformat(before[:10]), now.date()) if now is not None and before else None

    def known_reports(self) -> frozenset[Datum]:
        """Return the reports the history knows to be formed, be it since it began."""
        return self._ask(lambda history: history.reports(), frozenset())

    def note_formed(self, data: Iterable[Datum]) -> None:
        """Tell the history which reports are formed."""
        now = self.now
        if now is not None:
            self._ask(lambda history: history.note_formed(data, now), None)

    def heads(self) -> Callable[[ClassBook], tuple[str, ...]]:
        """Return a function that gives what changes whenever the timings of a class may have."""
        known: Mapping[str, str] = self._ask(lambda history: history.heads(), {})
        return lambda book: tuple(known[path] for path in paths_of(book) if path in known)

    def heads_of_office(self) -> tuple[str, ...]:
        """Return what changes whenever the timings of anything but the journals may have."""
        known: Mapping[str, str] = self._ask(lambda history: history.heads() | history.formed(), {})
        return tuple(head for path, head in sorted(known.items()) if kind_of(path) is not BookKind.JOURNAL)

    def _ask(self, question: Callable[[History], Answer | Other], default: Answer) -> Answer | Other:
        if self.history is None:
            return default
        try:
            return question(self.history)
        except FAILURES as error:
            self.words = self.words or _words(error)
            return default


def paths_of(book: ClassBook) -> tuple[str, ...]:
    """Return the workbooks whose data rules of a class may ask the history about."""
    journals = [journal.path for journal in (*book.journals, *book.former)]
    teacher = [book.teacher_book.path] if book.teacher_book is not None and book.teacher_book.path else []
    roll = [pupil.card.workbook for pupil in book.roll or ()]
    return tuple(dict.fromkeys((*journals, *teacher, *roll)))


@contextmanager
def opened(project: Project, now: dt.datetime | None, until: dt.date | None = None) -> Iterator[Past]:
    """Open the history of a school while the block runs; ``now`` – also to be told of this build."""
    past = _open(history_folder(project), now, until)
    try:
        yield past
    finally:
        if past.history is not None:
            past.history.close()


def _open(folder: Path, now: dt.datetime | None, until: dt.date | None) -> Past:
    words = ""
    if now is not None:
        try:
            return Past(History(folder), now, until)
        except FAILURES as error:
            words = _words(error)
    if exists(folder):
        try:
            return Past(History(folder, read_only=True), None, until, words)
        except FAILURES as error:
            words = words or _words(error)
    return Past(None, None, until, words)


def _words(error: Exception) -> str:
    if isinstance(error, NotHereError):
        return f"История сохранений не ведётся. {error}"
    return (
        f"История сохранений сейчас не записана ({error}); сайт собран без неё. Проверьте место на диске и права на "
        "папку .sgo/history, затем: sgo history verify."
    )
