"""Lines on a terminal: wrapped to its width with the rest indented; in a file or a pipe each stays one line."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator

import click

_NARROWEST = 40


def terminal_width() -> int | None:
    """Return the width of the terminal the answer goes to, None where it goes to a file or a pipe."""
    return max(shutil.get_terminal_size().columns, _NARROWEST) if sys.stdout.isatty() else None


def wrapped(lines: Iterable[str], width: int | None) -> Iterator[str]:
    """Yield the lines, those longer than the width broken at spaces; colours take no room."""
    for line in lines:
        yield from [line] if width is None else _broken(line, width)


def _broken(line: str, width: int) -> Iterator[str]:
    indent = " " * (len(line) - len(line.lstrip(" ")))
    now, rest = indent, f"{indent}    " if indent else ""
    empty = True
    for word in line.strip(" ").split(" "):
        if not empty and len(click.unstyle(f"{now} {word}")) > width:
            yield now
            now, empty = rest, True
        now = f"{now}{word}" if empty else f"{now} {word}"
        empty = False
    yield now
