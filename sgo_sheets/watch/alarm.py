"""What wakes the watcher: events of the system where there are any, and the time."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Protocol

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

_SLICE = 0.5  # Ctrl+C is heard between slices: on Windows a waiting lock does not hear it
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})


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
