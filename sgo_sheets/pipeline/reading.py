"""From the folder of workbooks to the school: as it is judged, and as it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgo_sheets.findings import CellRef
from sgo_sheets.pipeline.context import Run
from sgo_sheets.pipeline.held import Good, hold_back
from sgo_sheets.pipeline.last_good import last_good, stand_in
from sgo_sheets.pipeline.rows import mend, tainted
from sgo_sheets.pipeline.state import Recalled
from sgo_sheets.pipeline.workers import readers
from sgo_sheets.records.catalog import Book
from sgo_sheets.records.faults import UNREADABLE
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.feeding import unread_sheets
from sgo_sheets.school.model import School
from sgo_sheets.school.reuse import Reuse
from sgo_sheets.workbooks.reader import list_workbooks, read_all, read_book, school_year


@dataclass(slots=True)
class Memory:
    """What a watcher keeps between builds: the workbooks as read, the journals made of them, judged and shown.

    ``recorded`` are the workbooks the history was told of last; ``state`` is what the last build has left.
    """

    books: dict[str, Book] = field(default_factory=dict)
    judged: Reuse = field(default_factory=Reuse)
    shown: Reuse = field(default_factory=Reuse)
    recorded: dict[str, Book] = field(default_factory=dict)
    state: Recalled = field(default_factory=Recalled)


@dataclass(frozen=True, slots=True)
class Schools:
    """The school twice.

    ``judged`` – by the workbooks as they are, for rules and control pages; ``shown`` – with the last good version of
    all that cannot be read, for diaries and reports. ``failing``, ``lost`` – as in ``last_good.Reading``; ``tainted``
    – workbooks with rows that were not applied; ``held`` – as in ``held.Holding``.
    """

    judged: School
    shown: School
    books: tuple[Book, ...]
    failing: Mapping[str, str]
    lost: frozenset[str]
    tainted: frozenset[str]
    held: Mapping[str, tuple[str, str]]


def read_schools(run: Run, memory: Memory, accepted: Collection[str] = ()) -> Schools:
    """Return the school of the workbooks folder, judged and shown; ``accepted`` – workbooks whose changes are meant."""
    good = run.state.good
    folder = run.project.workbooks
    workers = readers(len(list_workbooks(folder)), run.workers)
    books = read_all(folder, workers=workers, known=memory.books, progress=run.told("Читаю книги"))
    memory.books = {book.path: book for book in books}
    kept = Good(good, run.copies, memory.recorded, school_year(memory.books))
    holding = hold_back(books, kept, run.state.held, accepted, run.on)
    reading = stand_in(holding.books, good, run.copies, run.state.failing, run.on)
    judged = assemble(reading.judged, memory.judged)
    taints = tainted(judged.findings)
    year = school_year({book.path: book for book in reading.judged})

    def last(path: str) -> Book | None:
        return last_good(run.copies, path, good[path], year) if path in good else None

    mended = mend(reading.shown, taints, last)
    shown = judged if mended == reading.judged else assemble(mended, memory.shown)
    unread = tuple(at for book in reading.stale for at in unread_sheets(book))
    if unread:
        judged = replace(judged, books=tuple(replace(b, unreadable=(*b.unreadable, *unread)) for b in judged.books))
    return Schools(
        judged=judged,
        shown=_doubted(shown, judged),
        books=books,
        failing=reading.failing,
        lost=reading.lost,
        tainted=frozenset(taints),
        held=holding.held,
    )


def _doubted(shown: School, judged: School) -> School:
    """Return the shown school whose classes know what of theirs cannot be read."""
    unreadable: dict[str, tuple[CellRef, ...]] = {book.name: book.unreadable for book in judged.books}
    if shown is judged or not any(unreadable.values()):
        return shown
    return replace(shown, books=tuple(replace(book, unreadable=unreadable.get(book.name, ())) for book in shown.books))


def readable(workbooks: Path, path: str, memory: Memory) -> bool:
    """Read a changed workbook into the memory; return False while it may only be half written or held by a program."""
    book = read_book(workbooks, path, school_year(memory.books))
    if book.unreadable:
        return all(finding.code != UNREADABLE.code for finding in book.findings)
    memory.books[path] = book
    return True
