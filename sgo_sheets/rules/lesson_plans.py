"""Which rows of the load a КТП is of, who keeps it and by when it is owed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from sgo_sheets.records.plan_book import Load
from sgo_sheets.rules.stretches import due_of
from sgo_sheets.russian import file_name, fold
from sgo_sheets.school.elements import Span
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import LessonPlan


def keeper(rows: Sequence[Load]) -> Load:
    """Return the row of the load whose teacher keeps a КТП: the one that counts to the end of the year, or longest."""
    return max(rows, key=lambda load: (load.until is None, load.until or dt.date.min))


def plan_name(load: Load) -> str:
    """Return the name of the КТП of a row as files are named."""
    return fold(file_name(load.plan)) if load.plan else ""


def plans_by_name(plans: Mapping[str, LessonPlan]) -> dict[str, LessonPlan]:
    """Return the КТП by the names rows of the load may call them by."""
    return {fold(name): plan for name, plan in plans.items()}


def loads_by_plan(loads: Sequence[Load]) -> dict[str, list[Load]]:
    """Return the rows of the load by the КТП they name."""
    found: dict[str, list[Load]] = {}
    for load in taught(loads):
        if load.plan:
            found.setdefault(plan_name(load), []).append(load)
    return found


def alike(name: str, plans: Iterable[str]) -> list[str]:
    """Return the КТП with the same numbers in their names: «Математика 6» was not meant for «Математика 5»."""
    numbers = re.findall(r"\d+", name)
    return [other for other in plans if re.findall(r"\d+", other) == numbers]


def meet(one: Load, other: Load) -> bool:
    """Return whether two rows of the load count on one day."""
    first, last = dt.date.min, dt.date.max
    return (
        one is not other
        and (one.since or first) <= (other.until or last)
        and (other.since or first) <= (one.until or last)
    )


def plan_due(rows: Sequence[Load], year: Span) -> dt.date | None:
    """Return by when the КТП of rows is owed: later than the term of the rule where all of them begin later."""
    begun = [load.since or year.first for load in rows]
    return due_of(min(begun), year)


def plan_until(rows: Sequence[Load]) -> dt.date | None:
    """Return the last day on which a КТП of rows counts, None where that is the end of the year."""
    ends = [load.until for load in rows]
    return None if None in ends else max(end for end in ends if end is not None)
