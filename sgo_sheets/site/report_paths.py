"""Where the reports of a class lie: one page and one workbook for each of its periods."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sgo_sheets.reports.class_period import NUMBER
from sgo_sheets.russian import slug
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook, PeriodOf

NEAR_THE_END = dt.timedelta(days=31)


class ReportPath(NamedTuple):
    """Report 7 of a period: the folder of the class and the name of the files without extension."""

    period: PeriodOf
    folder: str
    name: str

    @property
    def page(self) -> str:
        """Return the path of the page under ``site/``."""
        return f"staff/reports/{self.folder}/{self.name}.html"

    @property
    def workbook(self) -> str:
        """Return the path of the workbook under ``site/``."""
        return f"staff/reports/{self.folder}/{self.name}.xlsx"

    def open_on(self, on: dt.date) -> bool:
        """Return whether there may be marks of the period on a day: it has begun; the year – it nears its end."""
        begins = self.period.last - NEAR_THE_END if self.period.type == YEAR else self.period.first
        return begins <= on

    def link(self, to_staff: str) -> str:
        """Return the address of the page from a folder from which ``to_staff`` leads to ``staff/``."""
        return f"{to_staff}reports/{self.folder}/{self.name}.html"


def report_paths(book: ClassBook) -> tuple[ReportPath, ...]:
    """Return the reports of a class by period: named by the first day; where two periods share it, by both days."""
    found = []
    taken: set[str] = set()
    for period in book.periods:
        name = f"{NUMBER:02d}-{period.first.isoformat()}"
        if name in taken:
            name = f"{name}-{period.last.isoformat()}"
        taken.add(name)
        found.append(ReportPath(period, slug(book.name), name))
    return tuple(found)
