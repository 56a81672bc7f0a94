"""Глава VII, расписание: оно есть у каждого класса и сходится с нагрузкой, каникулы объявлены заранее (п. 7.1–7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sgo_sheets.findings import CellRef, Problem, Problems, Role
from sgo_sheets.records.plan_book import Load, PlanRow
from sgo_sheets.records.school_book import Holiday
from sgo_sheets.rules.rule import Rule, rule
from sgo_sheets.rules.school_parts import doubted
from sgo_sheets.rules.stretches import (
    DAY,
    FEW,
    SEPTEMBER,
    Difference,
    changes,
    due_of,
    few,
    in_force,
    september,
    taught_stretches,
)
from sgo_sheets.rules.terms import days_before
from sgo_sheets.rules.timetable_hours import (
    Lessons,
    columns_of,
    doubtful,
    hours_of,
    poster_spans,
    taught_at_once,
    weekly,
)
from sgo_sheets.rules.weekly_hours import (
    NEAR,
    Given,
    agrees,
    by_key,
    class_sums,
    given,
    hours_said,
    loads_by_class,
    planned_hours,
)
from sgo_sheets.russian import day, decimal, plural
from sgo_sheets.school.elements import JournalKey, Span
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.school.timetable import Poster

TIMETABLE = "Расписание.xlsx"
_AVERAGE = 0.26
"""Lessons a week over the whole year may differ from the hours by a quarter: half-years are not equally long."""


@rule("R0701", clause="7.3", role=Role.DEPUTY, due=SEPTEMBER)
def timetable_missing(school: School, whole_loads: tuple[Load, ...], posters: tuple[Poster, ...]) -> Problems:
    """Нет расписания класса.

    Расписание занятий сформировано для каждого класса, у которого есть нагрузка. Проверяются расписания, которые
    действуют сегодня и начнут действовать позже.

    Как исправить: заполните столбец класса на листе «Расписание» книги «Расписание».
    """
    taught_classes = [name for name, loads in loads_by_class(school).items() if loads and whole_loads]
    doubts = doubted(school)
    if not taught_classes or CellRef(TIMETABLE) in doubts:
        return
    if not posters:
        yield Problem(CellRef(TIMETABLE), "расписания занятий нет")
        return
    spans = list(poster_spans(posters, school.year))
    lacking: set[str] = set()
    for poster, span in spans:
        until = None if span == spans[-1][1] else span.last
        due = due_of(span.first, school.year)
        if poster is None:
            if span.last >= september(school.year):
                yield Problem(posters[0].at, f"до {day(posters[0].since)} расписания нет", until=until)
            continue
        absent = [
            name
            for name in taught_classes
            if not poster.classes & set(columns_of(school, name)) and not doubtful(poster, name, doubts)
        ]
        absent = [name for name in absent if (book := school.book(name)) and any(book.calendar.study_days(*span))]
        lacking.update(absent)
        for name in absent if len(absent) <= FEW else absent[:1]:
            more = f" и ещё у {len(absent) - 1} классов" if len(absent) > FEW else ""
            since = f" с {day(poster.since)}" if poster.since > school.year.first else ""
            at = poster.headers.get(name, poster.at)
            only = "" if more else name
            yield Problem(at, f"нет расписания класса {name}{more}{since}", due=due, until=until, school_class=only)
    for name in taught_classes:
        if name not in lacking and any(poster.classes & set(columns_of(school, name)) for poster in posters):
            yield Problem(posters[0].at, f"расписание {name} есть", met=True, school_class=name)


@rule("R0702", clause="7.1", role=Role.DEPUTY, due=SEPTEMBER)
def timetable_and_load_differ(
    school: School, whole_plan: tuple[PlanRow, ...], whole_loads: tuple[Load, ...], posters: tuple[Poster, ...]
) -> Problems:
    """Уроков в расписании не столько, сколько часов в нагрузке.

    Уроков предмета в неделю столько, сколько часов в действующей строке нагрузки: у класса, у каждой подгруппы и у
    потока – в каждом его классе. Урок по чётным или нечётным неделям – половина урока. Если одно полугодие уроков
    больше, а другое меньше, считается среднее за год. Проверяются расписания, которые действуют сегодня и начнут
    действовать позже.

    Как исправить: исправьте столбец класса на листе «Расписание» или часы на листе «Нагрузка».
    """
    planned, of_class, doubts = planned_hours(school), loads_by_class(school), doubted(school)
    tables = [hours_of(poster) for poster in posters]
    for book in school.books:
        loads, names = of_class[book.name], columns_of(school, book.name)
        if not loads or not whole_loads or not posters:
            continue
        plan = {name: one.hours for name, one in planned.get(book.name, {}).items()} if whole_plan else {}
        week = [weekly(table, names, poster.at) for table, poster in zip(tables, posters, strict=True)]
        average = _average(book, posters, week)
        found: list[tuple[Span, Sequence[Difference]]] = []
        for span in taught_stretches(book, (*changes(loads), *(poster.since for poster in posters))):
            place = sum(poster.since <= span.first for poster in posters) - 1
            poster = posters[place]
            if place < 0 or not poster.classes & set(names) or doubtful(poster, book.name, doubts):
                found.append((span, ()))
                continue
            now = by_key(in_force(loads, span.first))
            header = poster.headers.get(book.name, poster.at)
            here = _Week(book.name, week[place], taught_at_once(tables[place], book.name), plan, average, header)
            found.append((span, [*_wrong_counts(here, now), *_unknown_lessons(here, loads)]))
        if found and not any(differences for _, differences in found):
            yield Problem(book.info.at("name"), f"расписание {book.name} сходится", met=True, school_class=book.name)
        yield from few(found, book.year, book.name, f"{book.name}: ")


def _average(
    book: ClassBook, posters: Sequence[Poster], week: Sequence[Mapping[JournalKey, Lessons]]
) -> Mapping[JournalKey, float]:
    """Return the lessons a week of every journal over all timetables of the year; {} where there is only one."""
    lasts = [*(poster.since - DAY for poster in posters[1:]), book.year.last]
    days = [
        len(book.calendar.study_days(max(poster.since, book.year.first), last))
        for poster, last in zip(posters, lasts, strict=True)
    ]
    if sum(map(bool, days)) < 2:  # noqa: PLR2004 - one timetable has no average
        return {}
    keys = {key for own in week for key in own}
    return {
        key: sum(own[key].a_week * number for own, number in zip(week, days, strict=True) if key in own) / sum(days)
        for key in keys
    }


@dataclass(frozen=True, slots=True)
class _Week:
    """A class's week by one timetable: lessons by journal and by subject, hours of the plan, the year's averages."""

    name: str
    lessons: Mapping[JournalKey, Lessons]
    cells: Mapping[str, float]
    plan: Mapping[str, float]
    average: Mapping[JournalKey, float]
    header: CellRef

    def of(self, key: JournalKey) -> Lessons:
        """Return the lessons of a journal: none stand at the class's header."""
        return self.lessons.get(key, Lessons(0.0, self.header))


