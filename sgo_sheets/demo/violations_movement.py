"""Violations on purpose in the movement book and the transition to the new year (chapters III and IX).

No row is taken out: an order that is to be missing becomes somebody's of long ago, so that every other cell keeps its
address. Nobody's class changes, so that no journal is wrong because of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from random import Random

from sgo_sheets.demo import names
from sgo_sheets.demo.desk import Desk, OfficeSpoil
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Child, World
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.people_books import ENROLMENT, GRADUATION, LEAVING, PROMOTION, Order, PupilCard
from sgo_sheets.records.raw_values import Raw, plain

BOOK = "Книга движения.xlsx"
_NUMBER = "№ личного дела"


def no_transfer(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Forget the order by which a pupil came into the class."""
    child = _pupil(desk, rng, lambda grade: grade not in (1, 10))
    if child is None:
        return ()
    _make_old(desk, _promotion(desk, child))
    return (_at_card(desk, child, "R0301", _NUMBER),)


def no_year_end_order(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Forget what has become of a pupil at the end of this year; before that end there is nothing to forget."""
    child = _pupil(desk, rng, lambda grade: grade < 11)
    later = [] if child is None else _promotions(desk, child)[1:]
    if child is None or not later or desk.world.spec.on < desk.world.year.last:
        return ()
    _make_old(desk, later[0])
    return (_at_card(desk, child, "R0302", _NUMBER),)


def no_kind(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave «Вид» of a promotion empty."""
    return _spoil(desk, rng, "R0901", "Вид", lambda _: "")


def foreign_kind(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Give a promotion the kind of an enrolment."""
    return _spoil(desk, rng, "R0902", "Вид", lambda _: "в течение года")


def late_promotion(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Issue the order of a promotion in September."""
    return _spoil(desk, rng, "R0904", "Дата приказа", lambda world: world.year.first + 9 * DAY)


def late_leaving(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Issue the order of somebody who left in the summer three weeks after it."""
    del rng
    july = dt.date(desk.world.year.first.year, 7, 1)
    grade = desk.world.rooms[-1].name
    place = desk.add(BOOK, Order, {
        "Приказ №": "38-у", "Дата приказа": july, "Тип документа": LEAVING, "Дата события": july, _NUMBER: "Я-001",
        "Из класса": grade, "Откуда / куда": "школа № 9", "Направление": "другая школа",
    })  # fmt: skip
    return (_written(desk, "R0903", place, "Дата приказа", july + 21 * DAY),)


def late_forming(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Form a class 1 or 10 after 7 September."""
    rooms = [room for room in desk.world.rooms if room.grade in (1, 10) and f"forming {room.name}" not in desk.used]
    if not rooms:
        return ()
    room = rng.choice(rooms)
    desk.claim(f"forming {room.name}")
    place = next(
        place
        for place in desk.find(BOOK, Order, В_класс=room.name, Тип_документа=ENROLMENT)
        if plain(desk.rows(BOOK, Order)[place].get("Вид")).startswith("формирование")
    )
    return (_written(desk, "R0905", place, "Дата приказа", dt.date(desk.world.year.first.year, 9, 10)),)


def no_enrolment(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Let a pupil come on the first day by his card, with no order at all."""
    child = _pupil(desk, rng, lambda grade: grade not in (1, 10))
    if child is None:
        return ()
    _make_old(desk, _promotion(desk, child))
    path, place = _card(desk, child)
    desk.change(path, PupilCard, place, {"Дата зачисления": desk.world.year.first})
    return (_at_card(desk, child, "R0906", _NUMBER),)


def forgotten_card(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Leave a card that belongs to no class, with no order about it."""
    child = _pupil(desk, rng, lambda grade: grade > 1)
    if child is None:
        return ()
    path, place = _card(desk, child)
    father = child.family.father.first if child.family.father else "Иван"
    person = names.child(rng, child.person.sex, child.family.surname, father)
    values: dict[str, Raw] = {
        _NUMBER: _unused_number(desk, child), "Имя": person.first, "Отчество": person.patronymic,
        "Дата рождения": child.born, "Класс на начало года": "",
    }  # fmt: skip
    place = desk.add(path, PupilCard, {**desk.rows(path, PupilCard)[place], **values})
    return (Planted("R0907", desk.at(path, PupilCard, place, "Класс на начало года")),)


def leap(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Promote a pupil into a higher grade than that of the class he is in."""
    child = _pupil(desk, rng, lambda grade: grade not in (1, 10))
    if child is None:
        return ()
    grade = _grade(desk, child)
    higher = f"{grade + 1}{child.school_class[len(str(grade)) :]}"
    return (_written(desk, "R0908", _promotion(desk, child), "В класс", higher),)


def twice(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Promote a pupil a second time."""
    child = _pupil(desk, rng, lambda grade: grade > 1)
    if child is None:
        return ()
    row = desk.rows(BOOK, Order)[_promotion(desk, child)]
    day = dt.date(desk.world.year.first.year, 6, 30)
    number = "39-у"  # below the numbers of the book
    place = desk.add(BOOK, Order, {**row, "Приказ №": number, "Дата приказа": day, "Дата события": day})
    return (Planted("R0909", desk.at(BOOK, Order, place, "Приказ №"), number),)


def other_day(desk: Desk, rng: Random) -> Sequence[Planted]:
    """Write another «Дата зачисления» into the card of a summer's newcomer than the order has."""
    child = _pupil(desk, rng, lambda grade: grade not in (1, 10))
    if child is None:
        return ()
    day = dt.date(desk.world.year.first.year, 8, 20)
    desk.change(BOOK, Order, _promotion(desk, child), {
        "Дата приказа": day, "Дата события": day, "Тип документа": ENROLMENT, "Вид": "в течение года", "Из класса": "",
        "Откуда / куда": "школа № 9",
    })  # fmt: skip
    path, place = _card(desk, child)
    desk.change(path, PupilCard, place, {"Дата зачисления": day + DAY})
    return (_at_card(desk, child, "R0910", "Дата зачисления"),)


def _spoil(desk: Desk, rng: Random, code: str, header: str, value: Callable[[World], Raw]) -> Sequence[Planted]:
    """Write something into a promotion of last summer."""
    child = _pupil(desk, rng, lambda grade: grade > 1)
    return () if child is None else (_written(desk, code, _promotion(desk, child), header, value(desk.world)),)


def _written(desk: Desk, code: str, place: int, header: str, value: Raw) -> Planted:
    """Write a value into an order and return what will be said of it there."""
    desk.change(BOOK, Order, place, {header: value})
    return Planted(code, desk.at(BOOK, Order, place, header), plain(value))


def _at_card(desk: Desk, child: Child, code: str, header: str) -> Planted:
    path, place = _card(desk, child)
    return Planted(code, desk.at(path, PupilCard, place, header), plain(desk.rows(path, PupilCard)[place].get(header)))


def _card(desk: Desk, child: Child) -> tuple[str, int]:
    """Return the workbook of a pupil's card and the place of its row."""
    path = desk.roll(child.moved[1] if child.moved else child.school_class)
    return path, next(n for n, row in enumerate(desk.rows(path, PupilCard)) if row[_NUMBER] == child.id)


def _pupil(desk: Desk, rng: Random, suits: Callable[[int], bool]) -> Child | None:
    """Return a pupil who has been in one class all the year and came into it by a promotion."""
    steady = [one for one in desk.world.children if not (one.arrived or one.left or one.moved)]
    return _chosen(desk, rng, [one for one in steady if suits(_grade(desk, one)) and _promotions(desk, one)])


def _chosen(desk: Desk, rng: Random, children: Sequence[Child]) -> Child | None:
    """Return one of the pupils nobody has spoilt yet, and take him."""
    free = [one for one in children if one.id not in desk.used]
    if not free:
        return None
    child = rng.choice(free)
    desk.claim(child.id)
    return child


def _grade(desk: Desk, child: Child) -> int:
    return next(room.grade for room in desk.world.rooms if room.name == child.school_class)


def _orders(desk: Desk, child: Child, kind: str) -> list[int]:
    """Return the places of a pupil's orders of a kind."""
    rows = enumerate(desk.rows(BOOK, Order))
    return [place for place, row in rows if row.get(_NUMBER) == child.id and row["Тип документа"] == kind]


def _promotions(desk: Desk, child: Child) -> list[int]:
    return _orders(desk, child, PROMOTION)


def _promotion(desk: Desk, child: Child) -> int:
    return _promotions(desk, child)[0]


def _make_old(desk: Desk, place: int) -> None:
    """Turn an order into one about somebody who graduated years ago."""
    day = dt.date(desk.world.year.first.year - 3, 6, 25)
    values: dict[str, Raw] = {
        "Дата приказа": day, "Дата события": day, "Тип документа": GRADUATION, "Вид": "", _NUMBER: f"Я-{place + 1:03}",
        "Обучающийся": "", "Из класса": "11А", "В класс": "",
    }  # fmt: skip
    desk.change(BOOK, Order, place, values)


def _unused_number(desk: Desk, child: Child) -> str:
    taken = {one.id for one in desk.world.children}
    letter = child.id.split("-")[0]
    return next(number for n in range(9000, 10000) if (number := f"{letter}-{n}") not in taken)


SPOILS: tuple[OfficeSpoil, ...] = (
    late_leaving, other_day, late_forming, no_transfer, no_year_end_order, no_kind, foreign_kind, late_promotion,
    no_enrolment, forgotten_card, leap, twice,
)  # fmt: skip
