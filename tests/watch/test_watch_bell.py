"""The alarm clock: real events of a real folder ring it, reading does not, and a folder gone and back rings again."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from sgo_sheets.watch import Bell, Observing


def rung(bell: Bell, seconds: float = 10.0) -> bool:
    """Return whether the bell wakes a sleeper well before the time is over."""
    start = time.monotonic()
    bell.sleep(seconds)
    return time.monotonic() - start < seconds - 0.5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Журналы/5А").mkdir(parents=True)
    (tmp_path / "Журналы/5А/Алгебра.xlsx").write_text("данные", "utf-8")
    return tmp_path


def test_a_save_wakes_and_reading_does_not(folder: Path) -> None:
    bell = Bell()
    observing = Observing(folder, bell)
    observing.keep()
    try:
        bell.quiet(0.2)
        (folder / "Журналы/5А/Алгебра.xlsx").read_bytes()
        assert not rung(bell, 1.0)
        threading.Timer(0.2, lambda: (folder / "Журналы/5А/Алгебра.xlsx").write_text("новое", "utf-8")).start()
        assert rung(bell)
        temporary = folder / "Журналы/5А/1A2B3C4D"
        temporary.write_text("ещё новее", "utf-8")
        bell.quiet(0.2)
        threading.Timer(0.2, lambda: temporary.replace(folder / "Журналы/5А/Алгебра.xlsx")).start()
        assert rung(bell)
    finally:
        observing.stop()


def test_a_folder_that_is_gone_and_back_is_heard_again(folder: Path) -> None:
    bell = Bell()
    observing = Observing(folder / "Журналы", bell)
    observing.keep()
    try:
        shutil.rmtree(folder / "Журналы")
        for _ in range(20):
            bell.quiet(0.1)
            observing.keep()
        (folder / "Журналы").mkdir()
        bell.quiet(0.1)
        observing.keep()
        bell.quiet(0.2)
        threading.Timer(0.2, lambda: (folder / "Журналы/новая.xlsx").write_text("x", "utf-8")).start()
        assert rung(bell)
    finally:
        observing.stop()


def test_quiet_ends_though_it_never_is() -> None:
    bell = Bell()
    finished = threading.Event()

    def noise() -> None:
        while not finished.wait(0.01):
            bell.ring()

    thread = threading.Thread(target=noise)
    thread.start()
    start = time.monotonic()
    bell.quiet(0.1)
    finished.set()
    thread.join()
    assert time.monotonic() - start < 5
