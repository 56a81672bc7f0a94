"""Глава VI, часы: план равен нагрузке, недельная нагрузка не выше санитарной нормы (п. 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sgo_sheets.findings import Problem, Problems, Role
from sgo_sheets.records.plan_book import Load, PlanRow
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.settings import MOST_FIVE_DAYS, MOST_SIX_DAYS
from sgo_sheets.rules.stretches import SEPTEMBER, Difference, changes, few, in_force, taught_stretches
from sgo_sheets.rules.timetable_hours import busy_hours, hours_of
from sgo_sheets.rules.weekly_hours import (
    NEAR,
    Planned,
    agrees,
    by_key,
    class_sums,
    given,
    hours_said,
    loads_by_class,
    planned_hours,
    subjects_of,
)
from sgo_sheets.russian import counted
from sgo_sheets.school.calendars import FIVE_DAYS, SIX_DAYS
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import School
from sgo_sheets.school.regulation import Regulation
from sgo_sheets.school.timetable import Poster

_GRADES = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?\s*(?:[–—:=]|\s-\s)\s*(\d{1,2})")


@rule("R0605", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
def plan_and_load_differ(school: School, whole_plan: tuple[PlanRow, ...], whole_loads: tuple[Load, ...]) -> Problems:
    """Часы в учебном плане и в нагрузке расходятся.

    Часы предмета в классе по листу «План» равны часам листа «Нагрузка». Строки плана с одним предметом складываются.
    У каждой подгруппы стоят полные часы, для класса они считаются один раз; часы потока – часы каждого его класса. Из
    строк с графами «С» и «По» считается действующая.

    Как исправить: исправьте часы на листе «План» или «Нагрузка» книги «Учебный план».
    """
    planned, of_class = planned_hours(school), loads_by_class(school)
    if not whole_plan or not whole_loads or not any(one.cells for own in planned.values() for one in own.values()):
        return
    for book in school.books:
        own, loads = planned.get(book.name, {}), of_class[book.name]
        if not any(one.cells for one in own.values()):
            continue  # the class has no plan at all, and that is said
        spans = taught_stretches(book, changes(loads))
        found = [(span, list(_differences(book.name, own, loads, span))) for span in spans]
        if found and not any(differences for _, differences in found):
            yield Problem(book.info.at("name"), f"часы {book.name} сходятся", met=True, school_class=book.name)
        yield from few(found, book.year, book.name, f"{book.name}: ")


def _differences(name: str, planned: Mapping[str, Planned], loads: Sequence[Load], span: Span) -> Iterator[Difference]:
    """Yield the subjects whose hours differ while a stretch lasts."""
    now = by_key(in_force(loads, span.first))
    for subject in dict.fromkeys((*planned, *subjects_of(loads))):
        plan = planned.get(subject, Planned())
        rows = {key: own for key, own in now.items() if key.subject == subject}
        parts = [given(key, own) for key, own in rows.items()]
        if not plan.known or any(part is None for part in parts):
            continue
        sums = class_sums(name, [part for part in parts if part is not None])
        if agrees(plan.hours, sums):
            continue
        here = [load for own in rows.values() for load in own]
        ever = here or [load for load in loads if load.subject == subject]
        at = ever[-1 if not here else 0].at("hours") if ever else plan.cells[0]
        load_said = f"в нагрузке {hours_said(max(sums))}" if here else "в нагрузке предмета нет"
        plan_said = f"в плане {hours_said(plan.hours)}" if plan.hours else "в плане предмета нет"
        yield Difference(at, f"{subject} – {plan_said}, {load_said}", subject)


@rule("R0606", clause="6.2", role=Role.DEPUTY, due=SEPTEMBER)
def load_above_maximum(school: School, whole_plan: tuple[PlanRow, ...], posters: tuple[Poster, ...]) -> Problems:
    """Недельная нагрузка класса выше санитарной нормы.

    Часов в неделю у класса не больше, чем позволяют санитарные правила (СанПиН 1.2.3685-21) при пяти- или шестидневной
    неделе; числа стоят в «Настройках» книги «Регламент». Курсы, которые идут одновременно, считаются один раз, уроки по
    чётным и нечётным неделям – в среднем.

    Как исправить: уменьшите часы класса на листе «План» или исправьте учебную неделю класса.
    """
    planned = planned_hours(school)
    tables = [hours_of(poster) for poster in posters]
    for book in school.books:
        cells = [at for one in planned.get(book.name, {}).values() for at in one.cells]
        week = book.info.school_week or school.organisation.school_week
        most = most_hours(school.regulation, book.grade, FIVE_DAYS if week == FIVE_DAYS else SIX_DAYS)
        if not cells or most is None or not whole_plan:
            continue
        hours = busy_hours(school, book.name, planned[book.name], tables)
        if hours > most + NEAR:
            days = "пятидневной" if week == FIVE_DAYS else "шестидневной"
            message = (
                f"{book.name}: в плане {hours_said(hours)} в неделю, а при {days} неделе можно "
                f"не больше {counted(most, 'часа', 'часов', 'часов')}"
            )
            yield Problem(cells[0], message, school_class=book.name)


def most_hours(regulation: Regulation, grade: int, week: int) -> int | None:
    """Return the sanitary maximum of a grade, None where none is known. Grade 1 has five days in any week."""
    order = (MOST_FIVE_DAYS,) if week == FIVE_DAYS else (MOST_SIX_DAYS, MOST_FIVE_DAYS)
    for switch in order:
        for text in (switch.text(regulation), str(switch.default)):
            if (found := _read(text).get(grade)) is not None:
                return found
    return None


def _read(text: str) -> dict[int, int]:
    """Return grade → hours of «1 – 21; 2-4 – 23»."""
    found = {}
    for part in text.replace(",", ";").split(";"):
        match = _GRADES.fullmatch(part.strip())
        if match:
            first, last = int(match[1]), int(match[2] or match[1])
            found.update(dict.fromkeys(range(first, last + 1), int(match[3])))
    return found


RULES: tuple[Rule, ...] = (plan_and_load_differ, load_above_maximum)
"""The rules of the module in the order of their codes."""
