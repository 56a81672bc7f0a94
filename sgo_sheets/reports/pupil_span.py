"""What is written of a pupil in the days of a report, subject by subject: what reports 15, 18 and 20 begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.reports.once import once_a_class_each
from sgo_sheets.reports.pupil_common import Asked, in_order, subjects_of
from sgo_sheets.reports.pupil_marks import Entry, entries_of, tally_of
from sgo_sheets.reports.pupil_tally import Tally
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.model import ClassBook


class Taught(NamedTuple):
    """A subject: what is written of the pupil in it, in the order of days, and the marks of that counted."""

    entries: Sequence[Entry]
    tally: Tally


Written = Mapping[str, Taught]
"""The subjects in their order with what is written in each; one that is owed a mark may hold nothing yet."""


class _About(NamedTuple):
    pupil: str
    days: Span
    period: PeriodOf | None


def written(asked: Asked) -> Written:
    """Return what is written of the pupil in the days asked for, {} where nothing is in any subject."""
    span = asked.span
    return _written(asked.book, _About(asked.pupil.id, Span(span.first, span.last), span.period))


@once_a_class_each
def _written(book: ClassBook, about: _About) -> Written:
    first, last = about.days
    found: dict[str, list[Entry]] = {}
    for one in entries_of(book).get(about.pupil, ()):
        if first <= one.date <= last:
            found.setdefault(one.subject, []).append(one)
    if not found:
        return {}
    named = subjects_of(book, about.period).get(about.pupil, ()) if about.period is not None else ()
    subjects = in_order(book, (*named, *found))
    return {subject: Taught(own := found.get(subject, ()), tally_of(own)) for subject in subjects}
