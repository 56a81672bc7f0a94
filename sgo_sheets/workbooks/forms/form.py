"""A workbook in the making: what every sheet's writer needs at hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.workbooks.forms.looks import Look, Painter


@dataclass(frozen=True, slots=True)
class Form:
    """What is common to the sheets of a workbook.

    ``names`` – the lists drop-downs may refer to; ``title`` – the head of a printed page;
    ``saved`` – the day it is made.
    """

    book: Workbook
    names: frozenset[str]
    title: str
    saved: dt.date
    painter: Painter = field(default_factory=Painter)

    def fill(self, sheet: Worksheet, place: tuple[int, int], value: Raw, look: Look, *, text: bool = False) -> Cell:
        """Put a value with its look into a cell (row, column) and return the cell; text is never a formula.

        ``text`` turns numbers into text (rooms, phones, numbers of cards).
        """
        cell = cast("Cell", sheet.cell(*place))
        value = _written(value, text=text)
        if value is not None:
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # «=1+1», «#REF!» and «+» in a topic are words, not formulas
        self.painter.paint(cell, look)
        return cell

    def formula(self, sheet: Worksheet, place: tuple[int, int], formula: str, look: Look) -> Cell:
        """Put a formula of our own into a cell; never anything a person typed."""
        cell = cast("Cell", sheet.cell(*place))
        cell.value = formula
        self.painter.paint(cell, look)
        return cell


def _written(value: Raw, *, text: bool) -> Raw:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "да" if value else "нет"
    if text and isinstance(value, (int, float)):
        return plain(value)
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return value


def highlight(sheet: Worksheet, area: str, formula: str, *, fill: str = "", color: str = "") -> None:
    """Colour the cells of an area for which the formula (of the area's first cell) is true."""
    style = DifferentialStyle(
        font=Font(bold=True, color=color) if color else None,
        fill=PatternFill("solid", start_color=fill, end_color=fill) if fill else None,
    )
    sheet.conditional_formatting.add(area, Rule(type="expression", dxf=style, formula=[formula]))
