"""What a rule is run on: the school, a class, one of its journals, or a load that has none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sgo_sheets.findings import Datum
from sgo_sheets.records.plan_book import Load
from sgo_sheets.school.elements import JournalKey, Slot
from sgo_sheets.school.model import ClassBook, Journal, School


class Scope(Enum):
    """Over what a rule runs."""

    CLASS = "class"
    JOURNAL = "journal"  # once, in the class that is the journal's home
    PUPILS = "pupils"  # every journal the class's pupils attend, of these pupils alone
    ABSENT = "absent"  # loads, whether they have a journal
    SCHOOL = "school"  # the whole school, once


@dataclass(frozen=True, slots=True)
class AbsentJournal:
    """A journal a load calls for: the load and the lessons the timetable owes it.

    ``made`` – the name by which the history knows the journal, None while there is none.
    """

    key: JournalKey
    load: Load
    slots: tuple[Slot, ...]
    made: Datum | None = None

    def holder(self, day: dt.date) -> str:
        """Return the code of who holds the load on a day: by its row, else by the timetable so far."""
        row = self.load
        if (row.since is None or row.since <= day) and (row.until is None or day <= row.until):
            return row.teacher
        past = [slot.teacher for slot in self.slots if slot.date <= day and slot.teacher and not slot.substitute]
        return past[-1] if past else row.teacher


@dataclass(slots=True)
class Case:
    """What a rule is run on: the school, or a class, and one of its journals where the rule speaks of journals.

    ``memo`` keeps the parts already taken from it: rules of one scope share them; ``shared`` what every run on the same
    class may use again.
    """

    place: ClassBook | School
    own: Journal | None = None
    absent: AbsentJournal | None = None
    scope: Scope = Scope.CLASS
    memo: dict[str, object] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def book(self) -> ClassBook:
        """Return the class; LookupError where the run is about the whole school."""
        if isinstance(self.place, School):
            raise LookupError("this run is about the whole school")  # noqa: TRY004 - it is about something else, of a right type
        return self.place

    @property
    def school(self) -> School:
        """Return the school; LookupError where the run is about one class."""
        if not isinstance(self.place, School):
            raise LookupError("this run is about one class")  # noqa: TRY004 - as above
        return self.place

    @property
    def journal(self) -> Journal:
        """Return the journal; LookupError where the run is about none."""
        if self.own is None:
            raise LookupError("this run is about no journal")
        return self.own
