"""The office of an invented school on one desk: workbooks as rows that can be spoilt, each cell with its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sgo_sheets.demo.planting import Planted, cell_of
from sgo_sheets.demo.world import World
from sgo_sheets.findings import CellRef
from sgo_sheets.records.base import Record, Shape
from sgo_sheets.records.catalog import BookContent, Rows
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.russian import file_name

Row = Mapping[str, Raw]


@dataclass(slots=True)
class Desk:
    """The workbooks of the office, cards, plans and class teachers' books by path; ``used`` – what is spoilt already.

    A spoil takes a pupil, a class or an employee nobody else has spoilt (``claim``), so that each mistake stands alone.
    """

    world: World
    contents: dict[str, BookContent]
    used: set[str] = field(default_factory=set)

    def roll(self, school_class: str) -> str:
        """Return the path of a class's cards."""
        return f"Контингент/{file_name(school_class)}.xlsx"

    def claim(self, name: str) -> bool:
        """Take something for one spoil; False when another has taken it."""
        if name in self.used:
            return False
        self.used.add(name)
        return True

    def rows(self, path: str, record: type[Record]) -> tuple[Row, ...]:
        """Return the rows of a table as they stand now."""
        return self._rows(path, record).rows

    def find(self, path: str, record: type[Record], **wanted: Raw) -> list[int]:
        """Return the places (from 0) of the rows in which columns hold these values («№_личного_дела» for spaces)."""
        by_header = {name.replace("_", " "): plain(value) for name, value in wanted.items()}
        return [
            place
            for place, row in enumerate(self.rows(path, record))
            if all(plain(row.get(header)) == value for header, value in by_header.items())
        ]

    def at(self, path: str, record: type[Record], place: int, header: str) -> CellRef:
        """Return the cell of a column in a row (from 0)."""
        return cell_of(path, record, self._rows(path, record), place, header)

    def change(self, path: str, record: type[Record], place: int, values: Row) -> None:
        """Write other values into a row."""
        table = self._rows(path, record)
        changed = tuple({**row, **values} if n == place else row for n, row in enumerate(table.rows))
        self._put(path, record, Rows(changed, table.columns))

    def add(self, path: str, record: type[Record], row: Row) -> int:
        """Write one row more and return its place."""
        table = self._rows(path, record)
        self._put(path, record, Rows((*table.rows, row), table.columns))
        return len(table.rows)

    def drop(self, path: str, record: type[Record], places: Sequence[int]) -> None:
        """Take rows out."""
        table = self._rows(path, record)
        self._put(path, record, Rows(tuple(r for n, r in enumerate(table.rows) if n not in places), table.columns))

    def properties(self, path: str, record: type[Record]) -> Row:
        """Return the values of a sheet «Показатель» – «Значение»."""
        found = self.contents[path].sheets.get(record.sheet, {})
        if record.shape is not Shape.PROPERTIES or not isinstance(found, Mapping):
            raise TypeError(f"«{record.sheet}» holds no properties")
        return found

    def set_property(self, path: str, record: type[Record], name: str, value: Raw) -> None:
        """Write a value of a sheet «Показатель» – «Значение»."""
        content = self.contents[path]
        values = {**self.properties(path, record), name: value}
        self.contents[path] = replace(content, sheets={**content.sheets, record.sheet: values})

    def at_property(self, path: str, record: type[Record], name: str) -> CellRef:
        """Return the cell of a value: the form lists every property in the order of its declaration."""
        headers = [column.header for column in record.columns()]
        return CellRef(path, record.sheet, f"B{headers.index(name) + 2}")

    def _rows(self, path: str, record: type[Record]) -> Rows:
        found = self.contents[path].sheets.get(record.sheet, Rows())
        if not isinstance(found, Rows):
            raise TypeError(f"«{record.sheet}» holds no rows")
        return found

    def _put(self, path: str, record: type[Record], rows: Rows) -> None:
        content = self.contents[path]
        self.contents[path] = replace(content, sheets={**content.sheets, record.sheet: rows})


OfficeSpoil = Callable[[Desk, Random], Sequence[Planted]]
"""Spoils something of the office and says what the check will say of it; () where the school does not lend itself."""
