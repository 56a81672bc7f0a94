"""Глава II, выдача учётных записей (п. 2.5–2.8): созданы, выданы классному руководителю, переданы владельцам."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.people_books import Account
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules.account_owners import (
    PARENT,
    PUPIL,
    Owned,
    handed_in_classes,
    home_class,
    needed,
    owned_accounts,
    paper_day,
)
from sgo_sheets.rules.belonging import class_of, enrolment_paper, hiring_paper, works_on
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.terms import working_days_after
from sgo_sheets.rules.terms_of import due_day, of_former_year
from sgo_sheets.russian import day, fold
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.school.names import same_person

_DEEDS = {"created": "создана", "issued": "выдана классному руководителю"}


class Lack(NamedTuple):
    """Somebody without an account: where it is shown, in what words, and the day of the document it is owed by."""

    at: CellRef
    message: str
    paper: dt.date | None
    pupil: str = ""
    school_class: str = ""

    def problem(self, since: dt.date | None) -> Problem:
        """Return what a rule says of it."""
        return Problem(self.at, self.message, since=since, pupil=self.pupil, school_class=self.school_class)


@rule("R0207", clause="2.5", role=Role.ADMIN, severity=Severity.WARNING)
def account_never_made(
    whole_accounts: tuple[Account, ...],
    whole_staff: Mapping[str, Employee],
    rolls: tuple[ClassBook, ...],
    school: School,
) -> Problems:
    """Нет учётной записи у того, кто пришёл в прошлые годы.

    Учётная запись есть у каждого сотрудника, у каждого ученика и хотя бы у одного из родителей. Срок прошлых лет в
    этом году не считается просроченным, поэтому здесь только предупреждение.

    Как исправить: создайте учётную запись или впишите её в книгу «Учётные записи», если она есть; у родителя, чей
    старший ребёнок уже учится, допишите № личного дела младшего в графу «Владелец».
    """
    if not whole_accounts:
        yield Problem(CellRef("Учётные записи.xlsx", Account.sheet), "в книге нет ни одной учётной записи")
        return
    for lack in _lacking(whole_accounts, whole_staff, rolls, school):
        if lack.paper is None or _former(lack.paper, school):
            yield lack.problem(None)


@rule("R0208", clause="2.6", role=Role.ADMIN, due=working_days_after(3, "приказа о зачислении или приёме"))
def account_missing(
    whole_accounts: tuple[Account, ...],
    whole_staff: Mapping[str, Employee],
    rolls: tuple[ClassBook, ...],
    school: School,
) -> Problems:
    """Нет учётной записи.

    В течение 3 рабочих дней после приказа учётные записи создаются новому сотруднику, новому ученику и хотя бы одному
    из его родителей.

    Как исправить: создайте учётную запись и впишите её в книгу «Учётные записи»; у родителя, чей старший ребёнок уже
    учится, допишите № личного дела младшего в графу «Владелец».
    """
    for lack in _lacking(whole_accounts, whole_staff, rolls, school) if whole_accounts else ():
        if lack.paper is not None and not _former(lack.paper, school):
            yield lack.problem(lack.paper)


def _former(paper: dt.date, school: School) -> bool:
    return of_former_year(paper, due_day(account_missing, paper, school), school)


def _lacking(
    accounts: tuple[Account, ...], staff: Mapping[str, Employee], rolls: tuple[ClassBook, ...], school: School
) -> Iterator[Lack]:
    """Yield the employees and pupils, still at school as far as is known, who have no account of their own."""
    owned = owned_accounts(school, accounts)
    strays = [one for one in owned if one.unknown or not one.account.owners or not one.account.roles]
    have = {employee.code for one in owned for employee in one.staff}
    for code, employee in staff.items():
        stray = any(fold(one.account.name).startswith(fold(employee.surname)) for one in strays if one.account.name)
        if code not in have and works_on(employee) and not stray:
            message = f"{employee.short_name}: нет учётной записи сотрудника"
            yield Lack(employee.at("code"), message, hiring_paper(employee))
    own = {pupil.id for one in owned if PUPIL in one.roles for pupil in one.pupils}
    parents = {pupil.id for one in owned if PARENT in one.roles for pupil in one.pupils}
    parent_logins = {fold(one.account.name): one.account.login for one in owned if PARENT in one.roles}
    for book in rolls:
        for pupil in book.roll or ():
            if class_of(pupil, school.year) != book.name or pupil.card.unread("enrolled"):
                continue
            lacking = []
            if pupil.id not in own and not any(_is_pupil(one, pupil) for one in strays):
                lacking.append("ученика")
            grown_ups = [name for name in (pupil.card.mother, pupil.card.father, pupil.card.guardian) if name]
            names = {fold(name) for name in grown_ups}
            if grown_ups and pupil.id not in parents and not any(fold(one.account.name) in names for one in strays):
                lacking.append("родителя")
            if lacking:
                hint = next((parent_logins[name] for name in names if name in parent_logins), "")
                known = f"; у родителя уже есть «{hint}»" if hint and "родителя" in lacking else ""
                message = f"{pupil.name}: нет учётной записи {' и '.join(lacking)}{known}"
                at, paper = pupil.card.at("id"), enrolment_paper(pupil, school.year)
                yield Lack(at, message, paper, pupil.id, book.name)


def _is_pupil(one: Owned, pupil: Pupil) -> bool:
    """Return whether an account nobody can be found for may be the pupil's: by the name in it."""
    return bool(one.account.name) and same_person(one.account.name, pupil.card)


