"""A disk that stops: the calls by which the program changes files, counted, and broken off at the n-th."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from sgo_sheets.site import disk

CHANGING = ("write", "fsync", "replace", "unlink", "rmdir", "makedirs")


class KilledError(BaseException):
    """The process is dead from here on: nothing it would still like to do happens."""


class System:
    """``os`` as the program sees it. ``stop_at`` is the number of the call at which ``error`` comes, from 1.

    Without an ``error`` the process dies there, before the call or (``late``) after it; a write dies half done.
    """

    def __init__(
        self,
        *,
        stop_at: int = 0,
        error: int = 0,
        late: bool = False,
        only: tuple[str, ...] = CHANGING,
        for_ever: bool = False,
    ) -> None:
        self.calls: list[tuple[str, str]] = []
        self.stop_at, self.error, self.late, self.only, self.for_ever = stop_at, error, late, only, for_ever
        self.dead = False

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in CHANGING:
            return real

        def call(*args: Any, **options: Any) -> Any:
            if self.dead:
                raise KilledError
            if name not in self.only:
                return real(*args, **options)
            self.calls.append((name, str(args[0])))
            number = len(self.calls)
            if number == self.stop_at or (self.for_ever and self.stop_at and number > self.stop_at):
                if self.error:
                    raise OSError(self.error, os.strerror(self.error), None if name == "write" else str(args[0]))
                if name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                elif self.late:
                    with suppress(OSError):
                        real(*args, **options)
                self.dead = True
                raise KilledError
            return real(*args, **options)

        return call


@contextmanager
def system(monkeypatch: pytest.MonkeyPatch, **options: Any) -> Iterator[System]:
    """Let the program work on a faulty disk."""
    with monkeypatch.context() as patch:
        faulty = System(**options)
        patch.setattr(disk, "os", faulty)
        yield faulty


FULL, BROKEN, READ_ONLY, BUSY = errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES


@contextmanager
def mounted(place: Path, size: str) -> Iterator[None]:
    """Mount a small tmpfs, where the machine lets us."""
    place.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)
