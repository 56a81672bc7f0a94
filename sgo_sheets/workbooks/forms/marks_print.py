"""«Отметки» on paper, as in the paper journal: all pupils on a page, names on every page, a page for a period."""

from __future__ import annotations

from itertools import pairwise

from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.forms.places import Place

_PAPER_WIDTH, _PAPER_HEIGHT = 780.0, 505.0  # points of an A4 sheet on its side, without margins
_CHARACTER = 5.4  # points of a column's width unit, with its share of the cell's padding
_LEAST, _READABLE = 40, 62  # per cent: less than the second only where the pupils would not fit on the page


def print_as_paper(sheet: Worksheet, places: tuple[Place, ...], fixed: tuple[float, float], rows: int) -> None:
    """Scale the sheet so that all pupils, and if it stays readable a whole period, fit on a page, and break it there.

    ``fixed`` – the width in characters of the columns every page repeats, and the height of all rows in points.
    """
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    names = fixed[0] * _CHARACTER
    by_height = int(100 * _PAPER_HEIGHT / fixed[1])
    by_width = int(100 * _PAPER_WIDTH / (_longest(places) + names))
    scale = max(_LEAST, min(100, by_height, max(_READABLE, by_width)))
    sheet.page_setup.scale = scale
    room = _PAPER_WIDTH * 100 / scale - names
    breaks = ColBreak()
    used = 0.0
    for place, following in pairwise(places):
        if place.folded:
            continue
        used += place.width * _CHARACTER
        ends = bool(place.period) and used > place.width * _CHARACTER and (following.lesson is not None)
        if ends or used + following.width * _CHARACTER > room:
            breaks.append(Break(id=place.number, max=1048575, man=True))
            used = 0.0
    sheet.col_breaks = breaks
    sheet.print_area = f"A1:{places[-1].letters}{rows}"


def _longest(places: tuple[Place, ...]) -> float:
    """Return the width in points of the longest period."""
    longest = used = 0.0
    for place in places:
        used += place.width * _CHARACTER
        longest = max(longest, used)
        if place.period:
            used = 0.0
    return longest
