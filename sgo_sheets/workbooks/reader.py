"""Reading workbooks: one by its path, or all of a folder.

Bad data never raises: whatever cannot be read becomes a finding that names the place and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sgo_sheets.records import faults
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.records.school_book import Organisation, year_span
from sgo_sheets.workbooks.book import read_data, refused
from sgo_sheets.workbooks.folder import kind_of, list_workbooks
from sgo_sheets.workbooks.guard import LIMITS, Refusal
from sgo_sheets.workbooks.tables import Year

__all__ = ["list_workbooks", "read_all", "read_book", "school_year"]


def read_book(root: Path, path: str, year: Year | None = None) -> Book:
    """Return the workbook at a path relative to the folder; ``year`` is the school year its dates must fall into.

    Never raises for bad data; a file that cannot be read at all is a ``Book`` with ``unreadable`` and one finding.
    """
    data = read_bytes(root / path)
    if isinstance(data, Refusal):
        return refused(path, "", data)
    return read_data(data, path, year)


def read_bytes(file: Path) -> bytes | Refusal:
    """Return the bytes of a file in one read, or why there are none: absent, locked, too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMITS.file + 1)
    except FileNotFoundError:
        return Refusal(faults.UNREADABLE, "файла нет на месте.")
    except OSError as error:
        return Refusal(faults.UNREADABLE, f"файл занят другой программой или нет прав на чтение ({error.strerror}).")
    if len(data) > LIMITS.file:
        return Refusal(faults.TOO_LARGE, f"файл больше {LIMITS.file // 1_000_000} МБ.")
    return data


def school_year(books: Mapping[str, Book]) -> Year | None:
    """Return the school year «Школа» names, None while it does not."""
    for book in books.values():
        if book.kind is BookKind.SCHOOL:
            for organisation in book.rows(Organisation):
                return year_span(organisation)
    return None


def read_all(
    root: Path,
    *,
    workers: int = 1,
    known: Mapping[str, Book] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Book, ...]:
    """Return all workbooks of a folder in the order of their paths."""
    paths = list_workbooks(root)
    books = {path: read_book(root, path) for path in paths if kind_of(path) is BookKind.SCHOOL}
    year = school_year(books)
    for path in paths:
        if path not in books:
            books[path] = read_book(root, path, year)
        if progress is not None:
            progress(len(books), len(paths))
    return tuple(books[path] for path in paths)
