"""The timetable as a poster: a strong line between days."""

from __future__ import annotations

from itertools import pairwise

from sgo_sheets.records.catalog import Rows
from sgo_sheets.workbooks.forms.looks import Line


def day_lines(rows: Rows) -> dict[int, Line]:
    """Return a strong line below the last row of each day; «День» may be written once or in every row."""
    days: list[object] = []
    for row in rows.rows:
        days.append(row.get("День") or (days[-1] if days else ""))
    return {index: "medium" for index, (day, after) in enumerate(pairwise([*days, None])) if day != after}
