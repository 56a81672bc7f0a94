"""What a rule of the whole school may ask for by the names of its parameters.

A part is ``Unread`` while the workbook it rests on, or a sheet of it that every school has, cannot be read. Parts whose
name begins «whole_» are for rules that say something is missing: they are not given while a row of the sheet was not
applied. Rolls, class teachers' books and КТП are many (``rolls``, ``teacher_books``, ``plans``): one that cannot be
read is «не проверено» alone, and a rule passes over a class whose ``roll`` is None and over what ``doubted`` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sgo_sheets.findings import CellRef, Severity
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import BookKind
from sgo_sheets.records.people_books import Account, Order
from sgo_sheets.records.plan_book import GroupMember, Load, PlanRow
from sgo_sheets.records.school_book import Employee, Holiday, Period, Responsible, SchoolClass
from sgo_sheets.rules.doubts import place_of
from sgo_sheets.rules.moves import FORMED, at_start, of_last_year
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.model import School

MOVEMENT = "Книга движения.xlsx"


class Unread(NamedTuple):
    """A part that could not be read: where, and why in Russian."""

    at: CellRef
    why: str


class SchoolPart(NamedTuple):
    """A part of the school: how it is taken, the workbook it rests on, and the sheet every row of which must be known.

    What is taken may itself be ``Unread``. ``record`` is None where a row that was not applied does no harm;
    ``spread`` – the kind of the many workbooks it stands in as well.
    """

    take: Callable[[School], Any]
    rests_on: BookKind
    record: type[Record] | None = None
    spread: BookKind | None = None


def _groups(school: School) -> tuple[GroupMember, ...]:
    return tuple(member for members in school.groups.values() for member in members)


def _movement(school: School) -> Mapping[str, Pupil] | Unread:
    """Return the pupils with their orders, unless a row of the movement book was not read or not applied."""
    doubts = doubted(school)
    lost = lost_rows(school, Order, school.orders)
    lost += [at for order in school.orders for at in (order.at("pupil"), order.at("pupil_name")) if at in doubts]
    return Unread(lost[0], "строка с этой клеткой не применена") if lost else school.pupils


def _last_summer(school: School) -> tuple[Order, ...] | Unread:
    """Return the year-end orders that led into this year; without any, the transition cannot be checked.

    A school in which nobody needs one (only grades 1 and 10) has them all.
    """
    found = tuple(order for order in school.orders if of_last_year(order, school.year) and order_day(order))
    grades = {info.name: info.grade for info in school.classes}
    needed = any(own and grades[name] not in FORMED for name, own in at_start(school, school.pupils).items())
    if not needed or found:
        return found
    return Unread(CellRef(MOVEMENT, Order.sheet), "приказов прошлого лета в книге движения нет")


SCHOOL_PARTS: Mapping[str, SchoolPart] = {
    "school": SchoolPart(lambda school: school, BookKind.SCHOOL),
    "accounts": SchoolPart(lambda school: school.accounts, BookKind.ACCOUNTS),
    "whole_accounts": SchoolPart(lambda school: school.accounts, BookKind.ACCOUNTS, Account),
    "orders": SchoolPart(lambda school: school.orders, BookKind.MOVEMENT),
    "whole_orders": SchoolPart(lambda school: school.orders, BookKind.MOVEMENT, Order),
    "plan_rows": SchoolPart(lambda school: school.plan, BookKind.PLAN),
    "whole_plan": SchoolPart(lambda school: school.plan, BookKind.PLAN, PlanRow),
    "loads": SchoolPart(lambda school: school.loads, BookKind.PLAN),
    "whole_loads": SchoolPart(lambda school: school.loads, BookKind.PLAN, Load),
    "whole_groups": SchoolPart(_groups, BookKind.PLAN, GroupMember),
    "posters": SchoolPart(lambda school: school.posters, BookKind.TIMETABLE),
    "whole_movement": SchoolPart(_movement, BookKind.MOVEMENT, spread=BookKind.ROLL),
    "last_summer": SchoolPart(_last_summer, BookKind.MOVEMENT),
    "rolls": SchoolPart(lambda school: school.books, BookKind.MOVEMENT, spread=BookKind.ROLL),
    "teacher_books": SchoolPart(lambda school: school.books, BookKind.SCHOOL, spread=BookKind.CLASS_TEACHER),
    "plans": SchoolPart(lambda school: school.plans, BookKind.PLAN, spread=BookKind.LESSON_PLAN),
    "whole_staff": SchoolPart(lambda school: school.staff, BookKind.SCHOOL, Employee),
    "whole_classes": SchoolPart(lambda school: school.classes, BookKind.SCHOOL, SchoolClass),
    "whole_periods": SchoolPart(lambda school: school.periods, BookKind.SCHOOL, Period),
    "whole_holidays": SchoolPart(lambda school: school.holidays, BookKind.SCHOOL, Holiday),
    "whole_responsibles": SchoolPart(lambda school: school.responsibles, BookKind.SCHOOL, Responsible),
}
"""Parameter → what is given for it. ``whole_movement`` – the pupils by № with every order of theirs; ``last_summer`` –
last year's year-end orders, «не проверено» where this book holds none of them."""
OF_SCHOOL = frozenset(SCHOOL_PARTS)


