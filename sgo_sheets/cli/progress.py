"""Progress of long work, on a terminal only: one line that is gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


class Progress:
    """Told of a stage, how much of it is done and how much there is; writes a line when the per cent changes."""

    def __init__(self) -> None:
        self._last = ""
        self._on = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of a stage are done (a ``total`` of 0: nobody knows how many)."""
        if not self._on:
            return
        share = f" {100 * done // total} %" if total else ""
        line = f"{stage}…{share}"
        if line != self._last:
            click.echo(f"\r{line}".ljust(len(self._last) + 1), err=True, nl=False)
            self._last = line

    def clear(self) -> None:
        """Take the line away."""
        if self._last:
            click.echo("\r" + " " * len(self._last) + "\r", err=True, nl=False)
            self._last = ""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a ``Progress`` whose line is gone at the end, whatever the end."""
    progress = Progress()
    try:
        yield progress
    finally:
        progress.clear()
