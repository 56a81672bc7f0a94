"""The timetable as a poster: days stand apart, lessons of two subgroups have two lines."""

from __future__ import annotations

from copy import copy

from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import Rows
from sgo_sheets.workbooks.forms.looks import STRONG, Painter


def write_poster(sheet: Worksheet, painter: Painter, rows: Rows) -> None:
    """Draw a strong line above each day of the written rows."""
    del painter
    columns = 2 + len(rows.columns)
    for number, row in enumerate(rows.rows, start=2):
        if not row.get("День") or number == 2:
            continue
        for column in range(1, columns + 1):
            cell = sheet.cell(number, column)
            border = copy(cell.border)
            cell.border = Border(left=border.left, right=border.right, bottom=border.bottom, top=Side("medium", STRONG))
