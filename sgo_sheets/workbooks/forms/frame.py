"""What every sheet has: protection without a password, A4 landscape with repeated headers, frozen panes."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.forms.looks import Look, Painter

LAST_COLUMN = 16384
_NO_LINES = {"left": "", "right": "", "top": "", "bottom": ""}
FREE = Look(**_NO_LINES)  # type: ignore[arg-type]  # the four borders by name
_ALLOWED = (
    "formatCells",
    "formatColumns",
    "formatRows",
    "insertColumns",
    "insertRows",
    "insertHyperlinks",
    "deleteColumns",
    "deleteRows",
    "sort",
    "autoFilter",
    "pivotTables",
    "objects",
    "scenarios",
)


def protect(sheet: Worksheet) -> None:
    """Protect the locked cells (headers, formulas) without a password; everything else stays allowed."""
    sheet.protection.sheet = True
    for name in _ALLOWED:
        setattr(sheet.protection, name, False)  # False: not forbidden


def page(sheet: Worksheet, *, rows: str, columns: str = "", fit_height: bool = False) -> None:
    """Set the sheet up for print: A4 landscape, fitted to the width, headers on every page, page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if fit_height else 0
    sheet.print_title_rows = rows
    if columns:
        sheet.print_title_cols = columns
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.45, 0.6, 0.2, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.left.size = 9
    sheet.oddFooter.right.text = "Страница &P из &N"
    sheet.oddFooter.right.size = 9


def open_columns(sheet: Worksheet, painter: Painter, first_free: int) -> None:
    """Leave every column to the right of the form to the teacher: unlocked to the end of the sheet."""
    letters = get_column_letter(first_free)
    rest = ColumnDimension(sheet, index=letters, min=first_free, max=LAST_COLUMN, width=10)
    sheet.column_dimensions[letters] = rest
    painter.paint(rest, FREE)


def column(sheet: Worksheet, painter: Painter, number: int, width: float, look: Look) -> None:
    """Set a column's width and the look of its empty cells, down to the last row, without writing any of them."""
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = width
    painter.paint(dimension, look)


def freeze(sheet: Worksheet, cell: str) -> None:
    """Freeze the rows above and the columns left of a cell."""
    sheet.freeze_panes = cell


def tidy_view(sheet: Worksheet, *, zoom: int = 100) -> None:
    """Set the zoom and put the cursor where typing begins."""
    sheet.sheet_view.zoomScale = zoom
    sheet.sheet_view.showGridLines = False
