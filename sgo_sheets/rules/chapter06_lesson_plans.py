"""Глава VI, календарно-тематическое планирование: назначено ли оно и есть ли (п. 6.5–6.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sgo_sheets.findings import Datum, Problem, Problems, Role
from sgo_sheets.records.catalog import BookKind, book_type
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
from sgo_sheets.rules.stretches import FEW, SEPTEMBER, due_of
from sgo_sheets.rules.weekly_hours import by_key
from sgo_sheets.russian import perhaps
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.journals import path_key, taught
from sgo_sheets.school.model import LessonPlan, School


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
    named = plans_by_name(plans)
    own = by_key(rows)
    for load in rows:
        key = JournalKey(load.target, load.subject, load.group)
        if not load.plan and any(other.plan and meet(load, other) for other in own[key]):
            continue
        plan = named.get(plan_name(load))
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
    known = {*plans_by_name(plans), *_unreadable(school)}
    absent = {name: rows for name, rows in loads_by_plan(whole_loads).items() if name not in known}
    if len(absent) > FEW and not known:
        first = next(iter(absent.values()))[0]
        yield Problem(first.at("plan"), f"в папке «КТП» нет ни одной книги, а назначено {len(absent)}")
        return
    for rows in absent.values():
        last = keeper(rows)
        more = f" (строк нагрузки: {len(rows)})" if len(rows) > 1 else ""
        hint = perhaps(last.plan, alike(last.plan, plans))
        yield Problem(
            rows[0].at("plan"),
            f"КТП «{last.plan}» нет в папке «КТП»{more}" + (f".{hint}" if hint else ""),
            due=plan_due(rows, school.year),
            until=plan_until(rows),
            person=last.teacher,
            school_class=rows[0].target,
            subject=rows[0].subject,
        )


def _unreadable(school: School) -> Iterator[str]:
    """Yield the names of the КТП that are there but cannot be read."""
    for at in school.unreadable:
        kind = book_type(at.workbook)
        if kind is not None and kind.kind is BookKind.LESSON_PLAN:
            yield path_key(at.workbook)[1]


RULES: tuple[Rule, ...] = (lesson_plan_not_assigned, lesson_plan_missing)
"""The rules of the module in the order of their codes."""
