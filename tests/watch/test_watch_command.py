"""``sgo watch`` as a person runs it: a process that lives, journals that are saved, Ctrl+C."""

from __future__ import annotations

import datetime as dt
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pipeline.little_school import MATHS_5A, ON, LittleSchool, little_school

LESSON = dt.date(2026, 11, 16)
PATIENCE = 60
ONE = "<b>1</b> ответ на уроке"


class Watching:
    """A running ``sgo watch`` and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def wait_for(self, words: str) -> str:
        """Return the next line with these words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=1)
            except queue.Empty:
                assert self.process.poll() is None, self.said
                continue
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"«{words}» was never said: {self.said}")


@contextmanager
def watching(school: LittleSchool, *words: str) -> Iterator[Watching]:
    """Run ``sgo watch`` over a school and end it as Ctrl+C does."""
    command = [sys.executable, "-m", "sgo_sheets", "watch", "--school", str(school.root), "--on", ON.isoformat()]
    command += ["--settle", "0.3", "--every", "600", *words]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
    ) as process:
        found = Watching(process)
        try:
            yield found
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
            found.wait_for("Остановлено")
        finally:
            process.kill()


def test_a_saved_journal_appears_in_the_diary(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    with watching(school) as watched:
        watched.wait_for("записано")
        assert ONE not in school.page("К-501")
        school.mark(MATHS_5A, "К-501", LESSON, "1")
        line = watched.wait_for("записано")
        assert "записано 0" not in line
        assert ONE in school.page("К-501")
        place = school.root / "workbooks" / MATHS_5A
        good = place.read_bytes()
        place.write_bytes(good[: len(good) // 2])
        watched.wait_for(f"не читается: {MATHS_5A}")
        assert ONE in school.page("К-501")
        place.write_bytes(good)
        watched.wait_for(f"снова читается: {MATHS_5A}")
    left = [path for path in school.build().written if "/reports" not in path]
    assert left == [], "what the watcher built is what a build would make; reports may have waited"
    assert school.build().idle


def test_a_second_watcher_says_that_it_is_not_needed(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    with watching(school) as watched:
        watched.wait_for("Слежу")
        watched.wait_for("записано")
        command = [sys.executable, "-m", "sgo_sheets", "watch", "--school", str(school.root)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        second = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE, env=environment)
        assert second.returncode == 2
        assert f"процесс {watched.process.pid}" in second.stderr.decode()


def test_half_the_pupils_gone_stop_it_until_somebody_accepts(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    school.build()
    before = school.site()
    with school.opened("Контингент/5А.xlsx") as book:
        book["Обучающиеся"].delete_rows(2, 10)
    with watching(school) as watched:
        watched.wait_for("--accept-removals")
        assert school.site() == before
    with watching(school, "--accept-removals") as watched:
        watched.wait_for("удалено")
    assert len(school.site()) < len(before)
