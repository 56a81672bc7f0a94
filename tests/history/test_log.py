"""The log: a torn end is repaired, everything else that was altered is seen, and a killed program loses nothing."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import faulty_disk
import pytest

from sgo_sheets.history import FAILURES, History, NotHereError, log, place, sqlite, verify
from sgo_sheets.history.entries import What
from sgo_sheets.history.place import why_not
from tests.history.kept_school import MATHS, KeptSchool, kept_school, moment

LESSON = dt.date(2026, 11, 16)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> KeptSchool:
    """Return a school with some past: three saves of a journal."""
    kept = kept_school(tmp_path_factory.mktemp("lived") / "school")
    for day, text in ((2, "2"), (3, "3"), (4, "4")):
        kept.school.mark(MATHS, "К-501", LESSON, text)
        kept.observe(moment(day))
    return kept


def copy_of(kept: KeptSchool, root: Path) -> KeptSchool:
    shutil.copytree(kept.school.root, root)
    return KeptSchool(type(kept.school)(root))


def wrong(kept: KeptSchool) -> tuple[str, ...]:
    with kept.open() as history:
        return verify(history)


def test_a_whole_history_is_whole(lived: KeptSchool) -> None:
    assert wrong(lived) == ()
    assert len(lived.entries()) == 14


def test_a_torn_last_line_is_cut_off_wherever_it_was_torn(lived: KeptSchool, tmp_path: Path) -> None:
    data = (lived.folder / "log.jsonl").read_bytes()
    start = data[:-1].rfind(b"\n") + 1
    for end in (start + 1, start + 100, len(data) - 1):
        kept = copy_of(lived, tmp_path / str(end))
        (kept.folder / "log.jsonl").write_bytes(data[:end])
        (kept.folder / "index.sqlite").unlink()
        assert len(kept.entries()) == 13
        assert wrong(kept) == ()
        assert kept.observe(moment(5)) == (MATHS,)
        assert wrong(kept) == ()


def test_zeros_at_the_end_are_cut_off(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "zeros")
    with (kept.folder / "log.jsonl").open("ab") as file:
        file.write(b"\0" * 4096)
    assert len(kept.entries()) == 14
    assert wrong(kept) == ()


def test_any_changed_byte_of_the_log_is_seen(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "changed")
    file = kept.folder / "log.jsonl"
    good = file.read_bytes()
    for spot in random.Random(3).sample(range(len(good) - 1), 40):
        file.write_bytes(good[:spot] + bytes([good[spot] ^ 1]) + good[spot + 1 :])
        assert wrong(kept) != (), spot
    file.write_bytes(good)
    assert wrong(kept) == ()


def test_a_line_taken_out_or_put_elsewhere_is_seen(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "lines")
    file = kept.folder / "log.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    for altered in (lines[:5] + lines[6:], [*lines[:4], lines[5], lines[4], *lines[6:]], lines[:-1]):
        file.write_bytes(b"".join(altered))
        assert wrong(kept) != ()
    assert "пропал конец" in " ".join(wrong(kept))


def test_a_damaged_log_is_gone_on_with(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "damaged")
    file = kept.folder / "log.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[3] = b"{}\n"
    file.write_bytes(b"".join(lines))
    (kept.folder / "index.sqlite").unlink()
    kept.school.mark(MATHS, "К-501", LESSON, "5")
    assert MATHS in kept.observe(moment(5))
    assert [text for text in wrong(kept) if "строка 4" in text]


def test_a_damaged_object_is_named(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "object")
    base = sqlite3.connect(kept.folder / "objects.sqlite")
    base.execute("UPDATE piece SET data = X'00' WHERE length(data) = (SELECT max(length(data)) FROM piece)")
    base.commit()
    base.close()
    assert any("повреждена или пропала" in text for text in wrong(kept))


def test_a_wrong_index_is_named(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "index")
    base = sqlite3.connect(kept.folder / "index.sqlite")
    base.execute("UPDATE timing SET seen = '2026-12-01'")
    base.commit()
    base.close()
    assert any("index.sqlite" in text for text in wrong(kept))


CHANGING = {"INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT", "DROP", "CREATE", "VACUUM"}


class Counting(sqlite3.Connection):
    """A database whose n-th statement is the last thing the program does."""

    calls = 0
    stop_at = 0
    error: sqlite3.Error | None = None

    def execute(self, statement: str, *args: Any) -> sqlite3.Cursor:
        if statement.split(maxsplit=1)[0] in CHANGING:
            Counting.calls += 1
            if Counting.stop_at and Counting.calls >= Counting.stop_at:
                raise Counting.error or faulty_disk.KilledError
        return super().execute(statement, *args)


def counted(monkeypatch: pytest.MonkeyPatch, stop_at: int, error: sqlite3.Error | None = None) -> None:
    real = sqlite3.connect
    Counting.calls, Counting.stop_at, Counting.error = 0, stop_at, error
    monkeypatch.setattr(sqlite.sqlite3, "connect", lambda *a, **k: real(*a, factory=Counting, **k))


def save_one(kept: KeptSchool) -> None:
    kept.school.mark(MATHS, "К-501", LESSON, "5")


def assert_recovers(kept: KeptSchool, number: int) -> None:
    """After whatever happened, the next build finds a whole history and records what is missing, once."""
    kept.observe(moment(6))
    assert wrong(kept) == (), number
    with kept.open() as history:
        found = history.index.versions(MATHS)
        data = (kept.school.root / "workbooks" / MATHS).read_bytes()
        assert [version.version for version in found] == [1, 2, 3, 4, 5], number
        assert history.objects.get(found[-1].digest) == data


@pytest.mark.parametrize("error", [None, sqlite3.OperationalError("database or disk is full")], ids=["killed", "full"])
def test_stopped_at_every_statement(
    lived: KeptSchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: sqlite3.Error | None
) -> None:
    changed = copy_of(lived, tmp_path / "changed")
    save_one(changed)
    with monkeypatch.context() as patch:
        counted(patch, 0)
        copy_of(changed, tmp_path / "probe").observe(moment(5))
        total = Counting.calls
    assert total > 8
    for number in range(1, total + 1):
        kept = copy_of(changed, tmp_path / str(number))
        with monkeypatch.context() as patch:
            counted(patch, number, error)
            with pytest.raises((faulty_disk.KilledError, sqlite3.Error)):
                kept.observe(moment(5))
        assert_recovers(kept, number)
        shutil.rmtree(kept.school.root)


@pytest.mark.parametrize("error", [0, faulty_disk.FULL], ids=["killed", "full"])
def test_stopped_at_every_write_of_the_log(
    lived: KeptSchool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    changed = copy_of(lived, tmp_path / "changed")
    save_one(changed)
    with monkeypatch.context() as patch:
        system = faulty_disk.System()
        patch.setattr(log, "os", system)
        copy_of(changed, tmp_path / "probe").observe(moment(5))
    assert len(system.calls) >= 2
    for number in range(1, len(system.calls) + 1):
        kept = copy_of(changed, tmp_path / str(number))
        with monkeypatch.context() as patch:
            patch.setattr(log, "os", faulty_disk.System(stop_at=number, error=error, late=number % 2 == 1))
            with pytest.raises((faulty_disk.KilledError, OSError)):
                kept.observe(moment(5))
        assert_recovers(kept, number)


def test_a_disk_that_really_fills_up(lived: KeptSchool, tmp_path: Path) -> None:
    root = tmp_path / "school"
    with faulty_disk.mounted(root / ".sgo", "3m"):
        shutil.copytree(lived.school.root, root, dirs_exist_ok=True)
        kept = KeptSchool(type(lived.school)(root))
        stuffing = root / ".sgo/чужое.bin"
        with stuffing.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError:
                pass
        save_one(kept)
        with pytest.raises(FAILURES):
            kept.observe(moment(5))
        stuffing.unlink()
        assert_recovers(kept, 0)


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/tests"]
from tests.history.kept_school import KeptSchool, MATHS, moment
from tests.pipeline.little_school import LittleSchool
import datetime as dt
kept = KeptSchool(LittleSchool(Path(sys.argv[1])))
print("start", flush=True)
for number in range(200):
    kept.school.mark(MATHS, "К-501", dt.date(2026, 11, 16), "2345"[number % 4])
    print(number, flush=True)
    kept.observe(moment(5))
"""


