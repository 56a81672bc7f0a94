"""The history of a large school: opening a year of it, its size, recording one save.

``python -m bench.history [--journals 600] [--saves 60] [--school DIR]``; DIR is a school of ``python -m bench --dir``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import io
import random
import statistics
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path

from bench.one_save import touch_a_topic
from sgo_sheets.history import History, observe, retain
from sgo_sheets.history.changes import Change
from sgo_sheets.history.entries import Entry, What, salted
from sgo_sheets.history.history import note_look
from sgo_sheets.workbooks.reader import read_all, read_book, school_year

FIRST = dt.datetime(2026, 9, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=3)))
SAMPLE = 20  # journals whose bytes are really stored; sizes are told for all


def main() -> None:
    options = argparse.ArgumentParser(prog="bench.history")
    options.add_argument("--journals", type=int, default=600)
    options.add_argument("--saves", type=int, default=60)
    options.add_argument("--changes", type=int, default=25, help="changed data in a save")
    options.add_argument("--school", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sgo-history-") as name:
        _a_year(Path(name) / "year", given.journals, given.saves, given.changes)
        if given.school is not None:
            _sizes(given.school, Path(name) / "sizes", given.journals, given.saves)
            _saves(given.school, Path(name) / "saves")


def _row(what: str, seconds: float, note: str = "") -> None:
    print(f"{what:<58}{seconds:9.3f} s  {note}", flush=True)


def _a_year(folder: Path, journals: int, saves: int, changes: int) -> None:
    start = time.perf_counter()
    size = 0
    with History(folder) as history:
        for save in range(saves):
            with history.writing():
                last: Entry | None = None
                entries = []
                for journal in range(journals):
                    last = _entry(history, last, journal, save, changes)
                    entries.append(last)
                history.append(entries)
                digests = {entry.path: str(entry.facts["digest"]) for entry in entries}
                note_look(history.index, digests, FIRST + dt.timedelta(days=5 * save))
        size = history.log.size()
        indexed = (folder / "index.sqlite").stat().st_size
    words = f"{journals} × {saves} versions, {changes} changes each: log {size >> 20} MiB, index {indexed >> 20} MiB"
    _row("write a year of log and index", time.perf_counter() - start, words)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        with History(folder) as history:
            assert history.knows(digests)
            history.heads()
        seconds.append(time.perf_counter() - start)
    _row("open it, compare every workbook (median of 5)", statistics.median(seconds))
    start = time.perf_counter()
    with History(folder) as history:
        found = sum(len(history.timings().of(path)) for path in list(digests)[:20])
    _row("timings of a class of 20 journals", time.perf_counter() - start, f"{found} data")
    (folder / "index.sqlite").unlink()
    start = time.perf_counter()
    with History(folder):
        pass
    _row("make the index anew", time.perf_counter() - start)


def _entry(history: History, last: Entry | None, journal: int, save: int, number: int) -> Entry:
    path = f"Журналы/{journal // 15 + 1}А/Предмет {journal}.xlsx"
    at = FIRST + dt.timedelta(days=5 * save)
    facts = {
        "version": save + 1, "digest": f"{journal:032x}{save:032x}", "size": 27_000, "mtime": at.isoformat(),
        "by": "Учитель", "owner": None, "looked": at.isoformat(timespec="seconds"),
    }  # fmt: skip
    day = at.date().isoformat()
    marks = [Change("Отметки", f"К-{journal}{pupil:02d}", day, "", "4") for pupil in range(number - 3)]
    rest = [
        Change("Уроки", day, "Тема урока", "", f"Тема урока {save}: дроби"),
        Change("Отметки", day, "отметки", "", "есть"),
        Change("Уроки", day, "Домашнее задание", "", f"§ {save}, № 1–5"),
    ]
    entry = history.following(last, What.VERSION, at, path, facts)
    return replace(entry, changes=tuple(map(salted, [*marks, *rest] if save else []))).sealed()


def _sizes(school: Path, folder: Path, journals: int, saves: int) -> None:
    """Store the saves of some journals, two on each school day, and let go of what need not be kept."""
    numbers = random.Random(1)
    paths = [path for path in sorted(school.rglob("Журналы/*/*.xlsx")) if path.stem != "Классный руководитель"]
    files = [_parts(path) for path in paths[:SAMPLE]]
    with History(folder) as history:
        whole = 0
        for save in range(saves):
            at = FIRST + dt.timedelta(days=save // 2 * 5, hours=save % 2 * 4)
            versions = [_workbook(numbers, own) for own in files]
            whole += sum(map(len, versions))
            history.objects.put(versions)
            with history.writing():
                _note(history, versions, at, save)
        objects = folder / "objects.sqlite"
        scale = journals / SAMPLE / 2**20
        stored = objects.stat().st_size * scale
        print(f"{journals} × {saves} saves: whole copies {whole * scale:.0f} MiB, stored {stored:.0f} MiB")
        start = time.perf_counter()
        gone = retain(history, FIRST + dt.timedelta(days=300))
        print(f"after retention: {objects.stat().st_size * scale:.0f} MiB ({gone} of {SAMPLE * saves} versions let go, "
              f"{time.perf_counter() - start:.1f} s)")  # fmt: skip


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _note(history: History, versions: list[bytes], at: dt.datetime, save: int) -> None:
    entries: list[Entry] = []
    for journal, data in enumerate(versions):
        facts = {"version": save + 1, "digest": hashlib.sha256(data).hexdigest(), "size": len(data)}
        path = f"Журналы/5А/Предмет {journal}.xlsx"
        entries.append(history.following(entries[-1] if entries else None, What.VERSION, at, path, facts))
    history.append(entries)


def _workbook(numbers: random.Random, own: dict[str, bytes]) -> bytes:
    """Return a journal as it is after one more lesson: some marks and a topic are others."""
    for name in ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"):
        cells = own[name].split(b"<v>")
        for _ in range(15 if name.endswith("2.xml") else 2):
            place = numbers.randrange(1, len(cells))
            cells[place] = b"%d" % numbers.randrange(2, 6) + cells[place][cells[place].index(b"<") :]
        own[name] = b"<v>".join(cells)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in own.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _saves(school: Path, folder: Path) -> None:
    """Record a whole school for the first time, then single saves as a watcher does, which has read the workbooks."""
    root = school / "workbooks"
    books = {book.path: book for book in read_all(root)}
    year = school_year(books)
    start = time.perf_counter()
    with History(folder) as history:
        observe(history, list(books.values()), root, FIRST, year=year)
    _row("record a school for the first time", time.perf_counter() - start, f"{len(books)} workbooks")
    seconds = []
    for number in range(5):
        path = touch_a_topic(school).relative_to(root).as_posix()
        known = dict(books)
        book = read_book(root, path, year)
        books[path] = book
        start = time.perf_counter()
        with History(folder) as history:
            observe(
                history, list(books.values()), root, FIRST + dt.timedelta(days=1, hours=number), year=year, known=known
            )
        seconds.append(time.perf_counter() - start)
    _row("record one save (median of 5)", statistics.median(seconds))


if __name__ == "__main__":
    main()
