"""Sheets of pairs «Показатель» – «Значение»: the school's card, the title of a journal or of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.base import Record
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.workbooks.forms import cells, frame
from sgo_sheets.workbooks.forms.form import Form
from sgo_sheets.workbooks.forms.looks import HEADER, QUIET, Look

HEADERS = ("Показатель", "Значение", "Пояснение")
_WIDTHS = (30, 56, 48)
_ROW_HEIGHT = 24


def write_properties(form: Form, sheet: Worksheet, record: type[Record], values: Mapping[str, Raw]) -> None:
    """Write every property with its value and, beside it, the hint. Raises ValueError for an unknown property."""
    if unknown := set(values) - {column.header for column in record.columns()}:
        raise ValueError(f"Лист «{record.sheet}»: нет показателей {sorted(unknown)}")
    head = Look(bold=True, fill=HEADER, across="center", bottom="medium", locked=True)
    for number, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True), start=1):
        frame.column(form, sheet, number, width)
        form.fill(sheet, (1, number), header, head)
    frame.open_columns(form, sheet, len(HEADERS) + 1)
    sheet.row_dimensions[1].height = _ROW_HEIGHT
    for row, column in enumerate(record.columns(), start=2):
        form.fill(sheet, (row, 1), column.header, Look(bold=column.filled, locked=True))
        look = Look(across="left", wrap=True, format=cells.number_format(record, column))
        cell = form.fill(sheet, (row, 2), values.get(column.header), look, text=column.text)
        form.fill(sheet, (row, 3), column.hint, Look(size=10, italic=True, color=QUIET, wrap=True, locked=True))
        cells.apply(sheet, cells.column_rule(record, column, form.names), cell.coordinate)
        sheet.row_dimensions[row].height = _ROW_HEIGHT
    frame.finish(form, sheet, "A2", frame.Print("1:1", tall=1))
