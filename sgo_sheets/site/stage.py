"""Pages on their way: written aside as they are made, so that only their digests are gathered."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sgo_sheets.site import disk
from sgo_sheets.site.disk import Seen
from sgo_sheets.site.manifest import is_page_path
from sgo_sheets.site.page import Page


class Staged(NamedTuple):
    """A page that was made: its path, the SHA-256 of its bytes, its audience. Its bytes wait in the stage."""

    path: str
    sha256: str
    audience: str


def clear(stage: Path) -> None:
    """Empty the stage of what an interrupted run left there. Raises UserError when it cannot be."""
    try:
        if stage.exists():
            shutil.rmtree(stage)
    except OSError as error:
        raise disk.refused(error, stage) from error


def put(pages: Iterable[Page], stage: Path, present: Mapping[str, Seen]) -> tuple[Staged, ...]:
    """Write pages to the stage and return what was made; those that lie in the site already are not written.

    ``present`` is the site as it is now. Raises UserError when the disk refuses, ValueError for a path no page has.
    """
    staged = []
    made: set[Path] = set()
    for page in pages:
        if not is_page_path(page.path):
            raise ValueError(f"no page may lie at {page.path!r}")
        digest = hashlib.sha256(page.content).hexdigest()
        staged.append(Staged(page.path, digest, page.audience))
        seen = present.get(page.path)
        if seen is None or seen.sha256 != digest:
            _write(stage / page.path, page.content, made)
    return tuple(staged)


def _write(path: Path, content: bytes, made: set[Path]) -> None:
    try:
        if path.parent not in made:
            disk.make_folder(path.parent)
            made.add(path.parent)
        disk.write(path, content)
    except OSError as error:
        raise disk.refused(error, path.parent) from error
