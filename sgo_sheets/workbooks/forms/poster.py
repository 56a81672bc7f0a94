"""The timetable as a poster: a strong line between days, printed in whole days as large as the paper allows."""

from __future__ import annotations

from itertools import pairwise

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.catalog import Rows
from sgo_sheets.workbooks.forms import paper
from sgo_sheets.workbooks.forms.looks import Line

_MOST_PAGES = 3


def day_lines(rows: Rows) -> dict[int, Line]:
    """Return a strong line below the last row of each day (0 = the first row)."""
    return dict.fromkeys(_last_rows(rows), "medium")


def print_poster(sheet: Worksheet, rows: Rows, widths: list[float]) -> None:
    """Print the written rows on as few pages as can be read, a day never cut in two; ``widths`` in characters."""
    if not rows.rows:
        return
    ends = _last_rows(rows)
    header = sheet.row_dimensions[1].height
    bounds = [-1, *ends]
    days = [sum(sheet.row_dimensions[row + 2].height for row in range(a + 1, b + 1)) for a, b in pairwise(bounds)]
    by_width = max(paper.READABLE, int(100 * paper.WIDTH / (sum(widths) * paper.CHARACTER)))
    for pages in range(1, _MOST_PAGES + 1):
        cuts = _cuts(days, pages)
        tallest = max(sum(days[a:b]) for a, b in pairwise((0, *cuts, len(days))))
        scale = min(100, by_width, int(100 * paper.HEIGHT / (tallest + header)))
        if scale >= paper.READABLE:
            break
    paper.set_scale(sheet, scale)
    breaks = RowBreak()
    for cut in cuts:
        breaks.append(Break(id=ends[cut - 1] + 2, max=16383, man=True))
    sheet.row_breaks = breaks
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{len(rows.rows) + 1}"


def _last_rows(rows: Rows) -> list[int]:
    """Return the place of the last row of each day; «День» may be written once or in every row."""
    days: list[object] = []
    for row in rows.rows:
        days.append(row.get("День") or (days[-1] if days else ""))
    return [place for place, (day, after) in enumerate(pairwise([*days, None])) if day != after]


def _cuts(days: list[float], pages: int) -> tuple[int, ...]:
    """Return after how many days each page but the last ends, so that the pages are about as tall."""
    cuts = []
    for page in range(1, pages):
        share = sum(days) * page / pages
        cuts.append(min(range(1, len(days) + 1), key=lambda count: abs(sum(days[:count]) - share)))
    return tuple(sorted({cut for cut in cuts if cut < len(days)}))
