"""What cannot be read keeps its last good version: copies of good workbooks, and what stands in for bad ones.

A copy is the very bytes of the workbook, kept in ``.sgo/last-good`` by their digest and read again when needed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sgo_sheets.findings import Finding
from sgo_sheets.pipeline.state import Kept
from sgo_sheets.records import faults
from sgo_sheets.records.catalog import BY_KIND, MARKS_SHEET, Book, BookKind
from sgo_sheets.russian import day
from sgo_sheets.site import disk
from sgo_sheets.workbooks.book import read_data
from sgo_sheets.workbooks.reader import school_year

COMMON = frozenset({BookKind.SCHOOL, BookKind.REGULATION, BookKind.PLAN, BookKind.TIMETABLE, BookKind.MOVEMENT})
"""Workbooks without which there are no classes at all: their last good version is used in judging too."""
_WHO = frozenset({BookKind.SCHOOL, BookKind.ROLL, BookKind.MOVEMENT})
_UNREAD = frozenset(
    fault.code
    for fault in (
        faults.UNREADABLE, faults.TOO_LARGE, faults.PROTECTED, faults.OLD_FORMAT, faults.MISSING_SHEET,
        faults.MISSING_HEADER,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The workbooks of a build.

    ``judged`` – as they are, the common ones stood in for; ``shown`` – with the last good version of everything that
    cannot be read; ``failing`` – workbook → the day (ISO) since which it, or a sheet of it, cannot be read; ``stale``
    – the common ones that were stood in for, as they are; ``lost`` – workbooks that say whose the pupils are, without
    a last good version.
    """

    judged: tuple[Book, ...]
    shown: tuple[Book, ...]
    failing: Mapping[str, str]
    stale: tuple[Book, ...]
    lost: frozenset[str]


def missing_sheets(book: Book) -> tuple[str, ...]:
    """Return the sheets of the contract that could not be read; every one of an unreadable workbook."""
    if book.kind not in BY_KIND:
        return ()
    kind = BY_KIND[book.kind]
    sheets = [record.sheet for record in kind.sheets]
    lacking = [s for s in sheets if not any(n == s or (s == kind.repeated and n.startswith(s)) for n in book.tables)]
    return tuple([*lacking, MARKS_SHEET] if kind.grid and book.grid is None else lacking)


def stand_in(
    books: Sequence[Book],
    good: Mapping[str, Kept],
    copies: Path,
    since: Mapping[str, str],
    on: dt.date,
) -> Reading:
    """Return the workbooks with the last good version of what cannot be read, and findings that say since when.

    ``good`` and ``since`` are what the last build remembers; ``copies`` is where the copies lie.
    """
    judged, shown, stale, lost = [], [], [], set()
    failing = {}
    year = _year(books, good, copies)
    for book in books:
        lacking = missing_sheets(book)
        if not lacking or book.kind not in BY_KIND:
            judged.append(book)
            shown.append(book)
            continue
        failing[book.path] = since.get(book.path, on.isoformat())
        kept = good.get(book.path)
        last = last_good(copies, book.path, kept, year) if kept and set(lacking) - set(kept.missing) else None
        told = replace(book, findings=tuple(_tell(f, last, failing[book.path]) for f in book.findings))
        patched = told if last is None else patch(told, last)
        judged.append(patched if book.kind in COMMON else told)
        shown.append(patched)
        if last is not None and book.kind in COMMON:
            stale.append(told)
        if last is None and book.kind in _WHO:
            lost.add(book.path)
    return Reading(tuple(judged), tuple(shown), failing, tuple(stale), frozenset(lost))


def patch(book: Book, last: Book) -> Book:
    """Return the book with the sheets it lacks taken from its last good version, findings its own."""
    if book.unreadable:
        return replace(last, findings=book.findings)
    lost, repeated = missing_sheets(book), BY_KIND[book.kind].repeated
    old = {
        name: rows
        for name, rows in last.tables.items()
        if name in lost or (repeated in lost and name.startswith(repeated or "\0"))
    }
    grid = book.grid or last.grid
    return replace(book, tables={**book.tables, **old}, grid=grid, digest=f"{book.digest}+{last.digest}")


def last_good(copies: Path, path: str, kept: Kept, year: tuple[dt.date, dt.date] | None) -> Book | None:
    """Return the last good version of a workbook, None when its copy is gone or damaged."""
    try:
        data = (copies / kept.digest).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != kept.digest:
        return None
    book = read_data(data, path, year)
    return None if book.unreadable else book


def _year(books: Sequence[Book], good: Mapping[str, Kept], copies: Path) -> tuple[dt.date, dt.date] | None:
    """Return the school year, from the last good «Школа» where this one does not tell it."""
    year = school_year({book.path: book for book in books})
    schools = [book.path for book in books if book.kind is BookKind.SCHOOL and book.path in good]
    if year is None and schools and (last := last_good(copies, schools[0], good[schools[0]], None)):
        return school_year({last.path: last})
    return year


def keep(
    books: Iterable[Book], tainted: Iterable[str], good: Mapping[str, Kept], copies: Path, workbooks: Path
) -> dict[str, Kept]:
    """Copy the workbooks that are good now and return what is kept.

    A copy is not replaced by a version that lacks more sheets; one with ``tainted`` rows is never copied, for a row
    that may be another child's must not come back as a good one. Raises OSError.
    """
    kept = {}
    doubtful = frozenset(tainted)
    for book in books:
        old = good.get(book.path)
        lost = missing_sheets(book)
        same = old is not None and old.digest == book.digest and (copies / old.digest).exists()
        worse = book.path in doubtful or (old is not None and bool(set(lost) - set(old.missing)))
        new = old
        if not (same or worse or book.unreadable or book.kind not in BY_KIND):
            new = _copy(workbooks / book.path, book.digest, copies, lost) or old
        if new is not None:
            kept[book.path] = new
    _forget(copies, {one.digest for one in kept.values()})
    return kept


def _copy(source: Path, digest: str, copies: Path, lost: tuple[str, ...]) -> Kept | None:
    """Copy a workbook unless it has been saved again meanwhile: the next build will see to that one."""
    try:
        data = source.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != digest:
        return None
    disk.make_folder(copies)
    if not (copies / digest).exists():
        disk.write_whole(copies / digest, data)
    return Kept(digest, lost)


def _forget(copies: Path, wanted: set[str]) -> None:
    """Remove copies nobody needs any more."""
    if copies.is_dir():
        for path in sorted(copies.iterdir()):
            if path.name not in wanted:
                disk.remove(path)


def _tell(finding: Finding, last: Book | None, since: str) -> Finding:
    """Return the finding with what is shown instead, and since when."""
    if finding.code not in _UNREAD:
        return finding
    first = dt.date.fromisoformat(since)
    if last is None:
        return replace(finding, since=first)
    of = f" от {day(last.saved.date())}" if last.saved else ""
    words = f" На сайте остаются прежние данные{of}: не читается с {day(first)}."
    return replace(finding, message=finding.message.rstrip() + words, since=first)
