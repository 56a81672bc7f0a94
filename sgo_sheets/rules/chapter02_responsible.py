"""Глава II, приказ об ответственных (п. 2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sgo_sheets.findings import CellRef, Problem, Problems, Role, Severity
from sgo_sheets.records.school_book import DUTIES, Employee, Responsible
from sgo_sheets.rules.belonging import employee_left
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.terms import on_the_day
from sgo_sheets.russian import day, fold
from sgo_sheets.school.model import School

_SHEET = CellRef("Школа.xlsx", Responsible.sheet)
DAY = dt.timedelta(days=1)
_NAMED = {"employee": "сотрудник", "order": "номер приказа", "order_date": "дата приказа"}


@rule("R0201", clause="2.2", role=Role.DIRECTOR, due=on_the_day("начала учебного года"))
def responsible_missing(
    whole_responsibles: tuple[Responsible, ...], whole_staff: Mapping[str, Employee], school: School
) -> Problems:
    """Не назначен ответственный.

    Приказом назначаются ответственные за организацию использования системы, за администрирование и за ведение личных
    карт сотрудников и обучающихся. Приказ нужен к первому дню учебного года; приказ прошлых лет действует и в этом.
    Если назначенный уволен, а другого нет, об этом предупреждение.

    Как исправить: впишите на лист «Ответственные» сотрудника, номер и дату приказа.
    """
    since = school.year.first
    staff = {fold(code): one for code, one in whole_staff.items()}
    for duty in DUTIES:
        rows = [row for row in whole_responsibles if row.duty == duty]
        if not rows:
            yield Problem(_sheet(whole_responsibles), f"не назначен ответственный за направление «{duty}»", since=since)
        whole = []
        for row in rows:
            lacking = [name for name in _NAMED if not getattr(row, name) and not row.unread(name)]
            unknown = bool(row.employee) and fold(row.employee) not in staff
            if unknown:
                message = f"«{duty}»: сотрудника с кодом «{row.employee}» нет на листе «Сотрудники»"
                yield Problem(row.at("employee"), message, since=since)
            elif lacking:
                message = f"«{duty}»: не заполнено: {', '.join(_NAMED[name] for name in lacking)}"
                yield Problem(row.at(lacking[0]), message, since=since)
            else:
                whole.append(row)
        if whole:
            yield _appointed(whole, [staff[fold(row.employee)] for row in whole if row.employee], since)


def _sheet(rows: tuple[Responsible, ...]) -> CellRef:
    """Return the sheet where a row is to be added."""
    return next((CellRef(row.workbook, Responsible.sheet) for row in rows), _SHEET)


def _appointed(rows: Sequence[Responsible], people: Sequence[Employee], since: dt.date) -> Problem:
    """Return what is done: somebody is appointed; or a warning where all who were have left the school."""
    row = rows[0]
    gone = [date for one in people if (date := employee_left(one)) is not None]
    if gone and len(gone) == len(people):
        left = max(gone)
        message = f"«{row.duty}»: ответственный уволен {day(left - DAY)}, другой не назначен"
        return Problem(row.at("employee"), message, since=max(left, since), severity=Severity.WARNING)
    # A later date is that of an appointment in the middle of the year: it is written over the one before.
    done_at = row.order_date if row.order_date is not None and row.order_date <= since else None
    data = (row.datum("order_date"),)
    return Problem(row.at("order_date"), f"«{row.duty}»: назначен", since=since, done_at=done_at, met=True, data=data)
