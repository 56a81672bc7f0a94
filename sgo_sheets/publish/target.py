"""What a place to publish to must be able to do; the folder is the first of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from sgo_sheets.site.disk import Patience


class Mark(NamedTuple):
    """How a published file lies there: size in bytes, time of change in nanoseconds. Other marks, other bytes."""

    size: int
    mtime_ns: int


class HeldError(Exception):
    """A file of the target could not be replaced or removed because somebody has it open; its name is the text."""


class Target(Protocol):
    """A place to publish to. Names are paths with slashes; errors of the place are OSError, of its owner UserError."""

    @property
    def where(self) -> str:
        """Return the place in words a person knows it by."""

    def check(self) -> None:
        """Raise UserError unless the place is there."""

    def lock(self) -> AbstractContextManager[None]:
        """Hold the place against other publishers; raise UserError when another is at it."""

    def files(self) -> Mapping[str, Mark]:
        """Return every file in the three trees with its mark."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None where there is none."""

    def put(self, name: str, data: bytes, patience: Patience) -> Mark:
        """Put a file there whole: written aside, read back, compared, put in place. Return its mark.

        Raises HeldError when somebody has the old one open longer than the patience lasts.
        """

    def remove(self, name: str, patience: Patience) -> None:
        """Remove a file, and its folder when nothing is left in it. Raises HeldError."""
