"""The log: lines that are only ever added, each synced to the disk before anything relies on it."""

# ruff: noqa: PTH105, PTH108, PTH116 - plain calls of the system: a test stops at every one of them

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sgo_sheets.history.entries import DamagedError, Entry, read_entry

_BINARY = getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 16


class Log:
    """The file of the log. Every method may raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def size(self) -> int:
        """Return the number of bytes, 0 when there is no log."""
        try:
            return os.stat(self.path).st_size
        except FileNotFoundError:
            return 0

    def repair(self) -> int:
        """Cut off a last line that was not written to its end (power failed, the program was killed).

        Returns how many bytes that were. A whole line is never touched: what is wrong in it is for ``verify``.
        """
        size = self.size()
        if not size:
            return 0
        handle = os.open(self.path, os.O_RDWR | _BINARY)
        try:
            good = _end_of_last_line(handle, size)
            if good < size:
                os.ftruncate(handle, good)
                os.fsync(handle)
        finally:
            os.close(handle)
        return size - good

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries in one write and wait until they are on the disk; nothing of them stays when that fails."""
        data = memoryview(b"".join(entry.line() for entry in entries))
        before = self.size()
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        try:
            try:
                rest = data
                while rest:
                    rest = rest[os.write(handle, rest) :]
                os.fsync(handle)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(handle, before)
                raise
        finally:
            os.close(handle)

    def read(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Yield where each line begins and its bytes, from a byte on; an unfinished last line is passed over."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            file.seek(start)
            at = start
            for line in file:
                if not line.endswith(b"\n"):
                    return
                yield at, line
                at += len(line)

    def entry(self, at: int) -> Entry:
        """Return the entry whose line begins at a byte. Raises DamagedError."""
        with self.path.open("rb") as file:
            file.seek(at)
            return read_entry(file.readline())

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield the entries from a byte on. Raises DamagedError, with the number of the line, for what is none."""
        for number, (_, line) in enumerate(self.read(start), 1):
            try:
                yield read_entry(line)
            except DamagedError as error:
                raise DamagedError(f"строка {number}: {error}") from error

    def rewrite(self, entries: Iterable[Entry]) -> None:
        """Put other lines in place of all: a reader, or a run after a crash, finds the old log or the new one."""
        aside = self.path.with_name(self.path.name + ".new")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        try:
            for entry in entries:
                rest = memoryview(entry.line())
                while rest:
                    rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        except OSError:
            with suppress(OSError):
                os.unlink(aside)
            raise
        finally:
            os.close(handle)
        os.replace(aside, self.path)

    def forget_unfinished(self) -> None:
        """Remove what a rewriting that was broken off has left."""
        with suppress(FileNotFoundError):
            os.unlink(self.path.with_name(self.path.name + ".new"))


def _end_of_last_line(handle: int, size: int) -> int:
    """Return where the last whole line ends."""
    end = size
    while end > 0:
        start = max(0, end - _BLOCK)
        os.lseek(handle, start, os.SEEK_SET)
        block = os.read(handle, end - start)
        found = block.rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
