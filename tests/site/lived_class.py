"""A class that has lived to 23 November 2026: full journals, so that its diaries look as they do at a school."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sgo_sheets.records.catalog import Book
from sgo_sheets.school.model import ClassBook
from tests.school.small import d
from tests.site.diary_school import (
    CARDS,
    ENGLISH,
    HISTORY,
    MATHS,
    NINA,
    OLEG,
    PETR,
    RUSSIAN,
    SPORT,
    SUBJECTS,
    VERA,
    WEEK,
    class_book,
    journal,
    lesson,
    teacher_book,
)

TODAY = d("23.11")
WEEKDAYS = tuple(WEEK)
TOPICS = {
    MATHS: ("Сложение обыкновенных дробей с одинаковыми знаменателями", "Смешанные числа", "Решение задач"),
    RUSSIAN: ("Словосочетание и предложение", "Главные члены предложения", "Диктант с грамматическим заданием"),
    ENGLISH: ("Present Simple: вопросы", "My school day"),
    SPORT: ("Баскетбол: ведение мяча", "Гимнастика"),
    HISTORY: ("Древний Египет: хозяйство", "Фараон и вельможи"),
    "География": ("Виды изображений земной поверхности", "План местности"),
}
HOMEWORK = {
    MATHS: ("§ 12, № 348–352", "§ 11, № 331, 333, 340", "не задано"),
    RUSSIAN: ("упр. 215, правило на с. 98", "–"),
    ENGLISH: ("WB с. 34, упр. 2", "слова к тексту https://example.ru/lesson/7/, с. 41"),
    HISTORY: ("§ 14, вопросы 1–3",),
    "География": ("§ 9, пересказ",),
    SPORT: ("",),
}
LONG = {
    "topic": "Сложение и вычитание обыкновенных дробей с разными знаменателями, повторение пройденного",
    "homework": "§ 12, № 348–352 (а, в), правило на с. 98 выучить, принести циркуль и линейку",
}


def _days(subject: str, until: dt.date) -> list[dt.date]:
    taught = {WEEKDAYS.index(day) for day, lessons in WEEK.items() if any(subject in text for text in lessons)}
    days = [d("01.09") + dt.timedelta(days=n) for n in range((until - d("01.09")).days + 1)]
    free = {d("04.11"), *(d("25.10") + dt.timedelta(days=n) for n in range(8))}
    return [day for day in days if day.weekday() in taught and day not in free]


def _journal(subject: str, group: str, rest: random.Random) -> Book:
    days = _days(subject, TODAY)
    marks: dict[str, dict[int, str]] = {pupil: {} for pupil in (VERA, PETR, NINA, OLEG)}
    rows: list[dict[str, Any]] = []
    for place, day in enumerate(days):
        homework = rest.choice(HOMEWORK.get(subject, ("§ 6",)))
        rows.append(lesson(f"{day:%d.%m.%Y}", rest.choice(TOPICS.get(subject, ("Новая тема",))), homework))
        for pupil, own in marks.items():
            own[place] = rest.choice(("5", "4", "3", "4 5", "2", "н", "ОП", *("",) * 14))
            if pupil == VERA and d("10.11") <= day <= d("11.11"):
                own[place] = "н"
    if subject == MATHS:
        marks[VERA] |= {len(days) - 3: ".", len(days) - 2: "2 4"}
        rows[-3]["due"] = d("20.11")
    kinds = rest.choices(("", "", "Д", "К"), k=len(days))
    finals = tuple({"pupil": pupil, "marks": {"1 четверть": rest.choice((5, 4, 3))}} for pupil in marks)
    columns = tuple((f"{day:%d.%m}", kind) for day, kind in zip(days, kinds, strict=True))
    return journal(subject, group, columns=columns, marks=marks, lessons=tuple(rows), finals=finals)


def lived_class(seed: int = 3) -> ClassBook:
    """Return class 5А with full journals, substitutions ahead, a debt that is overdue and announcements."""
    rest = random.Random(seed)
    groups = [(s, g) for s in SUBJECTS for g in (("1", "2") if s == ENGLISH else ("",))]
    books = [_journal(subject, group, rest) for subject, group in groups]
    own = teacher_book(
        reasons=({"pupil": VERA, "since": d("10.11"), "until": d("11.11"), "reason": "Б"},),
        news=(
            {"date": d("19.11"), "until": d("26.11"), "text": "Родительское собрание в четверг, 26 ноября, в 18:30."},
            {"date": d("10.11"), "until": d("20.11"), "text": "Сбор макулатуры до пятницы."},
        ),
    )
    changes = [
        {"date": d("24.11"), "target": "5А", "number": 3, "kind": "замена предмета", "subject": "Биология"},
        {"date": d("25.11"), "target": "5А", "number": 1, "kind": "замена учителя", "teacher": "СТ-02"},
        {"date": d("26.11"), "target": "5А", "number": 5, "kind": "отмена"},
    ]
    return class_book(*books, own, substitutions=changes)


def first_graders() -> ClassBook:
    """Return class 1А: lessons without marks and homework."""
    child = {"id": "К-201", "surname": "Пчёлкин", "first_name": "Ваня", "class_at_start": "1А"}
    days = _days(RUSSIAN, TODAY)
    rows = tuple(lesson(f"{day:%d.%m.%Y}", "Буква «А», звук [а]") for day in days)
    book = journal(RUSSIAN, target="1А", lessons=rows)
    return class_book(book, name="1А", cards={"1А": [child]}, orders=[])


def crowded_class() -> ClassBook:
    """Return a class with the most lessons a week may have (37), long topics and homework, a mark in every lesson."""
    poster = [
        {"weekday": day, "number": n, "cells": {"5А": SUBJECTS[(n + place) % len(SUBJECTS)]}}
        for place, day in enumerate(WEEKDAYS)
        for n in range(1, 8 if place == 0 else 7)
    ]
    books = []
    for subject in SUBJECTS:
        taught = [WEEKDAYS.index(str(row["weekday"])) for row in poster if row["cells"] == {"5А": subject}]
        days = [d("09.11") + dt.timedelta(days=7 * week + n) for week in range(2) for n in taught]
        rows = tuple(lesson(f"{day:%d.%m.%Y}", LONG["topic"], LONG["homework"]) for day in days)
        columns = tuple((f"{day:%d.%m}", "К") for day in days)
        cells = {VERA: dict.fromkeys(range(len(days)), "5")}
        books.append(journal(subject, columns=columns, marks=cells, lessons=rows))
    loads = [{"target": "5А", "subject": subject, "teacher": "СТ-01"} for subject in SUBJECTS]
    cards = {"5А": CARDS[:1]}
    return class_book(*books, timetable={"Расписание": poster}, loads=loads, groups=[], cards=cards, orders=[])
