"""The day by which a rule's thing is owed in a school, for rules that must know it: of their own term or another's."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.terms import applied
from sgo_sheets.school.model import ClassBook, School


def due_day(one: Rule, since: dt.date | None, place: School | ClassBook) -> dt.date | None:
    """Return the last day in time by the rule's term as the school sets it; None where it cannot be known."""
    due = applied(one.terms, place.regulation.terms.get(one.code)).due
    return None if due is None else due.due(since, place.calendar, place.year)


def of_former_year(since: dt.date, due: dt.date | None, place: School | ClassBook) -> bool:
    """Return whether what began on a day was owed before this school year: then nobody is called late, done or not.

    A day nobody can tell, for want of rows in «Календарь», is that of a former year if the event was.
    """
    return (since if due is None else due) < place.year.first
