"""A teacher's plan in whatever table it was kept: header found, totals dropped, hours understood or refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.russian import clean, fold

NUMBER, SECTION, TOPIC, HOURS, HOMEWORK, KIND = "number", "section", "topic", "hours", "homework", "kind"
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("№ урока", "№ п/п", "№ п\\п", "№", "№ занятия", "номер урока", "№ пп"),
    SECTION: ("раздел", "модуль", "раздел, тема", "раздел программы", "название раздела"),
    TOPIC: ("тема урока", "тема", "наименование", "наименование темы", "темы уроков", "тема занятия", "темы"),
    HOURS: ("часов", "часы", "кол-во часов", "количество часов", "кол-во ч", "всего часов", "час"),
    HOMEWORK: ("домашнее задание", "д/з", "задание на дом"),
    KIND: ("вид работы", "вид контроля", "форма контроля"),
}
_WORDS = {fold(word): field for field, words in _SYNONYMS.items() for word in words}
_COLUMN_NAMES = {NUMBER: "№ урока", TOPIC: "Тема урока", HOURS: "Часов"}
_TAIL = re.compile(r"\s*ОБЩЕЕ КОЛИЧЕСТВО (?:УРОКОВ|ЧАСОВ).*$", re.DOTALL)
_TOTAL = re.compile(r"(итого\b|всего\s*(?::|$|\d|час|урок|по\b|за\b)|общее количество)", re.IGNORECASE)
_SECTION = re.compile(r"(раздел|модуль|глава)\b", re.IGNORECASE)
_NUMBERED_SECTION = re.compile(r"(раздел|модуль|глава)\s*№?\s*(\d+|[IVX]+)\b", re.IGNORECASE)
_STATED = re.compile(r"\d+(?:[.,]\d+)?")
_TITLE = re.compile(r"([ivx]+|\d)\s*(четверть|полугодие|триместр)", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*(?:ч\.?|час(?:а|ов)?\.?)?", re.IGNORECASE)
MOST_HOURS = 40


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """A row of the plan to be: hours as a number of lessons."""

    number: int
    section: str
    topic: str
    hours: float
    homework: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a file says. ``problems`` refuse it, each with row and column; ``notes`` tell what was understood how.

    ``fields`` are the columns the file has: what it does not have, an existing plan keeps.
    """

    lessons: tuple[PlannedLesson, ...] = ()
    fields: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        """Return the sum of the hours."""
        return sum(lesson.hours for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    columns: Mapping[str, int]

    def text(self, row: Sequence[Raw], field: str) -> str:
        place = self.columns.get(field)
        return plain(row[place]).replace("\n", " ") if place is not None and place < len(row) else ""


def read_plan(rows: Sequence[Sequence[Raw]]) -> PlanDraft:
    """Return the plan a table holds; the header is the first row that names the topics and one more column."""
    header = _find_header(rows)
    if header is None:
        return PlanDraft(problems=("нет шапки со столбцами «№ урока», «Тема урока», «Часов».",))
    lessons: list[tuple[int | None, PlannedLesson]] = []
    problems: list[str] = []
    notes: list[str] = []
    stated: list[float] = []
    section = ""
    for place, row in enumerate(rows[header.row + 1 :], header.row + 2):
        words = [plain(cell) for cell in row if plain(cell)]
        stated += _stated(header, row, words)
        if not words or _is_total(header, row, words):
            continue
        if _is_section(header, row, words):
            section = header.text(row, SECTION) or words[0]
            continue
        if _is_title(header, row, words):
            notes.append(f"строка {place}: «{words[0]}» пропущена как заголовок.")
            continue
        found = _lesson(header, row, place, section)
        if isinstance(found, str):
            problems.append(found)
        else:
            lessons.append(found)
    if not lessons and not problems:
        problems.append("под шапкой нет ни одного урока.")
    if HOURS not in header.columns:
        notes.append("столбца «Часов» нет: каждому уроку дан 1 час.")
    draft = PlanDraft(_numbered(lessons, notes), frozenset(header.columns), tuple(problems), tuple(notes))
    if stated and draft.hours not in (*stated, sum(stated)):
        doubt = f"в файле названо {stated[-1]:g} ч, а прочитано {draft.hours:g}: проверьте, все ли уроки на месте."
        draft = replace(draft, notes=(*draft.notes, doubt))
    return draft


def _find_header(rows: Sequence[Sequence[Raw]]) -> _Header | None:
    for place, row in enumerate(rows):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = _WORDS.get(fold(plain(cell).replace("\n", " ")).rstrip(". ")) if isinstance(cell, str) else None
            if field is not None:
                columns.setdefault(field, column)
        if TOPIC in columns and len(columns) > 1:
            return _Header(place, columns)
    return None


def _is_total(header: _Header, row: Sequence[Raw], words: Sequence[str]) -> bool:
    """Return whether the row sums hours up: no number of a lesson, and «Итого», «Всего часов» … stand first in it."""
    return not header.text(row, NUMBER).isdigit() and _TOTAL.match(words[0]) is not None


def _stated(header: _Header, row: Sequence[Raw], words: Sequence[str]) -> list[float]:
    """Return the sum a row states: that of a row of totals, or of the tail glued to the last topic."""
    tail = _TAIL.search(header.text(row, TOPIC))
    text = tail[0] if tail else header.text(row, HOURS) if words and _is_total(header, row, words) else ""
    return [float(number.replace(",", ".")) for number in _STATED.findall(text)[:1]]


def _is_section(header: _Header, row: Sequence[Raw], words: Sequence[str]) -> bool:
    """Return whether the row is a heading «Раздел 1. …»: no number of a lesson, and its first words say so."""
    if header.text(row, NUMBER).isdigit():
        return False
    if header.text(row, TOPIC) and header.text(row, HOURS):
        return _NUMBERED_SECTION.match(words[0]) is not None
    return _SECTION.match(words[0]) is not None


def _is_title(header: _Header, row: Sequence[Raw], words: Sequence[str]) -> bool:
    """Return whether the row is a line of a title («I четверть», the second line of a header), not a lesson."""
    if header.text(row, NUMBER).isdigit():
        return False
    if not header.text(row, TOPIC) and not _HOURS.fullmatch(header.text(row, HOURS)):
        return True
    return len(words) == 1 and (NUMBER in header.columns or _TITLE.match(words[0]) is not None)


def _lesson(header: _Header, row: Sequence[Raw], place: int, section: str) -> tuple[int | None, PlannedLesson] | str:
    """Return the lesson of a row with the number it had, or what is wrong with it."""
    topic = _TAIL.sub("", clean(header.text(row, TOPIC)))
    if not topic:
        return f"строка {place}, столбец «{_COLUMN_NAMES[TOPIC]}»: пусто; впишите тему или удалите строку."
    number = _whole(header, row)
    if isinstance(number, str):
        return f"строка {place}, столбец «{_COLUMN_NAMES[NUMBER]}»: «{number}» — не номер урока; впишите одно число."
    hours = _hours(header, row)
    if isinstance(hours, str):
        said = f"«{hours}» — непонятно сколько" if hours else "пусто"
        return f"строка {place}, столбец «{_COLUMN_NAMES[HOURS]}»: {said}; впишите число часов, например 1."
    lesson = PlannedLesson(
        number=number or 0,
        section=header.text(row, SECTION) or section,
        topic=topic,
        hours=hours,
        homework=header.text(row, HOMEWORK),
        kind=header.text(row, KIND),
    )
    return number, lesson


def _whole(header: _Header, row: Sequence[Raw]) -> int | str | None:
    text = header.text(row, NUMBER).rstrip(".")
    if not text:
        return None
    return int(text) if text.isdigit() and int(text) > 0 else text


def _hours(header: _Header, row: Sequence[Raw]) -> float | str:
    """Return the hours, 1 where the file has no such column; what is no positive number comes back as its text."""
    place = header.columns.get(HOURS)
    if place is None:
        return 1.0
    value = row[place] if place < len(row) else None
    text = plain(value)
    match = _HOURS.fullmatch(text) if not isinstance(value, (bool, dt.date, dt.time)) else None
    number = float(match[1].replace(",", ".")) if match else 0.0
    return number if 0 < number <= MOST_HOURS else text


def _numbered(lessons: Sequence[tuple[int | None, PlannedLesson]], notes: list[str]) -> tuple[PlannedLesson, ...]:
    """Return the lessons under growing numbers: the file's own where they grow, else 1, 2, 3 …"""
    numbers = [number for number, _ in lessons]
    given = [number for number in numbers if number is not None]
    if len(given) == len(numbers) and all(a < b for a, b in pairwise(given)):
        return tuple(lesson for _, lesson in lessons)
    if given:
        notes.append("номера уроков идут не по порядку или не везде: уроки пронумерованы заново.")
    return tuple(
        PlannedLesson(place, one.section, one.topic, one.hours, one.homework, one.kind)
        for place, (_, one) in enumerate(lessons, 1)
    )
