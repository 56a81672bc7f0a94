"""Whose an account is, and what the class teachers' books say of it (п. 2.4–2.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sgo_sheets.records.journal_books import AccountHanded
from sgo_sheets.records.people_books import Account
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules.belonging import class_of, employee_left, enrolment_paper, hiring_paper, pupil_left, works_on
from sgo_sheets.russian import fold, near
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.school.names import PupilIndex

PUPIL, PARENT = "ученик", "родитель"


@dataclass(frozen=True, slots=True)
class Owned:
    """An account with those its «Владелец» names; ``unknown`` are codes and numbers nobody has. ``roles`` are folded.

    An account of an employee who is also a parent counts as the employee's.
    """

    account: Account
    roles: frozenset[str]
    staff: tuple[Employee, ...]
    pupils: tuple[Pupil, ...]
    unknown: tuple[str, ...]

    @property
    def of_staff(self) -> bool:
        """Return whether an employee works with it."""
        return bool(self.staff)

    @property
    def called(self) -> str:
        """Return how a message names it: «u101» (Лугов Пётр)."""
        return f"«{self.account.login}»" + (f" ({self.account.name})" if self.account.name else "")

    @property
    def live(self) -> bool:
        """Return whether nothing says that it is blocked."""
        return self.account.blocked is None and not self.account.unread("blocked")


def owned_accounts(school: School, accounts: Iterable[Account]) -> tuple[Owned, ...]:
    """Return the accounts with their owners, in order; codes and numbers are compared as people type them."""
    index = PupilIndex.of({number: pupil.card for number, pupil in school.pupils.items()})
    staff = {fold(code): one for code, one in school.staff.items()}
    found = []
    for account in accounts:
        employees: list[Employee] = []
        numbers: list[str] = []
        unknown: list[str] = []
        for typed in account.owners:
            employee = staff.get(fold(typed))
            number = index.resolve(typed)[0]
            if employee is not None:
                employees.append(employee)
            elif number is not None:
                numbers.append(number)
            else:
                unknown.append(typed)
        pupils = tuple(school.pupils[number] for number in dict.fromkeys(numbers))
        roles = frozenset(fold(role) for role in account.roles)
        found.append(Owned(account, roles, tuple(employees), pupils, tuple(unknown)))
    return tuple(found)


def gone_since(one: Owned, school: School) -> dt.date | None:
    """Return the day from which nobody needs the account: all its owners have left; None while somebody may."""
    days = [*map(employee_left, one.staff), *(pupil_left(pupil, school.year) for pupil in one.pupils)]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) and not one.unknown else None


def home_class(one: Owned, school: School) -> str:
    """Return the class whose teacher hands the account over: of the first owner still at school, «» without one."""
    return next((name for pupil in one.pupils if (name := class_of(pupil, school.year))), "")


def needed(one: Owned, school: School) -> bool:
    """Return whether an owner is at school as far as is known, so that something may still be owed."""
    return one.live and (any(map(works_on, one.staff)) if one.of_staff else bool(home_class(one, school)))


def paper_day(one: Owned, school: School) -> dt.date | None:
    """Return the day of the document the account rests on: «Дата основания», else that of its first owner."""
    if one.account.basis_date is not None or one.account.unread("basis_date"):
        return one.account.basis_date
    days = [*map(hiring_paper, one.staff)] or [enrolment_paper(pupil, school.year) for pupil in one.pupils]
    return min((day for day in days if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Handed:
    """What «Учётные записи» of the class teachers' books say.

    ``rows`` by folded login; ``unsure`` – classes whose sheet could not be read; ``meant`` – logins, folded, that a
    misspelt row probably means.
    """

    rows: dict[str, AccountHanded]
    unsure: frozenset[str]
    meant: frozenset[str]

    def day(self, account: Account) -> dt.date | None:
        """Return the day an account was handed over by either book."""
        row = self.rows.get(fold(account.login))
        return account.handed or (row.handed if row is not None else None)

    def unknown(self, one: Owned, school: School) -> bool:
        """Return whether the day may stand where it could not be read."""
        key = fold(one.account.login)
        row = self.rows.get(key)
        unread = one.account.unread("handed") or (row is not None and row.unread("handed"))
        return unread or key in self.meant or home_class(one, school) in self.unsure


def handed_in_classes(books: Sequence[ClassBook], accounts: Iterable[Account]) -> Handed:
    """Return what the class teachers' books say of accounts."""
    logins = {fold(account.login): account.login for account in accounts}
    rows: dict[str, AccountHanded] = {}
    meant: set[str] = set()
    for row in _rows(books):
        key = fold(row.login)
        if key in logins:
            rows[key] = row if key not in rows or row.handed else rows[key]
        elif (guess := near(row.login, logins.values())) is not None:
            meant.add(fold(guess))
    unsure = {book.name for book in books if book.teacher_book is None or not book.teacher_book.accounts_read}
    return Handed(rows, frozenset(unsure), frozenset(meant))


def _rows(books: Sequence[ClassBook]) -> Iterator[AccountHanded]:
    for book in books:
        if book.teacher_book is not None:
            yield from book.teacher_book.accounts
