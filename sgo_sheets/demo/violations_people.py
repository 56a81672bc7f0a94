"""Violations of chapters II, IV and V, planted once: accounts, the school's card, personal cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from sgo_sheets.demo.desk import Desk, OfficeSpoil, Row
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Child
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.base import Record
from sgo_sheets.records.journal_books import AccountHanded
from sgo_sheets.records.people_books import Account, PupilCard
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.school_book import Employee, Organisation, Responsible
from sgo_sheets.russian import file_name
from sgo_sheets.school.prefill import CLASS_TEACHER_FILE

SCHOOL, ACCOUNTS = "Школа.xlsx", "Учётные записи.xlsx"
_ISSUED = "Выдана классному руководителю"
Wanted = Callable[[Child], bool]


class Spot(NamedTuple):
    """A row: the workbook, the table, the place from 0."""

    path: str
    record: type[Record]
    place: int


def order_without_number(desk: Desk, _: Random) -> Sequence[Planted]:
    """Leave out the number of an order of appointment."""
    desk.change(SCHOOL, Responsible, 2, {"Приказ №": None})
    return [Planted("R0201", desk.at(SCHOOL, Responsible, 2, "Приказ №"))]


def repeated_login(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give a father the login of a mother, in capitals."""
    child = _child(desk, rng, lambda one: _settled(desk, one) and _both(one))
    if child is None or child.family.father is None:
        return ()
    mother = desk.rows(ACCOUNTS, Account)[_account(desk, child, "Родитель")]
    row = {**mother, "Логин": plain(mother["Логин"]).upper(), "Владелец": child.id, "ФИО": child.family.father.full}
    return [_added(desk, row, "R0202", "Логин")]


