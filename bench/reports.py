"""``python -m bench.reports``: every report of a school of 40 classes over all its spans, its .xlsx beside openpyxl.

Prints how long the figures take, how long pages and workbooks take, how much memory they add, and, for every tenth
workbook, the same cells written by openpyxl in the same run. ``--dir`` uses the school that ``python -m bench`` keeps.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import openpyxl
import psutil

from sgo_sheets.reports.document import Document
from sgo_sheets.reports.registry import CLASS_REPORTS
from sgo_sheets.reports.totals import totals_of
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import School
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import class_report_parts, school_report_parts
from sgo_sheets.workbooks.reader import read_all

Made = TypeVar("Made")
EVERY = 10


def main() -> None:
    """Make all reports and print what they cost."""
    options = argparse.ArgumentParser(prog="bench.reports")
    options.add_argument("--dir", type=Path, required=True, help="a school's folder, as «sgo demo» makes it")
    given = options.parse_args()
    school = assemble(read_all(given.dir / "workbooks"))
    gc.collect()
    gc.disable()
    before = psutil.Process().memory_info().rss
    totals = _timed("what the classes give to the school", lambda: {one.name: totals_of(one) for one in school.books})
    render = Renderer(None)
    of_classes = _timed(
        "figures of the reports of classes",
        lambda: [part for one in school.books for part in class_report_parts(one, render)],
    )
    of_school = _timed(
        "figures of the reports of school and teachers", lambda: list(school_report_parts(school, totals, render))
    )
    parts = [*of_classes, *of_school]
    pages = _timed("their pages and workbooks", lambda: [page for part in parts for page in part.make()])
    size = sum(len(page.content) for page in pages) / 2**20
    more = (psutil.Process().memory_info().rss - before) / 2**20
    print(f"{len(parts)} reports, {len(pages)} files, {size:.0f} MiB; {more:.0f} MiB of memory more than before them")
    _beside_openpyxl(school)


def _timed(what: str, make: Callable[[], Made]) -> Made:
    start = time.perf_counter()
    made = make()
    print(f"{what:<58}{time.perf_counter() - start:9.3f} s", flush=True)
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
