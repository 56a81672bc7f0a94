"""Watching the workbooks: an event only wakes, the program's own look at the folder decides.

Excel saves through a temporary file and renames; events do not cross a network share; a share may vanish and leave an
empty folder. So nothing is believed but two equal looks in a row, a disappearance only after several, and nothing at
all while the folder's sentinel is missing.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from sgo_sheets.project import SENTINEL, UserError
from sgo_sheets.publish.durable import BusyError

SETTLE = 1.0  # seconds of quiet before a second look
EVERY = 60.0  # seconds between own looks
LOOKS = 3  # looks after which a missing workbook is believed to be gone
TRIES = 4  # readings of a changed workbook, ever later, before it is reported as unreadable
_SLICE = 0.5  # Ctrl+C is heard between slices: on Windows a waiting lock does not hear it
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})


class Look(NamedTuple):
    """A file as it lies there; any difference is a change (a clock may go back)."""

    size: int
    mtime_ns: int
    inode: int


Looks = Mapping[str, Look]


def look(folder: Path) -> dict[str, Look] | None:
    """Return path → look of everything in the workbooks folder, None when the folder cannot be believed.

    Lock files and temporary files of office programs are passed over; nothing is opened.
    """
    if not (folder / SENTINEL).exists():
        return None
    found = {}
    try:
        for place, _folders, names in os.walk(folder, onerror=_raise):
            for name in names:
                if name.startswith(("~$", ".")) or name.endswith((".tmp", ".TMP", "~")):
                    continue
                path = Path(place, name)
                try:
                    state = path.stat()
                except FileNotFoundError:
                    continue  # a temporary file that was gone between the list and the look
                found[path.relative_to(folder).as_posix()] = Look(state.st_size, state.st_mtime_ns, state.st_ino)
    except OSError:
        return None
    return found if (folder / SENTINEL).exists() else None


def _raise(error: OSError) -> None:
    raise error


class Alarm(Protocol):
    """What wakes the watcher."""

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds, or as soon as something has happened in the folder."""

    def quiet(self, seconds: float) -> None:
        """Return when nothing has happened in the folder for so many seconds."""


class Bell:
    """An alarm that is rung from another thread."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        """Say that something has happened."""
        self._rung.set()

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds, or as soon as the bell is rung."""
        left = seconds
        while left > 0 and not self._rung.wait(min(left, _SLICE)):
            left -= _SLICE
        self._rung.clear()

    def quiet(self, seconds: float) -> None:
        """Return when the bell has not been rung for so many seconds, after ten such stretches in any case."""
        for _ in range(10):
            self._rung.clear()
            if not self._rung.wait(seconds):
                return


class _Ringer(FileSystemEventHandler):
    """Rings for changes; the program's own reading makes events too, and they are passed over."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._bell.ring()


class Observing:
    """The alarm clock of the system: started anew when it has died, done without where there is none."""

    def __init__(self, folder: Path, bell: Bell) -> None:
        self._folder, self._bell = folder, bell
        self._observer: BaseObserver | None = None

    def keep(self) -> None:
        """See to it that events of the folder ring the bell, if the system is able to."""
        old = self._observer
        if old is not None and old.is_alive() and old.emitters and all(part.is_alive() for part in old.emitters):
            return
        self.stop()
        try:
            observer = Observer()
            observer.schedule(_Ringer(self._bell), str(self._folder), recursive=True)
            observer.start()
            self._observer = observer
        except OSError:
            self._observer = None  # no such folder now, or too many watches: the looks of every minute remain

    def stop(self) -> None:
        """Stop listening."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None


class Built(Protocol):
    """What the watcher needs to know of a build."""

    @property
    def failing(self) -> Mapping[str, str]:
        """Return the workbooks that could not be read."""

    @property
    def unfinished(self) -> bool:
        """Return whether pages that may wait are still to be made."""


@dataclass(slots=True)
class Watcher:
    """Looks, waits until all is settled, and builds.

    ``run`` builds for a day; after a save it is also given whom to ask, when the pages nobody should wait for are out,
    whether nothing more was saved: only then what may wait is made at once, else by the next build.
    ``readable`` reads one workbook and returns whether it is whole; ``today`` is the day; ``say`` tells a person
    something.
    """

    folder: Path
    run: Callable[[dt.date, Callable[[], bool] | None], Built]
    readable: Callable[[str], bool]
    today: Callable[[], dt.date]
    say: Callable[[str], None]
    settle: float = SETTLE
    _last: Looks | None = None
    _built: Looks = field(default_factory=dict)
    _tried: tuple[Looks, dt.date] | None = None
    _owed: bool = False
    _missed: dict[str, int] = field(default_factory=dict)
    _tries: dict[tuple[str, Look], int] = field(default_factory=dict)
    _said: str = ""

    def step(self) -> float:
        """Look once and build if all is settled.

        Returns how many seconds of quiet the next look needs, 0 when there is nothing to wait for.
        """
        now = look(self.folder)
        if now is None:
            self._last = None
            self._tell(f"Папка книг {self.folder} недоступна (в ней нет файла {SENTINEL}). Жду; сайт остаётся прежним.")
            return 0.0
        settled, self._last = now == self._last, now
        self._missed = {path: self._missed.get(path, 0) + 1 for path in self._built if path not in now}
        day = self.today()
        if (now, day) == self._tried and not self._owed:
            return 0.0
        if not settled or any(count < LOOKS for count in self._missed.values()):
            return self.settle
        return self._unread(now) or self._build(now, day)

    def _unread(self, now: Looks) -> float:
        """Return how long to wait for changed workbooks that are not whole yet, 0 when there is nothing to wait for."""
        if self._tried is None:
            return 0.0  # the first build reads them all anyway, and what it cannot read is tried again
        waits = []
        tries = {}
        for path, seen in now.items():
            if self._built.get(path) == seen:
                continue
            count = self._tries.get((path, seen), 0)
            if count < TRIES and not self.readable(path):
                waits.append(self.settle * 2**count)
                count += 1
            tries[path, seen] = count
        self._tries = tries
        return max(waits, default=0.0)

    def _build(self, now: Looks, day: dt.date) -> float:
        after_save = self._tried is not None and self._tried != (now, day)
        self._tried = (now, day)
        try:
            built = self.run(day, (lambda: look(self.folder) == now) if after_save else None)
        except BusyError:
            self._owed = True  # somebody builds or publishes by hand; soon it is our turn
            return self.settle * 5
        except UserError as error:
            self._owed = True  # only a person can put it right; nobody tells us when: every look tries again
            self._tell(str(error))
            return 0.0
        except Exception as error:  # noqa: BLE001 - our own fault must not end the watch; the next save is a new try
            self._owed = False
            self._tell(f"Ошибка программы: {type(error).__name__}: {error}. Книги не изменены, сайт остаётся прежним.")
            return 0.0
        self._owed = bool(built.failing) or built.unfinished
        self._built, self._said = now, ""
        return self.settle  # what was saved meanwhile is seen at once

    def _tell(self, words: str) -> None:
        """Say it once."""
        if words != self._said:
            self.say(words)
            self._said = words


def watch(watcher: Watcher, alarm: Alarm, keep: Callable[[], None], every: float = EVERY) -> None:
    """Watch until KeyboardInterrupt. ``keep`` is called before every rest: it revives what rings the alarm."""
    while True:
        wait = watcher.step()
        keep()
        if wait:
            alarm.quiet(wait)
        else:
            alarm.sleep(every)
