"""Глава III: данные нового учебного года – год, периоды, классы, классные руководители, учителя (п. 3.1–3.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from sgo_sheets.findings import CellRef, Problem, Problems, Role
from sgo_sheets.records.plan_book import HOMEROOM, Load, PlanRow
from sgo_sheets.records.school_book import Employee, Holiday, Period, SchoolClass
from sgo_sheets.rules.moves import same_class
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.terms import by_date
from sgo_sheets.rules.year_periods import flaws_of, names_year
from sgo_sheets.russian import as_cyrillic, day, fold
from sgo_sheets.school.model import School
from sgo_sheets.school.names import expand_classes

AFTER_START = by_date(15, 9)
_PLAN = CellRef("Учебный план.xlsx")
_DAY = dt.timedelta(days=1)


@rule("R0303", clause="3.2", role=Role.ADMIN, due=AFTER_START)
def year_not_renewed(school: School) -> Problems:
    """«Учебный год» не тот, что «Начало учебного года».

    В новом учебном году исправляют его название, начало и конец.

    Как исправить: впишите в лист «Организация» название года («2026/2027») и даты его начала и конца.
    """
    card, first = school.organisation, school.year.first
    if card.year_start is None or card.year_end is None or card.unread("year") or card.at("year") in doubted(school):
        return
    if names_year(card.year, first) is False:
        yield Problem(card.at("year"), f"учебный год «{card.year}», а начинается он {day(first)}")


@rule("R0304", clause="3.1", role=Role.ADMIN, due=AFTER_START)
def periods_wrong(school: School, whole_periods: Sequence[Period], whole_holidays: Sequence[Holiday]) -> Problems:
    """Учебные периоды не сходятся с учебным годом.

    У каждого класса есть период «год» и четверти, триместры или полугодия этого учебного года. Они не накладываются
    друг на друга, и каждый рабочий день с начала года до конца периода «год» входит в один из них или в каникулы.

    Как исправить: исправьте даты и классы на листе «Периоды»; если эти дни – каникулы, впишите их на лист «Каникулы».
    """
    del whole_holidays
    if school.organisation.year_start is None or school.organisation.year_end is None:
        return
    said: set[CellRef] = set()
    for info in school.classes:
        book = school.book(info.name)
        calendar = book.calendar if book is not None else None
        for flaw in flaws_of(info, whole_periods, school.classes, school.year, calendar):
            if flaw.at not in said:
                said.add(flaw.at)
                yield Problem(flaw.at, f"{info.name}: {flaw.message}", school_class=info.name)


@rule("R0305", clause="3.1", role=Role.DEPUTY, due=AFTER_START)
def class_without_teacher(school: School, whole_loads: Sequence[Load]) -> Problems:
    """У класса нет классного руководителя.

    Классный руководитель – строка листа «Нагрузка» с предметом «Классное руководство». Если её срок кончился и другой
    строки нет, класс остался без руководителя.

    Как исправить: добавьте в «Нагрузку» строку с классом, предметом «Классное руководство» и кодом сотрудника.
    """
    year = school.year
    for info in school.classes:
        own = [row for row in whole_loads if row.target == info.name and fold(row.subject) == fold(HOMEROOM)]
        if not own:
            message = f"{info.name}: нет классного руководителя"
            yield Problem(info.at("name"), message, school_class=info.name)
            continue
        if any(row.unread("until") or row.unread("since") for row in own):
            continue
        last = max(own, key=lambda row: row.until or year.last)
        if last.until is not None and year.first <= last.until < year.last:
            message = f"{info.name}: с {day(last.until + _DAY)} нет классного руководителя"
            since = last.until + _DAY
            due = max(since, AFTER_START.due(None, school.calendar, year) or since)
            yield Problem(last.at("until"), message, since=since, due=due, school_class=info.name)


@rule("R0306", clause="3.1", role=Role.ADMIN, due=AFTER_START)
def class_not_planned(school: School, whole_plan: Sequence[PlanRow], whole_loads: Sequence[Load]) -> Problems:
    """Класса нет в учебном плане или в нагрузке.

    К началу года учебный план и нагрузка учителей исправлены для всех классов. Отдельные предметы и часы сверяют
    правила главы VI.

    Как исправить: добавьте столбец класса на лист «План» и строки класса на лист «Нагрузка»; класс, которого больше
    нет, удалите с листа «Классы».
    """
    if _PLAN in doubted(school):
        return
    heads = {name for row in whole_plan for name, value in row.hours.items() if value not in (None, "", 0)}
    taught = {name for row in whole_loads if fold(row.subject) != fold(HOMEROOM) for name in _classes(row, school)}
    taught |= {
        name for journal in school.journals for name in journal.classes
    }  # a journal without a load is said there
    planned = {info.name for info in school.classes if any(_names(head, info, school) for head in heads)}
    yield from _without(school, PlanRow.sheet, "в учебном плане", planned)
    yield from _without(school, Load.sheet, "в нагрузке", taught)


def _without(school: School, sheet: str, where: str, those: Collection[str]) -> Iterator[Problem]:
    """Yield the classes that are not among those of a sheet; a sheet without any class is one problem."""
    missing = [info for info in school.classes if info.name not in those]
    if len(missing) > 1 and len(missing) == len(school.classes):
        yield Problem(_PLAN._replace(sheet=sheet), f"{where} нет ни одного класса школы")
        return
    for info in missing:
        yield Problem(info.at("name"), f"{info.name}: {where} этого класса нет", school_class=info.name)


def _names(head: str, info: SchoolClass, school: School) -> bool:
    """Return whether a column of the plan is of a class, however it is typed («5A», «5 А», «5», «1-4»)."""
    typed = as_cyrillic(head)[0]
    return same_class(typed, info.name) or info.name in expand_classes(typed, school.classes)[0]


def _classes(row: Load, school: School) -> Sequence[str]:
    """Return the classes a load is of: several, if it is a stream's."""
    return school.streams.get(row.target, (row.target,))


@rule("R0307", clause="3.1", role=Role.ADMIN, due=AFTER_START)
def teacher_gone(school: School, loads: Sequence[Load], whole_staff: Mapping[str, Employee]) -> Problems:
    """В нагрузке учитель, который уволен до её начала.

    На новый учебный год нагрузку исправляют: её ведут те, кто в этом году работает. Об учителе, который уволился в
    течение года, правило не говорит.

    Как исправить: впишите в графу «Учитель» код того, кто ведёт предмет теперь.
    """
    for row in loads:
        one = whole_staff.get(row.teacher)
        begins = row.since or school.year.first
        if one is not None and one.dismissed is not None and one.dismissed < begins and not row.unread("since"):
            last = day(one.dismissed)
            message = f"{row.target}, {row.subject}: {one.code} работает по {last}, а нагрузка – с {day(begins)}"
            yield Problem(row.at("teacher"), message, school_class=row.target, subject=row.subject)


RULES: tuple[Rule, ...] = (year_not_renewed, periods_wrong, class_without_teacher, class_not_planned, teacher_gone)
