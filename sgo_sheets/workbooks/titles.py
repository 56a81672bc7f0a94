"""Sheets of pairs «Показатель» – «Значение»: the titles of journals and plans, the school itself."""

from __future__ import annotations

from typing import TypeVar

from sgo_sheets.findings import CellRef
from sgo_sheets.records import faults
from sgo_sheets.records.base import Origin, Record
from sgo_sheets.records.raw_values import Notes, Raw, plain
from sgo_sheets.russian import near
from sgo_sheets.workbooks.cells import blank, header_key, header_of, letters, odd_words, secret
from sgo_sheets.workbooks.headers import find_header
from sgo_sheets.workbooks.tables import Reading, fault_of

NAME, VALUE = "Показатель", "Значение"
R = TypeVar("R", bound=Record)


def read_title(record: type[R], reading: Reading) -> tuple[R, ...] | None:
    """Return the one record of a sheet of pairs, () when a value it cannot do without is missing.

    None when the sheet has no columns «Показатель» and «Значение».
    """
    cells = reading.cells
    header, missing = find_header(cells.rows, (NAME, VALUE))
    if missing:
        names = ", ".join(f"«{name}»" for name in missing)
        where = CellRef(cells.workbook, cells.sheet, f"A{header + 1}" if header >= 0 else "")
        reading.say(faults.MISSING_HEADER, where, f"на листе нет столбцов {names}; лист не прочитан")
        return None
    keys = [header_key(value) if isinstance(value, str) else "" for value in cells.rows[header]]
    names_at, values_at = keys.index(header_key(NAME)), keys.index(header_key(VALUE))
    values, rows, unread = _pairs(record, reading, header, names_at, values_at)
    origin = Origin(cells.workbook, cells.sheet, {VALUE: letters(values_at)})
    blank_row = header + 1
    columns = {column.field: column for column in record.columns()}

    def place(name: str) -> CellRef:
        return origin.at(name, rows.get(name, blank_row))

    notes = Notes(year=reading.year)
    made, wrong = record.read(values, notes)
    if made is None:
        for name, message in wrong.items():
            values.pop(name, None)
            unread.add(name)
            reading.say(fault_of(message), place(name), f"«{columns[name].header}»: {message}")
        notes.hints.clear()
        made, _ = record.read(values, notes)
    for name, message in notes.hints:
        reading.say(faults.READ_AS_MEANT, place(name), f"«{columns[name].header}»: {message}")
    missing_values = [column for column in columns.values() if column.filled and column.field not in values]
    for column in missing_values:
        if column.field not in unread:
            reading.say(faults.NOT_FILLED, place(column.field), f"не заполнено «{column.header}»; лист не учтён")
    if made is None or missing_values:
        return ()
    return (made.placed(origin, blank_row, frozenset(unread)).placed_by_rows(origin, rows),)


def _pairs(
    record: type[Record], reading: Reading, header: int, names_at: int, values_at: int
) -> tuple[dict[str, Raw], dict[str, int], set[str]]:
    """Return the raw values by field, the 1-based rows by field, and the fields without an honest value."""
    cells = reading.cells
    known = {header_key(column.header): column for column in record.columns()}
    values: dict[str, Raw] = {}
    rows: dict[str, int] = {}
    unread: set[str] = set()
    strange: list[tuple[int, str]] = []
    for row in range(header + 1, len(cells.rows)):
        raw = cells.rows[row][names_at]
        if blank(raw):
            continue
        column = known.get(header_key(raw if isinstance(raw, str) else plain(raw)))
        if column is None:
            strange.append((row, header_of(raw)))
            continue
        if column.field in rows:
            message = f"«{column.header}» уже стоит в строке {rows[column.field]}; учтена строка {rows[column.field]}"
            reading.say(faults.DUPLICATE_KEY, cells.ref(row, names_at), message)
            continue
        rows[column.field] = row + 1
        fault = cells.odd.get((row, values_at))
        if fault is not None:
            unread.add(column.field)
            reading.say(fault, cells.ref(row, values_at), f"«{column.header}»: {odd_words(fault)}")
        elif not blank(value := cells.rows[row][values_at]):
            values[column.field] = value
    absent = [column.header for column in known.values() if column.field not in rows]
    for row, name in strange:
        _suspect(reading, row, names_at, name, absent)
    return values, rows, unread


def _suspect(reading: Reading, row: int, column: int, name: str, absent: list[str]) -> None:
    place = reading.cells.ref(row, column)
    if secret(name):
        message = "строка с паролем не прочитана: паролей в книгах быть не должно; удалите строку"
        reading.say(faults.PASSWORD_COLUMN, place, message)
    elif close := near(name, absent):
        message = f"«{name}» похоже на «{close}», но написано иначе и не прочитано"
        reading.say(faults.UNKNOWN_HEADER, place, message)
