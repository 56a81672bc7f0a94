"""What a file tells of itself besides its content: who saved it last, whose it is, when it was changed."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

_AUTHOR = {
    "docProps/core.xml": re.compile(rb"<cp:lastModifiedBy>([^<]{1,200})<"),
    "meta.xml": re.compile(rb"<dc:creator>([^<]{1,200})<"),
}
_MOST = 100_000


def file_facts(path: Path, data: bytes) -> dict[str, Any]:
    """Return size, time of change (UTC), «last modified by» and owner of a file; None where it does not say."""
    try:
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).isoformat(timespec="seconds")
    except (OSError, ValueError, OverflowError):
        changed = None
    return {"size": len(data), "mtime": changed, "by": saved_by(data), "owner": _owner(path)}


def saved_by(data: bytes) -> str | None:
    """Return who saved the workbook last by its own word: a hint, nothing more."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, pattern in _AUTHOR.items():
                if name in archive.NameToInfo:
                    with archive.open(name) as part:
                        found = pattern.search(part.read(_MOST))
                    return html.unescape(found[1].decode("utf-8", "replace")).strip() or None if found else None
    except Exception:  # noqa: BLE001 - a torn file tells nothing
        return None
    return None


def _owner(path: Path) -> str | None:
    try:
        return path.owner()
    except (OSError, KeyError, NotImplementedError):
        return None
