"""The history of a school's workbooks: the store of versions, the log and its index, opened together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sgo_sheets.findings import Datum
from sgo_sheets.history.entries import DamagedError, Entry, What, read_entry
from sgo_sheets.history.index import Correction, Index, Version
from sgo_sheets.history.log import Log
from sgo_sheets.history.objects import Objects
from sgo_sheets.history.place import why_not
from sgo_sheets.history.sqlite import DatabaseError, Error, OperationalError
from sgo_sheets.history.timings import Timings

FAILURES = (OSError, Error, DamagedError)
"""What may go wrong with the disk of the history: a build says it and goes on."""
REPORTS = "reports"
"""Stands for the workbook in the data of reports."""
OBJECTS, LOG, INDEX = "objects.sqlite", "log.jsonl", "index.sqlite"


class NotHereError(OSError):
    """The history cannot be kept in this folder; the text is a Russian sentence that says why."""


def exists(folder: Path) -> bool:
    """Return whether a history was ever begun in a folder."""
    return (folder / LOG).exists()


class History:
    """The history in a folder. What it raises is in ``FAILURES``.

    ``read_only`` – nothing is written and no index made anew: what it does not know yet is unknown.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        if not read_only:
            if refusal := why_not(folder):
                raise NotHereError(refusal)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.log = Log(folder / LOG)
        self.index = _index(folder / INDEX, read_only=read_only)
        self._read_only = read_only
        self._objects: Objects | None = None
        if not read_only and self.index.size() != self.log.size():
            with self.writing():
                pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all files."""
        self.index.close()
        if self._objects is not None:
            self._objects.close()
            self._objects = None

    @property
    def objects(self) -> Objects:
        """Return the store of versions, opened when it is first asked for."""
        if self._objects is None:
            self._objects = Objects(self.folder / OBJECTS, read_only=self._read_only)
        return self._objects

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the history while something is added: two programs add one after the other, neither loses anything."""
        self.index.begin()
        try:
            self._catch_up()
            yield
            self.index.commit()
        except BaseException:
            with suppress(Error):
                self.index.undo()
            raise

    def _catch_up(self) -> None:
        """Bring the index up to the log, whose last line may be torn."""
        self.log.forget_unfinished()
        self.log.repair()
        size = self.log.size()
        if self.index.size() == size:
            return
        if self.index.size() > size:
            self.index.put("lost", str(self.index.number()))
            self.rebuild()
        elif not self._replay(self.index.size(), strict=True):
            self.rebuild()

    def rebuild(self) -> None:
        """Make the index anew from the whole log, within ``writing``; what is damaged is passed over."""
        self.index.clear()
        self._replay(0, strict=False)
        self.index.restore_looks()

    def _replay(self, start: int, *, strict: bool) -> bool:
        for place, line in self.log.read(start):
            try:
                entry = read_entry(line)
            except DamagedError:
                if strict:
                    return False
                continue
            if self.index.add(entry, place, place + len(line), force=not strict):
                return False
        self.index.put("size", str(self.log.size()))
        return True

    def add(self, what: What, at: dt.datetime, path: str = "", **facts: object) -> Entry:
        """Add one entry, within ``writing``."""
        entry = self.following(None, what, at, path, facts)
        self.append([entry])
        return entry

    def following(
        self, before: Entry | None, what: What, at: dt.datetime, path: str, facts: Mapping[str, object]
    ) -> Entry:
        """Return an entry that follows another, or the last of the log; without changes, not sealed if they come."""
        number, head = (before.number, before.hash) if before is not None else (self.index.number(), self.index.head())
        return Entry(number + 1, at.isoformat(timespec="seconds"), what, path, facts, (), head).sealed()

    def append(self, entries: Iterable[Entry]) -> None:
        """Write sealed entries to the log and put them in the index, within ``writing``."""
        ready = list(entries)
        if not ready:
            return
        place = self.log.size()
        self.log.append(ready)
        for entry in ready:
            size = place + len(entry.line())
            if wrong := self.index.add(entry, place, size):
                raise DamagedError(wrong)
            place = size

    def head(self) -> str:
        """Return the hash of the last entry: as long as it is the same, the history knows nothing new."""
        return self.index.head() if self.index.usable and self.index.number() else ""

    def heads(self) -> dict[str, str]:
        """Return workbook → what changes whenever its timings may have."""
        return self.index.heads() if self.index.usable else {}

    def formed(self) -> dict[str, str]:
        """Return what stands for the workbook in the data of reports → what changes whenever one is formed."""
        return self.index.formed() if self.index.usable else {}

    def knows(self, digests: Mapping[str, str]) -> bool:
        """Return whether the workbooks (path → SHA-256) are exactly those of the last versions."""
        return digests == {path: one.digest for path, one in self.index.books().items() if not one.gone}

    def look(self, digests: Mapping[str, str], at: dt.datetime) -> None:
        """Note that the workbooks (path → SHA-256) were looked at and nothing was new."""
        with self.writing():
            note_look(self.index, digests, at)

    def note_formed(self, data: Iterable[Datum], at: dt.datetime) -> None:
        """Note which reports are formed; each is remembered from the first time on.

        A report that could be formed already when the history began has no day.
        """
        with self.writing():
            new = [list(datum) for datum in dict.fromkeys(data) if not self.index.has(datum)]
            if new:
                self.add(What.FORMED, at, data=new, looked=self.index.get("before"))

    def reports(self) -> frozenset[Datum]:
        """Return the reports known to be formed, be it since the history began."""
        return self.index.data_of(REPORTS) if self.index.usable else frozenset()

    def look_before(self) -> str:
        """Return when the workbooks were looked at before the last look, «» when they were not."""
        return (self.index.get("before") or "") if self.index.usable else ""

    def corrections(self, path: str) -> tuple[Correction, ...]:
        """Return the marks of a workbook that became others, the oldest first."""
        return tuple(self.index.corrections(path)) if self.index.usable else ()

    def timings(self, until: dt.date | None = None) -> Timings:
        """Return when data came; ``until`` – as it was known at the end of that day."""
        return Timings(self.index if self.index.usable else None, until)

    def current_on(self, day: dt.date) -> tuple[Version, ...]:
        """Return the versions of the workbooks that were the last at the end of a day, by path."""
        last: dict[str, Version] = {}
        paths: dict[str, str] = {}
        for entry in self.log.entries():
            if dt.date.fromisoformat(entry.at[:10]) > day:
                continue
            if entry.what is What.VERSION:
                last[entry.path] = version_of(entry)
            elif entry.what is What.REMOVED:
                paths[entry.path] = "gone"
                continue
            elif entry.what is What.MOVED and (old := str(entry.facts["from"])) in last:
                last[entry.path] = last.pop(old)._replace(path=entry.path)
            if entry.what in (What.VERSION, What.RETURNED, What.MOVED):
                paths.pop(entry.path, None)
        return tuple(last[path] for path in sorted(last) if path not in paths)


def version_of(entry: Entry, place: int = -1) -> Version:
    """Return the version an entry tells of."""
    facts = entry.facts
    return Version(
        entry.path, int(facts["version"]), entry.number, place, str(facts["digest"]), entry.at,
        str(facts.get("looked") or ""), tuple(facts.get("unread", ())),
    )  # fmt: skip


def note_look(index: Index, digests: Mapping[str, str], at: dt.datetime) -> None:
    """Note, within ``writing``, which workbooks (path → SHA-256) lie there as they are known."""
    known = index.books()
    seen = {path for path, one in known.items() if digests.get(path) == one.digest and not one.gone}
    again = [path for path in seen if known[path].looked is not None]
    away = [path for path, one in known.items() if path not in seen and one.looked is None]
    index.look(at.isoformat(timespec="seconds"), again, away)


def _index(path: Path, *, read_only: bool) -> Index:
    """Return the index; one that is no database any more is made anew, for it is derived."""
    try:
        return Index(path, read_only=read_only)
    except OperationalError:
        raise
    except DatabaseError:
        if read_only:
            raise
        path.unlink()
        return Index(path)
