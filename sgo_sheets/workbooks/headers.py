"""Where a table begins and which of its columns is which: by header, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records import faults
from sgo_sheets.records.base import Column, Origin, Record
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.russian import clean, near
from sgo_sheets.workbooks.cells import Cells, header_key, header_text, letters, secret

SEARCHED_ROWS = 100
"""How deep a header is looked for: titles, notes and logos above a table are never longer."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of a sheet holds which field: ``fields`` and ``gathered`` by 0-based column.

    ``header`` is the 0-based row of the headers; ``rest`` the field that takes the gathered columns, «» without one.
    """

    header: int
    fields: Mapping[int, Column]
    gathered: Mapping[int, str]
    rest: str
    filled: tuple[Column, ...]
    keys: tuple[Column, ...]
    carried: tuple[str, ...]
    origin: Origin

    def name(self, column: int) -> str:
        """Return the field of a column, or the header of a gathered one."""
        return self.fields[column].field if column in self.fields else self.gathered[column]

    def title(self, column: int) -> str:
        """Return the header of a column."""
        return self.fields[column].header if column in self.fields else self.gathered[column]

    def carries(self, column: int) -> bool:
        """Return whether an empty cell of the column means the value above."""
        return column in self.fields and self.fields[column].carry


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns of one header row, and what is wrong with it: (fault, column, message)."""

    fields: Mapping[int, Column]
    gathered: Mapping[int, str]
    issues: tuple[tuple[faults.Fault, int, str], ...]


def find_layout(record: type[Record], cells: Cells, role: Role, findings: list[Finding]) -> Layout | None:
    """Return the columns of a record's table, None when a required header is missing (a finding names each)."""
    required = _required(record)
    row, missing = find_header(cells.rows, required)
    if missing:
        findings.extend(_missing(cells, row, missing, role))
        return None
    plan = _plan(record, header_row(cells.rows[row]))
    for fault, column, message in plan.issues:
        findings.append(fault.at(cells.ref(row, column), message, role))
    columns = record.columns()
    origin = Origin(
        cells.workbook,
        cells.sheet,
        {plan.fields[i].field: letters(i) for i in plan.fields} | {plan.gathered[i]: letters(i) for i in plan.gathered},
        header=row + 1,
    )
    return Layout(
        header=row,
        fields=plan.fields,
        gathered=plan.gathered,
        rest=next((column.field for column in columns if column.rest), ""),
        filled=tuple(column for column in columns if column.filled),
        keys=tuple(column for column in columns if column.key),
        carried=tuple(column.field for column in plan.fields.values() if column.carry),
        origin=origin,
    )


@cache
def _required(record: type[Record]) -> tuple[str, ...]:
    return tuple(column.header for column in record.columns() if column.required)


def header_row(values: Sequence[Raw]) -> tuple[str, ...]:
    """Return the cells of a row as texts, without the empty tail."""
    texts = [value if isinstance(value, str) else "" if value is None else plain(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def find_header(rows: Sequence[Sequence[Raw]], required: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Return the first row that holds all required headers and (); else the row that holds most and the missing.

    The row is -1 when no row holds any of them.
    """
    wanted = {header_key(header): header for header in required}
    best, best_row = frozenset[str](), -1
    for number, row in enumerate(rows[:SEARCHED_ROWS]):
        found = frozenset(wanted.keys() & {header_key(value) for value in row if value and isinstance(value, str)})
        if len(found) > len(best):
            best, best_row = found, number
            if len(found) == len(wanted):
                return number, ()
    return best_row, tuple(header for key, header in wanted.items() if key not in best)


def _missing(cells: Cells, row: int, missing: Sequence[str], role: Role) -> list[Finding]:
    """Return a finding for each required header that is not there; one for a sheet without any."""
    if row < 0:
        place = CellRef(cells.workbook, cells.sheet)
        names = ", ".join(f"«{header}»" for header in missing)
        message = f"на листе нет шапки таблицы: не найдены столбцы {names}; лист не прочитан."
        return [faults.MISSING_HEADER.at(place, message, role)]
    return [faults.MISSING_HEADER.at(*_missing_header(cells, row, header), role) for header in missing]


def _missing_header(cells: Cells, row: int, header: str) -> tuple[CellRef, str]:
    shown = {text: i for i, text in enumerate(map(header_text, header_row(cells.rows[row]))) if text}
    close = near(header, [text for text in shown if not secret(text)])
    message = f"нет столбца «{header}»; лист не прочитан."
    if close is None:
        return CellRef(cells.workbook, cells.sheet, f"A{row + 1}"), message
    return cells.ref(row, shown[close]), f"{message} Похожий столбец назван «{close}»: исправьте его заголовок."


@lru_cache(maxsize=2048)
def _plan(record: type[Record], texts: tuple[str, ...]) -> _Plan:
    """Return which text names which column of the record; cached, for a school has hundreds of equal headers."""
    known = {header_key(column.header): column for column in record.columns() if not column.rest}
    gathers = any(column.rest for column in record.columns())
    fields: dict[int, Column] = {}
    gathered: dict[int, str] = {}
    taken: dict[str, int] = {}
    issues: list[tuple[faults.Fault, int, str]] = []
    for index, text in enumerate(texts):
        shown = header_text(text)
        if not shown:
            continue
        if secret(shown):
            message = "столбец с паролями не прочитан: паролей в книгах быть не должно; удалите столбец."
            issues.append((faults.PASSWORD_COLUMN, index, message))
            continue
        key = header_key(text)
        if key in taken and (key in known or gathers):
            message = f"столбец «{shown}» уже есть ({letters(taken[key])}); прочитан первый."
            issues.append((faults.DOUBLE_HEADER, index, message))
            continue
        taken[key] = index
        if key in known:
            fields[index] = known[key]
        elif gathers:
            gathered[index] = shown
            if shown != clean(text.replace("\n", " ").replace("\r", " ")):
                message = f"в заголовке «{clean(text)}» латинская буква, похожая на русскую; прочитано как «{shown}»."
                issues.append((faults.READ_AS_MEANT, index, message))
    _suspect(known, texts, fields, gathered, issues)
    return _Plan(fields, gathered, tuple(issues))


def _suspect(
    known: Mapping[str, Column],
    texts: Sequence[str],
    fields: Mapping[int, Column],
    gathered: dict[int, str],
    issues: list[tuple[faults.Fault, int, str]],
) -> None:
    """Name the headers that look like a column of the contract nobody found; they are not gathered either."""
    present = {column.field for column in fields.values()}
    absent = [column.header for column in known.values() if column.field not in present]
    if not absent:
        return
    for index, text in enumerate(texts):
        shown = header_text(text)
        if not shown or index in fields or secret(shown):
            continue
        close = near(shown, absent)
        if close is not None:
            gathered.pop(index, None)
            message = f"столбец «{shown}» похож на «{close}», но назван иначе и не прочитан."
            issues.append((faults.UNKNOWN_HEADER, index, message))
