"""The store of versions: pieces of workbooks by SHA-256, each once, in one SQLite file.

One file and not a folder of them: a year of a school is more than 100 000 pieces, and so many tiny files cost ten times
the time to write, fill blocks of the disk with air and take minutes to copy or to scan for viruses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from sgo_sheets.history.pieces import Recipe, cut, join
from sgo_sheets.history.sqlite import connect

_TABLES = (
    "CREATE TABLE IF NOT EXISTS piece (name BLOB NOT NULL UNIQUE, data BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS recipe (digest BLOB NOT NULL UNIQUE, frame BLOB NOT NULL, parts BLOB NOT NULL)",
)


class Objects:
    """The bytes of versions by their SHA-256 in hexadecimal digits. Every method may raise sqlite3.Error."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._base = connect(path, read_only=read_only)
        if not read_only:
            for table in _TABLES:
                self._base.execute(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was not stored is forgotten."""
        self._base.close()

    def has(self, digest: str) -> bool:
        """Return whether the version is there."""
        return self._base.execute("SELECT 1 FROM recipe WHERE digest = ?", (_raw(digest),)).fetchone() is not None

    def put(self, versions: Iterable[bytes]) -> None:
        """Store the versions, all or none: when it returns they are on the disk."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for data in versions:
                recipe, pieces = cut(data)
                self._base.executemany("INSERT OR IGNORE INTO piece VALUES (?, ?)", pieces.items())
                self._base.execute(
                    "INSERT OR IGNORE INTO recipe VALUES (?, ?, ?)", (hashlib.sha256(data).digest(), *recipe.packed())
                )
            self._base.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a version, None when it is not there or not what its name says."""
        row = self._base.execute("SELECT frame, parts FROM recipe WHERE digest = ?", (_raw(digest),)).fetchone()
        if row is None:
            return None
        try:
            data = join(Recipe.unpacked(*row), self._piece)
        except (KeyError, ValueError):
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def _piece(self, name: bytes) -> bytes:
        row = self._base.execute("SELECT CAST(data AS BLOB) FROM piece WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        found: bytes = row[0]
        return found

    def digests(self) -> Iterator[str]:
        """Yield what versions there are."""
        for (digest,) in self._base.execute("SELECT digest FROM recipe ORDER BY digest").fetchall():
            yield digest.hex()

    def drop(self, digests: Iterable[str]) -> None:
        """Forget versions and the pieces nothing else needs; nothing of them is left in the file."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            gone = [(_raw(digest),) for digest in digests]
            self._base.executemany("DELETE FROM recipe WHERE digest = ?", gone)
            needed: set[bytes] = set()
            for frame, parts in self._base.execute("SELECT frame, parts FROM recipe"):
                needed.update(name for _, name in Recipe.unpacked(frame, parts).parts)
            names = [row for row in self._base.execute("SELECT name FROM piece") if row[0] not in needed]
            self._base.executemany("DELETE FROM piece WHERE name = ?", names)
            self._base.execute("COMMIT")
        except BaseException:
            self._undo()
            raise
        self._base.execute("VACUUM")

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with the file itself, in Russian."""
        for (word,) in self._base.execute("PRAGMA integrity_check(10)").fetchall():
            if word != "ok":
                yield f"хранилище версий повреждено: {word}"

    def _undo(self) -> None:
        if self._base.in_transaction:
            self._base.execute("ROLLBACK")


def _raw(digest: str) -> bytes:
    return bytes.fromhex(digest)
