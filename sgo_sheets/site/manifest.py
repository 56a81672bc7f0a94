"""The list of all pages of a built site, written last: what it names is whole and belongs together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

MANIFEST = "manifest.json"
SCHEMA = "sgo-site/1"
START_PAGES = ("staff/index.html", "public/index.html")
PATH_LENGTH = 120
_DIGEST_LENGTH = 64
_text = lru_cache(maxsize=1 << 16)(json.JSONEncoder(ensure_ascii=False).encode)  # a watcher lists the same again


class Entry(NamedTuple):
    """A page in the list: the SHA-256 of its bytes and who may see it."""

    sha256: str
    audience: str


def dump(pages: Mapping[str, Entry]) -> bytes:
    """Return the list as JSON: a line for a page, in the order of the paths, the same bytes for the same pages."""
    lines = [
        f'  {_text(path)}: {{"sha256": "{page.sha256}", "audience": {_text(page.audience)}}}'
        for path, page in sorted(pages.items())
    ]
    body = ",\n".join(lines)
    return f'{{\n "schema": {_text(SCHEMA)},\n "pages": {{\n{body}\n }}\n}}\n'.encode()


def load(data: bytes) -> dict[str, Entry] | None:
    """Return the pages of a list, None when these bytes are not such a list (cut off, another program's)."""
    try:
        content: Any = json.loads(data)
        if content["schema"] != SCHEMA:
            return None
        pages = {
            str(path): Entry(str(entry["sha256"]), str(entry["audience"])) for path, entry in content["pages"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not all(is_page_path(path) and is_digest(entry.sha256) for path, entry in pages.items()):
        return None
    return pages


def read(site: Path) -> dict[str, Entry] | None:
    """Return the pages of the site in a folder, None when nothing whole was ever built there."""
    try:
        return load((site / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def start_page(site: Path) -> Path | None:
    """Return the page to open first, None when there is none yet."""
    return next((site / page for page in START_PAGES if (site / page).is_file()), None)


def is_page_path(path: str) -> bool:
    """Return whether a path can be a page's: inside one of the three trees, short, no way out of the folder."""
    parts = path.split("/")
    return (
        len(path) < PATH_LENGTH
        and len(parts) > 1
        and parts[0] in ("public", "families", "staff")
        and all(
            part not in ("", ".", "..") and not set(part) & set('\\:*?"<>|') and part.isprintable() for part in parts
        )
    )


def is_digest(text: str) -> bool:
    """Return whether a text is a SHA-256 in hexadecimal digits."""
    return len(text) == _DIGEST_LENGTH and all(c in "0123456789abcdef" for c in text)
