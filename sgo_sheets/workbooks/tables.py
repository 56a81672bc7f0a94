"""From the cells of a sheet to its records: the columns by name, every cell that cannot be read named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records import faults
from sgo_sheets.records.base import Record
from sgo_sheets.records.raw_values import Notes, Raw
from sgo_sheets.russian import clean, fold
from sgo_sheets.workbooks.cells import Cells, odd_words
from sgo_sheets.workbooks.headers import Layout, find_layout

Year = tuple[dt.date, dt.date]
R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Reading:
    """What one sheet is read with: its cells, who answers for it, the school year; and what was found on the way."""

    cells: Cells
    role: Role
    year: Year | None = None
    findings: list[Finding] = field(default_factory=list)

    def say(self, fault: faults.Fault, place: CellRef, message: str) -> None:
        """Add a finding; its message becomes a whole sentence."""
        text = message if message.endswith((".", "!", "?")) else f"{message}."
        self.findings.append(fault.at(place, text, self.role))


@dataclass(slots=True)
class Draft:
    """A row on its way to a record: 0-based row, raw values by field, the fields without an honest value."""

    row: int
    values: dict[str, Any]
    unread: set[str]


def read_table(record: type[R], reading: Reading) -> tuple[R, ...] | None:
    """Return the records of a sheet, None when a required header is missing (the finding says which)."""
    layout = find_layout(record, reading.cells, reading.role, reading.findings)
    return None if layout is None else tuple(read_rows(record, layout, reading))


def read_rows(record: type[R], layout: Layout, reading: Reading) -> Iterator[R]:
    """Yield the records under a header that was found; the first row of a key counts."""
    seen: dict[tuple[object, ...], int] = {}
    notes = Notes(year=reading.year)
    for draft in _drafts(layout, reading):
        made = _build(record, layout, draft, reading, notes)
        if made is not None and _first_of_key(made, draft.row + 1, layout, reading, seen):
            yield made


def _drafts(layout: Layout, reading: Reading) -> Iterator[Draft]:
    """Yield the rows under the header that hold anything a person wrote."""
    rows = reading.cells.rows
    odd_rows = _odd_rows(reading.cells, layout)
    named = [(index, column.field, column.carry, column.grey) for index, column in layout.fields.items()]
    gathered = tuple(layout.gathered.items())
    carried: dict[str, Raw] = {}
    for row in range(layout.header + 1, len(rows)):
        raw = rows[row]
        values: dict[str, Any] = {}
        written = False
        for index, name, carry, grey in named:
            value = raw[index]
            if value == "" or (type(value) is str and not clean(value)):
                continue
            values[name] = value
            if not (carry or grey):
                written = True
        if gathered:
            rest = {head: tidy for index, head in gathered if (tidy := _tidy(raw[index])) != ""}
            if rest:
                values[layout.rest] = rest
                written = True
        odd = odd_rows.get(row, ())
        if odd and not written:
            odd = [column for column in odd if not _only_prepared(reading.cells, layout, row, column)]
        unread = _say_odd(layout, reading, row, odd, values) if odd else set()
        if layout.carried:
            _carry(layout.carried, values, carried, unread)
        if written:
            yield Draft(row, values, unread)


def _only_prepared(cells: Cells, layout: Layout, row: int, column: int) -> bool:
    """Return whether the cell is a formula the form put into a row nobody has written in yet."""
    return column in layout.fields and layout.fields[column].grey and cells.odd[row, column] is faults.UNCACHED_FORMULA


def _tidy(value: Raw) -> Raw:
    return clean(value) if type(value) is str else value


def _carry(names: Sequence[str], values: dict[str, Any], carried: dict[str, Raw], unread: set[str]) -> None:
    """Let an empty cell mean the value above; a cell that could not be read carries nothing on."""
    for name in names:
        if name in values:
            carried[name] = values[name]
        elif name in unread:
            carried.pop(name, None)
        elif name in carried:
            values[name] = carried[name]


def _odd_rows(cells: Cells, layout: Layout) -> Mapping[int, list[int]]:
    """Return the cells without an honest value that stand in columns of the contract, by row."""
    rows: dict[int, list[int]] = {}
    for (row, column), fault in cells.odd.items():
        if row <= layout.header or not (column in layout.fields or column in layout.gathered):
            continue
        if fault is faults.MERGED_CELL and layout.carries(column):
            continue
        rows.setdefault(row, []).append(column)
    return rows


def _say_odd(layout: Layout, reading: Reading, row: int, columns: Sequence[int], values: dict[str, Any]) -> set[str]:
    """Name the cells of a row without an honest value; return their fields (headers of gathered columns)."""
    unread = set()
    for column in sorted(columns):
        fault = reading.cells.odd[row, column]
        name = layout.name(column)
        unread.add(name)
        if column in layout.fields:
            values.pop(name, None)
        elif layout.rest in values:
            values[layout.rest].pop(name, None)
        reading.say(fault, reading.cells.ref(row, column), f"«{layout.title(column)}»: {odd_words(fault)}")
    return unread


def _build(record: type[R], layout: Layout, draft: Draft, reading: Reading, notes: Notes) -> R | None:
    """Return the record of a row, None when a value it cannot do without is missing; every bad cell is a finding."""
    number = draft.row + 1
    if not _filled(layout, draft, reading):
        return None
    notes.hints.clear()
    made, wrong = record.read(draft.values, notes)
    if made is None:
        for name, message in wrong.items():
            draft.values.pop(name, None)
            draft.unread.add(name)
            reading.say(fault_of(message), layout.origin.at(name, number), message)
        if not _filled(layout, draft, reading):
            return None
        notes.hints.clear()
        made, _ = record.read(draft.values, notes)
        if made is None:
            return None
    for name, message in notes.hints:
        reading.say(faults.READ_AS_MEANT, layout.origin.at(name, number), message)
    return made.placed(layout.origin, number, frozenset(draft.unread))


def fault_of(message: str) -> faults.Fault:
    """Return the fault a reader of cells means by its message."""
    return faults.OUTSIDE_YEAR if "вне учебного года" in message else faults.NOT_READ


def _filled(layout: Layout, draft: Draft, reading: Reading) -> bool:
    """Return whether the row holds what it cannot do without; what is simply empty is a finding."""
    missing = [column for column in layout.filled if column.field not in draft.values]
    for column in missing:
        if column.field not in draft.unread:
            place = layout.origin.at(column.field, draft.row + 1)
            reading.say(faults.NOT_FILLED, place, f"не заполнено «{column.header}»; строка не учтена")
    return not missing


def _first_of_key(
    record: Record, number: int, layout: Layout, reading: Reading, seen: dict[tuple[object, ...], int]
) -> bool:
    """Return whether the row's key is new in the sheet; of two equal ones the first row counts."""
    if not layout.keys:
        return True
    key = tuple(_comparable(getattr(record, column.field)) for column in layout.keys)
    first = seen.setdefault(key, number)
    if first == number:
        return True
    named = [column for column in layout.keys if getattr(record, column.field) not in (None, "", ())]
    what = " + ".join(f"«{column.header}»" for column in named)
    place = record.at((named or layout.keys)[0].field)
    reading.say(faults.DUPLICATE_KEY, place, f"{what}: то же, что в строке {first}; учтена строка {first}")
    return False


def _comparable(value: object) -> object:
    return fold(value) if isinstance(value, str) else value
