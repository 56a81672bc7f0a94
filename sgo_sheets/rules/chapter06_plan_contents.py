"""Глава VI, календарно-тематическое планирование: сходятся ли часы, внесены ли темы, назначено ли кому (п. 6.5–6.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.journal_books import PlanLesson
from sgo_sheets.records.plan_book import Load
from sgo_sheets.rules.lesson_plans import (
    alike,
    keeper,
    loads_by_plan,
    meet,
    plan_due,
    plan_name,
    plan_until,
    plans_by_name,
)
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.settings import STUDY_WEEKS, STUDY_WEEKS_FIRST
from sgo_sheets.rules.stretches import SEPTEMBER
from sgo_sheets.rules.weekly_hours import by_key, hours_said
from sgo_sheets.russian import counted, near
from sgo_sheets.school.elements import JournalKey, Span
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import ClassBook, LessonPlan, School

_WHOLE = 1.0
_SHOWN = 8
_ALMOST = 0.97
"""A gap of a few days between two teachers is no part of the year."""


@rule("R0609", clause="6.6", role=Role.TEACHER, due=SEPTEMBER)
def lesson_plan_hours(school: School, whole_loads: tuple[Load, ...], plans: Mapping[str, LessonPlan]) -> Problems:
    """Часы КТП не равны часам учебного плана за год.

    В КТП столько часов, сколько даёт предмет за год: часы в неделю, взятые столько раз, сколько учебных недель (число
    недель стоит в «Настройках»). Предмету, который ведут не весь год, нужна его часть. Разница меньше часа не в счёт.

    Как исправить: добавьте или уберите темы на листе «План» КТП, объедините темы или исправьте графу «Часов».
    """
    doubted_books = {at.workbook for at in doubted(school)}
    named = plans_by_name(plans)
    said: dict[tuple[str, str], list[Load]] = {}
    for key, rows in by_key(taught(whole_loads)).items():
        used = {plan_name(load) for load in rows if load.plan}
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
            due=plan_due(rows, school.year),
            until=plan_until(rows),
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
    together = any(meet(one, other) for place, one in enumerate(rows) for other in rows[place + 1 :])
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
    named = plans_by_name(plans)
    for name, rows in loads_by_plan(whole_loads).items():
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
            due=plan_due(rows, school.year),
            until=plan_until(rows),
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
    named = plans_by_name(plans)
    used = set(loads_by_plan(whole_loads))
    misspelt = {
        near(rows[0].plan, alike(rows[0].plan, plans))
        for name, rows in loads_by_plan(whole_loads).items()
        if name not in named
    }
    nobody_named = not used and bool(taught(whole_loads))
    for name, plan in named.items():
        if name in used or plan.name in misspelt or nobody_named:
            continue
        at = plan.title.at("subject") if plan.title is not None else CellRef(plan.path)
        subject = plan.title.subject if plan.title is not None else ""
        yield Problem(at, f"КТП «{plan.name}» никому не назначено", subject=subject)


RULES: tuple[Rule, ...] = (lesson_plan_hours, lesson_plan_topic_empty, lesson_plan_unused)
"""The rules of the module in the order of their codes."""