def _wrong_counts(week: _Week, now: Mapping[JournalKey, list[Load]]) -> Iterator[Difference]:
    """Yield the journals whose lessons a week are not their hours, each at its first lesson or the class's header."""
    for subject in dict.fromkeys(key.subject for key in now):
        own = {key: given(key, rows) for key, rows in now.items() if key.subject == subject}
        hours = [one for one in own.values() if one is not None]
        if len(hours) < len(own):
            continue
        sums = class_sums(week.name, hours)
        planned = week.plan.get(subject, -1.0)
        counted = [Given(key, frozenset({week.of(key).a_week})) for key in own]
        if agrees(planned, class_sums(week.name, counted)) and not agrees(planned, sums):
            continue  # the timetable is as planned: the load is wrong, and that is said there
        if len({key.target for key in own}) > 1:  # a cell may be the class's lesson or its stream's
            if not agrees(week.cells.get(subject, 0.0), sums):
                at = next(week.of(key).at for key in own)
                yield _difference(subject, max(sums), Lessons(week.cells.get(subject, 0.0), at), subject)
            continue
        for key, own_sums in ((one.key, one.sums) for one in hours):
            lessons = week.of(key)
            if not any(_fits(lessons.a_week, one, week.average.get(key)) for one in own_sums):
                what = f"{subject} ({key.group})" if key.group else subject
                whose = f" потока {key.target}" if key.target != week.name else ""
                yield _difference(f"{what}{whose}", max(own_sums), lessons, subject)


def _difference(what: str, hours: float, lessons: Lessons, subject: str) -> Difference:
    text = f"{what} – в нагрузке {hours_said(hours)}, в расписании {_lessons_said(lessons.a_week)}"
    return Difference(lessons.at, text, subject)


def _fits(count: float, hours: float, average: float | None) -> bool:
    """Return whether so many lessons a week are so many hours: part of an hour may be more one week, less another."""
    near = 1.0 if not float(hours).is_integer() else NEAR
    return abs(count - hours) < near or (average is not None and abs(average - hours) <= _AVERAGE)


def _unknown_lessons(week: _Week, loads: Sequence[Load]) -> Iterator[Difference]:
    """Yield the lessons of subjects the class has neither in its load nor in its plan."""
    known = {load.subject for load in loads}
    for key, lessons in week.lessons.items():
        if key.subject not in known and not week.plan.get(key.subject):
            text = f"{key.subject} – в расписании {_lessons_said(lessons.a_week)}, в нагрузке предмета нет"
            yield Difference(lessons.at, text, key.subject)


def _lessons_said(count: float) -> str:
    if not count:
        return "уроков нет"
    if not count.is_integer():
        return f"{decimal(count, 1)}\u00a0урока"
    return f"{int(count)}\u00a0{plural(int(count), 'урок', 'урока', 'уроков')}"


@rule("R0703", clause="7.3", role=Role.DEPUTY, due=days_before(14, "начала каникул"))
def holidays_not_published(school: School, whole_holidays: tuple[Holiday, ...]) -> Problems:
    """Каникулы не объявлены за две недели.

    Сведения о каникулах публикуют не позднее двух недель до их начала; когда – видно по графе «Опубликовано».

    Как исправить: впишите в графу «Опубликовано» листа «Каникулы» книги «Школа» день, когда каникулы объявлены.
    """
    doubts = doubted(school)
    for row in whole_holidays:
        at = row.at("published")
        if row.start is None or row.unread("published") or at in doubts:
            continue
        name = f"{row.name} каникулы" if row.name else "каникулы"
        message = f"{name} с {day(row.start)}: не указано, когда они объявлены"
        if row.published:
            message = f"{name} с {day(row.start)} объявлены {day(row.published)}"
        yield Problem(at, message, since=row.start, done_at=row.published)


RULES: tuple[Rule, ...] = (timetable_missing, timetable_and_load_differ, holidays_not_published)
"""The rules of the module in the order of their codes."""
