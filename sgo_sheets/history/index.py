"""The index of the log: which version of each workbook is the last, when each datum came. Derived, and made anew.

Only the days of looks are not in the log: they say when a version was last seen. Lost with the index, a version counts
as last seen when it was first seen, which accuses nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sgo_sheets.findings import Datum, Timing
from sgo_sheets.history.entries import START, Entry, What, check
from sgo_sheets.history.meaning import SCHEMA, TABLES, apply
from sgo_sheets.history.sqlite import connect

_CONTENT = (
    "SELECT path, version, digest, hash, gone FROM book ORDER BY path",
    "SELECT * FROM version ORDER BY path, version",
    "SELECT * FROM timing ORDER BY path, sheet, key, field",
    "SELECT * FROM correction ORDER BY path, number, place",
    "SELECT * FROM dropped ORDER BY number",
    "SELECT * FROM formed ORDER BY path",
)


class Known(NamedTuple):
    """What is known of a workbook; ``looked`` – when it was last seen so, None at the last look of all."""

    version: int
    digest: str
    hash: str
    gone: bool
    looked: str | None


class Version(NamedTuple):
    """A version of a workbook.

    ``number`` is that of its entry in the log, ``place`` where the entry stands there; ``looked`` – when the version
    before was last seen; ``unread`` – sheets that could not be read («*»: the workbook).
    """

    path: str
    version: int
    number: int
    place: int
    digest: str
    at: str
    looked: str
    unread: tuple[str, ...]


class Correction(NamedTuple):
    """A mark that was there and became another; ``looked`` – when the old one was last seen, ``at`` – the new one."""

    workbook: str
    sheet: str
    key: str
    field: str
    old: str
    new: str
    looked: str
    at: str


class Index:
    """The index file. Every method may raise sqlite3.Error."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.base = connect(path, read_only=read_only)
        try:
            fresh = self._schema() != SCHEMA
            if fresh and not read_only:
                self._create()
        except BaseException:
            self.base.close()
            raise
        self.usable = not (fresh and read_only)

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self.base.close()

    def _schema(self) -> str:
        there = self.base.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        return self.get("schema") if there else ""

    def _create(self) -> None:
        self.base.execute("BEGIN IMMEDIATE")
        for (name,) in self.base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self.base.execute(f'DROP TABLE "{name}"')
        for table in TABLES:
            self.base.execute(table)
        self.put("schema", SCHEMA)
        self.base.execute("COMMIT")

    def begin(self) -> None:
        """Begin to write: nobody else writes until ``commit`` or ``undo``."""
        self.base.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written."""
        self.base.execute("COMMIT")

    def undo(self) -> None:
        """Forget what was written since ``begin``."""
        if self.base.in_transaction:
            self.base.execute("ROLLBACK")

    def get(self, name: str) -> str:
        """Return a word remembered under a name, «» when there is none."""
        row = self.base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def put(self, name: str, value: str) -> None:
        """Remember a word under a name."""
        self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def size(self) -> int:
        """Return how many bytes of the log are in the index."""
        return int(self.get("size") or 0)

    def head(self) -> str:
        """Return the hash of the last entry in the index."""
        return self.get("head") or START

    def number(self) -> int:
        """Return the number of the last entry in the index."""
        return int(self.get("number") or 0)

    def clear(self) -> None:
        """Empty the index but for the looks that still hold: the log is put in anew."""
        self.base.execute("CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT path, digest, looked FROM book")
        for table in ("book", "version", "timing", "correction", "dropped", "formed"):
            self.base.execute(f"DELETE FROM {table}")  # noqa: S608 - a fixed word
        self.base.execute("DELETE FROM meta WHERE name IN ('size', 'head', 'number')")

    def restore_looks(self) -> None:
        """Give the workbooks, put in anew, the looks they had."""
        self.base.execute(
            "UPDATE book SET looked = (SELECT looked FROM kept WHERE kept.path = book.path) "
            "WHERE EXISTS (SELECT 1 FROM kept WHERE kept.path = book.path AND kept.digest = book.digest)"
        )
        self.base.execute("DROP TABLE kept")

    def add(self, entry: Entry, place: int, size: int, *, force: bool = False) -> str:
        """Put an entry in that stands at a byte of the log and ends at another; return what is wrong with it, or «».

        What is wrong is not put in; ``force`` – but the log goes on after it.
        """
        before = Entry(self.number(), "", What.VERSION, "", {}, hash=self.head()) if self.number() else None
        wrong = check(entry, before)
        if wrong and not force:
            return wrong
        if not wrong or entry.true:
            apply(self.base, entry, place)
        self.put("size", str(size))
        self.put("head", entry.hash)
        self.put("number", str(entry.number))
        return ""

    def content(self) -> list[list[tuple[object, ...]]]:
        """Return all the index says but the looks."""
        return [self.base.execute(question).fetchall() for question in _CONTENT]

    # What is asked.

    def books(self) -> dict[str, Known]:
        """Return what is known of every workbook that was ever seen."""
        rows = self.base.execute("SELECT path, version, digest, hash, gone, looked FROM book ORDER BY path")
        return {
            path: Known(version, digest, mark, bool(gone), looked) for path, version, digest, mark, gone, looked in rows
        }

    def heads(self) -> dict[str, str]:
        """Return workbook → hash of the entry of its last version: as long as it is the same, so are the timings."""
        return dict(self.base.execute("SELECT path, hash FROM book").fetchall())

    def formed(self) -> dict[str, str]:
        """Return what stands for the workbook in the data of reports → hash of the last entry about it."""
        return dict(self.base.execute("SELECT path, hash FROM formed ORDER BY path").fetchall())

    def versions(self, path: str | None = None) -> list[Version]:
        """Return the versions of a workbook, or of all, from the first."""
        rows = self.base.execute(
            "SELECT path, version, number, place, digest, at, looked, unread FROM version "
            "WHERE path = ?1 OR ?1 IS NULL ORDER BY number",
            (path,),
        )
        return [Version(*row)._replace(unread=tuple(filter(None, str(row[-1]).split("|")))) for row in rows]

    def dropped(self) -> set[int]:
        """Return the numbers of the entries whose versions were let go."""
        return {number for (number,) in self.base.execute("SELECT number FROM dropped")}

    def timings(self, path: str, until: dt.date | None = None) -> dict[Datum, Timing]:
        """Return when the data of a workbook came; ``until`` – as it was known at the end of that day."""
        rows = self.base.execute(
            "SELECT sheet, key, field, lacking, seen FROM timing WHERE path = ? AND seen IS NOT NULL AND seen <= ?",
            (path, until.isoformat() if until is not None else "9999"),
        )
        return {
            Datum(path, sheet, key, field): Timing(dt.date.fromisoformat(lacking), dt.date.fromisoformat(seen))
            for sheet, key, field, lacking, seen in rows
        }

    def timed(self) -> list[str]:
        """Return the workbooks of which it is known when some datum came."""
        return [path for (path,) in self.base.execute("SELECT DISTINCT path FROM timing WHERE seen IS NOT NULL")]

    def has(self, datum: Datum) -> bool:
        """Return whether anything is known of when a datum came, be it that it was there ever since."""
        found = self.base.execute("SELECT 1 FROM timing WHERE (path, sheet, key, field) = (?, ?, ?, ?)", datum)
        return found.fetchone() is not None

    def data_of(self, path: str) -> frozenset[Datum]:
        """Return the data of a workbook of which anything is known."""
        rows = self.base.execute("SELECT sheet, key, field FROM timing WHERE path = ?", (path,))
        return frozenset(Datum(path, *row) for row in rows)

    def corrections(self, path: str) -> Iterator[Correction]:
        """Yield the marks of a workbook that became others, in the order of the log."""
        rows = self.base.execute(
            "SELECT path, sheet, key, field, old, new, looked, at FROM correction WHERE path = ? "
            "ORDER BY number, place",
            (path,),
        )
        for row in rows.fetchall():
            yield Correction(*row)

    def look(self, at: str, seen: Iterable[str], unseen: Iterable[str]) -> None:
        """Note that workbooks were seen as they are known, and others were not: those were last seen before."""
        before = self.get("look")
        last = before or at
        self.base.executemany(
            "UPDATE book SET looked = ? WHERE path = ? AND looked IS NULL", [(last, path) for path in unseen]
        )
        self.base.executemany(
            "UPDATE book SET looked = NULL WHERE path = ? AND looked IS NOT NULL", [(path,) for path in seen]
        )
        self.put("before", before)
        self.put("look", at)
