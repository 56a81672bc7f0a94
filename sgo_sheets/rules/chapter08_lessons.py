"""Глава VIII, уроки: строки, темы и домашние задания листа «Уроки», журнал как таковой (п. 8.1, 8.4)."""

from __future__ import annotations

import re

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.rules.case import AbsentJournal
from sgo_sheets.rules.owed_lessons import Owed
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.terms import days_after_lesson
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Slot
from sgo_sheets.school.model import Journal

TWO_WEEKS = days_after_lesson(14)


@rule("R0801", clause="8.4", role=Role.TEACHER, due=TWO_WEEKS)
def topic_missing(journal: Journal, owed: tuple[Owed, ...]) -> Problems:
    """Не записана тема урока.

    Темы уроков вносятся не реже одного раза в две недели; последний, четырнадцатый день ещё в срок. Тему не требуют
    за урок, который отменён листом «Замены» или в строке которого примечание начинается словами «не проведён».

    Как исправить: впишите тему на лист «Уроки» в строку этого урока («+», если она такая, как «По плану»). Если урока
    не было, впишите в «Примечание» «не проведён» и причину.
    """
    for one in owed:
        row = one.row
        if row is None or row.cancelled or row.unread("topic"):
            continue
        at = row.at("topic")
        if row.taught:
            message, data = "тема урока записана", (row.datum("topic"),)
            yield Problem(at, message, since=one.date, person=one.person, met=True, data=data)
            continue
        if at in journal.doubts or row.unread("planned"):
            continue
        message = f"нет темы урока за {one}"
        if row.topic:
            message = f"за {one} стоит «+», а графа «По плану» пуста"
        yield Problem(at, message, since=one.date, person=one.person)


@rule("R0802", clause="8.1", role=Role.TEACHER, due=TWO_WEEKS)
def lesson_missing(
    journal: Journal, all_lessons: tuple[Lesson, ...], slots: tuple[Slot, ...], owed: tuple[Owed, ...]
) -> Problems:
    """Нет строки урока.

    У каждого урока действующего расписания с учётом замен есть строка на листе «Уроки». На дни, когда расписания ещё
    нет, правило не проверяется. Строка со словами «не проведён» в примечании тоже считается.

    Как исправить: добавьте на лист «Уроки» строку с датой урока и его темой. Если урок отменён или перенесён, завуч
    записывает это на лист «Замены» книги «Расписание».
    """
    if not slots:
        return
    at = CellRef(journal.path, Lesson.sheet)
    if all_lessons:
        last = max(all_lessons, key=lambda lesson: lesson.row)
        at = at._replace(cell=re.sub(r"\d+", str(last.row + 1), last.at("date").cell))
    for one in owed:
        if one.slot is None:
            continue
        if one.row is not None:
            data = (one.row.datum("date"),)
            yield Problem(at, "строка урока есть", since=one.date, person=one.person, met=True, data=data)
            continue
        message = f"нет строки урока за {day(one.date)} (урок {one.slot.number} по расписанию)"
        yield Problem(at, message, since=one.date, person=one.person)


@rule("R0803", clause="8.1", role=Role.TEACHER, due=TWO_WEEKS, severity=Severity.NOTE)
def homework_missing(journal: Journal, owed: tuple[Owed, ...]) -> Problems:
    """Не записано домашнее задание.

    Журнал содержит темы уроков и домашние задания. «–» и «не задано» считаются записью. В 1 классе заданий нет.

    Как исправить: впишите задание на лист «Уроки» в строку урока, а если его не было – «не задано».
    """
    if journal.grade == 1:
        return
    for one in owed:
        row = one.row
        if row is None or not row.held or row.unread("homework"):
            continue
        at = row.at("homework")
        if row.homework:
            message, data = "домашнее задание записано", (row.datum("homework"),)
            yield Problem(at, message, since=one.date, person=one.person, met=True, data=data)
        elif at not in journal.doubts:
            yield Problem(at, f"нет домашнего задания за {one}", since=one.date, person=one.person)


@rule("R0806", clause="8.1", role=Role.TEACHER, due=TWO_WEEKS)
def journal_missing(absent: AbsentJournal) -> Problems:
    """Нет журнала.

    Для каждой строки листа «Нагрузка» ведётся журнал; он нужен не позже двух недель после первого урока.

    Как исправить: создайте книгу командой «sgo forms» и ведите её или исправьте строку листа «Нагрузка».
    """
    first = next((slot.date for slot in absent.slots if not slot.cancelled), None)
    if first is not None:
        message = f"нет журнала «{absent.key}», первый урок {day(first)}"
        data = () if absent.made is None else (absent.made,)
        yield Problem(absent.load.at("subject"), message, first, met=absent.made is not None, data=data)
