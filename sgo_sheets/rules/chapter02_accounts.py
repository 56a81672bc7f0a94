"""Глава II, учётные записи (п. 2.4): у каждого своя, одна, и только пока человек в школе."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sgo_sheets.findings import Problem, Problems, Role, Severity
from sgo_sheets.records.people_books import GRADUATION, LEAVING, Account, Order, PupilCard
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules import chapter02_handing as handing
from sgo_sheets.rules.account_owners import PARENT, PUPIL, Owned, gone_since, home_class, owned_accounts
from sgo_sheets.rules.chapter02_responsible import responsible_missing
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import lost_rows
from sgo_sheets.russian import day, fold, perhaps
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import ClassBook, School


@rule("R0202", clause="2.4", role=Role.ADMIN)
def login_repeated(accounts: tuple[Account, ...]) -> Problems:
    """Один логин у двух учётных записей.

    Имя пользователя (логин) уникально. Большие и маленькие буквы в логине не различаются.

    Как исправить: исправьте опечатку в логине или удалите повторную строку листа «Учётные записи».
    """
    seen: dict[str, Account] = {}
    for account in accounts:
        first = seen.setdefault(fold(account.login), account)
        if first is not account:
            yield Problem(account.at("login"), f"логин «{account.login}» уже есть: строка {first.row}")


@rule("R0203", clause="2.4", role=Role.ADMIN)
def account_shared(accounts: tuple[Account, ...], school: School) -> Problems:
    """Одна учётная запись на нескольких человек.

    У каждого пользователя своя учётная запись: за всё, что в ней сделано, отвечает её владелец. Несколько детей могут
    быть названы только в записи родителя.

    Как исправить: заведите каждому свою учётную запись и оставьте в этой строке одного владельца.
    """
    for one in owned_accounts(school, accounts):
        message = _shared(one) if one.live else ""
        if message:
            yield _of_account(one, school, f"учётная запись {one.called}: {message}")


def _shared(one: Owned) -> str:
    """Return why the account is of several people, «» where it is not."""
    people = {employee.code for employee in one.staff}
    if len(people) > 1:
        return f"названо сотрудников: {len(people)}"
    if PUPIL in one.roles and len(one.roles) > 1:
        return "у записи ученика не может быть другой роли"
    if PUPIL in one.roles and len(one.pupils) > 1:
        return f"названо учеников: {len(one.pupils)}"
    return ""


@rule("R0204", clause="2.4", role=Role.ADMIN)
def account_doubled(accounts: tuple[Account, ...], school: School) -> Problems:
    """Вторая учётная запись того же человека в той же роли.

    У одного человека в одной роли одна действующая учётная запись. У матери и отца записи свои, они различаются по
    графе «ФИО».

    Как исправить: лишнюю учётную запись заблокируйте и впишите день в графу «Заблокирована».
    """
    seen: dict[tuple[str, str, str], Account] = {}
    for one in owned_accounts(school, accounts):
        if not one.live:
            continue
        firsts = [first for key in _keys(one) if (first := seen.setdefault(key, one.account)) is not one.account]
        other = next((f for f in firsts if fold(f.login) != fold(one.account.login)), None)
        if other is not None:
            message = f"учётная запись {one.called}: у этого человека в этой роли уже есть «{other.login}»"
            yield _of_account(one, school, message)


def _keys(one: Owned) -> Iterator[tuple[str, str, str]]:
    """Yield (role, owner, name): the name tells one parent from the other; without it they are not compared."""
    for role in one.roles:
        if role == PARENT:
            if one.account.name:
                yield from ((role, pupil.id, fold(one.account.name)) for pupil in one.pupils)
        elif role == PUPIL:
            yield from ((role, pupil.id, "") for pupil in one.pupils)
        else:
            yield from ((role, employee.code, "") for employee in one.staff)


@rule("R0205", clause="2.4", role=Role.ADMIN, severity=Severity.WARNING)
def account_of_leaver(accounts: tuple[Account, ...], orders: tuple[Order, ...], school: School) -> Problems:
    """Учётная запись выбывшего действует.

    Тому, кто уволился, выбыл или окончил школу, учётная запись больше не нужна. Запись родителя нужна, пока в школе
    есть хотя бы один из его детей.

    Как исправить: заблокируйте учётную запись и впишите день в графу «Заблокирована».
    """
    gone = {
        fold(one.pupil): date
        for one in orders
        if one.type in (LEAVING, GRADUATION) and one.pupil and (date := order_day(one)) is not None
    }
    for one in owned_accounts(school, accounts):
        if not one.live:
            continue
        since = gone_since(one, school)
        if since is None and one.unknown and not (one.staff or one.pupils):  # those of last year have no cards any more
            former = [gone.get(fold(owner)) for owner in one.unknown]
            known = [date for date in former if date is not None]
            since = max(known) if len(known) == len(former) else None
        if since is not None:
            message = f"учётная запись {one.called} действует, хотя владельца с {day(since)} нет в школе"
            yield _of_account(one, school, message, since)


@rule("R0206", clause="2.4", role=Role.ADMIN, severity=Severity.WARNING)
def owner_unknown(
    accounts: tuple[Account, ...],
    whole_orders: tuple[Order, ...],
    whole_staff: Mapping[str, Employee],
    rolls: tuple[ClassBook, ...],
    school: School,
) -> Problems:
    """Неизвестно, чья учётная запись.

    За учётную запись отвечает её владелец: сотрудник назван кодом, ученик – № личного дела, родитель – № личного дела
    своих детей. Пока владелец не найден, запись никому не засчитана.

    Как исправить: исправьте графу «Владелец» и «Роль»; запись того, кого в школе больше нет, заблокируйте.
    """
    former = {fold(one.pupil) for one in whole_orders}
    cards = [pupil.card for pupil in school.pupils.values()]
    if any(book.roll is None for book in rolls) or lost_rows(school, PupilCard, cards):
        return
    names = (*whole_staff, *school.pupils)
    for one in owned_accounts(school, accounts):
        account = one.account
        if not one.live or account.unread("owners") or account.unread("roles"):
            continue
        if not account.owners:
            yield Problem(account.at("owners"), f"у учётной записи {one.called} не указан владелец")
        elif not account.roles:
            yield Problem(account.at("roles"), f"у учётной записи {one.called} не указана роль")
        for owner in one.unknown:
            if fold(owner) not in former:
                guess = perhaps(owner, names)
                message = f"учётная запись {one.called}: владельца «{owner}» нет в школе{guess and '.'}{guess}"
                yield Problem(account.at("owners"), message)


def _of_account(one: Owned, school: School, message: str, since: dt.date | None = None) -> Problem:
    """Return what is wrong with an account, shown at its login."""
    pupil = next((pupil.id for pupil in one.pupils), "")
    at = one.account.at("login")
    return Problem(at, message, since=since, pupil=pupil, school_class=home_class(one, school))


RULES: tuple[Rule, ...] = (
    responsible_missing,
    login_repeated,
    account_shared,
    account_doubled,
    account_of_leaver,
    owner_unknown,
    *handing.RULES,
)
