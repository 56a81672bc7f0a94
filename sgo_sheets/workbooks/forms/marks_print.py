"""«Отметки» on paper, as in the paper journal: all pupils on a page, names on every page, a page for a period."""

from __future__ import annotations

from itertools import pairwise

from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.forms import paper
from sgo_sheets.workbooks.forms.places import Place


def print_as_paper(sheet: Worksheet, places: tuple[Place, ...], fixed: tuple[float, float], rows: int) -> None:
    """Scale the sheet so that all pupils, and if it stays readable a whole period, fit on a page, and break it there.

    ``fixed`` – the width in characters of the columns every page repeats, and the height of all rows in points.
    """
    names = fixed[0] * paper.CHARACTER
    by_height = int(100 * paper.HEIGHT / fixed[1])
    by_width = int(100 * paper.WIDTH / (_longest(places) + names))
    scale = max(paper.LEAST, min(100, by_height, max(paper.READABLE, by_width)))
    paper.set_scale(sheet, scale)
    room = paper.WIDTH * 100 / scale - names
    breaks = ColBreak()
    used = 0.0
    for place, following in pairwise(places):
        if place.folded:
            continue
        used += place.width * paper.CHARACTER
        ends = bool(place.period) and used > place.width * paper.CHARACTER and (following.lesson is not None)
        if ends or used + following.width * paper.CHARACTER > room:
            breaks.append(Break(id=place.number, max=1048575, man=True))
            used = 0.0
    sheet.col_breaks = breaks
    sheet.print_area = f"A1:{places[-1].letters}{rows}"


def _longest(places: tuple[Place, ...]) -> float:
    """Return the width in points of the longest period."""
    longest = used = 0.0
    for place in places:
        used += place.width * paper.CHARACTER
        longest = max(longest, used)
        if place.period:
            used = 0.0
    return longest
