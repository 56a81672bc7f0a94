"""Findings as a control page shows them: grouped where one cause fills many cells, with how late they are in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding, Severity, State
from sgo_sheets.records.faults import FAULTS
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.russian import counted, day_month

SHOWN = 30
"""So many cells of one heap are listed; the rest stand on the same sheet."""
FORTNIGHT = dt.timedelta(days=14)
_ORDER = (Severity.VIOLATION, Severity.WARNING, Severity.NOTE)


class Line(NamedTuple):
    """One finding: what, where, and the days in words."""

    message: str
    at: CellRef
    days: str


@dataclass(frozen=True, slots=True)
class Heap:
    """Findings of one code in one sheet, in one state: one line on the page, however many cells it speaks of.

    ``where`` is the journal in words («5А Математика»), ``days`` says of the oldest how late it is; ``late`` is in
    calendar days. ``rest`` counts the cells beyond ``lines``.
    """

    code: str
    title: str
    clause: str
    where: str
    person: str
    severity: Severity
    state: State
    number: int
    late: int
    due: dt.date | None
    days: str
    at: CellRef
    lines: tuple[Line, ...]
    rest: int


Where = Callable[[Finding], str]


def heaps(findings: Iterable[Finding], on: dt.date, where: Where) -> tuple[Heap, ...]:
    """Return the findings in heaps: violations first, then the latest, then by place."""
    piles: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        at = finding.at
        key = (finding.code, at.workbook, at.sheet, where(finding), finding.severity, finding.state, finding.person)
        piles.setdefault(key, []).append(finding)
    found = [_heap(pile, on, where(pile[0])) for pile in piles.values()]
    return tuple(sorted(found, key=lambda heap: (_ORDER.index(heap.severity), -heap.late, heap.at, heap.code)))


def _heap(pile: Sequence[Finding], on: dt.date, where: str) -> Heap:
    first = min(pile, key=lambda finding: finding.due or dt.date.max)
    late = max(days_late(finding, on) for finding in pile)
    lines = tuple(Line(_sentence(f.message), f.at, days_words(f, on)) for f in pile[:SHOWN])
    return Heap(
        code=first.code,
        title=title_of(first.code) or _sentence(first.message),
        clause=first.clause,
        where=where,
        person=first.person,
        severity=first.severity,
        state=first.state,
        number=len(pile),
        late=late,
        due=first.due,
        days=_heap_days(pile, first, on),
        at=pile[0].at if len(pile) == 1 else CellRef(first.at.workbook, first.at.sheet),
        lines=lines,
        rest=len(pile) - len(lines),
    )


def title_of(code: str) -> str:
    """Return the title of a rule or of a fault of form without its full stop, «» for an unknown code."""
    if code in BY_CODE:
        return BY_CODE[code].title
    return FAULTS[code].title.removesuffix(".") if code in FAULTS else ""


def days_late(finding: Finding, on: dt.date) -> int:
    """Return how many calendar days after its day a thing is still not done, or was done; 0 where it is not late."""
    if finding.due is None:
        return 0
    if finding.state is State.OVERDUE:
        return (on - finding.due).days
    if finding.state is State.DONE_LATE and finding.done_at is not None:
        return (finding.done_at - finding.due).days
    return 0


def days_words(finding: Finding, on: dt.date) -> str:
    """Return «срок 9 ноября, на 14 дней позже срока», «срок сегодня», «срок 25 ноября, осталось 2 дня», or «»."""
    due = finding.due
    if due is None:
        return ""
    words = f"срок {'сегодня' if due == on else day_month(due)}"
    late = days_late(finding, on)
    if late and finding.state is State.DONE_LATE:
        return f"{words}, сделано на {_days(late)} позже срока"
    if late:
        return f"{words}, на {_days(late)} позже срока"
    if finding.state in (State.SOON, State.EXPECTED) and due > on:
        left = (due - on).days
        verb = "остался" if left % 10 == 1 and left % 100 != 11 else "осталось"
        return f"{words}, {verb} {_days(left)}"
    return words


def _days(number: int) -> str:
    return counted(number, "день", "дня", "дней")


def _heap_days(pile: Sequence[Finding], first: Finding, on: dt.date) -> str:
    if len(pile) == 1 or first.due is None:
        return days_words(first, on)
    same = all(finding.due == first.due for finding in pile)
    return days_words(first, on) if same else f"самое раннее: {days_words(first, on)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The findings of a page by what is to be done. Notes («справка») stand apart: they hurry nobody.

    ``week`` – due from today to Sunday, ``fortnight`` – within 14 days (those of the week among them), ``later`` –
    after it.
    """

    overdue: tuple[Finding, ...]
    mend: tuple[Finding, ...]
    today: tuple[Finding, ...]
    week: tuple[Finding, ...]
    fortnight: tuple[Finding, ...]
    later: tuple[Finding, ...]
    done_late: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def nothing(self) -> bool:
        """Return whether nothing at all is wrong or owed now."""
        return not (self.overdue or self.mend)


def sort_out(findings: Iterable[Finding], on: dt.date) -> Sorted:
    """Return the findings by what is to be done about them on a day."""
    all_of_them = list(findings)
    heavy = [f for f in all_of_them if f.severity is not Severity.NOTE]
    waiting = [f for f in heavy if f.state in (State.EXPECTED, State.SOON) and f.due is not None and f.due >= on]
    sunday = on + dt.timedelta(days=6 - on.weekday())
    return Sorted(
        overdue=tuple(f for f in heavy if f.state is State.OVERDUE),
        mend=tuple(f for f in heavy if f.state in (State.OPEN, State.UNCHECKED)),
        today=tuple(f for f in waiting if f.due == on),
        week=tuple(f for f in waiting if f.due is not None and f.due <= sunday),
        fortnight=tuple(f for f in waiting if f.due is not None and f.due <= on + FORTNIGHT),
        later=tuple(f for f in waiting if f.due is not None and f.due > on + FORTNIGHT),
        done_late=tuple(f for f in heavy if f.state is State.DONE_LATE),
        notes=tuple(f for f in all_of_them if f.severity is Severity.NOTE and f.pressing),
    )


def by(findings: Iterable[Finding], key: Callable[[Finding], str]) -> Mapping[str, tuple[Finding, ...]]:
    """Return the findings grouped, groups in the order in which they are first met."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(key(finding), []).append(finding)
    return {name: tuple(group) for name, group in found.items()}
