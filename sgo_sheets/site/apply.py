"""The last step of building: changed pages into the site, then pages without a source out of it, the list last.

The folder is never emptied first. Whatever moment it stops at, every file there is whole, and the next run goes on.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sgo_sheets.site import disk
from sgo_sheets.site.disk import Patience, Seen, at_once
from sgo_sheets.site.manifest import MANIFEST, Entry, dump
from sgo_sheets.site.stage import Staged


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the site: paths written and removed, how many stayed, and how every page lies there now."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    pages: Mapping[str, Seen]
    manifest: Seen


def apply(
    staged: Sequence[Staged], stage: Path, site: Path, present: Mapping[str, Seen], patience: Patience = at_once
) -> Applied:
    """Make the site consist of the staged pages and return what changed.

    ``staged`` names every page of the site, also those that stay; ``present`` is what lies there now (``disk.scan``).
    Raises UserError when the disk refuses (the site is then a set of whole pages, old and new, and the next run
    repairs it), ValueError when two pages want one place.
    """
    _refuse_doubles(staged)
    changed = [page for page in staged if page.path not in present or present[page.path].sha256 != page.sha256]
    wanted = {page.path for page in staged}
    stale = sorted(path for path in present if path not in wanted)
    try:
        pages = {path: seen for path, seen in present.items() if path in wanted}
        pages |= _bring_in(changed, stage, site, patience)
        for path in stale:
            patience(lambda path=path: disk.remove(site / path))  # type: ignore[misc]  # a default binds the loop's path
        _remove_empty(site, stale)
        listed = _write_list(staged, site, patience)
    except OSError as error:
        raise disk.refused(error, site) from error
    written = tuple(page.path for page in changed)
    return Applied(written, tuple(stale), len(staged) - len(written), pages, listed)


def _bring_in(changed: Iterable[Staged], stage: Path, site: Path, patience: Patience) -> dict[str, Seen]:
    found = {}
    made: set[Path] = set()
    # What pages lean on (style, script) goes first, so that no page ever asks for what is not there yet.
    for page in sorted(changed, key=lambda page: (page.path.endswith(".html"), page.path)):
        target = site / page.path
        if target.parent not in made:
            disk.make_folder(target.parent)
            made.add(target.parent)
        _move(stage / page.path, target, patience)
        state = target.stat()
        found[page.path] = Seen(page.sha256, state.st_size, state.st_mtime_ns)
    return found


def _move(source: Path, target: Path, patience: Patience) -> None:
    try:
        patience(lambda: disk.move(source, target))
    except OSError as error:
        # os.replace names its source, a person needs the place that is taken; a full disk names the file itself.
        if error.errno in (errno.ENOSPC, errno.EROFS):
            raise
        raise OSError(error.errno, error.strerror, str(target)) from error


def _remove_empty(site: Path, removed: Collection[str]) -> None:
    """Remove the folders that lost their last page, the deepest first."""
    folders = {folder for path in removed for folder in PurePosixPath(path).parents if len(folder.parts) > 1}
    for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
        disk.remove_if_empty(site / folder)


def _write_list(staged: Iterable[Staged], site: Path, patience: Patience) -> Seen:
    """Write the list of pages unless it says the same already; return how it lies there."""
    path = site / MANIFEST
    data = dump({page.path: Entry(page.sha256, page.audience) for page in staged})
    if not path.is_file() or path.read_bytes() != data:
        disk.make_folder(site)
        disk.write_whole(path, data, patience)
    disk.remove(disk.temporary_of(path))
    state = path.stat()
    return Seen("", state.st_size, state.st_mtime_ns)


def _refuse_doubles(staged: Iterable[Staged]) -> None:
    doubles = [path for path, count in Counter(page.path.casefold() for page in staged).items() if count > 1]
    if doubles:
        raise ValueError(f"two pages want one place: {', '.join(doubles[:5])}")
