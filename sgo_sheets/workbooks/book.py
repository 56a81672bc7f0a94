"""From the bytes of a workbook to a ``Book``: the guard, the library, then sheet by sheet."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records import faults
from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BY_KIND, LISTS_SHEET, MARKS_SHEET, Book, BookKind, BookType, Grid
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.russian import near
from sgo_sheets.workbooks.addresses import Oddities
from sgo_sheets.workbooks.cells import Cells, blank, header_key, header_text, letters, secret
from sgo_sheets.workbooks.folder import is_orphan, kind_of, suggestion
from sgo_sheets.workbooks.grid import read_grid
from sgo_sheets.workbooks.guard import Look, Refusal, inspect
from sgo_sheets.workbooks.headers import SEARCHED_ROWS
from sgo_sheets.workbooks.tables import Reading, Year, read_table
from sgo_sheets.workbooks.titles import read_title

Values = Sequence[Sequence[Raw]]
_ODD_MOST = 10_000
_HEADING = 40
_EPOCH_HINT = "книга считает дни от 1904 года (так сохраняет Excel на Mac); даты прочитаны верно."


def read_data(data: bytes, path: str, year: Year | None) -> Book:
    """Return the workbook whose bytes these are; ``path`` tells its kind and names it in findings."""
    kind = kind_of(path)
    digest = hashlib.sha256(data).hexdigest()
    if kind is BookKind.UNKNOWN:
        return _unknown(data, path, digest)
    look = inspect(data)
    if isinstance(look, Refusal):
        return refused(path, digest, look)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return _Sheets(BY_KIND[kind], path, year, look, names, partial(_values, workbook)).book(digest)
    except PasswordError:
        return refused(path, digest, Refusal(faults.PROTECTED, "книга закрыта паролем; уберите пароль на открытие."))
    except _BrokenError as error:
        return refused(path, digest, Refusal(faults.UNREADABLE, f"файл повреждён: {error}."))
    except CalamineError:
        return refused(path, digest, Refusal(faults.UNREADABLE, "файл повреждён или это не книга Excel."))


def book_of_values(path: str, sheets: Mapping[str, Values], year: Year | None, digest: str = "") -> Book:
    """Return the workbook whose sheets hold these cells from A1 on (rows of one width): what a file would give."""
    return _Sheets(BY_KIND[kind_of(path)], path, year, Look(), list(sheets), sheets.__getitem__).book(digest)


def refused(path: str, digest: str, refusal: Refusal) -> Book:
    """Return the book of a file that could not be read at all: one finding says why."""
    kind = kind_of(path)
    finding = refusal.fault.at(CellRef(path), refusal.message, owner_of(kind))
    return Book(path, kind, digest, findings=(finding,), unreadable=True)


def owner_of(kind: BookKind) -> Role:
    """Return who answers for a workbook of the kind; the administrator for one nobody knows."""
    return BY_KIND[kind].owner if kind in BY_KIND else Role.ADMIN


def _unknown(data: bytes, path: str, digest: str) -> Book:
    """Return the book of a file that is no workbook of the school: reported, but nothing anybody waits for."""
    if not is_orphan(path):
        meant = suggestion(path)
        perhaps = f" Возможно, это «{meant}.xlsx»." if meant else ""
        message = f"такой книги в школе нет, она не прочитана; переименуйте её или уберите из папки.{perhaps}"
        fault = faults.UNKNOWN_BOOK
    elif isinstance(inspect(data), Refusal):
        return Book(path, BookKind.UNKNOWN, digest)
    else:
        message = (
            "похоже на сохранение, которое Excel не довёл до конца; если рядом не хватает книги, "
            "допишите к имени «.xlsx» и проверьте, что внутри."
        )
        fault = faults.ORPHAN_SAVE
    return Book(path, BookKind.UNKNOWN, digest, findings=(fault.at(CellRef(path), message, Role.ADMIN),))


class _BrokenError(Exception):
    """The library gave up on a sheet in a way of its own."""


@dataclass(slots=True)
class _Sheets:
    """The sheets of one workbook while it is read."""

    kind: BookType
    path: str
    year: Year | None
    look: Look
    names: Sequence[str]
    values: Callable[[str], Values]
    findings: list[Finding] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)

    def book(self, digest: str) -> Book:
        """Return the finished book."""
        if self.look.epoch_1904:
            self._say(faults.READ_AS_MEANT, CellRef(self.path), _EPOCH_HINT)
        names = self._first_names()
        tables: dict[str, tuple[Record, ...]] = {}
        absent: list[tuple[str, bool]] = []
        for record in self.kind.sheets:
            for key, name in self._named(record, names):
                rows = self._table(record, name)
                if rows is not None:
                    tables[key] = rows
            if record.sheet not in tables and not self._named(record, names):
                absent.append((record.sheet, record.optional))
        grid = None
        if self.kind.grid:
            marks = names.get(header_key(MARKS_SHEET))
            if marks is not None:
                grid = self._grid(marks)
            else:
                absent.append((MARKS_SHEET, False))
        self._absent(absent, names, tables)
        if self.look.secret:
            self._secrets(names)
        return Book(
            path=self.path,
            kind=self.kind.kind,
            digest=digest,
            saved=self.look.saved,
            tables=tables,
            grid=grid,
            findings=tuple(self.findings),
        )

    def _first_names(self) -> dict[str, str]:
        """Return the worksheets by what their names share with the contract's; of two equal ones the first."""
        found: dict[str, str] = {}
        for name in self.names:
            found.setdefault(header_key(name), name)
        return found

    def _named(self, record: type[Record], names: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return (key in the book, name in the file) of the sheets that hold a record."""
        exact = header_key(record.sheet)
        if self.kind.repeated != record.sheet:
            return [(record.sheet, names[exact])] if exact in names else []
        return [
            (record.sheet if key == exact else header_text(name), name)
            for key, name in names.items()
            if key == exact or key.startswith(f"{exact} ")
        ]

    def _cells(self, name: str) -> Cells:
        self.claimed.add(name)
        rows = self.values(name)
        odd = self.look.odd.get(name)
        return Cells(self.path, name, rows, odd_cells(odd, rows) if odd is not None else {})

    def _table(self, record: type[Record], name: str) -> tuple[Record, ...] | None:
        reading = Reading(self._cells(name), self.kind.owner, self.year, self.findings)
        if record.optional and not reading.cells.rows:
            return ()
        return read_title(record, reading) if record.shape == Shape.PROPERTIES else read_table(record, reading)

    def _grid(self, name: str) -> Grid | None:
        return read_grid(Reading(self._cells(name), self.kind.owner, self.year, self.findings))

    def _absent(
        self, absent: list[tuple[str, bool]], names: Mapping[str, str], tables: dict[str, tuple[Record, ...]]
    ) -> None:
        """Let an absent optional sheet be empty, name the required ones and the sheets that look like one."""
        lists = header_key(LISTS_SHEET)
        strange = [name for key, name in names.items() if name not in self.claimed and key != lists]
        known = [sheet for sheet, _ in absent]
        alike = {}
        for name in strange:
            close = near(name, known)
            if close is not None:
                alike[close] = name
                message = f"лист «{name}» похож на «{close}», но назван иначе и не прочитан; исправьте имя листа."
                self._say(faults.UNKNOWN_HEADER, CellRef(self.path, name), message)
        for sheet, optional in absent:
            if optional:
                tables.setdefault(sheet, ())
        required = [sheet for sheet, optional in absent if not optional]
        if required and not self.claimed:
            message = f"в книге нет ни одного нужного листа: {', '.join(f'«{sheet}»' for sheet in required)}."
            self._say(faults.MISSING_SHEET, CellRef(self.path), message)
            return
        for sheet in required:
            self._say(faults.MISSING_SHEET, CellRef(self.path, sheet), f"в книге нет листа «{sheet}».")

    def _secrets(self, names: Mapping[str, str]) -> None:
        """Name the columns of passwords on sheets that are not read otherwise."""
        for name in names.values():
            if name in self.claimed:
                continue
            for row, values in enumerate(self.values(name)[:SEARCHED_ROWS]):
                for column, value in enumerate(values):
                    if isinstance(value, str) and len(value) <= _HEADING and secret(value):
                        place = CellRef(self.path, name, f"{letters(column)}{row + 1}")
                        message = "похоже на столбец с паролями: паролей в книгах быть не должно; удалите его."
                        self._say(faults.PASSWORD_COLUMN, place, message)

    def _say(self, fault: faults.Fault, place: CellRef, message: str) -> None:
        self.findings.append(fault.at(place, message, self.kind.owner))


def odd_cells(odd: Oddities, rows: Sequence[Sequence[Raw]]) -> dict[tuple[int, int], faults.Fault]:
    """Return the cells without an honest value: errors, uncached formulas, and all but the first of merged ones.

    A merged range whose first cell is empty hides nothing and is not told.
    """
    cells = dict(odd.cells)
    for top, left, bottom, right in odd.merged:
        if top >= len(rows) or left >= len(rows[top]) or blank(rows[top][left]):
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if (row, column) != (top, left) and len(cells) < _ODD_MOST:
                    cells.setdefault((row, column), faults.MERGED_CELL)
    return cells


def _values(workbook: CalamineWorkbook, name: str) -> Values:
    """Return the cells of a sheet from A1 on; what the library cannot digest raises ``_BrokenError``."""
    try:
        return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        raise _BrokenError(f"лист «{name}» не читается") from error