def gather_school(
    needs: Iterable[str], school: School, broken: Iterable[tuple[CellRef, BookKind]], memo: dict[str, object]
) -> dict[str, object] | Unread:
    """Return the arguments of a check of the whole school, or the first of its needs that could not be read.

    ``broken`` are the workbooks and sheets that cannot be read. Every part rests on Школа.xlsx and Регламент.xlsx too.
    """
    given: dict[str, object] = {}
    for name in needs:
        if name not in memo:
            memo[name] = _part(SCHOOL_PARTS[name], school, broken)
        part = memo[name]
        if isinstance(part, Unread):
            return part
        given[name] = part
    return given


def _part(part: SchoolPart, school: School, broken: Iterable[tuple[CellRef, BookKind]]) -> object:
    rests_on = {part.rests_on, BookKind.SCHOOL, BookKind.REGULATION}
    unread = next((at for at, kind in broken if kind in rests_on), None)
    if unread is not None:
        return Unread(unread, f"{'лист' if unread.sheet else 'книга'} не читается")
    taken = part.take(school)
    if isinstance(taken, Unread):
        return taken
    lost = lost_rows(school, part.record, _rows(taken)) if part.record is not None else []
    return Unread(lost[0], "строка с этой клеткой не прочитана") if lost else taken


def _rows(taken: Any) -> Iterable[Record]:
    found: Iterable[Record] = taken.values() if isinstance(taken, Mapping) else taken
    return found


def unread_of(needs: Iterable[str], broken: Iterable[tuple[CellRef, BookKind]]) -> list[Unread]:
    """Return the workbooks, of those that are many, which a rule with such parameters could not look at."""
    kinds = {SCHOOL_PARTS[name].spread for name in needs} - {None}
    return [Unread(at, f"{'лист' if at.sheet else 'книга'} не читается") for at, kind in broken if kind in kinds]


def lost_rows(school: School, record: type[Record], applied: Iterable[Record]) -> list[CellRef]:
    """Return the cells of a sheet, over all workbooks, that were not read and stand in no row that was applied."""
    doubts = [at for at in doubted(school) if at.sheet == record.sheet and at.cell]
    if not doubts:
        return []
    kept = {(at.workbook, at.sheet, place_of(at).row) for row in applied if (at := row.at(row.columns()[0].field))}
    return [at for at in doubts if (at.workbook, at.sheet, place_of(at).row) not in kept]


def doubted(school: School) -> frozenset[CellRef]:
    """Return every cell, sheet or workbook that was not read as meant: nothing there may be called missing or wrong."""
    return frozenset(finding.at for finding in school.findings if finding.severity is not Severity.NOTE)
