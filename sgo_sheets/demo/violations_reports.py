"""Chapter X in the demo: reports that lack what is planted in cards and in the class teacher's book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from sgo_sheets.demo.desk import Desk, OfficeSpoil, Row
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Room
from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.records.regulation_book import Term
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.russian import file_name
from sgo_sheets.school.prefill import CLASS_TEACHER_FILE

SCHOOL, REGULATION = "Школа.xlsx", "Регламент.xlsx"
_SHOWN = ("Пол", "Дата рождения", "Адрес", "Социальное положение")
_LOST_LESSONS = "W0307"  # where a lesson was not read, reports of attendance wait


def no_reason_in_october(desk: Desk, _: Random) -> Sequence[Planted]:
    """Take the reason out of an absence of October: the register of the term and the report of the month lack it."""
    for room in desk.world.rooms:
        path = f"Журналы/{file_name(room.name)}/{CLASS_TEACHER_FILE}"
        rows = desk.rows(path, AbsenceReason)
        place = next((n for n, row in enumerate(rows) if _of_october(desk, room, row)), None)
        if place is not None and desk.claim(f"reasons {room.name}"):
            desk.change(path, AbsenceReason, place, {"Причина": ""})
            sheet = CellRef(path, AbsenceReason.sheet)
            cell = desk.at(path, AbsenceReason, place, "Причина")
            return [Planted("R0818", cell), Planted("R1006", sheet), Planted("R1008", sheet)]
    return ()


def _of_october(desk: Desk, room: Room, row: Row) -> bool:
    """Return whether a row is of whole days before the end of the first term, in a class without other mistakes."""
    first, last, brought = row["С"], row["По"], row["Документ предоставлен"]
    if not (isinstance(first, dt.date) and isinstance(last, dt.date) and isinstance(brought, dt.date)):
        return False
    year = desk.world.year.first.year
    inside = dt.date(year, 10, 1) <= first <= last <= dt.date(year, 10, 20) and brought <= desk.world.spec.on
    return inside and room.grade in (1, 9) and not row["Уроки"]


def no_sex(desk: Desk, _: Random) -> Sequence[Planted]:
    """Leave out the sex in a card of a school that has agreed on a day for ОШ-1, ОШ-5 and ОШ-9."""
    names = {one.id: one for one in desk.world.children if one.left is None and not one.arrived and not one.moved}
    child = next((one for number, one in names.items() if number not in desk.used), None)
    row = next(iter(desk.find(REGULATION, Term, Код_правила="R1003")), None)
    if child is None or row is None or not desk.claim(child.id):
        return ()
    desk.change(REGULATION, Term, row, {"Значение": dt.date(desk.world.year.first.year, 10, 20), "Единица": "дата"})
    path = desk.roll(child.school_class)
    place = desk.find(path, PupilCard, **{"№ личного дела": child.id})[0]
    desk.change(path, PupilCard, place, {"Пол": ""})
    return [Planted("R0503", desk.at(path, PupilCard, place, "Пол")), Planted("R1003", CellRef(SCHOOL, "Классы"))]


def lacking_cards(desk: Desk, _: Random) -> Sequence[Planted]:
    """Say which lists of classes lack a field, or pupils at all: after everything else is planted."""
    found = []
    names = [str(row["Класс"]) for row in desk.rows(SCHOOL, SchoolClass)]
    grades = {room.name: room.grade for room in desk.world.rooms}
    for name in names:
        at = CellRef(desk.roll(name), PupilCard.sheet)
        if name not in grades:
            found.append(Planted("R1002", at))
        elif any(_lacks(row, grades[name]) for row in desk.rows(at.workbook, PupilCard)):
            found.append(Planted("R1009", at))
    return found


def _lacks(row: Row, grade: int) -> bool:
    fields = (*_SHOWN, "Иностранный язык") if grade > 1 else _SHOWN
    return any(not row.get(name) for name in fields)


SPOILS: tuple[OfficeSpoil, ...] = (no_reason_in_october, no_sex, lacking_cards)
"""The last of them looks at what all others have done."""
