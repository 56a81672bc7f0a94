"""A sheet of A4 on its side, for sheets whose pages are cut by hand: Excel fits or cuts, never both."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

WIDTH, HEIGHT = 780.0, 505.0  # points, without margins
CHARACTER = 5.4  # points of a column's width unit, with its share of the cell's padding
LEAST, READABLE = 40, 62  # per cent: a print below the second is hard to read


def set_scale(sheet: Worksheet, scale: int) -> None:
    """Print the sheet at a scale of its own instead of fitting it to pages."""
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = scale
