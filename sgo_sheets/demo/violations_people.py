"""Violations of chapters IV and V, planted once: the school's card, personal cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random

from sgo_sheets.demo.desk import Desk, OfficeSpoil
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.victims import (
    ACCOUNTS,
    SCHOOL,
    Spot,
    account_to_spoil,
    card_of,
    child_to_spoil,
    class_of,
    is_fresh,
    is_settled,
    planted_at,
)
from sgo_sheets.demo.world import Child
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.people_books import Account
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.school_book import Employee, Organisation


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
    return _emptied(desk, child_to_spoil(desk, rng, lambda one: is_fresh(desk, one)), "R0501", "Карточка создана")


def late_staff_card(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Hire somebody on the first day of the year and forget the card."""
    account = account_to_spoil(desk, rng)
    if account is None:
        return ()
    code = desk.rows(ACCOUNTS, Account)[account]["Владелец"]
    place = desk.find(SCHOOL, Employee, Код=code)[0]
    first = desk.world.year.first
    desk.change(SCHOOL, Employee, place, {"Принят": first, "Дата приказа": first, "Карточка создана": None})
    return [planted_at(desk, Spot(SCHOOL, Employee, place), "R0502", "Карточка создана")]


def no_address(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out an address."""
    return _emptied(desk, child_to_spoil(desk, rng, lambda one: is_settled(desk, one)), "R0503", "Адрес")


def no_passport(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave out the passport of one who has long been fourteen."""

    def grown(one: Child) -> bool:
        return is_settled(desk, one) and one.born + 15 * 365 * DAY < desk.world.year.first

    return _emptied(desk, child_to_spoil(desk, rng, grown), "R0504", "Паспорт")


def old_pupil(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Type a date of birth thirty years too early."""
    last = desk.world.rooms[-1].name  # one date of birth there is spoilt already
    child = child_to_spoil(desk, rng, lambda one: is_settled(desk, one) and class_of(one) != last)
    if child is None:
        return ()
    spot = card_of(desk, child)
    desk.change(*spot, {"Дата рождения": dt.date(child.born.year - 30, child.born.month, 15)})
    return [planted_at(desk, spot, "R0506", "Дата рождения")]


def _emptied(desk: Desk, child: Child | None, code: str, header: str) -> Sequence[Planted]:
    if child is None:
        return ()
    spot = card_of(desk, child)
    desk.change(*spot, {header: None})
    return [planted_at(desk, spot, code, header)]


SPOILS: tuple[OfficeSpoil, ...] = (
    school_card,
    late_card,
    late_staff_card,
    no_address,
    no_passport,
    old_pupil,
)
