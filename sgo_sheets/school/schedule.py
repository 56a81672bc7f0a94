"""Which lessons a class has on which day: timetable × calendar × substitutions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sgo_sheets.findings import Finding, Role
from sgo_sheets.records.faults import UNKNOWN_REFERENCE
from sgo_sheets.records.school_book import Bell, Employee, SchoolClass, StaffAbsence
from sgo_sheets.records.timetable_book import Substitution
from sgo_sheets.russian import day as short_day
from sgo_sheets.russian import day_month, fold
from sgo_sheets.school.calendar import Calendar
from sgo_sheets.school.calendars import bell_times
from sgo_sheets.school.elements import JournalKey, Slot, Span
from sgo_sheets.school.timetable import EVEN, EVERY, Entry, Loads, Poster, in_force

Holder = Callable[[JournalKey, dt.date], str]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """What the lessons of all classes are made of."""

    year: Span
    posters: tuple[Poster, ...]
    bells: tuple[Bell, ...]
    staff: Mapping[str, Employee]
    absences: tuple[StaffAbsence, ...]
    loads: Loads
    holder: Holder


def covered_spans(school_class: str, duty: Duty) -> tuple[Span, ...]:
    """Return the days on which some timetable of the class is in force."""
    spans = []
    for number, poster in enumerate(duty.posters):
        last = duty.posters[number + 1].since - _DAY if number + 1 < len(duty.posters) else duty.year.last
        if school_class in poster.classes and poster.since <= last:
            spans.append(Span(max(poster.since, duty.year.first), last))
    return tuple(spans)


def class_slots(
    info: SchoolClass, calendar: Calendar, substitutions: Sequence[Substitution], duty: Duty
) -> tuple[tuple[Slot, ...], list[Finding]]:
    """Return the class's lessons of the year in order, and the substitutions that fit no lesson.

    The times of ``calendar`` and ``bells`` are those of the day itself, the lessons those of the day it stands for.
    """
    by_day: dict[dt.date, list[Slot]] = {}
    times: dict[tuple[int, int], tuple[dt.time | None, dt.time | None]] = {}
    taught: dict[tuple[dt.date, int, bool], list[tuple[int, Entry]]] = {}

    def placed(date: dt.date, number: int, entry: Entry) -> Slot:
        key = (date.weekday(), number)
        if key not in times:
            times[key] = bell_times(duty.bells, info.bells, *key)
        start, end = times[key]
        journal = JournalKey(entry.target, entry.subject, entry.group)
        return Slot(date, number, entry.subject, entry.group, entry.target, entry.room, start, end,
                    duty.holder(journal, date))  # fmt: skip

    for date in calendar.study_days(duty.year.first, duty.year.last):
        like = calendar.timetable_day(date)
        poster = in_force(duty.posters, like)
        if poster is None:
            continue
        even = _week(duty.year.first, like) % 2 == 0
        week = (poster.since, like.weekday(), even)
        if week not in taught:
            taught[week] = list(_taught(poster, info.name, like.weekday(), even=even))
        by_day[date] = [placed(date, number, entry) for number, entry in taught[week]]
    findings = _substitute(info, by_day, substitutions, duty, placed)
    slots = [slot for date in sorted(by_day) for slot in sorted(by_day[date], key=_order)]
    return tuple(_with_absences(slots, duty)), findings


def _taught(poster: Poster, school_class: str, weekday: int, *, even: bool) -> Iterator[tuple[int, Entry]]:
    """Yield the lessons of a class on a day of the week, with their numbers, as a sheet of the timetable has them."""
    for number in range(13):
        for entry in poster.entries.get((school_class, weekday, number), ()):
            if entry.weeks == EVERY or (entry.weeks == EVEN) == even:
                yield number, entry


def _order(slot: Slot) -> tuple[int, bool, str, str]:
    return slot.number, slot.cancelled, slot.subject, slot.group


def _week(first: dt.date, day: dt.date) -> int:
    """Return the number of the calendar week since the school year began, 1-based: «по нечётным» is 1, 3, 5 …"""
    monday = first - dt.timedelta(days=first.weekday())
    return (day - monday).days // 7 + 1


def _substitute(
    info: SchoolClass,
    by_day: dict[dt.date, list[Slot]],
    substitutions: Sequence[Substitution],
    duty: Duty,
    placed: Callable[[dt.date, int, Entry], Slot],
) -> list[Finding]:
    findings = []
    for row in substitutions:
        if row.date is None or row.number is None:
            continue
        lessons = by_day.get(row.date, [])
        hit = [
            slot
            for slot in lessons
            if slot.number == row.number and not slot.cancelled and _meant(row, slot, info.name)
        ]
        if not hit:
            if lessons:
                message = (
                    f"в расписании класса {info.name} на {short_day(row.date)} нет урока {row.number}"
                    f"{f' «{row.subject}»' if row.subject else ''}, поэтому замена не применена."
                )
                findings.append(UNKNOWN_REFERENCE.at(row.at("number"), message, Role.DEPUTY))
            continue
        for slot in hit:
            lessons.remove(slot)
        if row.kind == "замена учителя":
            lessons.extend(_taught_by(slot, row.teacher, duty) for slot in hit)
            continue
        lessons.extend(replace(slot, cancelled=True, changed=_why(row)) for slot in hit)
        if row.kind == "замена предмета":
            for entry in _entries(info.name, row.subject, row.group, duty.loads):
                new = replace(
                    placed(row.date, row.number, entry), room=hit[0].room, changed=f"вместо: {hit[0].subject}"
                )
                lessons.append(_taught_by(new, row.teacher, duty) if row.teacher else new)
        elif row.kind == "перенос" and row.moved_to is not None:
            there = by_day.setdefault(row.moved_to, [])
            for slot in hit:
                entry = Entry(slot.subject, slot.group, slot.target, slot.room)
                moved = placed(row.moved_to, row.moved_number or row.number, entry)
                there.append(replace(moved, changed=f"перенесён с {day_month(row.date)}"))
    return findings


def _meant(row: Substitution, slot: Slot, school_class: str) -> bool:
    """Return whether a row of «Замены» speaks of this lesson; «замена предмета» names the new subject, not the old."""
    if slot.cancelled or (fold(row.target) != fold(school_class) and fold(row.target) != fold(slot.target)):
        return False
    if row.kind != "замена предмета" and row.subject and fold(row.subject) != fold(slot.subject):
        return False
    return not row.group or fold(row.group) == fold(slot.group) or row.kind == "замена предмета"


def _why(row: Substitution) -> str:
    if row.kind == "перенос" and row.moved_to:
        return f"перенесён на {day_month(row.moved_to)}"
    if row.kind == "замена предмета":
        return f"вместо него: {row.subject}"
    return "урок отменён"


def _entries(school_class: str, subject: str, group: str, loads: Loads) -> Iterable[Entry]:
    known = loads.of_subject(school_class, subject)
    chosen = [pair for pair in known if not group or fold(pair[1]) == fold(group)] or [(school_class, group)]
    return [Entry(subject, own, target) for target, own in chosen]


def _taught_by(slot: Slot, teacher: str, duty: Duty) -> Slot:
    if not teacher or teacher == slot.teacher:
        return slot
    employee = duty.staff.get(teacher)
    who = f"замена: {employee.short_name}" if employee else "замена учителя"
    return replace(slot, teacher=teacher, substitute=True, changed=f"{slot.changed}; {who}" if slot.changed else who)


def _with_absences(slots: Iterable[Slot], duty: Duty) -> Iterable[Slot]:
    """Yield the lessons with those of an absent teacher given to who «Заменяет» names."""
    away = [row for row in duty.absences if row.substitute]
    for slot in slots:
        row = next((r for r in away if r.employee == slot.teacher and _absent(r, slot.date, duty.year)), None)
        yield _taught_by(slot, row.substitute, duty) if row and not slot.substitute and not slot.cancelled else slot


def _absent(row: StaffAbsence, date: dt.date, year: Span) -> bool:
    return (row.since or year.first) <= date <= (row.until or year.last)
