"""Observing: every build tells the history which workbooks there are; new versions are kept and compared."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sgo_sheets.history.changes import Change, doubtful, table_changes
from sgo_sheets.history.entries import Entry, What, salted
from sgo_sheets.history.facts import file_facts
from sgo_sheets.history.history import History, note_look
from sgo_sheets.history.index import Known, Version
from sgo_sheets.history.marks import grid_changes
from sgo_sheets.records.catalog import BY_KIND, MARKS_SHEET, Book
from sgo_sheets.workbooks.book import read_data
from sgo_sheets.workbooks.files import read_bytes

Year = tuple[dt.date, dt.date]
WHOLE = "*"  # stands for all sheets of a workbook that could not be read
_FAR_BACK = 10  # versions, to find the last one in which a sheet could be read


def observe(
    history: History,
    books: Sequence[Book],
    folder: Path,
    at: dt.datetime,
    *,
    year: Year | None = None,
    known: Mapping[str, Book] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Keep what is new among the workbooks as read from a folder; return the paths with a new version.

    ``at`` – now, by the school's clock; ``known`` – workbooks as read before (within the same ``year``), which spares
    reading their last versions again. A workbook saved again since it was read is left for the next time.
    Raises what is in ``FAILURES``; the history is then as before.
    """
    with history.writing():
        seeing = _Seeing(history, folder, at, year, known, history.index.books())
        entries = seeing.entries(books)
        if seeing.blobs:
            history.objects.put(seeing.blobs)
        history.append(entries)
        digests = {book.path: book.digest for book in books if book.path not in seeing.passed}
        note_look(history.index, digests, at)
    return tuple(entry.path for entry in entries if entry.what is What.VERSION)


def keep_now(history: History, folder: Path, path: str, at: dt.datetime) -> bool:
    """Keep a workbook as it lies there now, if it is not the last version already; return whether that is done."""
    data = read_bytes(folder / path)
    if not isinstance(data, bytes):
        return False
    with history.writing():
        known = history.index.books()
        old = known.get(path)
        book = read_data(data, path, None)
        if old is not None and old.digest == book.digest:
            return True
        seeing = _Seeing(history, folder, at, None, {}, known)
        entry = seeing.version(book, data, old)
        history.objects.put([data])
        history.append([entry])
    return True


@dataclass(slots=True)
class _Seeing:
    """One observation under way."""

    history: History
    folder: Path
    at: dt.datetime
    year: Year | None
    read: Mapping[str, Book]
    known: Mapping[str, Known]
    blobs: list[bytes] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    last: Entry | None = None

    def entries(self, books: Sequence[Book]) -> list[Entry]:
        """Return the entries for what is new, in order; the bytes to store are gathered in ``blobs``."""
        there = {book.path for book in books}
        gone = {path: one for path, one in self.known.items() if not one.gone and path not in there}
        lost = {one.digest: path for path, one in gone.items()}
        found = []
        for book in books:
            old = self.known.get(book.path)
            if not book.digest or (old is not None and old.digest == book.digest and not old.gone):
                continue
            if old is not None and old.digest == book.digest:
                found.append(self._entry(What.RETURNED, book.path))
            elif old is None and book.digest in lost:
                source = lost.pop(book.digest)
                del gone[source]
                found.append(self._entry(What.MOVED, book.path, **{"from": source}))
            elif (data := self._bytes(book)) is not None:
                self.blobs.append(data)
                found.append(self.version(book, data, old))
        found.extend(self._entry(What.REMOVED, path) for path in gone)
        return found

    def _entry(self, what: What, path: str, **facts: Any) -> Entry:
        self.last = self.history.following(self.last, what, self.at, path, facts)
        return self.last

    def _bytes(self, book: Book) -> bytes | None:
        data = read_bytes(self.folder / book.path)
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == book.digest:
            return data
        self.passed.add(book.path)
        return None

    def version(self, book: Book, data: bytes, old: Known | None) -> Entry:
        """Return the entry for a new version, compared with the ones before."""
        facts: dict[str, Any] = {
            "version": old.version + 1 if old is not None else 1,
            "digest": book.digest,
            **file_facts(self.folder / book.path, data),
        }
        if unread := unread_sheets(book):
            facts["unread"] = list(unread)
        changes: list[Change] = []
        if old is not None:
            versions = self.history.index.versions(book.path)
            facts["looked"] = old.looked or self.history.index.get("look") or versions[-1].at
            since: dict[str, str] = {}
            for sheets, base, looked in self._bases(book, versions, str(facts["looked"])):
                changes.extend(compared(base, book, sheets))
                since.update(dict.fromkeys(sheets, looked) if looked != facts["looked"] else {})
            if since:
                facts["since"] = since
        entry = self.history.following(self.last, What.VERSION, self.at, book.path, facts)
        self.last = replace(entry, changes=tuple(map(salted, changes))).sealed()
        return self.last

    def _bases(
        self, book: Book, versions: Sequence[Version], looked: str
    ) -> Iterator[tuple[frozenset[str], Book, str]]:
        """Yield what to compare a new version with: sheets, the last version that has them, when it was last seen."""
        wanted = set(readable_sheets(book))
        for version in list(reversed(versions))[:_FAR_BACK]:
            base = self._old(version) if wanted else None
            if base is None:
                return
            if sheets := wanted & readable_sheets(base):
                yield frozenset(sheets), base, looked
                wanted -= sheets
            if not version.unread:
                return
            looked = version.looked

    def _old(self, version: Version) -> Book | None:
        """Return a version as it is read today, None when it is not kept any more."""
        book = self.read.get(version.path)
        if book is not None and book.digest == version.digest:
            return book
        data = self.history.objects.get(version.digest)
        return None if data is None else read_data(data, version.path, self.year)


def readable_sheets(book: Book) -> frozenset[str]:
    """Return the sheets of a workbook that were read."""
    return frozenset((*book.tables, *((MARKS_SHEET,) if book.grid is not None else ())))


def unread_sheets(book: Book) -> tuple[str, ...]:
    """Return the sheets of the contract that could not be read, «*» for the whole workbook."""
    if book.unreadable:
        return (WHOLE,)
    if book.kind not in BY_KIND:
        return ()
    kind = BY_KIND[book.kind]
    there = readable_sheets(book)
    if kind.repeated and any(sheet.startswith(kind.repeated) for sheet in there):
        there |= {kind.repeated}
    sheets = [*(record.sheet for record in kind.sheets), *((MARKS_SHEET,) if kind.grid else ())]
    return tuple(sheet for sheet in sheets if sheet not in there)


def compared(old: Book, new: Book, sheets: frozenset[str]) -> Iterator[Change]:
    """Yield what changed on some sheets between two versions of a workbook."""
    yield from table_changes(old, new, skip=readable_sheets(new) - sheets)
    if MARKS_SHEET in sheets and old.grid is not None and new.grid is not None:
        yield from grid_changes(old.grid, new.grid, unsure=MARKS_SHEET in doubtful(old))
