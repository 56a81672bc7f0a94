"""Глава VI, учебный план: периоды, области, компоненты, профили, часы, нагрузка, подгруппы (п. 6.1–6.4, 6.8)."""

from __future__ import annotations

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.records.plan_book import GroupMember, Load, PlanRow
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.stretches import SEPTEMBER, due_of
from sgo_sheets.rules.weekly_hours import by_key
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import School

PLAN, SCHOOL = "Учебный план.xlsx", "Школа.xlsx"
PROFILED = (10, 11)
FEW = 3


@rule("R0601", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
def plan_row_incomplete(school: School, plan_rows: tuple[PlanRow, ...]) -> Problems:
    """Не заполнена образовательная область или компонент.

    У каждого предмета учебного плана указаны образовательная область и компонент, к которому относятся часы. Область
    может стоять и на листе «Предметы» книги «Школа».

    Как исправить: заполните графы «Образовательная область» и «Компонент» листа «План».
    """
    doubts = doubted(school)
    areas = {subject.name for subject in school.subjects.values() if subject.area}
    for field, what, lacking in (
        ("area", "образовательная область", [row for row in plan_rows if not row.area and row.subject not in areas]),
        ("component", "компонент", [row for row in plan_rows if not row.component]),
    ):
        empty = [row for row in lacking if not row.unread(field) and row.at(field) not in doubts]
        for one in empty if len(empty) <= FEW else empty[:1]:
            message = f"не указан{'а' if field == 'area' else ''} {what}: {one.subject}"
            if len(empty) > FEW:
                message += f" и ещё строк: {len(empty) - 1}"
            subject = one.subject if len(empty) <= FEW else ""
            yield Problem(one.at(field), message, subject=subject)


@rule("R0602", clause="6.2", role=Role.ADMIN, due=SEPTEMBER)
def profile_missing(school: School, whole_classes: tuple[SchoolClass, ...]) -> Problems:
    """Не указан профиль класса.

    В 10 и 11 классах указывают профиль; если он один на всех и не выделен, это «универсальный».

    Как исправить: заполните графу «Профиль» листа «Классы» книги «Школа».
    """
    doubts = doubted(school)
    for one in whole_classes:
        at = one.at("profile")
        if one.grade not in PROFILED or one.unread("profile") or at in doubts:
            continue
        message = f"не указан профиль класса {one.name}"
        yield Problem(at, message, met=bool(one.profile), data=(one.datum("profile"),), school_class=one.name)


@rule("R0603", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
def load_without_hours(school: School, loads: tuple[Load, ...]) -> Problems:
    """Не указаны часы нагрузки.

    В каждой строке листа «Нагрузка», кроме классного руководства, стоит число часов в неделю; у подгруппы – её полные
    часы.

    Как исправить: заполните графу «Часов в неделю» листа «Нагрузка».
    """
    doubts = doubted(school)
    rows = [load for load in taught(loads) if not load.unread("hours") and load.at("hours") not in doubts]
    empty = [load for load in rows if load.hours is None]
    if len(empty) == len(rows) and len(rows) > FEW:
        yield Problem(empty[0].at("hours"), f"часы не указаны ни в одной строке нагрузки (строк: {len(rows)})")
        return
    for load in empty:
        key = JournalKey(load.target, load.subject, load.group)
        due = due_of(load.since, school.year) if load.since else None
        yield Problem(
            load.at("hours"),
            f"не указаны часы в неделю: {key}",
            due=due,
            until=load.until,
            school_class=load.target,
            subject=load.subject,
        )


@rule("R0604", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
def group_empty(school: School, whole_loads: tuple[Load, ...], whole_groups: tuple[GroupMember, ...]) -> Problems:
    """В подгруппе никого нет.

    Если предмет ведут по подгруппам, лист «Группы» говорит, кто в какой из них. Единственной подгруппе класса строки не
    нужны: в ней весь класс.

    Как исправить: внесите обучающихся подгруппы на лист «Группы» книги «Учебный план».
    """
    filled = {(member.target, member.subject, fold(member.group)) for member in whole_groups}
    split = {(target, subject) for target, subject, _ in filled}
    of_subject: dict[tuple[str, str], list[Load]] = {}
    for key, rows in by_key(taught(whole_loads)).items():
        if key.group:
            of_subject.setdefault((key.target, key.subject), []).append(rows[0])
    for (target, subject), rows in of_subject.items():
        if len(rows) < 2 and (target, subject) not in split:
            continue
        empty = [load for load in rows if (target, subject, fold(load.group)) not in filled]
        if (target, subject) not in split:
            empty = empty[:1]
        for load in empty:
            named = JournalKey(target, subject, load.group)
            message = (
                f"в листе «Группы» нет обучающихся: {named if (target, subject) in split else f'{target} {subject}'}"
            )
            due = due_of(load.since, school.year) if load.since else None
            yield Problem(load.at("group"), message, due=due, until=load.until, school_class=target, subject=subject)


RULES: tuple[Rule, ...] = (
    plan_row_incomplete, profile_missing, load_without_hours, group_empty,
)  # fmt: skip
"""The rules of the module in the order of their codes."""
