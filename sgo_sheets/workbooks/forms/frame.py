"""What every sheet has: protection without a password, A4 landscape with repeated headers, frozen panes."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.forms.form import Form
from sgo_sheets.workbooks.forms.looks import Look

LAST_COLUMN = 16384
FREE = Look(left="none", right="none", top="none", bottom="none")
SMALL = 9
FILE_NAME = "&F"
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


@dataclass(frozen=True, slots=True)
class Print:
    """How a sheet is printed: the rows and columns every page repeats, on how many sheets of paper it fits.

    ``tall`` 0 means as many as the rows need.
    """

    rows: str
    columns: str = ""
    wide: int = 1
    tall: int = 0


def finish(form: Form, sheet: Worksheet, freeze: str, paper: Print, *, zoom: int = 100) -> None:
    """Freeze the panes, protect what is locked, set the view and the print-out."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.zoomScale = zoom
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.baseColWidth = 10
    _protect(sheet)
    _page(form, sheet, paper)


def _protect(sheet: Worksheet) -> None:
    """Protect the locked cells (headers, formulas) without a password; everything else stays allowed."""
    sheet.protection.sheet = True
    for name in _ALLOWED:
        setattr(sheet.protection, name, False)  # False: not forbidden


def _page(form: Form, sheet: Worksheet, paper: Print) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = paper.wide
    sheet.page_setup.fitToHeight = paper.tall
    sheet.print_title_rows = paper.rows
    if paper.columns:
        sheet.print_title_cols = paper.columns
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.55, 0.25, 0.25
    sheet.print_options.horizontalCentered = True
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    for part, text in (
        (head.left, form.title.replace("&", "&&") or FILE_NAME),
        (head.right, "&A"),
        (foot.right, "Страница &P из &N"),
    ):
        part.text, part.size = text, SMALL
    sheet.oddHeader, sheet.oddFooter = head, foot


def column(form: Form, sheet: Worksheet, number: int, width: float, look: Look = FREE) -> None:
    """Set a column's width and the look of its empty cells, down to the last row, without writing any of them."""
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = width
    form.painter.paint(dimension, look)


def open_columns(form: Form, sheet: Worksheet, first_free: int) -> None:
    """Leave every column to the right of the form to the teacher: unlocked to the end of the sheet."""
    letters = get_column_letter(first_free)
    rest = ColumnDimension(sheet, index=letters, min=first_free, max=LAST_COLUMN, width=10)
    sheet.column_dimensions[letters] = rest
    form.painter.paint(rest, FREE)
