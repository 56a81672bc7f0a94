"""Sheets of pairs «Показатель» – «Значение»: the school's card, the title of a journal or of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.base import Record
from sgo_sheets.records.kinds import Raw
from sgo_sheets.workbooks.forms import cells, frame
from sgo_sheets.workbooks.forms.looks import HEADER, QUIET, Look, Painter

HEADERS = ("Показатель", "Значение", "Пояснение")
_WIDTHS = (30, 56, 48)
_ROW_HEIGHT = 24


def write_properties(
    sheet: Worksheet, painter: Painter, record: type[Record], values: Mapping[str, Raw], names: set[str]
) -> None:
    """Write every property with its value and, beside it, the hint. Raises ValueError for an unknown property."""
    if unknown := set(values) - {column.header for column in record.columns()}:
        raise ValueError(f"Лист «{record.sheet}»: нет показателей {sorted(unknown)}")
    for number, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True), start=1):
        frame.column(sheet, painter, number, width, frame.FREE)
        cell = sheet.cell(1, number)
        cells.write(cell, header)
        painter.paint(cell, Look(bold=True, fill=HEADER, across="center", bottom="medium", locked=True))
    frame.open_columns(sheet, painter, len(HEADERS) + 1)
    sheet.row_dimensions[1].height = _ROW_HEIGHT
    for row, column in enumerate(record.columns(), start=2):
        cells.write(sheet.cell(row, 1), column.header)
        painter.paint(sheet.cell(row, 1), Look(bold=column.filled, locked=True))
        value = sheet.cell(row, 2)
        cells.write(value, values.get(column.header), text=column.text)
        painter.paint(value, Look(across="left", wrap=True, format=cells.number_format(record, column)))
        cells.write(sheet.cell(row, 3), column.hint)
        painter.paint(sheet.cell(row, 3), Look(size=10, italic=True, color=QUIET, wrap=True, locked=True))
        rule = cells.validation_of(record, column, names)
        if rule is not None:
            rule.add(value.coordinate)
            sheet.add_data_validation(rule)
        sheet.row_dimensions[row].height = _ROW_HEIGHT
    frame.freeze(sheet, "A2")
    frame.page(sheet, rows="1:1")
    frame.protect(sheet)
    frame.tidy_view(sheet)
