"""The watcher's judgement: when to build, when to wait, and what never to believe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sgo_sheets.project import SENTINEL, UserError
from sgo_sheets.publish.durable import BusyError
from sgo_sheets.watch.alarm import Alarm
from sgo_sheets.watch.looks import Look, Looks, look

SETTLE = 1.0  # seconds of quiet before a second look
EVERY = 60.0  # seconds between own looks
LOOKS = 3  # looks after which a missing workbook is believed to be gone
TRIES = 4  # readings of a changed workbook, ever later, before it is reported as unreadable


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
