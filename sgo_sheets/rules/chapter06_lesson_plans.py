"""Глава VI, календарно-тематическое планирование: назначено, есть, часы сходятся, темы внесены (п. 6.5–6.7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sgo_sheets.findings import CellRef, Datum, Problem, Problems, Role, Severity
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.records.journal_books import PlanLesson
from sgo_sheets.records.plan_book import Load
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.settings import STUDY_WEEKS, STUDY_WEEKS_FIRST
from sgo_sheets.rules.stretches import FEW, SEPTEMBER, due_of
from sgo_sheets.rules.weekly_hours import by_key, hours_said
from sgo_sheets.russian import counted, file_name, fold, near, perhaps
from sgo_sheets.school.elements import JournalKey, Span
from sgo_sheets.school.journals import path_key, taught
from sgo_sheets.school.model import ClassBook, LessonPlan, School

_WHOLE = 1.0
_SHOWN = 8
_ALMOST = 0.97
"""A gap of a few days between two teachers is no part of the year."""


@rule("R0607", clause="6.5", role=Role.TEACHER, due=SEPTEMBER)
def lesson_plan_not_assigned(school: School, loads: tuple[Load, ...], plans: Mapping[str, LessonPlan]) -> Problems:
    """Не назначено КТП.

    Для каждой строки нагрузки, кроме классного руководства, назначено календарно-тематическое планирование. Если
    предмет ведут двое, довольно назвать его в одной строке.

    Как исправить: впишите в графу «КТП» листа «Нагрузка» имя файла из папки «КТП» без расширения.
    """
    doubts = doubted(school)
    rows = [load for load in taught(loads) if not load.unread("plan") and load.at("plan") not in doubts]
    if not any(load.plan for load in rows) and len(rows) > FEW:
        message = f"КТП не назначено ни одной строке нагрузки (строк: {len(rows)})"
        yield Problem(rows[0].at("plan"), message)
        return
    named = _by_name(plans)
    own = by_key(rows)
    for load in rows:
        key = JournalKey(load.target, load.subject, load.group)
        if not load.plan and any(other.plan and _meet(load, other) for other in own[key]):
            continue
        plan = named.get(_name(load))
        data: tuple[Datum, ...] = (load.datum("plan"),)
        if plan is not None and plan.lessons:
            data = (*data, plan.lessons[0].datum("topic"))
        yield Problem(
            load.at("plan"),
            f"не назначено КТП: {key}",
            due=due_of(load.since, school.year) if load.since else None,
            until=None if load.plan else load.until,
            person=load.teacher,
            school_class=load.target,
            subject=load.subject,
            met=bool(load.plan),
            data=data,
        )


@rule("R0608", clause="6.6", role=Role.TEACHER, due=SEPTEMBER)
def lesson_plan_missing(school: School, whole_loads: tuple[Load, ...], plans: Mapping[str, LessonPlan]) -> Problems:
    """Нет назначенного КТП.

    Календарно-тематическое планирование, названное в листе «Нагрузка», лежит в папке «КТП».

    Как исправить: создайте книгу командой «sgo forms» или «sgo import ktp» либо исправьте имя в графе «КТП».
    """
    known = {*_by_name(plans), *_unreadable(school)}
    absent = {name: rows for name, rows in _named(whole_loads).items() if name not in known}
    if len(absent) > FEW and not known:
        first = next(iter(absent.values()))[0]
        yield Problem(first.at("plan"), f"в папке «КТП» нет ни одной книги, а назначено {len(absent)}")
        return
    for rows in absent.values():
        last = keeper(rows)
        more = f" (строк нагрузки: {len(rows)})" if len(rows) > 1 else ""
        hint = perhaps(last.plan, _alike(last.plan, plans))
        yield Problem(
            rows[0].at("plan"),
            f"КТП «{last.plan}» нет в папке «КТП»{more}" + (f".{hint}" if hint else ""),
            due=_due(rows, school.year),
            until=_until(rows),
            person=last.teacher,
            school_class=rows[0].target,
            subject=rows[0].subject,
        )


@rule("R0609", clause="6.6", role=Role.TEACHER, due=SEPTEMBER)
def lesson_plan_hours(school: School, whole_loads: tuple[Load, ...], plans: Mapping[str, LessonPlan]) -> Problems:
    """Часы КТП не равны часам учебного плана за год.

    В КТП столько часов, сколько даёт предмет за год: часы в неделю, взятые столько раз, сколько учебных недель (число
    недель стоит в «Настройках»). Предмету, который ведут не весь год, нужна его часть. Разница меньше часа не в счёт.

    Как исправить: добавьте или уберите темы на листе «План» КТП, объедините темы или исправьте графу «Часов».
    """
    doubted_books = {at.workbook for at in doubted(school)}
    named = _by_name(plans)
    said: dict[tuple[str, str], list[Load]] = {}
    for key, rows in by_key(taught(whole_loads)).items():
        used = {_name(load) for load in rows if load.plan}
        plan = named.get(next(iter(used))) if len(used) == 1 else None
        if plan is None or plan.path in doubted_books or not any(one.topic for one in plan.lessons):
            continue
        total = sum(one.hours if one.hours is not None else 1.0 for one in plan.lessons)
        if text := _difference(school, key, rows, total):
            said.setdefault((plan.name, text), []).append(keeper([load for load in rows if load.plan]))
    for (name, text), rows in said.items():
        more = f" (строк нагрузки: {len(rows)})" if len(rows) > 1 else ""
        yield Problem(
            rows[0].at("plan"),
            f"КТП «{name}»: {text}{more}",
            due=_due(rows, school.year),
            until=_until(rows),
            person=rows[0].teacher,
            school_class=rows[0].target,
            subject=rows[0].subject,
        )


def _difference(school: School, key: JournalKey, rows: Sequence[Load], total: float) -> str:
    """Return how the hours of a КТП differ from those of the year, «» where they do not or are not known."""
    classes = school.streams.get(key.target, (key.target,))
    book = school.book(classes[0])
    hours = [load.hours for load in rows if load.hours]
    if book is None or len(hours) < len(rows):
        return ""
    weeks = (STUDY_WEEKS_FIRST if book.grade == 1 else STUDY_WEEKS).number(school.regulation)
    share = _share(book, rows)
    spare = _WHOLE if share > _ALMOST else 2 * max(hours)
    together = any(_meet(one, other) for place, one in enumerate(rows) for other in rows[place + 1 :])
    most = sum(hours) if together else max(hours)
    low, high = min(hours) * weeks * share, most * weeks
    if low - spare < total < high + spare:
        return ""
    need = low if total < low else high
    off = abs(total - need)
    how = "не хватает" if total < need else "лишние"
    weekly = min(hours) if total < low else most
    part = "" if share > _ALMOST or total > low else ", не весь год"
    return (
        f"{hours_said(total)}, а нужно {hours_said(round(need, 1))} ({hours_said(weekly)} в неделю × "
        f"{counted(weeks, 'неделя', 'недели', 'недель')}{part}): {how} {hours_said(round(off, 1))}"
    )


def _share(book: ClassBook, rows: Sequence[Load]) -> float:
    """Return the part of the study days of the year on which some of the rows count."""
    if any(load.since is None and load.until is None for load in rows):
        return 1.0
    spans = [Span(load.since or book.year.first, load.until or book.year.last) for load in rows]
    whole = book.calendar.study_days(book.year.first, book.year.last)
    return sum(any(date in span for span in spans) for date in whole) / len(whole) if whole else 1.0


@rule("R0610", clause="6.6", role=Role.TEACHER, due=SEPTEMBER)
def lesson_plan_topic_empty(school: School, whole_loads: tuple[Load, ...], plans: Mapping[str, LessonPlan]) -> Problems:
    """В КТП не внесена тема урока.

    В КТП, которое назначено классам, у каждого урока есть тема.

    Как исправить: впишите темы на лист «План» КТП; лишние строки удалите.
    """
    doubts = doubted(school)
    named = _by_name(plans)
    for name, rows in _named(whole_loads).items():
        plan = named.get(name)
        if plan is None or any(at.workbook == plan.path and not at.cell for at in doubts):
            continue
        last = keeper(rows)
        empty = [
            one for one in plan.lessons if not one.topic and not one.unread("topic") and one.at("topic") not in doubts
        ]
        at, message = CellRef(plan.path, PlanLesson.sheet), f"в КТП «{plan.name}» нет тем"
        if plan.lessons and len(empty) < len(plan.lessons):
            numbers = ", ".join(str(one.number) for one in empty[:_SHOWN]) + (" …" if len(empty) > _SHOWN else "")
            at = empty[0].at("topic") if empty else plan.lessons[0].at("topic")
            message = f"в КТП «{plan.name}» нет темы урока № {numbers}"
        elif not plan.lessons and any(at.workbook == plan.path for at in doubts):
            continue
        yield Problem(
            at,
            message,
            due=_due(rows, school.year),
            until=_until(rows),
            person=last.teacher,
            school_class=last.target,
            subject=last.subject,
            met=bool(plan.lessons) and not empty,
            data=(plan.lessons[-1].datum("topic"),) if plan.lessons else (),
        )


@rule("R0611", clause="6.5", role=Role.DEPUTY, severity=Severity.NOTE)
def lesson_plan_unused(whole_loads: tuple[Load, ...], plans: Mapping[str, LessonPlan]) -> Problems:
    """КТП никому не назначено.

    Книга лежит в папке «КТП», но в листе «Нагрузка» её никто не называет.

    Как исправить: назовите её в графе «КТП» листа «Нагрузка» или уберите из папки.
    """
    named = _by_name(plans)
    used = set(_named(whole_loads))
    misspelt = {
        near(rows[0].plan, _alike(rows[0].plan, plans))
        for name, rows in _named(whole_loads).items()
        if name not in named
    }
    nobody_named = not used and bool(taught(whole_loads))
    for name, plan in named.items():
        if name in used or plan.name in misspelt or nobody_named:
            continue
        at = plan.title.at("subject") if plan.title is not None else CellRef(plan.path)
        subject = plan.title.subject if plan.title is not None else ""
        yield Problem(at, f"КТП «{plan.name}» никому не назначено", subject=subject)


def keeper(rows: Sequence[Load]) -> Load:
    """Return the row of the load whose teacher keeps a КТП: the one that counts to the end of the year, or longest."""
    return max(rows, key=lambda load: (load.until is None, load.until or dt.date.min))


def _name(load: Load) -> str:
    """Return the name of the КТП of a row as files are named."""
    return fold(file_name(load.plan)) if load.plan else ""


def _by_name(plans: Mapping[str, LessonPlan]) -> dict[str, LessonPlan]:
    return {fold(name): plan for name, plan in plans.items()}


def _named(loads: Sequence[Load]) -> dict[str, list[Load]]:
    """Return the rows of the load by the КТП they name."""
    found: dict[str, list[Load]] = {}
    for load in taught(loads):
        if load.plan:
            found.setdefault(_name(load), []).append(load)
    return found


def _alike(name: str, plans: Iterable[str]) -> list[str]:
    """Return the КТП with the same numbers in their names: «Математика 6» was not meant for «Математика 5»."""
    numbers = re.findall(r"\d+", name)
    return [other for other in plans if re.findall(r"\d+", other) == numbers]


def _unreadable(school: School) -> Iterator[str]:
    """Yield the names of the КТП that are there but cannot be read."""
    for at in school.unreadable:
        kind = book_type(at.workbook)
        if kind is not None and kind.kind is BookKind.LESSON_PLAN:
            yield path_key(at.workbook)[1]


def _meet(one: Load, other: Load) -> bool:
    """Return whether two rows of the load count on one day."""
    first, last = dt.date.min, dt.date.max
    return (
        one is not other
        and (one.since or first) <= (other.until or last)
        and (other.since or first) <= (one.until or last)
    )


def _due(rows: Sequence[Load], year: Span) -> dt.date | None:
    """Return by when the КТП of rows is owed: later than the term of the rule where all of them begin later."""
    begun = [load.since or year.first for load in rows]
    return due_of(min(begun), year)


def _until(rows: Sequence[Load]) -> dt.date | None:
    ends = [load.until for load in rows]
    return None if None in ends else max(end for end in ends if end is not None)


RULES: tuple[Rule, ...] = (
    lesson_plan_not_assigned, lesson_plan_missing, lesson_plan_hours, lesson_plan_topic_empty, lesson_plan_unused,
)  # fmt: skip
"""The rules of the module in the order of their codes."""
