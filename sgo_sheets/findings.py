"""The words every stage shares: where something stands, what is wrong with it, whose it is and by when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs. The value is the fixed word of the JSON, ``label`` the one people read."""

    VIOLATION = "violation"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return the Russian word («нарушение»)."""
        return _SEVERITIES[self]


_SEVERITIES = {Severity.VIOLATION: "нарушение", Severity.WARNING: "предупреждение", Severity.NOTE: "справка"}


class Role(StrEnum):
    """Who answers for a finding (Порядок п. 3.1). The value is the fixed word of the JSON."""

    ADMIN = "admin"
    DEPUTY = "deputy"
    TEACHER = "teacher"
    CLASS_TEACHER = "class_teacher"
    DIRECTOR = "director"

    @property
    def label(self) -> str:
        """Return the Russian word («учитель»)."""
        return _ROLES[self]


_ROLES = {
    Role.ADMIN: "администратор",
    Role.DEPUTY: "завуч",
    Role.TEACHER: "учитель",
    Role.CLASS_TEACHER: "классный руководитель",
    Role.DIRECTOR: "директор",
}


class State(StrEnum):
    """How a finding or an obligation stands on a given day (regulation-map, «Words»)."""

    OPEN = "open"
    EXPECTED = "expected"
    SOON = "soon"
    OVERDUE = "overdue"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE_UNKNOWN = "done_unknown"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """Return the Russian words («просрочено»)."""
        return _STATES[self]


_STATES = {
    State.OPEN: "исправить",
    State.EXPECTED: "ожидается",
    State.SOON: "скоро",
    State.OVERDUE: "просрочено",
    State.DONE_IN_TIME: "выполнено в срок",
    State.DONE_LATE: "выполнено с опозданием",
    State.DONE_UNKNOWN: "выполнено, срок не установлен",
    State.UNCHECKED: "не проверено",
}


class Kind(StrEnum):
    """A fact that breaks a clause, or something owed by a day."""

    FINDING = "finding"
    OBLIGATION = "obligation"


class CellRef(NamedTuple):
    """A place in a workbook: path relative to the workbooks folder, sheet, cell («» where there is none)."""

    workbook: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return ``Журналы/5А/Алгебра.xlsx › Уроки!C12``."""
        if not self.sheet:
            return self.workbook
        return f"{self.workbook} › {self.sheet}" + (f"!{self.cell}" if self.cell else "")


class Datum(NamedTuple):
    """Something a person types, named by its meaning and not by its cell, so that inserted rows change nothing.

    ``workbook`` is the path; ``key`` the row's key as text («2026-09-14 2», «К-101»); ``field`` the header of the
    column. Of the grid «Отметки» the key is the lesson's day and the field «отметки»: any mark of that day.
    """

    workbook: str
    sheet: str
    key: str
    field: str


class Timing(NamedTuple):
    """When a datum came to be, as the history saw it: the last day it was seen missing, the first day it was there."""

    lacking: dt.date
    seen: dt.date


Timings = Mapping[Datum, Timing]
"""What the history knows of when data came; a datum that was there when the history began is not in it."""


class Problem(NamedTuple):
    """What a rule says: the place, the fact, and the day it began. It knows neither role nor today.

    ``due`` is given only where the fact itself fixes the day (the end of a term); otherwise the rule's term applies.
    ``person`` is the code of the one who owes it, where the rule knows better than «who holds the load today».
    ``pupil`` is the № личного дела of the pupil it is about: exemptions name pupils. ``school_class`` and ``subject``
    say the same of a rule that runs over the whole school; the class's teacher then answers for the class teacher.
    ``until`` is the last day on which the fact counts (a timetable is followed by the next): later nobody speaks of it.
    ``met`` – what was owed is there: ``done_at`` says since when, or else the history of any of ``data``.
    """

    at: CellRef
    message: str
    since: dt.date | None = None
    due: dt.date | None = None
    done_at: dt.date | None = None
    person: str = ""
    severity: Severity | None = None
    pupil: str = ""
    school_class: str = ""
    subject: str = ""
    met: bool = False
    until: dt.date | None = None
    data: tuple[Datum, ...] = ()


Problems = Iterator[Problem]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that breaks a clause, or one thing owed: the single type from the first byte to the last page.

    ``clause`` is cited without the word («8.4», «Порядок 3.1»); it is empty for faults of form (W-codes) but passwords.
    ``person`` is a staff code («» when nobody is known). ``state`` is set by the engine for the day asked.
    ``school_class`` and ``subject`` are given where the rule names them and the workbook does not (a rule over the
    whole school).
    """

    code: str
    clause: str
    at: CellRef
    message: str
    role: Role
    severity: Severity
    kind: Kind = Kind.FINDING
    person: str = ""
    since: dt.date | None = None
    due: dt.date | None = None
    done_at: dt.date | None = None
    state: State = State.OPEN
    school_class: str = ""
    subject: str = ""

    def row(self) -> list[str | None]:
        """Return the finding as plain values, in the order of its fields: the place as three, days as ISO."""
        days = (day.isoformat() if day else None for day in (self.since, self.due, self.done_at))
        return [
            self.code, self.clause, *self.at, self.message, self.role, self.severity, self.kind, self.person, *days,
            self.state, self.school_class, self.subject,
        ]  # fmt: skip

    @property
    def pressing(self) -> bool:
        """Return whether something must be done about it now: an open finding or an overdue obligation."""
        return self.state in (State.OPEN, State.OVERDUE)


def text_of(findings: Iterable[Finding]) -> str:
    """Return a text that differs whenever any of the findings does."""
    return json.dumps([finding.row() for finding in findings], ensure_ascii=False)
