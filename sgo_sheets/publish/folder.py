"""Publishing to a folder: a local one, a mounted share, a network path of Windows."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sgo_sheets.project import UserError
from sgo_sheets.publish.durable import held, is_busy, patience
from sgo_sheets.publish.listing import LISTING
from sgo_sheets.publish.run import Options, Published, publish_to
from sgo_sheets.publish.target import HeldError, Mark
from sgo_sheets.site import disk
from sgo_sheets.site.disk import Patience
from sgo_sheets.site.page import Tree

LOCK = ".sgo-publish.lock"


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A folder to publish to. A temporary file lies beside its page, so that it gets the rights of that folder."""

    root: Path

    @property
    def where(self) -> str:
        """Return the path."""
        return str(self.root)

    def check(self) -> None:
        """Raise UserError unless the folder is there: it is never made, for a lost share would be «made» too."""
        try:
            there = self.root.is_dir()
        except OSError as error:
            raise UserError(f"Папка {self.root} не открывается: {error.strerror or error}. {_HINT}") from error
        if not there:
            raise UserError(f"Папки {self.root} нет. {_HINT}")

    def lock(self) -> AbstractContextManager[None]:
        """Hold the folder by a file kept open in it."""
        return held(self.root / LOCK, f"В папку {self.root} уже выкладывает другой компьютер или окно. Подождите.")

    def files(self) -> Mapping[str, Mark]:
        """Return every file in the three trees with its mark, and an unfinished list."""
        found = {path: _mark(state) for tree in Tree for path, state in disk.walk(self.root, tree)}
        unfinished = disk.temporary_of(self.root / LISTING)
        if unfinished.exists():
            found[unfinished.name] = _mark(unfinished.stat())
        return found

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None where there is none."""
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def put(self, name: str, data: bytes, patience: Patience) -> Mark:
        """Put a file there whole: written beside its place, read back, compared, put in place."""
        self._still_there()
        path = self.root / name
        disk.make_folder(path.parent)
        aside = disk.write_aside(path, data, verify=True)
        try:
            _patiently(patience, lambda: disk.move(aside, path), name)
        except (OSError, HeldError):
            disk.discard(aside)
            raise
        return _mark(path.stat())

    def remove(self, name: str, patience: Patience) -> None:
        """Remove a file, and the folders it leaves empty inside its tree."""
        self._still_there()
        _patiently(patience, lambda: disk.remove(self.root / name), name)
        for folder in PurePosixPath(name).parents:
            if len(folder.parts) < 2 or not disk.remove_if_empty(self.root / folder):
                break

    def _still_there(self) -> None:
        """Raise UserError when the share is gone and an empty folder stands in its place."""
        if not (self.root / LOCK).exists():
            raise UserError(f"Папка {self.root} пропала во время выкладки. {_HINT}")


def _patiently(patience: Patience, act: Callable[[], None], name: str) -> None:
    try:
        patience(act)
    except OSError as error:
        if is_busy(error):
            raise HeldError(name) from error
        raise


def _mark(state: os.stat_result) -> Mark:
    return Mark(state.st_size, state.st_mtime_ns)


_HINT = "Подключите сетевой диск или создайте папку и повторите."


def publish(
    site: Path,
    target: Path,
    options: Options | None = None,
    *,
    memory: Path | None = None,
    waiting: Callable[[int], Patience] = patience,
) -> Published:
    """Publish a built site to a folder and return what was done; only changed files, each checked, the list last.

    ``memory`` is a local folder that remembers how the files lay after the last publication: by it a file edited on
    the spot is noticed, and a share that is gone but for its empty mount point. Raises UserError.
    """
    return publish_to(site, FolderTarget(target), options or Options(), memory, waiting)