def shared_account(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Let two pupils use one account; that of the second is blocked."""
    child = _child(desk, rng, lambda one: _settled(desk, one))
    other = _child(desk, rng, lambda one: child is not None and _settled(desk, one) and _class(one) == _class(child))
    if child is None or other is None:
        return ()
    desk.change(ACCOUNTS, Account, _account(desk, other, "Ученик"), {"Заблокирована": desk.world.year.first})
    place = _account(desk, child, "Ученик")
    desk.change(ACCOUNTS, Account, place, {"Владелец": f"{child.id}, {other.id}"})
    return [_planted(desk, Spot(ACCOUNTS, Account, place), "R0203", "Логин")]


def doubled_account(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give an employee a second account."""
    place = _employee(desk, rng)
    if place is None:
        return ()
    row = desk.rows(ACCOUNTS, Account)[place]
    return [_added(desk, {**row, "Логин": f"{row['Логин']}-2"}, "R0204", "Логин")]


def leavers_account(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave the account of a pupil who has gone open."""
    child = _child(desk, rng, lambda one: one.left is not None)
    if child is None:
        return ()
    place = _account(desk, child, "Ученик")
    desk.change(ACCOUNTS, Account, place, {"Заблокирована": None})
    return [_planted(desk, Spot(ACCOUNTS, Account, place), "R0205", "Логин")]


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
    return _fathers_instead(desk, _child(desk, rng, lambda one: _settled(desk, one) and _both(one)), "R0207")


def not_made(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Do the same to one who came this year."""
    return _fathers_instead(desk, _child(desk, rng, lambda one: _fresh(desk, one) and _both(one)), "R0208")


def _fathers_instead(desk: Desk, child: Child | None, code: str) -> Sequence[Planted]:
    if child is None or child.family.father is None:
        return ()
    place = _account(desk, child, "Ученик")
    desk.change(ACCOUNTS, Account, place, {"Роль": "Родитель", "ФИО": child.family.father.full})
    return [_planted(desk, _card(desk, child), code, "№ личного дела")]


def not_issued(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Do not give the account of one who came this year to the class teacher."""
    child = _child(desk, rng, lambda one: _fresh(desk, one))
    if child is None:
        return ()
    place = _account(desk, child, "Ученик")
    login = desk.rows(ACCOUNTS, Account)[place]["Логин"]
    book = _teachers_book(child.school_class)
    desk.drop(book, AccountHanded, desk.find(book, AccountHanded, Логин=login))
    desk.change(ACCOUNTS, Account, place, {_ISSUED: None})
    return [_planted(desk, Spot(ACCOUNTS, Account, place), "R0209", _ISSUED)]


def not_handed(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Forget the day in the class teacher's book."""
    child = _child(desk, rng, lambda one: _fresh(desk, one))
    if child is None:
        return ()
    login = desk.rows(ACCOUNTS, Account)[_account(desk, child, "Ученик")]["Логин"]
    book = _teachers_book(child.school_class)
    place = desk.find(book, AccountHanded, Логин=login)[0]
    desk.change(book, AccountHanded, place, {"Передана": None})
    return [_planted(desk, Spot(book, AccountHanded, place), "R0210", "Передана")]


def not_handed_to_employee(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Make an employee's account anew and do not hand it over."""
    place = _employee(desk, rng)
    if place is None:
        return ()
    first = desk.world.year.first
    desk.change(ACCOUNTS, Account, place, {"Дата основания": first, "Создана": first, "Передана": None})
    return [_planted(desk, Spot(ACCOUNTS, Account, place), "R0211", "Передана")]


def school_card(desk: Desk, _: Random) -> Sequence[Planted]:
    """Leave out the founder, mistype the OGRN, forget to renew the card."""
    stale = dt.date(desk.world.year.first.year, 5, 20)
    ogrn = plain(desk.properties(SCHOOL, Organisation)["ОГРН"])
    wrong = ogrn[:-1] + str((int(ogrn[-1]) + 1) % 10)
    values: Mapping[str, tuple[str, Raw]] = {
        "Учредитель": ("R0401", None), "ОГРН": ("R0402", wrong), "Карточка обновлена": ("R0403", stale),
    }  # fmt: skip
    for name, (_code, value) in values.items():
        desk.set_property(SCHOOL, Organisation, name, value)
    return [
        Planted(code, desk.at_property(SCHOOL, Organisation, name), plain(value))
        for name, (code, value) in values.items()
    ]


def late_card(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Forget when the card of a newcomer was made."""
    return _emptied(desk, _child(desk, rng, lambda one: _fresh(desk, one)), "R0501", "Карточка создана")


def late_staff_card(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Hire somebody on the first day of the year and forget the card."""
    account = _employee(desk, rng)
    if account is None:
        return ()
    code = desk.rows(ACCOUNTS, Account)[account]["Владелец"]
    place = desk.find(SCHOOL, Employee, Код=code)[0]
    first = desk.world.year.first
    desk.change(SCHOOL, Employee, place, {"Принят": first, "Дата приказа": first, "Карточка создана": None})
    return [_planted(desk, Spot(SCHOOL, Employee, place), "R0502", "Карточка создана")]


def no_address(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out an address."""
    return _emptied(desk, _child(desk, rng, lambda one: _settled(desk, one)), "R0503", "Адрес")


def no_passport(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out the passport of one who has long been fourteen."""

    def grown(one: Child) -> bool:
        return _settled(desk, one) and one.born + 15 * 365 * DAY < desk.world.year.first

    return _emptied(desk, _child(desk, rng, grown), "R0504", "Паспорт")


def old_pupil(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Type a date of birth thirty years too early."""
    last = desk.world.rooms[-1].name  # one date of birth there is spoilt already
    child = _child(desk, rng, lambda one: _settled(desk, one) and _class(one) != last)
    if child is None:
        return ()
    spot = _card(desk, child)
    desk.change(*spot, {"Дата рождения": dt.date(child.born.year - 30, child.born.month, 15)})
    return [_planted(desk, spot, "R0506", "Дата рождения")]


def _emptied(desk: Desk, child: Child | None, code: str, header: str) -> Sequence[Planted]:
    if child is None:
        return ()
    spot = _card(desk, child)
    desk.change(*spot, {header: None})
    return [_planted(desk, spot, code, header)]


def _child(desk: Desk, rng: Random, wanted: Wanted) -> Child | None:
    """Return a pupil nobody has spoilt, of those that are wanted."""
    found = [one for one in desk.world.children if one.id not in desk.used and wanted(one)]
    chosen = rng.choice(found) if found else None
    return chosen if chosen is not None and desk.claim(chosen.id) else None


def _settled(desk: Desk, child: Child) -> bool:
    """Return whether a pupil has been here for years and stays, alone of his family."""
    alone = sum(one.family == child.family for one in desk.world.children) == 1
    return alone and child.enrolled < desk.world.year.first and child.left is None


def _fresh(desk: Desk, child: Child) -> bool:
    """Return whether a pupil came this year and stays."""
    return child.enrolled >= desk.world.year.first and child.left is None


def _both(child: Child) -> bool:
    return child.family.mother is not None and child.family.father is not None


def _class(child: Child) -> str:
    return child.moved[1] if child.moved else child.school_class


def _card(desk: Desk, child: Child) -> Spot:
    path = desk.roll(_class(child))
    return Spot(path, PupilCard, desk.find(path, PupilCard, **{"№ личного дела": child.id})[0])


def _account(desk: Desk, child: Child, role: str) -> int:
    """Return the place of the account of a pupil, or of a parent of his."""
    rows = enumerate(desk.rows(ACCOUNTS, Account))
    return next(n for n, row in rows if row["Роль"] == role and child.id in plain(row["Владелец"]).split(", "))


def _employee(desk: Desk, rng: Random) -> int | None:
    """Return the place of the account of a teacher nobody has spoilt, who has been here for years and stays."""
    found = [
        (place, one.code)
        for one in desk.world.staff.teachers
        if one.roles == ("Учитель",) and one.hired < desk.world.year.first and one.dismissed is None
        for place in desk.find(ACCOUNTS, Account, Владелец=one.code)[:1]
        if one.code not in desk.used
    ]
    if not found:
        return None
    place, code = rng.choice(found)
    desk.claim(code)
    return place


def _teachers_book(school_class: str) -> str:
    return f"Журналы/{file_name(school_class)}/{CLASS_TEACHER_FILE}"


def _added(desk: Desk, row: Row, code: str, header: str) -> Planted:
    place = desk.add(ACCOUNTS, Account, row)
    return _planted(desk, Spot(ACCOUNTS, Account, place), code, header)


def _planted(desk: Desk, spot: Spot, code: str, header: str) -> Planted:
    """Return the violation at a cell as it stands now."""
    return Planted(code, desk.at(*spot, header), plain(desk.rows(spot.path, spot.record)[spot.place].get(header)))


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
    school_card,
    late_card,
    late_staff_card,
    no_address,
    no_passport,
    old_pupil,
)
