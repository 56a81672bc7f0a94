"""What a new workbook holds before anybody types: pupils, lessons of the timetable, topics of the КТП."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sgo_sheets.records.catalog import BookContent, BookKind, GridContent, Rows
from sgo_sheets.records.journal_books import PERIOD_EXTRAS
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.records.school_book import SchoolClass
from sgo_sheets.russian import file_name, fold
from sgo_sheets.school.calendars import periods_of
from sgo_sheets.school.elements import JournalKey, Member, PeriodOf, Slot
from sgo_sheets.school.journals import journal_path, journal_slots, members, taught
from sgo_sheets.school.model import LessonPlan, School

CLASS_TEACHER_FILE = "Классный руководитель.xlsx"


@dataclass(frozen=True, slots=True)
class Draft:
    """A journal before it has a workbook: its load, pupils, lessons and periods."""

    key: JournalKey
    members: tuple[Member, ...]
    slots: tuple[Slot, ...]
    periods: tuple[PeriodOf, ...]
    plan: LessonPlan | None


def wanted_workbooks(school: School) -> Iterator[tuple[str, BookContent]]:
    """Yield every workbook a class, a load or a plan calls for: its path in the workbooks folder, what to write."""
    for info in school.classes:
        yield f"Контингент/{file_name(info.name)}.xlsx", BookContent(BookKind.ROLL)
        yield (
            f"Журналы/{file_name(info.name)}/{CLASS_TEACHER_FILE}",
            BookContent(
                BookKind.CLASS_TEACHER, {"Титул": {"Класс": info.name, "Учебный год": school.organisation.year}}
            ),
        )
    plans: dict[str, Load] = {}
    for load in taught(school.loads):
        if load.plan:
            plans.setdefault(fold(load.plan), load)
    for load in plans.values():
        yield f"КТП/{file_name(load.plan)}.xlsx", plan_content(school, load)
    for key in dict.fromkeys(JournalKey(load.target, load.subject, load.group) for load in taught(school.loads)):
        yield journal_path(key), journal_content(school, draft(school, key))


def plan_content(school: School, load: Load) -> BookContent:
    """Return a blank КТП of the subject and grade a load names."""
    info = _home(school, load.target)
    title: dict[str, Raw] = {
        "Предмет": load.subject,
        "Параллель": info.grade if info else None,
        "Вариант": "",
        "Учебный год": school.organisation.year,
    }
    return BookContent(BookKind.LESSON_PLAN, {"Титул": title})


def draft(school: School, key: JournalKey) -> Draft:
    """Return the journal a load calls for, with its pupils of the whole year and the lessons of the timetable."""
    loads = [load for load in taught(school.loads) if JournalKey(load.target, load.subject, load.group) == key]
    info = _home(school, key.target)
    classes = tuple(c.name for c in school.classes if key.target == c.name or _attends(school, c.name, key.target))
    books = {book.name: book for book in school.books}
    rolls = {name: books[name].roll or () for name in classes}
    groups = {pair: rows for pair, rows in school.groups.items() if pair[0] == key.target}
    slots = journal_slots(key, {name: books[name].slots for name in classes}, classes)
    periods = periods_of(loads[-1].periods if loads else "", books[info.name].periods if info else ())
    plan_name = next((load.plan for load in reversed(loads) if load.plan), "")
    plan = next((plan for name, plan in school.plans.items() if fold(name) == fold(plan_name)), None)
    own = members(key, classes, rolls, groups, school.year)
    return Draft(key, own, slots, periods, plan)


def _home(school: School, target: str) -> SchoolClass | None:
    classes = school.streams.get(target, (target,))
    return next((info for info in school.classes if info.name == classes[0]), None)


def _attends(school: School, name: str, target: str) -> bool:
    return name in school.streams.get(target, ())


def journal_content(school: School, journal: Draft) -> BookContent:
    """Return a journal as its teacher first opens it: nothing typed, everything known filled in."""
    lessons = [slot for slot in journal.slots if not slot.cancelled]
    doubled = _doubled(lessons)
    columns = tuple((s.date, s.number if s.date in doubled else None, "") for s in lessons)
    pupils = tuple((m.pupil, m.name) for m in journal.members)
    title: dict[str, Raw] = {
        "Класс": journal.key.target,
        "Предмет": journal.key.subject,
        "Группа": journal.key.group,
        "Учебный год": school.organisation.year,
    }
    terms = [p for p in journal.periods if p.type != "год"]
    names = tuple(dict.fromkeys([*(p.name for p in terms), *PERIOD_EXTRAS]))
    return BookContent(
        BookKind.JOURNAL,
        {
            "Титул": title,
            "Отметки": GridContent(columns, pupils),
            "Уроки": Rows(tuple(_lesson_rows(lessons, doubled, journal.plan))),
            "Итоги": Rows(tuple({"№ личного дела": p, "Обучающийся": name} for p, name in pupils), names),
        },
        periods=tuple((p.name, p.first, p.last) for p in terms),
    )


def _doubled(lessons: Iterable[Slot]) -> set[dt.date]:
    """Return the days with more than one lesson: only there the lesson's number is needed."""
    seen: set[dt.date] = set()
    doubled = set()
    for slot in lessons:
        if slot.date in seen:
            doubled.add(slot.date)
        seen.add(slot.date)
    return doubled


def _lesson_rows(
    lessons: Iterable[Slot], doubled: set[dt.date], plan: LessonPlan | None
) -> Iterator[Mapping[str, Raw]]:
    topics = planned_topics(plan)
    for slot in lessons:
        number, topic = next(topics, (None, ""))
        row: dict[str, Raw] = {"Дата": slot.date, "№ по КТП": number, "По плану": topic}
        if slot.date in doubled:
            row["Урок"] = slot.number
        yield row


def planned_topics(plan: LessonPlan | None) -> Iterator[tuple[int | None, str]]:
    """Yield number and topic of the plan lesson by lesson: a topic of two hours stands twice."""
    for lesson in plan.lessons if plan else ():
        for _ in range(max(1, round(lesson.hours or 1))):
            yield lesson.number, lesson.topic