@pytest.mark.parametrize("seed", range(4))
def test_killed_for_real(lived: KeptSchool, tmp_path: Path, seed: int) -> None:
    kept = copy_of(lived, tmp_path / "school")
    command = [sys.executable, "-c", KILLED, str(kept.school.root), str(ROOT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(3):
            child.stdout.readline()
        time.sleep(random.Random(seed).random() * 0.1)
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    kept.school.restore(MATHS)
    save_one(kept)
    kept.observe(moment(6))
    assert wrong(kept) == ()
    with kept.open() as history:
        last = history.index.versions(MATHS)[-1]
        assert history.objects.get(last.digest) == (kept.school.root / "workbooks" / MATHS).read_bytes()


def test_two_programs_add_at_once(lived: KeptSchool, tmp_path: Path) -> None:
    kept = copy_of(lived, tmp_path / "school")

    def add() -> None:
        for _ in range(15):
            with kept.open() as history, history.writing():
                history.add(What.REMOVED, moment(5), "Школа.xlsx")

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.entries()) == 14 + 30
    assert wrong(kept) == ()


def test_a_network_disk_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    share = tmp_path / "общая папка"
    share.mkdir()
    line = f"//server/share {str(share).replace(' ', chr(92) + '040')} cifs rw 0 0\n"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n" + line, "utf-8")
    assert why_not(tmp_path / "school/.sgo", mounts) == ""
    assert "на сетевом диске" in why_not(share / "school/.sgo", mounts)
    assert "на сетевом диске" in why_not(Path("//server/share/school/.sgo"), mounts)
    monkeypatch.setattr(place, "why_not", why_not)
    with pytest.raises(NotHereError, match="на сетевом диске"):
        History(Path("//server/share/school/.sgo/history"))
