"""One declaration per sheet: the columns, how their cells are read, what the form shows in them.

A ``Record`` subclass is the whole contract of a sheet. The reader, the blank form, its hints and drop-down lists and
the page of the documentation all come from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from sgo_sheets.findings import CellRef, Datum


class Shape(StrEnum):
    """How a sheet lies: rows under a header, or pairs «Показатель» – «Значение»."""

    TABLE = "table"
    PROPERTIES = "properties"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract.

    ``required`` – the sheet cannot be read without the header; ``filled`` – a row without a value is not applied;
    ``carry`` – an empty cell means the value above; ``rest`` – gathers every column no other field claims;
    ``text`` – the form formats the cells as Text; ``ticked`` – words of the drop-down list; ``source`` – a name on
    «Списки» the drop-down refers to; ``source_by`` – the header of the column whose word names the list in its row
    (after ``source``, if any): a help that refuses nothing.
    """

    field: str
    header: str
    required: bool = False
    filled: bool = False
    key: bool = False
    carry: bool = False
    rest: bool = False
    hint: str = ""
    width: float = 14.0
    text: bool = False
    grey: bool = False
    source: str = ""
    source_by: str = ""
    date: bool = False
    example: str = ""


def column(header: str, default: Any = "", **options: Any) -> Any:
    """Declare a column: the exact header, the value of an empty cell, and the options of ``Column``."""
    return Field(default=default, validate_default=False, json_schema_extra={"column": {"header": header, **options}})


def rest(**options: Any) -> Any:
    """Declare the field that gathers the columns named after classes, subjects or periods: header → raw value."""
    extra: Any = {"column": {"header": "", "rest": True, **options}}
    return Field(default_factory=dict, validate_default=False, json_schema_extra=extra)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of one sheet stand: shared by all of them.

    ``columns`` maps a field or a gathered header to its letters; ``header`` is the row of headers, 1-based (0: none).
    """

    workbook: str
    sheet: str
    columns: Mapping[str, str] = field(default_factory=dict)
    header: int = 0

    def at(self, name: str, row: int) -> CellRef:
        """Return the cell of a field (or of a gathered header) in a row, the row's first cell if it has none."""
        letters = self.columns.get(name) or next(iter(self.columns.values()), "A")
        return CellRef(self.workbook, self.sheet, f"{letters}{row}")


NOWHERE = Origin("", "")


class Place(NamedTuple):
    """Where one record stands: one value, for a school has hundreds of thousands of records."""

    origin: Origin = NOWHERE
    row: int = 0
    unread: frozenset[str] = frozenset()
    rows: Mapping[str, int] | None = None


UNPLACED = Place()


class Record(BaseModel):
    """A row of a sheet, frozen, that knows its cells."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: ClassVar[str]
    shape: ClassVar[Shape] = Shape.TABLE
    optional: ClassVar[bool] = False

    _place: Place = PrivateAttr(default_factory=lambda: UNPLACED)

    def placed(self, origin: Origin, row: int, unread: frozenset[str] = frozenset()) -> Self:
        """Remember where the row stands and which of its cells could not be read; return the record itself."""
        self._place = Place(origin, row, unread)
        return self

    def placed_by_rows(self, origin: Origin, rows: Mapping[str, int]) -> Self:
        """Remember where each property stands («Показатель» – «Значение»); return the record itself."""
        self._place = self._place._replace(origin=origin, rows=rows)
        return self

    @property
    def workbook(self) -> str:
        """Return the path of the workbook it stands in."""
        return self._where().origin.workbook

    def at(self, name: str) -> CellRef:
        """Return the cell of a field, or of a gathered column by its header."""
        origin, row, _, rows = self._where()
        return origin.at(name, rows.get(name, row or 1) if rows else row or 1)

    def at_header(self, name: str) -> CellRef:
        """Return the cell of a column's header, the cell in the row itself where the sheet has no header."""
        origin, row, _, _ = self._where()
        return origin.at(name, origin.header or row or 1)

    def _where(self) -> Place:
        """Return where the record stands; pydantic's own way to a private attribute costs ten times as much."""
        private = self.__pydantic_private__
        return private["_place"] if private else UNPLACED

    def datum(self, name: str) -> Datum:
        """Return the name by which the history knows a field of the row (or a gathered column, by its header)."""
        origin = self._where().origin
        return Datum(origin.workbook, origin.sheet, self.key(), _headers(type(self)).get(name, name))

    def key(self) -> str:
        """Return what names the row among those of its sheet: its key columns, else those that must be filled."""
        values = map(self.__dict__.__getitem__, _key_fields(type(self)))
        return " ".join([word for value in values if (word := _word(value))])

    @property
    def row(self) -> int:
        """Return the number of the row in its sheet, 1-based."""
        return self._where().row

    @property
    def located(self) -> tuple[str, ...]:
        """Return the fields, and the headers of gathered columns, that have a column on the sheet."""
        return tuple(self._where().origin.columns)

    def unread(self, name: str) -> bool:
        """Return whether the cell holds something that could not be read: then nobody may call it empty."""
        return name in self._where().unread

    @property
    def unread_fields(self) -> frozenset[str]:
        """Return the fields whose cells hold something that could not be read."""
        return self._place.unread

    @classmethod
    def read(cls, values: Mapping[str, Any], notes: object) -> tuple[Self | None, Mapping[str, str]]:
        """Return the record of raw values by field and {}, or None and what is wrong with each bad field.

        ``notes`` (``kinds.Notes``) gathers hints and knows the school year.
        """
        try:
            return cls.model_validate(values, context=notes), {}
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=False, include_input=False)
            return None, {str(item["loc"][0]): item["msg"] for item in wrong}

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        """Return the declared columns in the order of the form."""
        return _columns(cls)


@cache
def _key_fields(record: type[Record]) -> tuple[str, ...]:
    columns = record.columns()
    chosen = [one for one in columns if one.key] or [one for one in columns if one.filled]
    return tuple(one.field for one in chosen)


@cache
def _headers(record: type[Record]) -> Mapping[str, str]:
    return {one.field: one.header for one in record.columns()}


def _word(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, frozenset)):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


@cache
def _columns(record: type[Record]) -> tuple[Column, ...]:
    found = []
    for name, info in record.model_fields.items():
        extra: Any = info.json_schema_extra
        if isinstance(extra, dict) and isinstance(options := extra.get("column"), dict):
            found.append(Column(field=name, **options))
    return tuple(found)


@cache
def words_of(record: type[Record], name: str) -> tuple[str, ...]:
    """Return the words of the drop-down list of a field declared with ``choice``, or ()."""
    for item in record.model_fields[name].metadata:
        words: tuple[str, ...] = getattr(getattr(item, "func", None), "words", ())
        if words:
            return words
    return ()
