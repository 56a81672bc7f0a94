"""The pages of a diary: the class's shortest study periods, which have no gap between them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook

_DAY = dt.timedelta(days=1)


class PagePeriod(NamedTuple):
    """A page of the diary: a study period ``begins``–``ends`` with the holidays before it (``first``–``last``)."""

    name: str
    first: dt.date
    last: dt.date
    begins: dt.date
    ends: dt.date

    @property
    def file(self) -> str:
        """Return the name of the page's file."""
        return f"{self.begins.isoformat()}.html"


def page_periods(book: ClassBook) -> tuple[PagePeriod, ...]:
    """Return the pages of the class's year: its shortest study periods; their days have no gap between them."""
    types = Counter(period.type for period in book.periods if period.type != YEAR)
    wanted = max(types, key=lambda name: types[name]) if types else YEAR
    chosen = sorted((p for p in book.periods if p.type == wanted), key=lambda p: p.first)
    pages: list[PagePeriod] = []
    for period in chosen:
        first = pages[-1].last + _DAY if pages else min(book.year.first, period.first)
        if period.last >= first:
            pages.append(PagePeriod(period.name, first, period.last, period.first, period.last))
    if not pages:
        return (PagePeriod("учебный год", *book.year, *book.year),)
    pages[-1] = pages[-1]._replace(last=max(book.year.last, pages[-1].ends))
    return tuple(pages)


def page_of(pages: Sequence[PagePeriod], day: dt.date) -> int:
    """Return the place of the page a day belongs to: a day before the year is the first's, one after it the last's."""
    return next((place for place, page in enumerate(pages) if day <= page.last), len(pages) - 1)
