"""Reading many workbooks in worker processes: whatever one of them does to its reader costs that one alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from sgo_sheets.records import faults
from sgo_sheets.records.catalog import Book
from sgo_sheets.workbooks.archive import Refusal
from sgo_sheets.workbooks.book import refused
from sgo_sheets.workbooks.files import read_bytes

HANDFUL = 8
"""Workbooks a worker takes at once: sending one by one costs more than it gains."""

Year = tuple[dt.date, dt.date]
Reader = Callable[[Path, str, Year | None], Book]
"""How one workbook is read; must be importable by a fresh process."""


def read_in_pool(root: Path, paths: Sequence[str], year: Year | None, workers: int, read: Reader) -> Iterator[Book]:
    """Yield the workbooks in whatever order they are ready, each once.

    A worker that dies breaks its whole pool: then the workbooks not read yet are read one at a time, the one that
    kills its reader is named as unreadable, and the rest goes on.
    """
    left = dict.fromkeys(paths)
    handfuls = [paths[at : at + HANDFUL] for at in range(0, len(paths), HANDFUL)]
    try:
        with _pool(min(workers, max(len(handfuls), 1))) as pool:
            futures = [pool.submit(_read_handful, read, root, handful, year) for handful in handfuls]
            for future in as_completed(futures):
                for book in future.result():
                    del left[book.path]
                    yield book
    except BrokenProcessPool:
        yield from _one_at_a_time(root, tuple(left), year, read)


def _read_handful(read: Reader, root: Path, paths: Sequence[str], year: Year | None) -> list[Book]:
    return [read(root, path, year) for path in paths]


def _one_at_a_time(root: Path, paths: Sequence[str], year: Year | None, read: Reader) -> Iterator[Book]:
    pool = _pool(1)
    try:
        for path in paths:
            future: Future[Book] = pool.submit(read, root, path, year)
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1)
                yield _offender(root, path)
    finally:
        pool.shutdown()


def _offender(root: Path, path: str) -> Book:
    """Return the book of a file that kills its reader; its digest is kept, so that it is not tried again unchanged."""
    data = read_bytes(root / path)
    digest = "" if isinstance(data, Refusal) else hashlib.sha256(data).hexdigest()
    message = "чтение этой книги обрывает программу; откройте её в Excel или LibreOffice и сохраните заново."
    return refused(path, digest, Refusal(faults.UNREADABLE, message))


def _pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of fresh processes: the same on Windows and Linux, and safe beside threads."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
