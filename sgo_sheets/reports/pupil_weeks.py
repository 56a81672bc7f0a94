"""The weeks report 20 is made for beside the study periods: the two last ones with anything written.

A letter about a week goes home once. Of every week of a year it would be 35 pages a pupil, and the diary shows them:
what is kept is the week in hand on a Friday, and the one that has ended when it is asked for on a Monday.
"""

from __future__ import annotations

import datetime as dt

from sgo_sheets.reports.company import newest_day
from sgo_sheets.reports.once import once_a_class
from sgo_sheets.reports.pupil_marks import entries_of
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.russian import days_span
from sgo_sheets.school.model import ClassBook

KEY = "week-"
"""The key of a week begins so; its Monday follows."""
_DAYS = dt.timedelta(days=6)


@once_a_class
def week_spans(book: ClassBook) -> tuple[ReportSpan, ...]:
    """Return the last two weeks of the newest data in which anything is written of the class, in order.

    Once a lesson of the present week is written these are it and the last closed one. Weeks go from Monday to Sunday
    and are cut to the school year; holidays are passed over.
    """
    newest = newest_day(book)
    days = {one.date for own in entries_of(book).values() for one in own}
    weeks = {_monday(date) for date in days if newest is not None and date <= newest}
    return tuple(_span(book, week) for week in sorted(weeks)[-2:])


def is_week(span: ReportSpan) -> bool:
    """Return whether a span is one of the weeks."""
    return span.key.startswith(KEY)


def _span(book: ClassBook, monday: dt.date) -> ReportSpan:
    first, last = max(monday, book.year.first), min(monday + _DAYS, book.year.last)
    return ReportSpan(f"неделя {days_span(first, last)}", first, last, f"{KEY}{monday.isoformat()}")


def _monday(date: dt.date) -> dt.date:
    return date - dt.timedelta(days=date.weekday())
