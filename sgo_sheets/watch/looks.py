"""A look at the folder of workbooks: what lies there and how, without opening anything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sgo_sheets.project import SENTINEL


class Look(NamedTuple):
    """A file as it lies there; any difference is a change (a clock may go back)."""

    size: int
    mtime_ns: int
    inode: int


Looks = Mapping[str, Look]


def look(folder: Path) -> dict[str, Look] | None:
    """Return path → look of everything in the workbooks folder, None when the folder cannot be believed.

    Lock files and temporary files of office programs are passed over; nothing is opened.
    """
    if not (folder / SENTINEL).exists():
        return None
    found = {}
    try:
        for place, _folders, names in os.walk(folder, onerror=_raise):
            for name in names:
                if name.startswith(("~$", ".")) or name.endswith((".tmp", ".TMP", "~")):
                    continue
                path = Path(place, name)
                try:
                    state = path.stat()
                except FileNotFoundError:
                    continue  # a temporary file that was gone between the list and the look
                found[path.relative_to(folder).as_posix()] = Look(state.st_size, state.st_mtime_ns, state.st_ino)
    except OSError:
        return None
    return found if (folder / SENTINEL).exists() else None


def _raise(error: OSError) -> None:
    raise error
