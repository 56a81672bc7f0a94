"""What the entries of the log mean to the index: its tables, and how each kind of entry changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sgo_sheets.history.changes import ROW, Change
from sgo_sheets.history.entries import Entry, What
from sgo_sheets.history.marks import DAY_MARKS
from sgo_sheets.history.sqlite import Connection
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.records.journal_books import ClassPeriodMarks, PeriodMarks

SCHEMA = "1"
FINALS = (PeriodMarks.sheet, ClassPeriodMarks.sheet)
TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # looked: when it was last seen to be the version it is; NULL: at the last look of all
    """CREATE TABLE book (path TEXT PRIMARY KEY, version INTEGER, digest TEXT, hash TEXT, gone INTEGER, looked TEXT)
    WITHOUT ROWID""",
    """CREATE TABLE version (path TEXT, version INTEGER, number INTEGER, place INTEGER, digest TEXT, at TEXT,
    looked TEXT, unread TEXT, PRIMARY KEY (path, version)) WITHOUT ROWID""",
    # no days: it was there when the history began
    """CREATE TABLE timing (path TEXT, sheet TEXT, key TEXT, field TEXT, lacking TEXT, seen TEXT,
    PRIMARY KEY (path, sheet, key, field)) WITHOUT ROWID""",
    """CREATE TABLE correction (path TEXT, number INTEGER, place INTEGER, sheet TEXT, key TEXT, field TEXT, old TEXT,
    new TEXT, looked TEXT, at TEXT, PRIMARY KEY (path, number, place)) WITHOUT ROWID""",
    "CREATE INDEX corrected ON correction (path, sheet, key, field)",
    "CREATE TABLE dropped (number INTEGER PRIMARY KEY)",
    # reports: by what stands for the workbook in their data
    "CREATE TABLE formed (path TEXT PRIMARY KEY, hash TEXT) WITHOUT ROWID",
)


def apply(base: Connection, entry: Entry, place: int) -> None:
    """Put an entry, which begins at a byte of the log, into the tables."""
    _MEANING[entry.what](base, entry, place)


def _version(base: Connection, entry: Entry, place: int) -> None:
    facts = entry.facts
    looked = str(facts.get("looked") or "")
    base.execute(
        "INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.path, facts["version"], entry.number, place, facts["digest"], entry.at, looked,
         "|".join(facts.get("unread", ()))),
    )  # fmt: skip
    base.execute(
        "INSERT OR REPLACE INTO book VALUES (?, ?, ?, ?, 0, ?)",
        (entry.path, facts["version"], facts["digest"], entry.hash, entry.at),
    )
    since = facts.get("since", {})
    for number, change in enumerate(entry.known()):
        _change(base, entry, number, change, str(since.get(change.sheet) or looked))


def _change(base: Connection, entry: Entry, number: int, change: Change, looked: str) -> None:
    path = entry.path
    if change.field == ROW:
        _rename(base, path, change)
        return
    grid_cell = change.sheet == MARKS_SHEET and change.field != DAY_MARKS
    if not grid_cell:
        lacking, seen = earlier(looked, entry.at)[:10], entry.at[:10]
        days = (None, None) if change.old or not looked else (lacking, seen)
        base.execute(
            "INSERT OR IGNORE INTO timing VALUES (?, ?, ?, ?, ?, ?)",
            (path, change.sheet, change.key, change.field, *days),
        )
    a_mark = change.field[:1].isdigit() if grid_cell else change.sheet in FINALS
    if a_mark and (change.old or _corrected(base, path, change)):
        base.execute(
            "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (path, entry.number, number, change.sheet, change.key, change.field, change.old, change.new,
             earlier(looked, entry.at), entry.at),
        )  # fmt: skip


def _corrected(base: Connection, path: str, change: Change) -> bool:
    """Return whether the mark was changed before: what it is now matters then, though it was taken away between."""
    found = base.execute(
        "SELECT 1 FROM correction WHERE (path, sheet, key, field) = (?, ?, ?, ?)",
        (path, change.sheet, change.key, change.field),
    )
    return found.fetchone() is not None


def _rename(base: Connection, path: str, change: Change) -> None:
    """Let the data of a row that got another key keep their days; a datum without any was there ever since."""
    base.execute(
        "INSERT OR IGNORE INTO timing SELECT path, sheet, ?, field, lacking, seen FROM timing "
        "WHERE path = ? AND sheet = ? AND key = ?",
        (change.new, path, change.sheet, change.old),
    )
    if change.sheet == MARKS_SHEET:
        base.execute(
            "INSERT OR IGNORE INTO timing VALUES (?, ?, ?, ?, NULL, NULL)",
            (path, change.sheet, change.new, DAY_MARKS),
        )


def _moved(base: Connection, entry: Entry, _place: int) -> None:
    old = str(entry.facts["from"])
    for table in ("version", "timing", "correction"):
        base.execute(f"DELETE FROM {table} WHERE path = ?", (entry.path,))  # noqa: S608 - fixed words
        base.execute(f"UPDATE {table} SET path = ? WHERE path = ?", (entry.path, old))  # noqa: S608 - as above
    base.execute("DELETE FROM book WHERE path = ?", (entry.path,))
    base.execute("UPDATE book SET path = ?, hash = ?, gone = 0 WHERE path = ?", (entry.path, entry.hash, old))


def _removed(base: Connection, entry: Entry, _place: int) -> None:
    base.execute("UPDATE book SET gone = 1 WHERE path = ?", (entry.path,))


def _returned(base: Connection, entry: Entry, _place: int) -> None:
    base.execute("UPDATE book SET gone = 0 WHERE path = ?", (entry.path,))


def _formed(base: Connection, entry: Entry, _place: int) -> None:
    looked = str(entry.facts.get("looked") or "")
    days = (earlier(looked, entry.at)[:10], entry.at[:10]) if looked else (None, None)
    for datum in entry.facts["data"]:
        base.execute("INSERT OR IGNORE INTO timing VALUES (?, ?, ?, ?, ?, ?)", (*datum, *days))
        base.execute("INSERT OR REPLACE INTO formed VALUES (?, ?)", (datum[0], entry.hash))


def _dropped(base: Connection, entry: Entry, _place: int) -> None:
    numbers = [(number,) for number in entry.facts["versions"]]
    base.executemany("INSERT OR IGNORE INTO dropped VALUES (?)", numbers)


_MEANING: dict[What, Callable[[Connection, Entry, int], None]] = {
    What.VERSION: _version,
    What.MOVED: _moved,
    What.REMOVED: _removed,
    What.RETURNED: _returned,
    What.FORMED: _formed,
    What.DROPPED: _dropped,
    What.PURGED: _dropped,
}


def earlier(first: str, second: str) -> str:
    """Return the earlier of two moments (ISO; «» – unknown, then the other): a clock may have gone back."""
    if not first or not second:
        return first or second
    return min(first, second, key=dt.datetime.fromisoformat)