@rule("R0209", clause="2.6", role=Role.ADMIN, due=working_days_after(3, "приказа о зачислении или приёме"))
def account_not_issued(accounts: tuple[Account, ...], teacher_books: tuple[ClassBook, ...], school: School) -> Problems:
    """Учётная запись не создана или не выдана классному руководителю.

    Учётные записи создаются в течение 3 рабочих дней после приказа («Дата основания»); записи учеников и родителей в
    тот же срок выдаются классному руководителю. Если стоит «Передана», выдача подразумевается.

    Как исправить: впишите дни в графы «Создана» и «Выдана классному руководителю».
    """
    handed = handed_in_classes(teacher_books, accounts)
    for one in owned_accounts(school, accounts):
        account, paper = one.account, paper_day(one, school)
        due = due_day(account_not_issued, paper, school)
        if paper is None or of_former_year(paper, due, school):
            continue
        deed = "created" if one.of_staff else "issued"
        done_at, later = getattr(account, deed), handed.day(account)
        if done_at is not None:
            message = f"учётная запись {one.called}: {_DEEDS[deed]} {day(done_at)}"
            yield _of_account(one, school, deed, message, paper, done_at=done_at)
        elif later is not None:  # handed over, so it was issued: in time if even that was, else nobody knows when
            known = later if due is not None and later <= due else None
            message = f"учётная запись {one.called}: передана {day(later)}"
            yield _of_account(one, school, deed, message, paper, done_at=known, met=True)
        elif needed(one, school) and not (
            handed.unknown(one, school) or account.unread("created") or account.unread("issued")
        ):
            field = deed if account.created else "created"
            message = f"учётная запись {one.called}: не указано, когда {_DEEDS[field]}"
            yield _of_account(one, school, field, message, paper)


@rule("R0210", clause="2.7", role=Role.CLASS_TEACHER, due=working_days_after(3, "выдачи классному руководителю"))
def account_not_handed_to_family(
    accounts: tuple[Account, ...], teacher_books: tuple[ClassBook, ...], school: School
) -> Problems:
    """Учётная запись не передана ученику или родителю.

    Классный руководитель передаёт сведения об учётной записи в тот же срок, в который она должна быть создана, –
    3 рабочих дня после приказа. Если администратор выдал её позже, срок считается от дня выдачи.

    Как исправить: передайте сведения и впишите день на лист «Учётные записи» книги классного руководителя (или в графу
    «Передана» книги «Учётные записи»).
    """
    handed = handed_in_classes(teacher_books, accounts)
    for one in owned_accounts(school, accounts):
        account = one.account
        if one.of_staff or account.issued is None or not one.pupils:
            continue
        due = _capped(due_day(account_not_handed_to_family, account.issued, school), one, account.issued, school)
        if of_former_year(account.issued, due, school):
            continue
        row = handed.rows.get(fold(account.login))
        at = row.at("handed") if row is not None and account.handed is None else account.at("handed")
        done_at = handed.day(account)
        if done_at is not None or (needed(one, school) and not handed.unknown(one, school)):
            message = f"учётная запись {one.called}: {_handed(done_at)}; выдана {day(account.issued)}"
            made = _of_account(one, school, "handed", message, account.issued, done_at=done_at)
            yield made._replace(at=at, due=due)


@rule("R0211", clause="2.8", role=Role.ADMIN, due=working_days_after(3, "создания"))
def account_not_handed_to_employee(accounts: tuple[Account, ...], school: School) -> Problems:
    """Учётная запись не передана сотруднику.

    Администратор сообщает сотруднику его логин и пароль в тот же срок, в который учётная запись должна быть создана, –
    3 рабочих дня после приказа. Если она создана позже, срок считается от дня создания.

    Как исправить: передайте сотруднику сведения и впишите день в графу «Передана».
    """
    for one in owned_accounts(school, accounts):
        account = one.account
        if not one.of_staff or account.created is None:
            continue
        due = _capped(due_day(account_not_handed_to_employee, account.created, school), one, account.created, school)
        if of_former_year(account.created, due, school):
            continue
        if account.handed is not None or (needed(one, school) and not account.unread("handed")):
            message = f"учётная запись {one.called}: {_handed(account.handed)}; создана {day(account.created)}"
            made = _of_account(one, school, "handed", message, account.created, done_at=account.handed)
            yield made._replace(due=due)


def _capped(due: dt.date | None, one: Owned, since: dt.date, school: School) -> dt.date | None:
    """Return the day by which it is handed over: at most that of п. 2.6, if it was there to be handed over by then."""
    limit = due_day(account_not_issued, paper_day(one, school), school)
    return limit if due is not None and limit is not None and since <= limit < due else due


def _handed(date: dt.date | None) -> str:
    return f"передана {day(date)}" if date is not None else "не указано, когда передана"


def _of_account(
    one: Owned,
    school: School,
    field: str,
    message: str,
    since: dt.date,
    *,
    done_at: dt.date | None = None,
    met: bool = False,
) -> Problem:
    """Return something owed for an account, shown at one of its cells."""
    pupil = next((pupil.id for pupil in one.pupils), "")
    own = home_class(one, school)
    at = one.account.at(field)
    return Problem(at, message, since=since, done_at=done_at, met=met, pupil=pupil, school_class=own)


RULES: tuple[Rule, ...] = (
    account_never_made,
    account_missing,
    account_not_issued,
    account_not_handed_to_family,
    account_not_handed_to_employee,
)
