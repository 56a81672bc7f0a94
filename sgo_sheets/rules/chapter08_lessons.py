"""Глава VIII, уроки: строки, темы и домашние задания листа «Уроки», журнал как таковой (п. 8.1, 8.4)."""

from __future__ import annotations

import re

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.rules.case import AbsentJournal
from sgo_sheets.rules.owed_lessons import owed_lessons
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.terms import days_after_lesson
from sgo_sheets.russian import day
from sgo_sheets.school.model import ClassBook, Journal, Slot

TWO_WEEKS = days_after_lesson(14)


@rule("R0801", clause="8.4", role=Role.TEACHER, due=TWO_WEEKS)
def topic_missing(journal: Journal, lessons: tuple[Lesson, ...], book: ClassBook) -> Problems:
    """Не записана тема урока.

    Темы уроков вносятся не реже одного раза в две недели; последний, четырнадцатый день ещё в срок. Тему не требуют
    за урок, который отменён листом «Замены» или в строке которого примечание начинается словами «не проведён».

    Как исправить: впишите тему на лист «Уроки» в строку этого урока («+», если она такая, как «По плану»). Если урока
    не было, впишите в «Примечание» «не проведён» и причину.
    """
    for owed in owed_lessons(journal, journal.slots, lessons, book.calendar):
        row = owed.row
        if row is None or row.cancelled or row.taught or row.unread("topic"):
            continue
        at = row.at("topic")
        if at in journal.doubts or row.unread("planned"):
            continue
        message = f"нет темы урока за {owed}"
        if row.topic:
            message = f"за {owed} стоит «+», а графа «По плану» пуста"
        yield Problem(at, message, since=owed.date, person=owed.person)


@rule("R0802", clause="8.1", role=Role.TEACHER, due=TWO_WEEKS)
def lesson_missing(
    journal: Journal, all_lessons: tuple[Lesson, ...], slots: tuple[Slot, ...], book: ClassBook
) -> Problems:
    """Нет строки урока.

    У каждого урока действующего расписания с учётом замен есть строка на листе «Уроки». На дни, когда расписания ещё
    нет, правило не проверяется. Строка со словами «не проведён» в примечании тоже считается.

    Как исправить: добавьте на лист «Уроки» строку с датой урока и его темой. Если урок отменён или перенесён, завуч
    записывает это на лист «Замены» книги «Расписание».
    """
    at = CellRef(journal.path, Lesson.sheet)
    if all_lessons:
        last = max(all_lessons, key=lambda lesson: lesson.row)
        at = at._replace(cell=re.sub(r"\d+", str(last.row + 1), last.at("date").cell))
    for owed in owed_lessons(journal, slots, all_lessons, book.calendar):
        if owed.row is None and owed.slot is not None:
            message = f"нет строки урока за {day(owed.date)} (урок {owed.slot.number} по расписанию)"
            yield Problem(at, message, since=owed.date, person=owed.person)


@rule("R0803", clause="8.1", role=Role.TEACHER, due=TWO_WEEKS, severity=Severity.NOTE)
def homework_missing(journal: Journal, lessons: tuple[Lesson, ...], book: ClassBook) -> Problems:
    """Не записано домашнее задание.

    Журнал содержит темы уроков и домашние задания. «–» и «не задано» считаются записью. В 1 классе заданий нет.

    Как исправить: впишите задание на лист «Уроки» в строку урока, а если его не было – «не задано».
    """
    if journal.grade == 1:
        return
    for owed in owed_lessons(journal, journal.slots, lessons, book.calendar):
        row = owed.row
        if row is not None and row.held and not row.homework and not row.unread("homework"):
            at = row.at("homework")
            if at not in journal.doubts:
                yield Problem(at, f"нет домашнего задания за {owed}", since=owed.date, person=owed.person)


@rule("R0806", clause="8.1", role=Role.TEACHER, due=TWO_WEEKS)
def journal_missing(absent: AbsentJournal) -> Problems:
    """Нет журнала.

    Для каждой строки листа «Нагрузка» ведётся журнал; он нужен не позже двух недель после первого урока.

    Как исправить: создайте книгу командой «sgo forms» и ведите её или исправьте строку листа «Нагрузка».
    """
    held = [slot for slot in absent.slots if not slot.cancelled]
    if held:
        message = f"нет журнала «{absent.key}», первый урок {day(held[0].date)}"
        yield Problem(absent.load.at("subject"), message, since=held[0].date)
