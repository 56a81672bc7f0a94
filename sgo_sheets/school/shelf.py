"""The workbooks as they were read, by kind: where everything that puts the school together looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import Book, BookKind

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Shelf:
    """Read workbooks by kind."""

    books: tuple[Book, ...]

    @cached_property
    def _by_kind(self) -> dict[BookKind | None, tuple[Book, ...]]:
        found: dict[BookKind | None, list[Book]] = {}
        for book in sorted(self.books, key=lambda book: book.path):
            found.setdefault(book.kind, []).append(book)
        return {kind: tuple(books) for kind, books in found.items()}

    def of(self, kind: BookKind) -> tuple[Book, ...]:
        """Return the books of a kind in the order of their paths."""
        return self._by_kind.get(kind, ())

    def rows(self, kind: BookKind, record: type[R]) -> tuple[R, ...]:
        """Return the rows of a sheet over all books of a kind."""
        return tuple(row for book in self.of(kind) for row in book.rows(record))

    def first(self, kind: BookKind, record: type[R]) -> R | None:
        """Return the first row of a sheet, None when there is none."""
        return next(iter(self.rows(kind, record)), None)
