"""The entries of the log: what happened to a workbook, chained by hashes so that nothing can be altered unseen.

The hash of an entry covers a salted digest of each of its changes instead of the change itself. So the values of a
change can be taken away (152-ФЗ) and the chain still holds; the salt, taken away with them, keeps anybody from
guessing a mark by its digest.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sgo_sheets.history.changes import Change

SCHEMA = "sgo-history/1"
START = "0" * 64


class What(StrEnum):
    """What an entry tells."""

    VERSION = "version"
    MOVED = "moved"
    REMOVED = "removed"
    RETURNED = "returned"
    FORMED = "formed"
    DROPPED = "dropped"
    PURGED = "purged"


class DamagedError(Exception):
    """The log is not what was written; carries a Russian phrase that says where."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    ``at`` – when, ISO with the offset of the school's clock; ``facts`` – what else is told, by kind of entry;
    ``changes`` – each a salted change, or the digest that is left of one; ``previous``, ``hash`` – the chain.
    """

    number: int
    at: str
    what: What
    path: str
    facts: Mapping[str, Any]
    changes: tuple[tuple[str, Change] | str, ...] = ()
    previous: str = START
    hash: str = ""

    def sealed(self) -> Entry:
        """Return the entry with its hash."""
        return replace(self, hash=self.expected())

    @property
    def true(self) -> bool:
        """Return whether the entry says what it said when it was written."""
        return self.expected() == self.hash

    def expected(self) -> str:
        """Return the hash the entry must have."""
        digests = [change if isinstance(change, str) else _digest(*change) for change in self.changes]
        return hashlib.sha256(_text([*self._head(), digests, self.previous]).encode()).hexdigest()

    def known(self) -> tuple[Change, ...]:
        """Return the changes whose values are still there."""
        return tuple(change[1] for change in self.changes if not isinstance(change, str))

    def without(self, places: Sequence[int]) -> Entry:
        """Return the entry with only the digests of the changes at these places; its hash stays right."""
        left = [
            _digest(*change) if place in places and not isinstance(change, str) else change
            for place, change in enumerate(self.changes)
        ]
        return replace(self, changes=tuple(left))

    def line(self) -> bytes:
        """Return the entry as its line of the log."""
        changes = [change if isinstance(change, str) else [change[0], *_short(change[1])] for change in self.changes]
        return (_text([*self._head(), changes, self.previous, self.hash]) + "\n").encode()

    def _head(self) -> list[Any]:
        return [SCHEMA, self.number, self.at, self.what, self.path, dict(self.facts)]


def salted(change: Change) -> tuple[str, Change]:
    """Return a change with a salt of its own."""
    return secrets.token_urlsafe(12), change


def read_entry(line: bytes) -> Entry:
    """Return the entry of a line. Raises DamagedError for anything that is none."""
    try:
        schema, number, at, what, path, facts, changes, previous, mark = json.loads(line)
        if schema != SCHEMA:
            raise DamagedError(f"запись сделана другой версией программы ({schema})")
        return Entry(
            number=int(number),
            at=str(at),
            what=What(what),
            path=str(path),
            facts=dict(facts),
            changes=tuple(one if isinstance(one, str) else (one[0], Change(*one[1:])) for one in changes),
            previous=str(previous),
            hash=str(mark),
        )
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise DamagedError("строка не разбирается") from error


def check(entry: Entry, before: Entry | None) -> str:
    """Return what is wrong with an entry after another, «» when nothing is."""
    previous = before.hash if before is not None else START
    number = before.number + 1 if before is not None else 1
    if entry.number != number:
        return f"после записи {number - 1} стоит запись {entry.number}"
    if entry.previous != previous:
        return f"запись {entry.number} не продолжает предыдущую"
    return f"запись {entry.number} изменена" if not entry.true else ""


def _digest(salt: str, change: Change) -> str:
    return hashlib.sha256(_text([salt, *_short(change)]).encode()).hexdigest()


def _short(change: Change) -> list[str]:
    return list(change if change.who else change[:-1])


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
