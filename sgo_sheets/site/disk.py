"""The few operations by which the program changes a folder other people read: whole files, each old or new."""

# ruff: noqa: PTH103, PTH105, PTH106, PTH108, PTH116 - plain calls of the system: a test stops at every one of them

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sgo_sheets.project import UserError
from sgo_sheets.site.page import Tree

TEMPORARY = ".sgo-new~"  # the end of the name of a file that is not whole yet; nobody's page is called so
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_BUSY = {errno.EBUSY, getattr(errno, "ETXTBSY", errno.EBUSY)}
_READ_WHOLE = 1 << 20

Patience = Callable[[Callable[[], None]], None]


class Seen(NamedTuple):
    """A file of the site as it was last known: SHA-256 of its bytes, size in bytes, time of change in nanoseconds."""

    sha256: str
    size: int
    mtime_ns: int


def at_once(act: Callable[[], None]) -> None:
    """Do it without trying again: the patience of who has none."""
    act()


def write(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Write the bytes to a file nobody reads yet; ``sync`` waits until they are on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def write_aside(path: Path, data: bytes, *, verify: bool = False) -> Path:
    """Write what is to take a file's place beside it and return where; ``verify`` reads it back and compares.

    Raises OSError; nothing is left then.
    """
    temporary = temporary_of(path)
    try:
        write(temporary, data, sync=True)
        if verify:
            _compare(temporary, data)
    except OSError:
        discard(temporary)
        raise
    return temporary


def write_whole(path: Path, data: bytes, patience: Patience = at_once) -> None:
    """Put the bytes in place of a file that may be read at this moment: a reader sees the old or the new ones."""
    temporary = write_aside(path, data)
    try:
        patience(lambda: os.replace(temporary, path))
    except OSError:
        discard(temporary)
        raise


def discard(temporary: Path) -> None:
    """Remove an unfinished file if that is possible."""
    with suppress(OSError):
        os.unlink(temporary)


def _compare(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise OSError(errno.EIO, "на диске оказалось не то, что записано", str(path))


def temporary_of(path: Path) -> Path:
    """Return where the bytes wait that are to take a file's place; a run that was killed may leave it."""
    return path.with_name(path.name + TEMPORARY)


def move(source: Path, target: Path) -> None:
    """Put a finished file in its place; where it lies on another disk, through a copy beside the target."""
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_whole(target, source.read_bytes())
        os.unlink(source)


def remove(path: Path) -> None:
    """Remove a file; one that is gone already is no fault."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def make_folder(path: Path) -> None:
    """Make a folder and those above it."""
    os.makedirs(path, exist_ok=True)


def remove_if_empty(path: Path) -> bool:
    """Remove a folder that holds nothing; return whether it is gone. A folder in use stays: it harms nobody."""
    try:
        os.rmdir(path)
    except OSError:
        return False
    return True


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_WHOLE):
            found.update(block)
    return found.hexdigest()


def walk(root: Path, below: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file under ``root/below``: its path from ``root`` with slashes and its state; no link is followed."""
    waiting = [below]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                # Not entry.stat(): on Windows it may tell the size a file had before it was last opened.
                yield path, os.stat(entry.path)


def scan(root: Path, known: Mapping[str, Seen]) -> dict[str, Seen]:
    """Return what lies in the three trees of a site; a file whose size and time are as ``known`` is not read again."""
    found = {}
    for tree in Tree:
        for path, state in walk(root, tree):
            seen = known.get(path)
            if seen is None or (seen.size, seen.mtime_ns) != (state.st_size, state.st_mtime_ns):
                seen = Seen(digest_of(root / path), state.st_size, state.st_mtime_ns)
            found[path] = seen
    return found


def refused(error: OSError, place: Path) -> UserError:
    """Return what to tell a person when the disk says no while something was written to ``place``."""
    where = error.filename or place
    if error.errno in _FULL:
        return UserError(f"На диске кончилось место, {where} не записан. Освободите место и повторите.")
    if error.errno in _BUSY or getattr(error, "winerror", None) in (32, 33):
        return UserError(f"Файл {where} занят другой программой. Закройте её и повторите.")
    if error.errno in _READ_ONLY:
        return UserError(
            f"Нет права писать в {where}. Проверьте, не закрыта ли папка {place} для записи и не открыт ли файл "
            "в другой программе, и повторите."
        )
    return UserError(f"Не удалось записать {where}: {error.strerror or error}. Проверьте диск и папку и повторите.")
