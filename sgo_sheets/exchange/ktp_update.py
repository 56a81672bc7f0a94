"""What importing a plan would change in its workbook, and the workbook that would stand there after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sgo_sheets.exchange.ktp import HOMEWORK, KIND, SECTION, PlanDraft, PlannedLesson
from sgo_sheets.exchange.ktp_files import PlanName
from sgo_sheets.records.catalog import BookContent, BookKind, Rows
from sgo_sheets.records.journal_books import PlanLesson
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.russian import fold


@dataclass(frozen=True, slots=True)
class Change:
    """One lesson that would be added («+»), taken away («−») or changed («~»), in words."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Update:
    """A plan's workbook before and after. ``new`` – there was none; ``changes`` – lesson by lesson.

    ``lost`` are the rows whose homework or kind of work, typed by a teacher, would no longer stand in the plan.
    """

    name: PlanName
    lessons: tuple[PlannedLesson, ...]
    changes: tuple[Change, ...]
    new: bool
    hours_before: float
    lost: tuple[int, ...] = ()

    @property
    def hours(self) -> float:
        """Return the hours after the import."""
        return sum(lesson.hours for lesson in self.lessons)

    def count(self, sign: str) -> int:
        """Return how many lessons are added («+»), taken away («−»), changed («~»)."""
        return sum(change.sign == sign for change in self.changes)


def update_of(name: PlanName, draft: PlanDraft, existing: Sequence[PlanLesson] | None) -> Update:
    """Return what importing the draft would do to the existing plan (None – there is no workbook yet).

    Columns the file does not have keep what a teacher typed for the same topic, wherever it has moved.
    """
    old = {lesson.number: _planned(lesson) for lesson in existing or () if lesson.number is not None}
    topics = Counter(fold(lesson.topic) for lesson in old.values())
    moved = {fold(lesson.topic): lesson for lesson in old.values() if topics[fold(lesson.topic)] == 1}
    lessons = tuple(_kept(lesson, _same(lesson, old, moved), draft.fields) for lesson in draft.lessons)
    after = {lesson.number: lesson for lesson in lessons}
    changes = []
    for number in sorted({*old, *after}):
        before, then = old.get(number), after.get(number)
        if before is None and then is not None:
            changes.append(Change("+", _words(then)))
        elif then is None and before is not None:
            changes.append(Change("−", _words(before)))
        elif before is not None and then is not None and before != then:
            changes.append(Change("~", f"{_words(before)} → {_words(then)}"))
    standing = {(fold(lesson.topic), lesson.homework, lesson.kind) for lesson in lessons}
    lost = tuple(
        number
        for number, one in sorted(old.items())
        if (one.homework or one.kind) and (fold(one.topic), one.homework, one.kind) not in standing
    )
    return Update(name, lessons, tuple(changes), existing is None, sum(one.hours for one in old.values()), lost)


def _same(
    lesson: PlannedLesson, old: Mapping[int, PlannedLesson], moved: Mapping[str, PlannedLesson]
) -> PlannedLesson | None:
    """Return the lesson of the existing plan this one continues: its number and topic, else the one of its topic."""
    before = old.get(lesson.number)
    return before if before and fold(before.topic) == fold(lesson.topic) else moved.get(fold(lesson.topic))


def _planned(lesson: PlanLesson) -> PlannedLesson:
    hours = 1.0 if lesson.hours is None else lesson.hours
    return PlannedLesson(lesson.number or 0, lesson.section, lesson.topic, hours, lesson.homework, lesson.kind)


def _kept(lesson: PlannedLesson, before: PlannedLesson | None, fields: frozenset[str]) -> PlannedLesson:
    if before is None:
        return lesson
    return replace(
        lesson,
        section=lesson.section if SECTION in fields or lesson.section else before.section,
        homework=lesson.homework if HOMEWORK in fields else before.homework,
        kind=lesson.kind if KIND in fields else before.kind,
    )


def _words(lesson: PlannedLesson) -> str:
    more = f"; д/з: {lesson.homework}" if lesson.homework else ""
    return f"{lesson.number}. {lesson.topic} ({lesson.hours:g} ч{more})"


def content_of(update: Update, year: str, variant: str = "") -> BookContent:
    """Return the workbook of the plan; ``variant`` stands where the file's name says none."""
    title: Mapping[str, Raw] = {
        "Предмет": update.name.subject,
        "Параллель": update.name.grade,
        "Вариант": update.name.variant or variant,
        "Учебный год": year,
    }
    rows: tuple[Mapping[str, Raw], ...] = tuple(
        {
            "№ урока": lesson.number,
            "Раздел": lesson.section,
            "Тема урока": lesson.topic,
            "Часов": lesson.hours,
            "Домашнее задание": lesson.homework,
            "Вид работы": lesson.kind,
        }
        for lesson in update.lessons
    )
    return BookContent(BookKind.LESSON_PLAN, {"Титул": title, "План": Rows(rows)})
