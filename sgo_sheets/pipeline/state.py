"""What a finished build remembers in ``.sgo/build.json``: only to do less next time, never to know what is true.

A state that is missing, damaged or of another version costs a whole build and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sgo_sheets.site import disk
from sgo_sheets.site.disk import Seen
from sgo_sheets.site.stage import Staged

SCHEMA = "sgo-build/4"


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages made by one call of a maker, and the key of everything they depend on; ``told`` – as in ``Part``."""

    key: str
    pages: tuple[Staged, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A last good copy: the SHA-256 of the workbook's bytes and the sheets it lacks already."""

    digest: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A finished build.

    ``inputs`` is the digest of everything it was made from, the day included; ``books`` – workbook → SHA-256;
    ``pupils`` – their №; ``failing`` – workbook → the day (ISO) since which it cannot be read; ``held`` – workbook
    → the version (SHA-256) that is held back and since when; ``good`` – workbook →
    its last good copy; ``seen`` – how the pages lie in the site, ``listed`` the list of them; ``figures`` – as
    ``figures.remembered`` gives them; ``told`` – as in ``BuildResult``.
    """

    inputs: str = ""
    books: Mapping[str, str] = field(default_factory=dict)
    pupils: tuple[str, ...] = ()
    failing: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    good: Mapping[str, Kept] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    listed: Seen | None = None
    figures: Any = None
    told: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Recalled:
    """The state as it was saved last, for a watcher: good while the file is the very one that was written."""

    _state: State = field(default_factory=State)
    _lies: tuple[int, ...] | None = None

    def load(self, folder: Path) -> State:
        """Return what ``load`` does, without reading what is known."""
        lies = _how_it_lies(folder)
        if lies is None or lies != self._lies:
            self._state, self._lies = load(folder), lies
        return self._state

    def save(self, folder: Path, state: State) -> None:
        """Write the state down and keep it. Raises UserError when the disk refuses."""
        save(folder, state)
        self._state, self._lies = state, _how_it_lies(folder)


def _how_it_lies(folder: Path) -> tuple[int, ...] | None:
    try:
        found = _file(folder).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def save(folder: Path, state: State) -> None:
    """Write the state down. Raises UserError when the disk refuses."""
    content = {
        "schema": SCHEMA,
        "inputs": state.inputs,
        "books": dict(state.books),
        "pupils": state.pupils,
        "failing": dict(state.failing),
        "held": {path: list(one) for path, one in state.held.items()},
        "good": {path: [kept.digest, *kept.missing] for path, kept in state.good.items()},
        "units": {name: [unit.key, unit.told, *unit.pages] for name, unit in state.units.items()},
        "seen": dict(state.seen),
        "listed": state.listed,
        "figures": state.figures,
        "told": dict(state.told),
    }
    try:
        disk.make_folder(folder)
        disk.write_whole(_file(folder), json.dumps(content, ensure_ascii=False).encode())
    except OSError as error:
        raise disk.refused(error, folder) from error


def load(folder: Path) -> State:
    """Return the state of the last finished build, an empty one when there is none that can be believed."""
    try:
        content: Any = json.loads(_file(folder).read_bytes())
        if content["schema"] != SCHEMA:
            return State()
        return State(
            inputs=str(content["inputs"]),
            books={str(path): str(digest) for path, digest in content["books"].items()},
            pupils=tuple(str(pupil) for pupil in content["pupils"]),
            failing={str(path): str(day) for path, day in content["failing"].items()},
            held={path: (str(digest), str(day)) for path, (digest, day) in content.get("held", {}).items()},
            good={path: Kept(digest, tuple(missing)) for path, (digest, *missing) in content["good"].items()},
            units={
                name: Unit(key, tuple(Staged(*page) for page in pages), tuple(told))
                for name, (key, told, *pages) in content["units"].items()
            },
            seen={path: Seen(*seen) for path, seen in content["seen"].items()},
            listed=Seen(*content["listed"]),
            figures=content["figures"],
            told={str(words): int(number) for words, number in content["told"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return State()


def _file(folder: Path) -> Path:
    return folder / "build.json"
