"""What is not kept for ever: saves older than a month but the last of a day, and all of one pupil when asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sgo_sheets.history.changes import Change
from sgo_sheets.history.entries import Entry, What
from sgo_sheets.history.history import History
from sgo_sheets.history.index import Version
from sgo_sheets.history.pieces import inflated

EVERY_SAVE = 30  # days


def retain(history: History, at: dt.datetime, every_save: int = EVERY_SAVE) -> int:
    """Let go of saves older than so many days that are not the last of their day; return how many.

    The last version of a workbook, and the last one that could be read whole, always stay.
    """
    with history.writing():
        gone = history.index.dropped()
        versions = history.index.versions()
        kept = {version.number for version in _kept(versions, at, every_save)}
        drop = [version for version in versions if version.number not in kept and version.number not in gone]
        if drop:
            history.add(What.DROPPED, at, versions=[version.number for version in drop])
        needed = {v.digest for v in versions if v.number in kept and v.number not in gone}
    history.objects.drop(digest for digest in list(history.objects.digests()) if digest not in needed)
    return len(drop)


def _kept(versions: Sequence[Version], at: dt.datetime, every_save: int) -> Iterator[Version]:
    since = at - dt.timedelta(days=every_save)
    last: dict[str, Version] = {}
    whole: dict[str, Version] = {}
    of_day: dict[tuple[str, str], Version] = {}
    for version in versions:
        last[version.path] = version
        of_day[version.path, version.at[:10]] = version
        if not version.unread:
            whole[version.path] = version
        if dt.datetime.fromisoformat(version.at) >= since:
            yield version
    yield from last.values()
    yield from whole.values()
    yield from of_day.values()


def is_about(pupil: str) -> Callable[[Change], bool]:
    """Return a function that tells whether a change is about a pupil by № личного дела."""
    wanted = _word(pupil)
    return lambda change: _of(change, wanted)


def _word(pupil: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(pupil)}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Traces:
    """What the history holds of a pupil.

    ``changes`` – number of an entry → places of its changes; ``versions`` – those in which the № stands; ``current`` –
    workbooks in the folder today in which it still stands.
    """

    changes: dict[int, list[int]]
    versions: tuple[Version, ...]
    current: tuple[str, ...]


def traces(history: History, pupil: str) -> Traces:
    """Return what the history holds of a pupil by № личного дела."""
    wanted = _word(pupil)
    changes = {}
    for entry in history.log.entries():
        if places := [
            place for place, one in enumerate(entry.changes) if not isinstance(one, str) and _of(one[1], wanted)
        ]:
            changes[entry.number] = places
    gone, known = history.index.dropped(), history.index.books()
    found: dict[str, bool] = {}
    versions, current = [], []
    for version in history.index.versions():
        if version.number in gone:
            continue
        if version.digest not in found:
            data = history.objects.get(version.digest)
            found[version.digest] = data is not None and _in(data, wanted)
        if not found[version.digest]:
            continue
        book = known.get(version.path)
        if book is not None and book.version == version.version and not book.gone:
            current.append(version.path)
        else:
            versions.append(version)
    return Traces(changes, tuple(versions), tuple(current))


def purge(history: History, found: Traces, at: dt.datetime) -> None:
    """Take the values of a pupil out of the log and his old versions out of the store; a tombstone says what is gone.

    The tombstone names entries and versions but not the pupil. It is written first: broken off here, the history says
    that the purge is not finished, and the same purge again finishes it.
    """
    numbers = [version.number for version in found.versions]
    with history.writing():
        changes = {str(number): places for number, places in found.changes.items()}
        history.add(What.PURGED, at, changes=changes, versions=numbers)
        history.log.rewrite(_purged(history, found))
        history.rebuild()
    history.index.base.execute("VACUUM")
    needed = {v.digest for v in history.index.versions() if v.number not in history.index.dropped()}
    history.objects.drop(digest for digest in list(history.objects.digests()) if digest not in needed)


def _purged(history: History, found: Traces) -> Iterator[Entry]:
    for entry in history.log.entries():
        yield entry.without(found.changes.get(entry.number, ()))


def _of(change: Change, wanted: re.Pattern[str]) -> bool:
    return any(wanted.search(text) for text in change)


def _in(data: bytes, wanted: re.Pattern[str]) -> bool:
    return any(wanted.search(part.decode("utf-8", "replace")) for part in inflated(data))
