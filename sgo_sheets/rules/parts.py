"""What a rule may ask for by the names of its parameters, and what is said when a part could not be read.

A rule is «не проверено» where a part it needs is ``Unread``: nobody is accused of what the program failed to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.rules.case import AbsentJournal, Case, Scope
from sgo_sheets.rules.school_parts import OF_SCHOOL, Unread, gather_school
from sgo_sheets.rules.taking import PARTS
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.model import ClassBook

PLAN = "Учебный план.xlsx"
_WHO_AND_WHEN = frozenset({BookKind.SCHOOL, BookKind.ROLL, BookKind.MOVEMENT, BookKind.PLAN})
_RESTS_ON: Mapping[str, frozenset[BookKind]] = {
    "roll": frozenset({BookKind.ROLL, BookKind.MOVEMENT}),
    "members": frozenset({BookKind.ROLL, BookKind.MOVEMENT, BookKind.PLAN}),
    "rhythm": frozenset({BookKind.SCHOOL, BookKind.TIMETABLE, BookKind.ROLL, BookKind.MOVEMENT, BookKind.PLAN}),
    "teacher_book": frozenset({BookKind.CLASS_TEACHER}),
    "lessons": frozenset({BookKind.SCHOOL, BookKind.TIMETABLE}),
    "all_lessons": frozenset({BookKind.SCHOOL, BookKind.TIMETABLE}),
    "owed": frozenset({BookKind.SCHOOL, BookKind.TIMETABLE}),
    "slots": frozenset({BookKind.SCHOOL, BookKind.TIMETABLE}),
    "owing": _WHO_AND_WHEN | {BookKind.CLASS_TEACHER},
    "ends": _WHO_AND_WHEN | {BookKind.CLASS_TEACHER},
    "mark_gaps": _WHO_AND_WHEN | {BookKind.CLASS_TEACHER, BookKind.TIMETABLE},
    "windows": _WHO_AND_WHEN | {BookKind.TIMETABLE},
    "unexplained": frozenset({BookKind.ROLL, BookKind.MOVEMENT, BookKind.CLASS_TEACHER}),
    "works": _WHO_AND_WHEN | {BookKind.CLASS_TEACHER},
    "absent": frozenset({BookKind.SCHOOL, BookKind.TIMETABLE, BookKind.PLAN}),
}
"""Part → the workbooks it rests on: while one of them cannot be read (whole or a sheet), the part is not given.
Every part rests on Регламент.xlsx: its exemptions must not be forgotten because the file is broken."""
_ALL_JOURNALS = frozenset({"mark_gaps", "windows"})
_OF_CLASS = frozenset({"book", "roll", "teacher_book", "unexplained", "mark_gaps", "windows"})


def scope_of(needs: Iterable[str]) -> Scope:
    """Return over what a rule with such parameters runs."""
    names = set(needs)
    if names & OF_SCHOOL:
        if names - OF_SCHOOL:
            raise ValueError(f"a rule of the whole school asks for parts of a class: {sorted(names - OF_SCHOOL)}")
        return Scope.SCHOOL
    if "absent" in names:
        return Scope.ABSENT
    if names <= _OF_CLASS:
        return Scope.CLASS
    return Scope.PUPILS if names & {"roll", "owing", "ends", "works"} else Scope.JOURNAL


def cases(book: ClassBook, scope: Scope, shared: dict[str, Any]) -> Iterator[Case]:
    """Yield what a rule of the scope is run on for a class; nothing for rules of the whole school.

    ``shared`` is where every run on this class keeps what others may use again.
    """
    if scope is Scope.SCHOOL:
        return
    if scope is Scope.CLASS:
        yield Case(book, shared=shared)
    elif scope is Scope.ABSENT:
        for load in book.lacking:
            key = JournalKey(load.target, load.subject, load.group)
            slots = tuple(slot for slot in book.slots if (slot.target, slot.subject, slot.group) == key)
            yield Case(book, absent=AbsentJournal(key, load, slots), scope=scope, shared=shared)
        yield from _made(book, shared)
    else:
        for journal in book.journals:
            if scope is Scope.PUPILS or journal.home == book.name:
                yield Case(book, journal, scope=scope, shared=shared)


def _made(book: ClassBook, shared: dict[str, Any]) -> Iterator[Case]:
    """Yield the journals that are there, unless the lessons they owe are not known."""
    if not book.covered or book.unreadable:
        return
    for journal in book.journals:
        if journal.home == book.name and journal.holdings:
            made = journal.title.datum("subject")
            there = AbsentJournal(journal.key, journal.holdings[-1].load, journal.slots, made)
            yield Case(book, journal, there, Scope.ABSENT, shared=shared)


def gather(needs: Iterable[str], case: Case) -> dict[str, object] | Unread:
    """Return the arguments of a check, or the first of its needs that could not be read."""
    broken = [(at, kind.kind) for at in case.place.unreadable if (kind := book_type(at.workbook))]
    if case.scope is Scope.SCHOOL:
        return gather_school(needs, case.school, broken, case.memo)
    if case.own is not None and not case.own.holdings:
        if any(journal.holdings for journal in case.book.journals):
            return Unread(case.own.title.at("subject"), "в «Нагрузке» нет строки этого журнала")
        return Unread(CellRef(PLAN), "нагрузка не прочитана")
    if _ALL_JOURNALS & set(needs) and case.book.journals and not any(one.holdings for one in case.book.journals):
        return Unread(CellRef(PLAN), "нагрузка не прочитана")
    given: dict[str, object] = {}
    for name in needs:
        if name not in case.memo:
            rests_on = _RESTS_ON.get(name, frozenset()) | {BookKind.REGULATION}
            unread = next((at for at, kind in broken if kind in rests_on), None)
            why = f"{'лист' if unread and unread.sheet else 'книга'} не читается"
            case.memo[name] = Unread(unread, why) if unread is not None else PARTS[name](case)
        part = case.memo[name]
        if isinstance(part, Unread):
            return part
        given[name] = part
    return given
