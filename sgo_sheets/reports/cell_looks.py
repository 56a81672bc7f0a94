"""How one cell of a report's workbook is written, and how it looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sgo_sheets.records.raw_values import FORMULA_SIGNS
from sgo_sheets.reports.document import NOT_STUDIED, Column, Kind, Place, Row, Value

FONT, INK, QUIET, LINE, SHADE, RED, OWED = "Calibri", "#1F2328", "#5A5F66", "#BFB8A8", "#F3EFE6", "#9D1C1C", "#FDF3DC"


def written(value: Value) -> tuple[str, dict[str, Any]]:
    """Return how a value is written and what its look has of itself."""
    if value is None:
        return "write_blank", {}
    if isinstance(value, Decimal):
        digits = _digits(value)
        return "write_number", {"num_format": "0." + "0" * digits if digits else "0"}
    if isinstance(value, int):
        return "write_number", {"num_format": "0"}
    if isinstance(value, dt.date):
        return "write_datetime", {"num_format": "dd.mm.yyyy", "align": "center"}
    # with the prefix Excel keeps «=1+1» a text when the cell is edited
    return "write_string", {"quote_prefix": True} if value.startswith(FORMULA_SIGNS) else {}


def sort_of(value: Value) -> tuple[object, ...]:
    """Return what two values have in common that are written alike."""
    if isinstance(value, Decimal):
        return Decimal, _digits(value)
    return type(value), isinstance(value, str) and value.startswith(FORMULA_SIGNS)


def _digits(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def plain(value: Value) -> Any:
    """Return the value as the library takes it."""
    return float(value) if isinstance(value, Decimal) else value


def cell_look(row: Row, column: Column, value: Value) -> dict[str, Any]:
    """Return how a cell of a table looks in its place."""
    return dict(_looks(row, column, value))


def _looks(row: Row, column: Column, value: Value) -> Iterator[tuple[str, Any]]:
    yield from (("border", 1), ("border_color", LINE))
    if row.opens:
        yield from (("top", 2), ("top_color", QUIET))
    if column.kind is Kind.TEXT and row.place is Place.LINE:
        yield "text_wrap", True
    if column.kind in (Kind.MARK, Kind.NUMBER) and row.place is not Place.HEADING:
        yield "align", "center"
    if row.place is not Place.LINE:
        yield "bg_color", SHADE
        yield "bold", row.place is Place.HEADING or column.kind is Kind.NAME
    elif column.kind is Kind.MARK:
        if value is None:
            yield "bg_color", OWED
        elif value == NOT_STUDIED:
            yield "font_color", QUIET
        elif value in (2, 1) or (isinstance(value, str) and value.startswith(("н/а", "нзч"))):
            yield from (("font_color", RED), ("bold", True))
