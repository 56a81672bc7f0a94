"""The list on the target: what was published, what is on its way, what is still to be deleted.

It names paths and digests and nobody's audience. Names stay in it until their files are gone: without that a crash
would leave the page of a pupil who left for ever.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sgo_sheets.project import UserError
from sgo_sheets.site import manifest

LISTING = manifest.MANIFEST
SCHEMA = "sgo-published/1"


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies on the target.

    ``pages`` – path → SHA-256; ``coming`` – names being written, old, new or missing; ``deleting`` – names to go.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    coming: tuple[str, ...] = ()
    deleting: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Return every name this program ever put there and has not yet seen gone."""
        return frozenset(self.pages) | frozenset(self.coming) | frozenset(self.deleting)


def dump(listing: Listing) -> bytes:
    """Return the list as JSON, a line for a page, the same bytes for the same list."""
    content = {
        "schema": SCHEMA,
        "pages": {path: listing.pages[path] for path in sorted(listing.pages)},
        "coming": sorted(listing.coming),
        "deleting": sorted(listing.deleting),
    }
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode()


def load(data: bytes | None, where: str) -> Listing | None:
    """Return the list, None where there is none or it is damaged: then the files themselves are looked at.

    Raises UserError when another program's list lies there, or that of a newer sgo.
    """
    if data is None:
        return None
    try:
        content: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema == manifest.SCHEMA:
        return None  # a site copied there by hand
    if schema != SCHEMA:
        raise UserError(
            f"В папке {where} лежит чужой файл {LISTING}: похоже, это сайт другой программы. "
            "Выберите для выкладки другую, лучше пустую, папку."
        )
    try:
        pages = {str(path): str(digest) for path, digest in content["pages"].items()}
        coming, deleting = (tuple(str(path) for path in content[name]) for name in ("coming", "deleting"))
    except (KeyError, TypeError, AttributeError):
        return None
    names = (*pages, *coming, *deleting)
    if not all(manifest.is_page_path(path) for path in names) or not all(map(manifest.is_digest, pages.values())):
        return None
    return Listing(pages, coming, deleting)
