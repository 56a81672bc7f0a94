"""What a pupil missed, in whatever class he was then: a pupil who moved within the year has missed lessons in both.

The figures of a class are those of its own days (``attendance``); a pupil's own reports add the days before he came.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sgo_sheets.reports.attendance import Missed, PupilDay, pupil_days, total
from sgo_sheets.reports.once import once_a_class
from sgo_sheets.reports.pupil_common import Asked
from sgo_sheets.russian import day
from sgo_sheets.school.model import ClassBook


def absent(asked: Asked, first: dt.date, last: dt.date) -> Missed:
    """Return what the pupil missed from one day to another, both included, here and in the classes he came from."""
    days = _days(asked.book).get(asked.pupil.id, ())
    return total(one for one in days if first <= one.date <= last)


def moved_note(asked: Asked) -> tuple[str, ...]:
    """Return whose journals tell of the days before the pupil came, where these are in the report; or that none do."""
    found = []
    for stay in asked.pupil.stays:
        if stay.school_class == asked.book.name or stay.last < asked.span.first or asked.span.last < stay.first:
            continue
        days = f"с {day(max(stay.first, asked.span.first))} по {day(min(stay.last, asked.span.last))}"
        if _has_journals(asked.book, stay.school_class):
            found.append(f"Пропуски {days} – по журналам класса {stay.school_class}.")
        else:
            found.append(f"Пропуски {days} не посчитаны: журналов класса {stay.school_class} нет.")
    return tuple(found)


@once_a_class
def _days(book: ClassBook) -> Mapping[str, Sequence[PupilDay]]:
    """Return the days of the pupils whose diary the class builds on which a lesson was missed or come late to."""
    own = book.diaries()
    moved = [pupil for pupil in own if len(pupil.stays) > 1]
    before = [pupil_days(former) for former in _former(book, {stay.school_class for p in moved for stay in p.stays})]
    here = pupil_days(book)  # the last to be asked for, so that it is still known to the reports of the class
    found: dict[str, Sequence[PupilDay]] = {pupil.id: here.get(pupil.id, ()) for pupil in own}
    for pupil in moved:
        days = [one for those in (*before, here) for one in those.get(pupil.id, ())]
        found[pupil.id] = sorted(days, key=lambda one: one.date)
    return found


def _former(book: ClassBook, names: set[str]) -> Iterator[ClassBook]:
    """Yield the classes pupils came from, as far as this one knows them: their journals, the pupils who came."""
    for name in sorted(names - {book.name}):
        journals = tuple(one for one in (*book.former, *book.journals) if name in one.classes)
        yield replace(book, name=name, roll=book.diaries(), journals=journals)


def _has_journals(book: ClassBook, name: str) -> bool:
    return any(name in journal.classes for journal in book.former)
