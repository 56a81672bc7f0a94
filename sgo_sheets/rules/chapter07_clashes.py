"""Глава VII, накладки: учитель, кабинет, класс не могут быть в двух местах сразу (п. 7.1)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.records.plan_book import GroupMember, Load
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules.meetings import Clash, Meeting, clashes, meetings, same_lesson, teachers_of
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.settings import SHARED_ROOMS
from sgo_sheets.rules.stretches import FEW, SEPTEMBER, changes, due_of, in_force, lasting, stretches
from sgo_sheets.rules.timetable_hours import poster_spans
from sgo_sheets.rules.weekly_hours import by_key
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import JournalKey, Span
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import School
from sgo_sheets.school.timetable import Poster

Found = tuple[str, Clash]


class _Said(NamedTuple):
    """A clash as it is said: the resource, the second lesson, the words."""

    resource: str
    second: Meeting
    text: str


@rule("R0704", clause="7.1", role=Role.DEPUTY, due=SEPTEMBER)
def teacher_in_two_places(school: School, posters: tuple[Poster, ...], whole_loads: tuple[Load, ...]) -> Problems:
    """Учитель в двух местах сразу.

    Уроки одного учителя не пересекаются по времени: его считают по звонкам смены каждого класса, а не по номерам
    уроков. Совместный урок нескольких классов – это поток; уроки по чётным и по нечётным неделям не встречаются. Если
    урок ведут двое, никто из них не считается занятым.

    Как исправить: перенесите один из уроков на листе «Расписание» или заведите поток на листе «Потоки».
    """

    def said(resource: str, clash: Clash) -> str:
        name = school.staff[resource].short_name if resource in school.staff else resource
        return f"{name}: {clash.second.when} здесь {clash.second.key}, а ещё {clash.first.what}"

    yield from _problems(school, list(_teachers(school, posters, whole_loads)), said)


def _teachers(school: School, posters: Sequence[Poster], loads: Sequence[Load]) -> Iterator[tuple[Span, list[Found]]]:
    """Yield the clashes of teachers in every stretch in which neither load nor timetable changes."""
    rows = taught(loads)
    vacant = {code for code, employee in school.staff.items() if _vacancy(employee)}
    starts = list(changes(rows))
    for poster, span in poster_spans(posters, school.year):
        lessons = meetings(school, poster) if poster else []
        for part in stretches(span, starts):
            holders: dict[JournalKey, list[str]] = {
                key: list(dict.fromkeys(load.teacher for load in own))
                for key, own in by_key(in_force(rows, part.first)).items()
            }
            teacher = teachers_of(holders)
            found = clashes(lessons, teacher, same_lesson)
            yield part, [(name, clash) for name, clash in found if name not in vacant]


def _vacancy(employee: Employee) -> bool:
    return any("вакан" in fold(text) for text in (employee.code, employee.surname, employee.position))


@rule("R0705", clause="7.1", role=Role.DEPUTY, due=SEPTEMBER)
def room_in_two_places(school: School, posters: tuple[Poster, ...], whole_loads: tuple[Load, ...]) -> Problems:
    """Два класса в одном кабинете сразу.

    В одном кабинете в одно время идёт один урок. Спортзал и другие помещения, где уроков может быть несколько, названы
    в «Настройках» книги «Регламент». Подгруппы и курсы одного класса или потока в одном кабинете – не накладка, два
    кабинета через черту («152/215») сравниваются только целиком.

    Как исправить: исправьте кабинет одного из уроков на листе «Расписание» или назовите общее помещение в «Настройках».
    """
    shared = tuple(fold(word) for word in SHARED_ROOMS.text(school.regulation).split(",") if word.strip())
    by_teacher = {
        (clash.second.at, clash.first.at) for _, found in _teachers(school, posters, whole_loads) for _, clash in found
    }

    def room(meeting: Meeting) -> str:
        return "" if meeting.room.startswith(shared) else meeting.room

    def innocent(one: Meeting, other: Meeting) -> bool:
        return bool(_classes(school, one) & _classes(school, other))

    def said(resource: str, clash: Clash) -> str:
        return f"кабинет {resource}: {clash.second.when} здесь {clash.second.key}, а ещё {clash.first.what}"

    found = []
    for poster, span in poster_spans(posters, school.year):
        own = clashes(meetings(school, poster), room, innocent) if poster else []
        found.append((span, [one for one in own if (one[1].second.at, one[1].first.at) not in by_teacher]))
    yield from _problems(school, found, said)


def _classes(school: School, meeting: Meeting) -> frozenset[str]:
    return frozenset((meeting.column, meeting.key.target, *school.streams.get(meeting.key.target, ())))


@rule("R0706", clause="7.1", role=Role.DEPUTY, due=SEPTEMBER)
def class_in_two_places(
    school: School,
    posters: tuple[Poster, ...],
    whole_loads: tuple[Load, ...],
    whole_groups: tuple[GroupMember, ...],
) -> Problems:
    """У класса два урока сразу.

    Пока весь класс на одном уроке, другого урока у него нет. Подгруппы и курсы по выбору идут одновременно, уроки по
    чётным и по нечётным неделям не встречаются.

    Как исправить: оставьте в клетке листа «Расписание» один урок, укажите подгруппы («Английский язык (1)») или недели
    («по чётным: …»).
    """
    grouped = {(member.target, member.subject) for member in whole_groups}

    def innocent(one: Meeting, other: Meeting) -> bool:
        return same_lesson(one, other) or not (_whole(one, grouped) or _whole(other, grouped))

    def said(resource: str, clash: Clash) -> str:
        return f"{resource}: {clash.second.when} здесь {clash.second.key.subject}, а ещё {clash.first.what}"

    found = []
    for poster, span in poster_spans(posters, school.year):
        own = meetings(school, poster) if poster and whole_loads else []
        found.append((span, list(clashes(own, lambda meeting: meeting.column, innocent))))
    yield from _problems(school, found, said)


def _whole(meeting: Meeting, grouped: Container[tuple[str, str]]) -> bool:
    """Return whether the whole class is at the lesson: no group, no stream, no rows of «Группы»."""
    key = meeting.key
    return key.target == meeting.column and not key.group and (key.target, key.subject) not in grouped


def _problems(
    school: School, found: Sequence[tuple[Span, Sequence[Found]]], said: Callable[[str, Clash], str]
) -> Iterator[Problem]:
    """Yield the clashes that count today or later; many of one teacher, room or class are one finding."""
    told = [
        (span, tuple(_Said(name, clash.second, said(name, clash)) for name, clash in clashes_then))
        for span, clashes_then in found
    ]
    grouped: dict[tuple[Span, str], list[_Said]] = {}
    for one, span in lasting(told):
        grouped.setdefault((span, one.resource), []).append(one)
    for (span, _), own in grouped.items():
        until = None if span.last >= school.year.last else span.last
        due = due_of(span.first, school.year)
        for one in own if len(own) <= FEW else own[:1]:
            more = f"; и ещё накладок: {len(own) - 1}" if len(own) > FEW else ""
            key = one.second.key
            yield Problem(
                one.second.at, one.text + more, due=due, until=until, school_class=one.second.column,
                subject=key.subject,
            )  # fmt: skip


RULES: tuple[Rule, ...] = (teacher_in_two_places, room_in_two_places, class_in_two_places)
"""The rules of the module in the order of their codes."""
