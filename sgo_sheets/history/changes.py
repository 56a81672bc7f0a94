"""What changed between two versions of a workbook, by meaning: this datum was so, now it is so.

A datum is named by the key of its row and the header of its column, a mark by the pupil's № and the day of the
lesson. So inserted rows, sorted rows and swapped columns are no changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import Severity
from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BY_KIND, Book
from sgo_sheets.records.raw_values import plain

UNREAD = "?"  # stands for a value nobody could read: then nobody may call the cell empty
ROW = ""  # the «field» of a row, or a day of «Отметки», that got another key
_PUPIL = ("pupil", "id", "owners")


class Change(NamedTuple):
    """One datum that changed; ``key`` and ``field`` are those of ``findings.Datum``.

    Of «Отметки» the key is the pupil's № and the field the lesson: «2026-09-14», «2026-09-14 урок 2», «2026-09-14 (2)».
    A ``field`` of «» says that the row itself was called ``old`` and is called ``new``, with all its data.
    ``who`` – the № of pupils the row is about, where the key does not tell.
    """

    sheet: str
    key: str
    field: str
    old: str
    new: str
    who: str = ""


def word(value: object) -> str:
    """Return a value as the log writes it: days as ISO, lists with commas, nothing as «»."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, (tuple, list)):
        return ", ".join(map(word, value))
    if isinstance(value, (str, int, float, dt.time)):
        return plain(value)
    return str(value)


def doubtful(book: Book) -> frozenset[str]:
    """Return the sheets of which some row or column could not be read."""
    return frozenset(f.at.sheet for f in book.findings if f.at.sheet and f.severity is not Severity.NOTE)


def table_changes(old: Book, new: Book, skip: Iterable[str] = ()) -> Iterator[Change]:
    """Yield what changed in the sheets of rows that both versions have, but for those to skip."""
    if new.kind not in BY_KIND:
        return
    records = {record.sheet: record for record in BY_KIND[new.kind].sheets}
    repeated = BY_KIND[new.kind].repeated
    unsure = doubtful(old)
    for sheet, rows in new.tables.items():
        record = records.get(sheet) or (records.get(repeated) if repeated and sheet.startswith(repeated) else None)
        if record is None or sheet in skip or sheet not in old.tables:
            continue
        yield from _rows(record, sheet, old.tables[sheet], rows, unsure=sheet in unsure)


def _rows(
    record: type[Record], sheet: str, old: Sequence[Record], new: Sequence[Record], *, unsure: bool
) -> Iterator[Change]:
    if record.shape is Shape.PROPERTIES:
        for before, after in zip(old[:1], new[:1], strict=False):
            yield from _fields(sheet, after.key(), before, after)
        return
    left, right = _by_key(old), _by_key(new)
    gone: list[Record] = []
    come: list[Record] = []
    for key in dict.fromkeys((*right, *left)):
        mine, theirs = _unlike(left.get(key, []), right.get(key, []))
        for before, after in zip(mine, theirs, strict=False):
            yield from _fields(sheet, key, before, after)
        gone.extend(mine[len(theirs) :])
        come.extend(theirs[len(mine) :])
    for before, after in _renamed(record, gone, come):
        yield Change(sheet, after.key(), ROW, before.key(), after.key(), _who(after))
        yield from _fields(sheet, after.key(), before, after)
    for row in gone:
        yield from _fields(sheet, row.key(), row, None)
    for row in come:
        yield from _fields(sheet, row.key(), None, row, unsure=unsure)


def _by_key(rows: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row.key(), []).append(row)
    return found


def _unlike(old: list[Record], new: list[Record]) -> tuple[list[Record], list[Record]]:
    """Return the rows of one key that have no equal on the other side."""
    if len(old) == len(new) == 1:
        alike = old[0].__dict__ == new[0].__dict__ and old[0].unread_fields == new[0].unread_fields
        return ([], []) if alike else (old, new)
    left, right = list(old), []
    for row in new:
        same = next((one for one in left if one.__dict__ == row.__dict__), None)
        if same is None:
            right.append(row)
        else:
            left.remove(same)
    return left, right


def _renamed(record: type[Record], gone: list[Record], come: list[Record]) -> list[tuple[Record, Record]]:
    """Return the rows that only got another key, and take them out of both lists.

    Either everything else of the row is the same, or the first of several parts of its key is and no other row may be
    meant: a number typed later beside the day of a lesson does not make the lesson a new one.
    """
    keys = [column.field for column in record.columns() if column.key] or [
        column.field for column in record.columns() if column.filled
    ]

    def content(row: Record) -> Hashable:
        kept = tuple((name, word(value)) for name, value in _values(row).items() if value)
        own = {column.header for column in record.columns() if column.field in keys}
        return tuple(pair for pair in kept if pair[0] not in own) or None

    def first(row: Record) -> Hashable:
        return word(getattr(row, keys[0])) if len(keys) > 1 else None

    return [*_pairs(gone, come, content, alone=False), *_pairs(gone, come, first, alone=True)]


def _pairs(
    gone: list[Record], come: list[Record], meaning: Callable[[Record], Hashable], *, alone: bool
) -> Iterator[tuple[Record, Record]]:
    if not (gone and come):
        return
    left, right = _grouped(gone, meaning), _grouped(come, meaning)
    for mark, rows in right.items():
        old = left.get(mark, [])
        if mark is None or len(old) != len(rows) or (alone and len(rows) != 1):
            continue
        for before, after in zip(old, rows, strict=True):
            _take(gone, before)
            _take(come, after)
            yield before, after


def _take(rows: list[Record], row: Record) -> None:
    del rows[next(place for place, one in enumerate(rows) if one is row)]


def _grouped(rows: Iterable[Record], meaning: Callable[[Record], Hashable]) -> dict[Hashable, list[Record]]:
    found: dict[Hashable, list[Record]] = {}
    for row in rows:
        found.setdefault(meaning(row), []).append(row)
    return found


def _fields(sheet: str, key: str, old: Record | None, new: Record | None, *, unsure: bool = False) -> Iterator[Change]:
    before, after = _values(old), _values(new)
    row = new if new is not None else old
    who = _who(row) if row is not None else ""
    absent = UNREAD if unsure and old is None else ""
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name, absent), after.get(name, "")
        if was != now and (was or now) and not (was == absent and not now):
            yield Change(sheet, key, name, was, now, who)


def _values(row: Record | None) -> Mapping[str, str]:
    """Return what a row says, by header."""
    found: dict[str, str] = {}
    if row is None:
        return found
    for column in row.columns():
        value = getattr(row, column.field)
        if column.rest:
            found.update((header, word(one)) for header, one in value.items())
        elif row.unread(column.field):
            found[column.header] = UNREAD
        else:
            found[column.header] = word(value)
    return found


def _who(row: Record) -> str:
    """Return the № of the pupils a row is about, «» where its key tells them."""
    named = " ".join(word(getattr(row, name, "")) for name in _PUPIL)
    return "" if not named.strip() or named.strip() in row.key() else named.strip()
