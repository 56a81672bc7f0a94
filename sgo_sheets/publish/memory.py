"""What the publishing machine remembers of a target: how its files lay after the last publication."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sgo_sheets.publish.target import Mark
from sgo_sheets.site import disk


def recall(folder: Path | None, where: str) -> dict[str, Mark] | None:
    """Return path → mark of a target, None when nothing was published there from here."""
    if folder is None:
        return None
    try:
        content: Any = json.loads(_file(folder, where).read_bytes())
        return {str(path): Mark(int(size), int(time)) for path, (size, time) in content["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def remember(folder: Path | None, where: str, marks: Mapping[str, Mark]) -> None:
    """Write down how the files of a target lie. Raises OSError."""
    if folder is None:
        return
    disk.make_folder(folder)
    content = {"target": where, "files": {path: list(marks[path]) for path in sorted(marks)}}
    disk.write_whole(_file(folder, where), json.dumps(content, ensure_ascii=False).encode())


def _file(folder: Path, where: str) -> Path:
    return folder / f"{hashlib.sha256(where.encode()).hexdigest()[:16]}.json"
