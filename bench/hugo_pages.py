"""The peer of the diary's pages: the current Hugo makes the same pages from the same data (the site in ``bench/hugo``).

What either side starts from is known already, and all end with every page of the diaries in a folder. Hugo starts from
the views of our templates (lessons by day, averages, weeks), worked out and written as JSON. Ours starts from assembled
classes in memory and works those views out, which Hugo does not have to; one row starts from the views, as Hugo does.
Pages of both are compared, tag by tag and word by word.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from bench.hugo_data import write_data
from bench.ready_views import class_views, write_views
from bench.same_page import first_difference
from sgo_sheets.pipeline.workers import crew
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.stage import put

SITE = Path(__file__).parent / "hugo"
EVERY_CLASS = 5
ROUNDS = 3
COMPARED = 41  # pages apart: classes of every grade, front pages and study periods alike
ONE = "ours from assembled classes, one process"
POOL = "ours from assembled classes, two processes"
VIEWS = "ours from their views, one process"
HUGO = "Hugo from their views as JSON, its own parallelism"
_TOTAL = re.compile(r"Total in (\d+) ms")


class Job(NamedTuple):
    """A class whose diaries are to be written to a folder."""

    book: ClassBook
    render: Renderer
    folder: Path


def compare_with_hugo(books: Sequence[ClassBook]) -> None:
    """Print how many pages of diaries a second we and Hugo put on the disk, in turns, and the ratios."""
    hugo = hugo_binary()
    if hugo is None:
        print("\nHugo is not installed: pip install -r requirements/bench.txt")
        return
    chosen, render = books[::EVERY_CLASS], Renderer(None)
    with tempfile.TemporaryDirectory(prefix="sgo-bench-") as name:
        folder = Path(name)
        source = folder / "hugo"
        shutil.copytree(SITE, source)
        size = sum(write_data(book, render, source / "data" / "classes") for book in chosen) / 2**20
        views = [class_views(book, render) for book in chosen]
        own: list[float] = []
        ways: dict[str, Callable[[Path], object]] = {
            ONE: lambda target: write_pages(chosen, render, target, 1),
            POOL: lambda target: write_pages(chosen, render, target, 2),
            VIEWS: lambda target: sum(write_views(each_class, render, target) for each_class in views),
            HUGO: lambda target: own.append(run_hugo(hugo, source, target)),
        }
        seconds, pages = _in_turns(ways, folder)
    version = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout.split("-")[0]
    print(
        f"\nThe same pages of diaries put on the disk: {len(chosen)} classes, {pages} pages, {os.cpu_count()} cores, "
        f"median of {ROUNDS} in turns\n({version}, {size:.0f} MiB of JSON; the ratio is to Hugo, round by round)"
    )
    for way, each_round in seconds.items():
        ratio = statistics.median(b / a for a, b in zip(each_round, seconds[HUGO], strict=True))
        took = statistics.median(each_round)
        note = f"; «Total in» {statistics.median(own):.3f} s" if way == HUGO else ""
        print(f"{way:<58}{took:9.3f} s   {pages / took:6.0f} pages a second   × {ratio:.1f}{note}", flush=True)


def _in_turns(ways: dict[str, Callable[[Path], object]], folder: Path) -> tuple[dict[str, list[float]], int]:
    """Return the seconds of each way in each round, and the number of pages, which are the same pages."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    pages = 0
    for _ in range(ROUNDS):
        targets = {name: folder / str(number) for number, name in enumerate(ways)}
        for name, make in ways.items():
            start = time.perf_counter()
            make(targets[name])
            seconds[name].append(time.perf_counter() - start)
        if not pages:
            pages = same_pages(targets[ONE], targets[HUGO])
            assert digests(targets[ONE]) == digests(targets[POOL]) == digests(targets[VIEWS]), "other bytes"
        for target in targets.values():
            shutil.rmtree(target)
    return seconds, pages


def hugo_binary() -> Path | None:
    """Return Hugo itself, not the Python command around it; None where the package is not installed."""
    try:
        package = distribution("hugo")
    except PackageNotFoundError:
        return None
    return Path(str(package.locate_file("hugo"))) / "binaries" / ("hugo.exe" if os.name == "nt" else "hugo")


def run_hugo(hugo: Path, source: Path, target: Path) -> float:
    """Let Hugo make the site and return its own word of how long it took, in seconds."""
    words = [hugo, "--source", source, "--destination", target]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    total = _TOTAL.search(told)
    assert total is not None, f"Hugo does not say how long it took: {told}"
    return int(total[1]) / 1000


def write_pages(books: Sequence[ClassBook], render: Renderer, target: Path, workers: int) -> None:
    """Write the diaries of the classes to a folder, as ``sgo build`` makes and stages them."""
    with crew(workers) as helpers:
        for _ in helpers.each(_write_class, [Job(book, render, target) for book in books]):
            pass


def _write_class(job: Job) -> int:
    return len(put(diary_pages(job.book, job.render), job.folder, {}))


def digests(folder: Path) -> dict[str, bytes]:
    """Return the SHA-256 of every file of a folder by its path in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).digest() for path in files}


def same_pages(ours: Path, theirs: Path) -> int:
    """Return the number of pages in both folders; they have the same names, and those looked at are the same pages."""
    names = sorted(path.relative_to(ours) for path in ours.rglob("*.html"))
    assert names == sorted(path.relative_to(theirs) for path in theirs.rglob("*.html")), "other pages"
    for name in names[::COMPARED]:
        both = [(folder / name).read_text(encoding="utf-8") for folder in (ours, theirs)]
        difference = first_difference(*both)
        assert not difference, f"{name.as_posix()}: {difference}"
    return len(names)
