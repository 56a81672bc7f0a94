"""Reading workbooks: one by its path, or all of a folder.

Bad data never raises: whatever cannot be read becomes a finding that names the place and the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.records.school_book import Organisation, year_span
from sgo_sheets.workbooks.archive import Refusal
from sgo_sheets.workbooks.book import read_data, refused
from sgo_sheets.workbooks.files import read_bytes
from sgo_sheets.workbooks.folder import kind_of, list_workbooks
from sgo_sheets.workbooks.pool import read_in_pool
from sgo_sheets.workbooks.tables import Year

__all__ = ["list_workbooks", "read_all", "read_book", "read_bytes", "school_year"]

POOL_FROM = 32
"""Fewer workbooks than this are read in the process itself: starting workers would take longer."""


def read_book(root: Path, path: str, year: Year | None = None) -> Book:
    """Return the workbook at a path relative to the folder; ``year`` is the school year its dates must fall into.

    Never raises for bad data; a file that cannot be read at all is a ``Book`` with ``unreadable`` and one finding.
    """
    data = read_bytes(root / path)
    return refused(path, "", data) if isinstance(data, Refusal) else read_data(data, path, year)


def school_year(books: Mapping[str, Book]) -> Year | None:
    """Return the first and last day of the school year that «Школа» names, None while it does not."""
    spans = (
        year_span(row) for book in books.values() if book.kind is BookKind.SCHOOL for row in book.rows(Organisation)
    )
    return next(spans, None)


def read_all(
    root: Path,
    *,
    workers: int = 1,
    known: Mapping[str, Book] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Book, ...]:
    """Return all workbooks of a folder in the order of their paths.

    «Школа» is read first, for it names the year of all dates. A ``known`` book is taken again when its bytes are the
    same and the year is. ``workers`` processes share the reading; ``progress`` is told (read, of how many).
    """
    paths = list_workbooks(root)
    books: dict[str, Book] = {}

    def add(book: Book) -> None:
        books[book.path] = book
        if progress is not None:
            progress(len(books), len(paths))

    for path in paths:
        if kind_of(path) is BookKind.SCHOOL:
            add(read_book(root, path))
    year = school_year(books)
    rest = [path for path in paths if path not in books]
    if known and school_year(known) == year:
        for book in _unchanged(root, rest, known):
            add(book)
        rest = [path for path in rest if path not in books]
    for book in _read(root, rest, year, workers):
        add(book)
    return tuple(books[path] for path in paths)


def _unchanged(root: Path, paths: Sequence[str], known: Mapping[str, Book]) -> Iterator[Book]:
    """Yield the known books whose files still hold the same bytes."""
    for path in paths:
        book = known.get(path)
        if book is not None and book.digest:
            data = read_bytes(root / path)
            if not isinstance(data, Refusal) and hashlib.sha256(data).hexdigest() == book.digest:
                yield book


def _read(root: Path, paths: Sequence[str], year: Year | None, workers: int) -> Iterator[Book]:
    if workers > 1 and len(paths) >= POOL_FROM:
        yield from read_in_pool(root, paths, year, workers, read_book)
        return
    for path in paths:
        yield read_book(root, path, year)
