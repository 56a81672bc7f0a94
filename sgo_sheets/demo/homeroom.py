"""The class teacher's book: reasons of absence with their papers, releases, accounts handed over, announcements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sgo_sheets.demo.absence import Absence, Away
from sgo_sheets.demo.curriculum import PE
from sgo_sheets.demo.office import Row, table
from sgo_sheets.demo.registers import Account
from sgo_sheets.demo.world import Child, Room, World
from sgo_sheets.demo.year import DAY
from sgo_sheets.records.catalog import BookContent, BookKind

_SAID = (
    (9, 2, 12, "Родительское собрание — 10 сентября в 18:00, кабинет {room}."),
    (9, 21, 5, "25 сентября — день здоровья: спортивная форма, вода, головной убор."),
    (10, 12, 11, "До 23 октября сдайте книги, взятые в библиотеке на первую четверть."),
    (11, 2, 4, "С понедельника — вторая смена обуви обязательна."),
    (11, 16, 11, "26 ноября в 18:00 — родительское собрание, кабинет {room}."),
    (11, 23, 7, "30 ноября — экскурсия в краеведческий музей. Сбор в 9:00 у входа, взять 150 рублей."),
    (12, 14, 14, "Новогодний праздник класса — 28 декабря в 12:00."),
    (1, 18, 7, "В сильный мороз следите за объявлениями на сайте школы."),
    (2, 15, 10, "Готовим поздравления к 23 февраля."),
    (3, 9, 9, "Сдаём макулатуру до 18 марта."),
    (4, 12, 7, "Субботник — 16 апреля, перчатки взять с собой."),
    (5, 12, 14, "До 26 мая сдайте учебники в библиотеку."),
)


def class_teacher_book(
    world: World,
    room: Room,
    away: Away,
    own_accounts: Sequence[Account],
) -> BookContent:
    """Return Журналы/<класс>/Классный руководитель.xlsx as it stands on the day asked for."""
    return BookContent(
        BookKind.CLASS_TEACHER,
        {
            "Титул": {"Класс": room.name, "Учебный год": world.year.name},
            "Причины пропусков": table(_reasons(world, room, away)),
            "Освобождения": table(_releases(world, room, away)),
            "Учётные записи": table(
                {"Логин": one.row["Логин"], "Передана": one.handed}
                for one in own_accounts
                if one.school_class == room.name
            ),
            "Объявления": table(_announcements(world, room)),
        },
    )


def class_on(child: Child, day: dt.date) -> str:
    """Return the class a pupil is in on a day, «» when in none."""
    if (child.arrived and day < child.arrived) or (child.left and day >= child.left):
        return ""
    return child.moved[1] if child.moved and day >= child.moved[0] else child.school_class


def _reasons(world: World, room: Room, away: Away) -> Iterator[Row]:
    found = [
        (absence, child)
        for child in world.children
        for absence in away.absences.get(child.id, ())
        if class_on(child, _begun(absence, child)) == room.name
    ]
    for absence, child in sorted(found, key=lambda pair: (pair[0].first, pair[1].person.short)):
        last = min(absence.last, child.left - DAY) if child.left else absence.last
        lessons = absence.lessons
        shown = "" if lessons is None else str(lessons[0]) if lessons[0] == lessons[1] else f"{lessons[0]}-{lessons[1]}"
        yield {
            "№ личного дела": child.id, "Обучающийся": child.person.short, "С": _begun(absence, child), "По": last,
            "Уроки": shown, "Причина": absence.reason, "Документ": absence.document,
            "Документ предоставлен": absence.presented,
        }  # fmt: skip


def _begun(absence: Absence, child: Child) -> dt.date:
    """Return the first day a pupil is missed: whoever comes ill is away from the day of enrolment on."""
    return max(absence.first, child.arrived) if child.arrived else absence.first


def _releases(world: World, room: Room, away: Away) -> Iterator[Row]:
    for child in world.children:
        release = away.releases.get(child.id)
        if release is not None and class_on(child, release.first) == room.name:
            yield {
                "№ личного дела": child.id, "Обучающийся": child.person.short, "Предмет": PE, "С": release.first,
                "По": release.last, "Документ": release.document,
            }  # fmt: skip


def _announcements(world: World, room: Room) -> Iterator[Row]:
    own = world.staff.teacher(world.staff.homeroom[room.name]).room
    for month, day, length, text in _SAID:
        date = dt.date(world.year.first.year + (month < 9), month, day)
        if date <= world.spec.on:
            yield {"Дата": date, "Показывать до": date + length * DAY, "Текст": text.format(room=own)}
