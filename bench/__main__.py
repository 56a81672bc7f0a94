"""``python -m bench``: measure the program on a school of 40 classes and 1 000 pupils.

Prints a table: whole commands as processes (wall seconds, peak memory of the tree), the stages in one process, the
pages of diaries beside Hugo's, reading beside openpyxl + pydantic (the same classes and journals in the same run, in
turns), and the slowest refusals of hostile files. ``--dir`` keeps the school.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.hostile_files import slowest_refusals
from bench.hugo_pages import compare_with_hugo
from bench.one_save import touch_a_topic
from bench.plain_reader import read_plain
from sgo_sheets.pipeline import Memory, build
from sgo_sheets.pipeline.workers import undisturbed
from sgo_sheets.project import load_project
from sgo_sheets.records.catalog import BookKind
from sgo_sheets.rules.engine import combine, judge, judge_school
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.render import Renderer
from sgo_sheets.workbooks.reader import read_all, read_book

ROOT = Path(__file__).parents[1]
ON = dt.date(2027, 5, 20)
SAVES = 5
PEER_JOURNALS = 40
OURS = "the project's reader"
PLAIN = "openpyxl + pydantic, the plain way"
READ_ONLY = "openpyxl (read-only mode) + pydantic"


def main() -> None:
    """Run the benchmark and print its table."""
    options = argparse.ArgumentParser(prog="bench")
    options.add_argument("--classes", type=int, default=40)
    options.add_argument("--pupils", type=int, default=1000)
    options.add_argument("--dir", type=Path, help="keep the school here and use it again")
    given = options.parse_args()
    with _folder(given.dir) as folder:
        school = folder / f"school-{given.classes}-{given.pupils}"
        if not (school / "sgo.toml").exists():
            numbers = ["--classes", str(given.classes), "--pupils", str(given.pupils), "--seed", "1"]
            seconds, peak = _process("demo", str(school), *numbers, "--on", ON.isoformat(), "--no-history")
            _row("sgo demo", seconds, peak)
        _whole_commands(school)
        compare_with_hugo(_stages(school))
        _peer(school)
        print("\nHostile workbooks: the slowest refusals (CPU seconds and memory)")
        for name, cost, memory in slowest_refusals():
            _row(name, cost, memory)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="sgo-bench-") as name:
        yield Path(name)


def _row(what: str, seconds: float, peak: float | None = None, note: str = "") -> None:
    memory = f"{peak:8.0f} MiB" if peak is not None else " " * 12
    print(f"{what:<58}{seconds:9.3f} s {memory}  {note}", flush=True)


def _process(*words: str) -> tuple[float, float]:
    """Run ``sgo`` as a process; return wall seconds and the peak memory of its tree in MiB."""
    start = time.perf_counter()
    process = psutil.Popen([sys.executable, "-m", "sgo_sheets", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _tree(process))
        time.sleep(0.02)
    assert process.returncode in (0, 1), f"sgo {words[0]} ended with {process.returncode}"
    return time.perf_counter() - start, peak / 2**20


def _tree(process: psutil.Process) -> int:
    total = 0
    for one in [process, *_children(process)]:
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def _whole_commands(school: Path) -> None:
    home = ["--school", str(school)]
    help_times = [_process("--help")[0] for _ in range(5)]
    _row("sgo --help (median of 5)", statistics.median(help_times))
    _row("sgo build, cold: everything", *_process("build", *home, "--full"))
    idle = [_process("build", *home) for _ in range(3)]
    _row("sgo build, nothing changed (median of 3)", statistics.median(s for s, _ in idle), max(p for _, p in idle))
    touch_a_topic(school)
    _row("sgo build, one journal changed", *_process("build", *home))
    _row("sgo check", *_process("check", *home))
    _one_save_watched(school)


def _one_save_watched(school: Path) -> None:
    """Print how long a running watcher takes from a settled save to the pages on disk: it keeps what it has read."""
    project, memory = load_project(school), Memory()
    build(project, ON, memory=memory)
    first: list[float] = []
    whole: list[float] = []
    for _ in range(SAVES):
        touch_a_topic(school)
        start = time.perf_counter()

        def quiet(since: float = start) -> bool:
            first.append(time.perf_counter() - since)
            return True

        build(project, ON, memory=memory, quiet=quiet)
        whole.append(time.perf_counter() - start)
    _row(f"one journal saved, in a running watcher: marks (median of {SAVES})", statistics.median(first))
    _row("  and all the reports after them", statistics.median(whole))


def _stages(school: Path) -> tuple[ClassBook, ...]:
    """Print how long each stage takes in this process; return the classes it has assembled."""
    project = load_project(school)
    process = psutil.Process()
    print(f"\nThe stages in one process ({ON})")

    def peak() -> float:
        return float(process.memory_info().rss / 2**20)

    start = time.perf_counter()
    books = read_all(project.workbooks)
    journals = sum(book.kind is BookKind.JOURNAL for book in books)
    _row("read", time.perf_counter() - start, peak(), f"{len(books)} workbooks, {journals} journals")
    start = time.perf_counter()
    assembled = assemble(books)
    _row("assemble", time.perf_counter() - start, peak(), f"{len(assembled.pupils)} pupils")
    start = time.perf_counter()
    with undisturbed():
        verdict = combine([*(judge(book, ON) for book in assembled.books), judge_school(assembled, ON)])
    _row("check", time.perf_counter() - start, peak(), f"{len(verdict.findings)} findings and obligations")
    start = time.perf_counter()
    pages = [page for book in assembled.books for page in diary_pages(book, Renderer(None))]
    size = sum(len(page.content) for page in pages) / 2**20
    seconds = time.perf_counter() - start
    rate = f"{len(pages)} pages, {size:.0f} MiB, {len(pages) / seconds:.0f} a second"
    _row("render the diaries of the year", seconds, peak(), rate)
    with tempfile.TemporaryDirectory(prefix="sgo-bench-") as name:
        start = time.perf_counter()
        for page in pages:
            path = Path(name) / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.content)
        _row("write them", time.perf_counter() - start, peak())
    return assembled.books


def _peer(school: Path) -> None:
    """Print reading and validating journals beside the plain peer, in turns on the same files."""
    root = school / "workbooks"
    year = (dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    paths = [path for path in sorted((root / "Журналы").rglob("*.xlsx")) if path.stem != "Классный руководитель"]
    seconds: dict[str, list[float]] = {OURS: [], PLAIN: [], READ_ONLY: []}
    for path in paths[:: max(1, len(paths) // PEER_JOURNALS)]:
        relative = path.relative_to(root).as_posix()
        start = time.perf_counter()
        book = read_book(root, relative, year)
        seconds[OURS].append(time.perf_counter() - start)
        read = sum(len(row.cells) for row in book.grid.rows) if book.grid else 0
        for name in (PLAIN, READ_ONLY):
            start = time.perf_counter()
            lessons, marks, _ = read_plain(path, read_only=name == READ_ONLY)
            seconds[name].append(time.perf_counter() - start)
            assert (len(lessons), len(marks)) == (len(book.tables["Уроки"]), read), f"{relative}: read otherwise"
    print(
        f"\nReading and validating, {len(seconds[OURS])} journals, median of each, and of the ratio journal by journal"
    )
    for name, own in seconds.items():
        ratio = statistics.median(b / a for a, b in zip(seconds[OURS], own, strict=True))
        _row(name, statistics.median(own), note=f"× {ratio:.1f}")


if __name__ == "__main__":
    main()
