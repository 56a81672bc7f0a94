"""Whose a finding is: today's holder of the load, the class teacher, the responsible of the order (п. 2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import Finding, Role
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.records.school_book import Employee, Responsible
from sgo_sheets.rules.case import Case, Scope
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Holding, JournalKey
from sgo_sheets.school.journals import journal_path, path_key
from sgo_sheets.school.model import School

_DUTY = {Role.ADMIN: "администрирование", Role.DEPUTY: "организация использования"}
_POST = {Role.ADMIN: "Администратор", Role.DEPUTY: "Завуч", Role.DIRECTOR: "Директор"}


class Owner(NamedTuple):
    """Who answers: the role and the code («» when nobody is known)."""

    role: Role
    person: str


def owner_of(case: Case, role: Role, named: str, on: dt.date, school_class: str = "") -> Owner:
    """Return who answers for a problem on a day; ``school_class`` – of which class, where the run is of the school.

    Open obligations pass to whoever holds the load on that day; who is named by the rule (a substitute) keeps them
    while he works in the school. What nobody holds falls to завуч.
    """
    staff, responsibles = case.place.staff, case.place.responsibles
    if named and works(staff.get(named), on):
        return Owner(role, named)
    if role is Role.TEACHER:
        person = case.absent.holder(on) if case.absent is not None else ""
        if case.own is not None:
            person = holder(case.own.holdings, on)
    elif role is Role.CLASS_TEACHER:
        book = case.school.book(school_class) if case.scope is Scope.SCHOOL else case.book
        person = holder(book.homeroom, on) if book is not None else ""
    else:
        return Owner(role, official(role, staff, responsibles, on))
    if works(staff.get(person), on):
        return Owner(role, person)
    return Owner(Role.DEPUTY, official(Role.DEPUTY, staff, responsibles, on))


def holder(holdings: Sequence[Holding], on: dt.date) -> str:
    """Return who holds a load on a day: after the last row who held it last, before the first who will."""
    now = [h for h in holdings if h.first <= on <= h.last]
    before = sorted((h for h in holdings if h.last < on), key=lambda h: h.last)
    chosen = [*now[:1], *before[-1:], *holdings[:1]]
    return chosen[0].load.teacher if chosen else ""


def official(role: Role, staff: Mapping[str, Employee], responsibles: Iterable[Responsible], on: dt.date) -> str:
    """Return who holds an office of the school: by the order of «Ответственные», else by «Роли» of the staff."""
    duty = _DUTY.get(role)
    for row in responsibles:
        if duty is not None and fold(row.duty) == duty and works(staff.get(row.employee), on):
            return row.employee
    post = _POST.get(role, "")
    return next((code for code, one in staff.items() if works(one, on) and _has(one, post)), "")


def works(employee: Employee | None, on: dt.date) -> bool:
    """Return whether a known person works in the school on a day."""
    return employee is not None and (employee.dismissed is None or on <= employee.dismissed)


def _has(employee: Employee, post: str) -> bool:
    return any(fold(role) == fold(post) for role in employee.roles)


def reading_owners(school: School, on: dt.date) -> Callable[[Finding], Owner]:
    """Return the function that says who answers for a finding of reading on a day.

    A journal is its holder's, a КТП the holder's of a load that names it, a class's list and the class teacher's book
    the class teacher's; everything else, and what nobody holds, an official's.
    """
    journals = {journal.path: journal.holdings for journal in school.journals}
    loads: dict[tuple[str, str], list[Holding]] = {}
    plans: dict[str, list[Holding]] = {}
    for load in school.loads:
        held = Holding(load, load.since or school.year.first, load.until or school.year.last)
        key = JournalKey(load.target, load.subject, load.group)
        loads.setdefault(path_key(journal_path(key)), []).append(held)
        plans.setdefault(fold(load.plan), []).append(held)
    homerooms: dict[str, Sequence[Holding]] = {fold(book.name): book.homeroom for book in school.books}
    teacher_books: dict[str, Sequence[Holding]] = {
        book.teacher_book.path: book.homeroom for book in school.books if book.teacher_book
    }

    def holdings(path: str) -> Sequence[Holding]:
        kind = book_type(path)
        folder, stem = path_key(path)
        if kind is None:
            return ()
        if kind.kind is BookKind.JOURNAL:
            return journals.get(path, ()) or loads.get((folder, stem), ())
        if kind.kind is BookKind.LESSON_PLAN:
            return plans.get(stem, ())
        if kind.kind is BookKind.CLASS_TEACHER:
            return teacher_books.get(path, ()) or homerooms.get(folder, ())
        return homerooms.get(stem, ()) if kind.kind is BookKind.ROLL else ()

    def owner(finding: Finding) -> Owner:
        person = holder(holdings(finding.at.workbook), on) if finding.role not in _POST else ""
        if works(school.staff.get(person), on):
            return Owner(finding.role, person)
        role = finding.role if finding.role in _POST else Role.DEPUTY
        return Owner(role, official(role, school.staff, school.responsibles, on))

    return owner
