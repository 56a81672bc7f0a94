"""``python -m bench.reports``: every report of a school of 40 classes over all its spans, its .xlsx beside openpyxl.

The reports of classes, teachers and the school (not the pupils') are made as ``sgo build`` makes them, on the cores of
the machine and then in one process: what the classes give, then their reports, those of the school meanwhile. Prints
how long that takes and how much memory all processes need more than the school alone. Then, for every tenth
workbook, the same cells written by openpyxl in the same run. ``--dir`` uses the school that ``python -m bench`` keeps.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

import openpyxl
import psutil

from sgo_sheets.pipeline.workers import Crew, crew, undisturbed
from sgo_sheets.reports.document import Document
from sgo_sheets.reports.pivot_totals import pivots_of
from sgo_sheets.reports.registry import CLASS_REPORTS
from sgo_sheets.reports.totals import ClassTotals, totals_of
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import class_report_parts, school_report_parts
from sgo_sheets.workbooks.reader import read_all

Made = TypeVar("Made")
EVERY = 10
PAUSE = 0.02  # seconds between two looks at the memory


def main() -> None:
    """Make all reports and print what they cost."""
    options = argparse.ArgumentParser(prog="bench.reports")
    options.add_argument("--dir", type=Path, required=True, help="a school's folder, as «sgo demo» makes it")
    given = options.parse_args()
    school = assemble(read_all(given.dir / "workbooks"))
    gc.collect()
    with undisturbed():
        for workers, where in ((0, "on the cores of the machine"), (1, "in one process")):
            _all_reports(school, workers, where)
        _beside_openpyxl(school)


def _all_reports(school: School, workers: int, where: str) -> None:
    before = psutil.Process().memory_info().rss
    with crew(workers) as helpers, _peak() as peak:
        list(helpers.each(len, [()] * len(school.books)))  # a build has its processes from judging the classes
        start = time.perf_counter()
        totals = _timed("what the classes give to the school", lambda: _totals(school, helpers))
        making = helpers.each(partial(class_pages, render=Renderer(None)), school.books)
        of_school = _timed(
            "reports of school and teachers, while others make the classes'",
            lambda: [_sizes(part.make()) for part in school_report_parts(school, totals, Renderer(None))],
        )
        of_classes = _timed("and the rest of the reports of classes", lambda: list(making))
        seconds = time.perf_counter() - start
    sizes = [*of_school, *(one for own in of_classes for one in own)]
    files, size = sum(map(len, sizes)), sum(map(sum, sizes)) / 2**20
    print(f"{len(sizes)} reports, {files} files, {size:.0f} MiB {where}: {seconds:.1f} s")
    print(
        f"memory of all processes at most {(peak[0] - before) / 2**20:.0f} MiB more than the school takes\n", flush=True
    )


def _totals(school: School, helpers: Crew) -> dict[str, ClassTotals]:
    giving = helpers.each(partial(class_totals, custom=school.custom), school.books)
    return {book.name: totals for book, totals in zip(school.books, giving, strict=True)}


def class_totals(book: ClassBook, custom: tuple[CustomSpec, ...]) -> ClassTotals:
    """Return what a class gives to the reports of the school."""
    return replace(totals_of(book), pivots=pivots_of(book, custom))


def class_pages(book: ClassBook, render: Renderer) -> list[list[int]]:
    """Make the reports of a class and return the sizes of the files of each, in bytes."""
    return [_sizes(part.make()) for part in class_report_parts(book, render)]


def _sizes(pages: Sequence[Page]) -> list[int]:
    return [len(page.content) for page in pages]


@contextmanager
def _peak() -> Iterator[list[int]]:
    """Give the most memory, in bytes, that this process and its children have needed together since."""
    found, over, own = [0], threading.Event(), psutil.Process()

    def look() -> None:
        while not over.wait(PAUSE):
            total = 0
            for one in (own, *own.children(recursive=True)):
                try:
                    total += one.memory_info().rss
                except psutil.Error:
                    continue
            found[0] = max(found[0], total)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def _timed(what: str, make: Callable[[], Made]) -> Made:
    start = time.perf_counter()
    made = make()
    print(f"{what:<64}{time.perf_counter() - start:9.3f} s", flush=True)
    return made


def _documents(school: School) -> Iterator[Document]:
    for book in school.books:
        for report in CLASS_REPORTS:
            for span in report.spans(book):
                made = report.make(book, span)
                if isinstance(made, Document):
                    yield made


def _beside_openpyxl(school: School) -> None:
    """Print the seconds of one workbook by this program and by openpyxl, in turns."""
    ours, theirs = [], []
    for document in list(_documents(school))[::EVERY]:
        start = time.perf_counter()
        workbook_of(document, None)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        _plain(document)
        theirs.append(time.perf_counter() - start)
    ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    print(f"one workbook, median of {len(ours)}: {statistics.median(ours) * 1000:.1f} ms, formatted for paper")
    print(f"the same cells by openpyxl, without formats: {statistics.median(theirs) * 1000:.1f} ms (× {ratio:.1f})")


def _plain(document: Document) -> bytes:
    book = openpyxl.Workbook()
    for table in document.tables:
        sheet = book.create_sheet(table.name[:31])
        sheet.append([column.title for column in table.columns])
        for row in table.rows:
            sheet.append([float(value) if isinstance(value, Decimal) else value for value in row.cells])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


if __name__ == "__main__":
    main()
