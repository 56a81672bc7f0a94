"""Глава VI, учебный план: периоды, области, компоненты, профили, часы, нагрузка, подгруппы (п. 6.1–6.4, 6.8)."""

from __future__ import annotations

from collections.abc import Sequence

from sgo_sheets.findings import CellRef, Problem, Problems, Role
from sgo_sheets.records.plan_book import GroupMember, Load, PlanRow
from sgo_sheets.records.school_book import Holiday, Period, SchoolClass
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.stretches import SEPTEMBER, due_of
from sgo_sheets.rules.weekly_hours import by_key, planned_hours
from sgo_sheets.russian import counted, fold
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import JournalKey, School

PLAN, SCHOOL = "Учебный план.xlsx", "Школа.xlsx"
PROFILED = (10, 11)
FEW = 3


@rule("R0601", clause="6.2", role=Role.ADMIN, due=SEPTEMBER)
def periods_missing(school: School, whole_classes: tuple[SchoolClass, ...]) -> Problems:
    """Нет учебных периодов или каникул.

    Учебный план начинается со сроков: у каждого класса есть учебные периоды (четверти, триместры или полугодия) и
    каникулы.

    Как исправить: внесите периоды на лист «Периоды», а каникулы – на лист «Каникулы» книги «Школа».
    """
    doubts = doubted(school)
    for record, what in ((Period, "учебных периодов"), (Holiday, "каникул")):
        if any(at.workbook == SCHOOL and at.sheet == record.sheet for at in doubts):
            continue
        lacking = [
            one
            for one in whole_classes
            if (book := school.book(one.name)) and not (book.periods if record is Period else book.calendar.breaks)
        ]
        if lacking:
            some = len(lacking) < len(whole_classes)
            whose = f": {_listed([one.name for one in lacking])}" if some else ""
            at = lacking[0].at("name") if some else CellRef(SCHOOL, record.sheet)
            yield Problem(at, f"нет {what}{whose}")


@rule("R0602", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
def class_without_plan(
    school: School, whole_plan: tuple[PlanRow, ...], whole_classes: tuple[SchoolClass, ...]
) -> Problems:
    """Нет часов класса в учебном плане.

    В листе «План» у каждого класса есть свой столбец с часами в неделю по предметам.

    Как исправить: добавьте на лист «План» книги «Учебный план» столбец класса и впишите часы.
    """
    doubts = doubted(school)
    if CellRef(PLAN) in doubts or not whole_classes:
        return
    hours = planned_hours(school)
    have = {name for name, own in hours.items() if any(one.cells or not one.known for one in own.values())}
    if not have:
        yield Problem(CellRef(PLAN, PlanRow.sheet), "учебный план не заполнен: часов нет ни у одного класса")
        return
    if any(at.workbook == PLAN and at.sheet == PlanRow.sheet for at in doubts):
        return  # a header that was not understood may be the class's column
    for one in whole_classes:
        if one.name in have:
            yield Problem(one.at("name"), f"часы {one.name} внесены", met=True, school_class=one.name)
            continue
        row = whole_plan[0]
        header = next((name for name in row.located if fold(name) == fold(one.name)), "")
        at = row.at_header(header) if header else one.at("name")
        yield Problem(at, f"в учебном плане нет часов класса {one.name}", school_class=one.name)


@rule("R0603", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
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


@rule("R0604", clause="6.2", role=Role.ADMIN, due=SEPTEMBER)
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


@rule("R0605", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
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


@rule("R0606", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
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


def _listed(names: Sequence[str]) -> str:
    """Return the first names and how many more there are."""
    more = len(names) - 10
    return ", ".join(names[:10]) + (f" и ещё {counted(more, 'класс', 'класса', 'классов')}" if more > 0 else "")


RULES: tuple[Rule, ...] = (
    periods_missing, class_without_plan, plan_row_incomplete, profile_missing, load_without_hours, group_empty,
)  # fmt: skip
"""The rules of the module in the order of their codes."""
