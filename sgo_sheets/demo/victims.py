"""Whom a violation may befall: pupils and employees nobody has spoilt yet, and where their rows stand."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from sgo_sheets.demo.desk import Desk
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Child
from sgo_sheets.records.base import Record
from sgo_sheets.records.people_books import Account, PupilCard
from sgo_sheets.records.raw_values import plain

SCHOOL, ACCOUNTS = "Школа.xlsx", "Учётные записи.xlsx"
Wanted = Callable[[Child], bool]


class Spot(NamedTuple):
    """A row: the workbook, the table, the place from 0."""

    path: str
    record: type[Record]
    place: int


def child_to_spoil(desk: Desk, rng: Random, wanted: Wanted) -> Child | None:
    """Return a pupil nobody has spoilt, of those that are wanted."""
    found = [one for one in desk.world.children if one.id not in desk.used and wanted(one)]
    chosen = rng.choice(found) if found else None
    return chosen if chosen is not None and desk.claim(chosen.id) else None


def is_settled(desk: Desk, child: Child) -> bool:
    """Return whether a pupil has been here for years and stays, alone of his family."""
    alone = sum(one.family == child.family for one in desk.world.children) == 1
    return alone and child.enrolled < desk.world.year.first and child.left is None


def is_fresh(desk: Desk, child: Child) -> bool:
    """Return whether a pupil came this year and stays."""
    return child.enrolled >= desk.world.year.first and child.left is None


def has_both_parents(child: Child) -> bool:
    """Return whether a pupil has a mother and a father."""
    return child.family.mother is not None and child.family.father is not None


def class_of(child: Child) -> str:
    """Return the class a pupil is in since he moved, if he did."""
    return child.moved[1] if child.moved else child.school_class


def card_of(desk: Desk, child: Child) -> Spot:
    """Return where a pupil's card stands."""
    path = desk.roll(class_of(child))
    return Spot(path, PupilCard, desk.find(path, PupilCard, **{"№ личного дела": child.id})[0])


def account_to_spoil(desk: Desk, rng: Random) -> int | None:
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


def planted_at(desk: Desk, spot: Spot, code: str, header: str) -> Planted:
    """Return the violation at a cell as it stands now."""
    return Planted(code, desk.at(*spot, header), plain(desk.rows(spot.path, spot.record)[spot.place].get(header)))
