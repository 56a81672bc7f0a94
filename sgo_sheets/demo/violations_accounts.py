"""Violations of chapter II, planted once: orders of appointment and accounts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sgo_sheets.demo.desk import Desk, OfficeSpoil, Row
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.victims import (
    ACCOUNTS,
    SCHOOL,
    Spot,
    account_to_spoil,
    card_of,
    child_to_spoil,
    class_of,
    has_both_parents,
    is_fresh,
    is_settled,
    planted_at,
)
from sgo_sheets.demo.world import Child
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.journal_books import AccountHanded
from sgo_sheets.records.people_books import Account
from sgo_sheets.records.raw_values import plain
from sgo_sheets.records.school_book import Responsible
from sgo_sheets.russian import file_name
from sgo_sheets.school.prefill import CLASS_TEACHER_FILE

_ISSUED = "Выдана классному руководителю"


def order_without_number(desk: Desk, _: Random) -> Sequence[Planted]:
    """Leave out the number of an order of appointment."""
    desk.change(SCHOOL, Responsible, 2, {"Приказ №": None})
    return [Planted("R0201", desk.at(SCHOOL, Responsible, 2, "Приказ №"))]


def repeated_login(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give a father the login of a mother, in capitals."""
    child = child_to_spoil(desk, rng, lambda one: is_settled(desk, one) and has_both_parents(one))
    if child is None or child.family.father is None:
        return ()
    mother = desk.rows(ACCOUNTS, Account)[_account(desk, child, "Родитель")]
    row = {**mother, "Логин": plain(mother["Логин"]).upper(), "Владелец": child.id, "ФИО": child.family.father.full}
    return [_added(desk, row, "R0202", "Логин")]


def shared_account(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Let two pupils use one account; that of the second is blocked."""
    child = child_to_spoil(desk, rng, lambda one: is_settled(desk, one))
    other = child_to_spoil(
        desk, rng, lambda one: child is not None and is_settled(desk, one) and class_of(one) == class_of(child)
    )
    if child is None or other is None:
        return ()
    desk.change(ACCOUNTS, Account, _account(desk, other, "Ученик"), {"Заблокирована": desk.world.year.first})
    place = _account(desk, child, "Ученик")
    desk.change(ACCOUNTS, Account, place, {"Владелец": f"{child.id}, {other.id}"})
    return [planted_at(desk, Spot(ACCOUNTS, Account, place), "R0203", "Логин")]


def doubled_account(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give an employee a second account."""
    place = account_to_spoil(desk, rng)
    if place is None:
        return ()
    row = desk.rows(ACCOUNTS, Account)[place]
    return [_added(desk, {**row, "Логин": f"{row['Логин']}-2"}, "R0204", "Логин")]


def leavers_account(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave the account of a pupil who has gone open."""
    child = child_to_spoil(desk, rng, lambda one: one.left is not None)
    if child is None:
        return ()
    place = _account(desk, child, "Ученик")
    desk.change(ACCOUNTS, Account, place, {"Заблокирована": None})
    return [planted_at(desk, Spot(ACCOUNTS, Account, place), "R0205", "Логин")]


def nobodys_account(desk: Desk, _: Random) -> Sequence[Planted]:
    """Write an account whose owner nobody is."""
    day = desk.world.year.first - 100 * DAY
    row: Row = {
        "Логин": "r-nobody", "Роль": "Родитель", "Владелец": "№ потерян", "ФИО": "Незнакомова Ия Карловна",
        "Основание": "приказ о зачислении", "Дата основания": day, "Создана": day, _ISSUED: day, "Передана": day,
    }  # fmt: skip
    return [_added(desk, row, "R0206", "Владелец")]


def never_made(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Let the account of an old pupil be his father's, so that he has none of his own."""
    return _fathers_instead(
        desk, child_to_spoil(desk, rng, lambda one: is_settled(desk, one) and has_both_parents(one)), "R0207"
    )


def not_made(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Do the same to one who came this year."""
    return _fathers_instead(
        desk, child_to_spoil(desk, rng, lambda one: is_fresh(desk, one) and has_both_parents(one)), "R0208"
    )


def _fathers_instead(desk: Desk, child: Child | None, code: str) -> Sequence[Planted]:
    if child is None or child.family.father is None:
        return ()
    place = _account(desk, child, "Ученик")
    desk.change(ACCOUNTS, Account, place, {"Роль": "Родитель", "ФИО": child.family.father.full})
    return [planted_at(desk, card_of(desk, child), code, "№ личного дела")]


def not_issued(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Do not give the account of one who came this year to the class teacher."""
    child = child_to_spoil(desk, rng, lambda one: is_fresh(desk, one))
    if child is None:
        return ()
    place = _account(desk, child, "Ученик")
    login = desk.rows(ACCOUNTS, Account)[place]["Логин"]
    book = _teachers_book(child.school_class)
    desk.drop(book, AccountHanded, desk.find(book, AccountHanded, Логин=login))
    desk.change(ACCOUNTS, Account, place, {_ISSUED: None})
    return [planted_at(desk, Spot(ACCOUNTS, Account, place), "R0209", _ISSUED)]


def not_handed(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Forget the day in the class teacher's book."""
    child = child_to_spoil(desk, rng, lambda one: is_fresh(desk, one))
    if child is None:
        return ()
    login = desk.rows(ACCOUNTS, Account)[_account(desk, child, "Ученик")]["Логин"]
    book = _teachers_book(child.school_class)
    place = desk.find(book, AccountHanded, Логин=login)[0]
    desk.change(book, AccountHanded, place, {"Передана": None})
    return [planted_at(desk, Spot(book, AccountHanded, place), "R0210", "Передана")]


def not_handed_to_employee(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Make an employee's account anew and do not hand it over."""
    place = account_to_spoil(desk, rng)
    if place is None:
        return ()
    first = desk.world.year.first
    desk.change(ACCOUNTS, Account, place, {"Дата основания": first, "Создана": first, "Передана": None})
    return [planted_at(desk, Spot(ACCOUNTS, Account, place), "R0211", "Передана")]


def _account(desk: Desk, child: Child, role: str) -> int:
    """Return the place of the account of a pupil, or of a parent of his."""
    rows = enumerate(desk.rows(ACCOUNTS, Account))
    return next(n for n, row in rows if row["Роль"] == role and child.id in plain(row["Владелец"]).split(", "))


def _teachers_book(school_class: str) -> str:
    return f"Журналы/{file_name(school_class)}/{CLASS_TEACHER_FILE}"


def _added(desk: Desk, row: Row, code: str, header: str) -> Planted:
    place = desk.add(ACCOUNTS, Account, row)
    return planted_at(desk, Spot(ACCOUNTS, Account, place), code, header)


SPOILS: tuple[OfficeSpoil, ...] = (
    order_without_number,
    repeated_login,
    shared_account,
    doubled_account,
    leavers_account,
    nobodys_account,
    never_made,
    not_made,
    not_issued,
    not_handed,
    not_handed_to_employee,
)
