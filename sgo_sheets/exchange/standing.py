"""The dates of the regulation that come every school year, whoever has done what: by role, as a school has set them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from sgo_sheets.findings import Role
from sgo_sheets.rules.fortnights import DAY, FORTNIGHT
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.report_duties import AFTER_FORTNIGHT
from sgo_sheets.rules.settings import MOVE_DUE
from sgo_sheets.rules.terms import DueTerm, applied, by_date, days_after, days_before, moved, on_the_day
from sgo_sheets.rules.terms import working_days_after as working
from sgo_sheets.school.calendar import Calendar, days_between
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf, Span
from sgo_sheets.school.model import School

FIRST_WEEK_OF_AUTUMN, SUMMER = (7, 9), (31, 8)


class From(Enum):
    """What a standing date is reckoned from."""

    YEAR = "the school year itself"
    FIRST_DAY = "the first day of the year"
    PERIOD = "the end of every study period but the year"
    YEAR_END = "the end of the study period «год»"
    HOLIDAYS = "the first day of holidays"
    MONTH = "the end of every month of study"
    FORTNIGHT = "the end of every two weeks with study days, counted from the class's first one"


@dataclass(frozen=True, slots=True)
class Standing:
    """A date of the regulation: its name for ever, the clause, whose it is, what is owed, the term and its beginning.

    ``marked`` – it is asked for only where marks are given; ``code`` – the rule whose term it is, where the clause and
    the term do not tell.
    """

    key: str
    clause: str
    role: Role
    title: str
    term: DueTerm
    reckoned: From = From.YEAR
    marked: bool = False
    code: str = ""


class Taught(NamedTuple):
    """What a person has in one class: its periods and calendar, and whether marks are given there."""

    name: str
    periods: tuple[PeriodOf, ...]
    calendar: Calendar
    marked: bool


_SEPTEMBER, _OCTOBER = by_date(15, 9), by_date(1, 10)
_PERIOD = "окончания периода"
_A, _D, _T, _C = Role.ADMIN, Role.DEPUTY, Role.TEACHER, Role.CLASS_TEACHER

STANDING: tuple[Standing, ...] = (
    Standing("order", "2.2", Role.DIRECTOR, "Приказ об ответственных за систему", on_the_day("начала года"),
             From.FIRST_DAY),
    Standing("transition", "3.3", _A, "Переход на новый учебный год завершён", _SEPTEMBER),
    Standing("organisation", "4.2", _A, "Карточка организации, лицензия и аккредитация обновлены", _SEPTEMBER),
    Standing("cards", "5.6", _C, "Сведения об обучающихся класса внесены", _SEPTEMBER),
    Standing("plan", "6.4", _A, "Учебный план сформирован", _SEPTEMBER),
    Standing("topics", "6.6", _T, "Календарно-тематическое планирование внесено", _SEPTEMBER),
    Standing("timetable", "7.3", _D, "Расписание занятий сформировано", _SEPTEMBER),
    Standing("holidays", "7.3", _D, "Информация о каникулах опубликована", days_before(14, "начала каникул"),
             From.HOLIDAYS),
    Standing("marks", "8.5", _T, "Отметки за период выставлены", on_the_day(_PERIOD), From.PERIOD, marked=True),
    Standing("year-marks", "8.7", _T, "Годовые и итоговые отметки выставлены", days_after(2, "окончания года"),
             From.YEAR_END, marked=True),
    Standing("first-and-tenth", "9.2", _A, "Приказы о формировании 1-х и 10-х классов", by_date(*FIRST_WEEK_OF_AUTUMN)),
    Standing("orders", "9.2", _A, "Приказы о переводе, выпуске и второгодниках", by_date(*SUMMER)),
    Standing("school-reports", "10.3", _A, "Сводные отчёты по школе за период", working(2, _PERIOD), From.PERIOD),
    Standing("subject-report", "10.4", _T, "Отчёт учителя-предметника за период", working(1, _PERIOD), From.PERIOD),
    Standing("class-reports", "10.4", _C, "Отчёт классного руководителя и сводные ведомости за период",
             working(1, _PERIOD), From.PERIOD),
    Standing("preliminary", "10.4", _C, "Предварительный отчёт классного руководителя за две недели", AFTER_FORTNIGHT,
             From.FORTNIGHT, marked=True, code="R1007"),
    Standing("attendance", "10.4", _C, "Отчёт о посещаемости класса за месяц", on_the_day("окончания месяца"),
             From.MONTH),
    Standing("totals", "10.4", _C, "«Итоговые данные по учащимся» и «Общие сведения об обучающихся»", _OCTOBER),
)  # fmt: skip
"""Every standing date, in the order of clauses."""


def term_in(one: Standing, school: School) -> DueTerm | None:
    """Return the term as Регламент.xlsx has it: of a rule of the clause with the same term; None – not checked at all.

    Where no rule of the clause has that term yet, the regulation's own holds.
    """
    rules = [rule for rule in RULES if rule.clause == one.clause and _same(rule.due, one.term)]
    rules = [rule for rule in rules if one.code in ("", rule.code)]
    here = [applied(rule.terms, school.regulation.terms.get(rule.code), school.year) for rule in rules]
    if here and not any(terms.checked for terms in here):
        return None
    return next((terms.due for terms in here if terms.checked and terms.due is not None), one.term)


def _same(left: DueTerm | None, right: DueTerm) -> bool:
    shape = (right.count, right.unit, right.every, right.before)
    return left is not None and (left.count, left.unit, left.every, left.before) == shape


def days_of(one: Standing, school: School, taught: Iterable[Taught]) -> Iterator[tuple[dt.date, str]]:
    """Yield the days of a standing date in this school year, each with the class it is of («» – the whole school).

    ``taught`` – the classes that count. A day in a calendar year without rows in «Календарь» is not guessed.
    """
    term = term_in(one, school)
    if term is None:
        return
    move = MOVE_DUE.flag(school.regulation)
    for since, calendar, name in _beginnings(one, school, taught):
        due = term.due(since, calendar, school.year)
        if due is not None and one.key == "orders" and due < school.year.first:
            due = due.replace(year=school.year.last.year)  # the summer after this school year
        if due is not None:
            yield (moved(due, calendar) if move else due), name


def _beginnings(
    one: Standing, school: School, taught: Iterable[Taught]
) -> Iterator[tuple[dt.date | None, Calendar, str]]:
    if one.reckoned in (From.YEAR, From.FIRST_DAY):
        yield (school.year.first if one.reckoned is From.FIRST_DAY else None), school.calendar, ""
        return
    if one.reckoned is From.HOLIDAYS:
        for start in sorted({row.start for row in school.holidays if row.start is not None}):
            yield start, school.calendar, ""
        return
    for own in taught:
        if one.marked and not own.marked:
            continue
        if one.reckoned is From.MONTH:
            yield from ((last, own.calendar, own.name) for last in _months(own, school.year))
        elif one.reckoned is From.FORTNIGHT:
            yield from ((last, own.calendar, own.name) for last in _fortnights(own, school.year))
        else:
            wanted = one.reckoned is From.YEAR_END
            yield from ((p.last, own.calendar, own.name) for p in own.periods if (p.type == YEAR) is wanted)


def _months(own: Taught, year: Span) -> Iterator[dt.date]:
    """Yield the last study day of every month of the year."""
    last: dict[tuple[int, int], dt.date] = {}
    for day in days_between(*year):
        if own.calendar.is_study(day):
            last[day.year, day.month] = day
    yield from last.values()


def _fortnights(own: Taught, year: Span) -> Iterator[dt.date]:
    """Yield the last day of every two weeks with study days, as п. 8.4 counts them."""
    days = [day for day in days_between(*year) if own.calendar.is_study(day)]
    for number in dict.fromkeys((day - days[0]) // FORTNIGHT for day in days):
        yield days[0] + (number + 1) * FORTNIGHT - DAY
