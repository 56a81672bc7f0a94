"""Filling the journals: the form as the program makes it for a teacher, then all that the teacher has typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sgo_sheets.demo import curriculum as plan
from sgo_sheets.demo.absence import Away
from sgo_sheets.demo.course import Course, Held, Learner
from sgo_sheets.demo.lesson_plans import NAMES, NOT_SET, PROJECT, Planned, lesson_plan
from sgo_sheets.demo.office import Row, table
from sgo_sheets.demo.teaching import EXEMPT, Taught, rounded, teach
from sgo_sheets.demo.world import Item, Spec, World
from sgo_sheets.demo.year import DAY, Term, Year
from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, BookKind, GridContent, Rows
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.school.model import School
from sgo_sheets.school.prefill import Draft, journal_content

YEAR = "Год"
FINISHING = frozenset({9, 11})
EXAM_SUBJECT, EXAM_KNOWN, FRIDAY = "Русский язык", 28, 4
"""The subject of the exam, how many days before everybody knows the day, and the last day of a working week."""
BEYOND = "Повторение изученного"
_LONG_TASK = 9
"""Every so many lessons the homework is due not at the next lesson but at the one after it."""
_EASY = (plan.PE, "Музыка", "Изобразительное искусство", plan.CRAFTS)


@dataclass(frozen=True, slots=True)
class Job:
    """A journal to be written: where, its form, what is to be taught in it and to whom. Picklable.

    ``finishing`` – the learners, by place, who finish a stage of school (9, 11): they get the mark «Итог»; ``exam`` is
    the day of their exam, None where there is none or nobody knows of it yet.
    """

    path: str
    form: BookContent
    course: Course
    learners: tuple[Learner, ...]
    spec: Spec
    grade: int
    teacher: str
    year: Year
    finishing: frozenset[int] = frozenset()
    exam: dt.date | None = None


def plan_hours(item: Item) -> tuple[Planned, ...]:
    """Return the lesson plan a load row names, hour by hour."""
    grade = plan.grade_of(item.target)
    return lesson_plan(item.subject, grade, plan.plan_hours(grade, item.hours))


def lesson_plan_book(world: World, item: Item) -> BookContent:
    """Return КТП/<Предмет> <параллель>.xlsx."""
    rows: list[Row] = [
        {
            "№ урока": number, "Раздел": one.section, "Тема урока": one.topic, "Часов": 1,
            "Домашнее задание": one.homework, "Вид работы": NAMES.get(one.kind, ""),
        }
        for number, one in enumerate(plan_hours(item), start=1)
    ]  # fmt: skip
    title: dict[str, Raw] = {
        "Предмет": item.subject, "Параллель": plan.grade_of(item.target), "Учебный год": world.year.name,
    }  # fmt: skip
    return BookContent(BookKind.LESSON_PLAN, {"Титул": title, "План": table(rows)})


def journal_job(
    world: World,
    school: School,
    draft: Draft,
    path: str,
    away: Away,
) -> Job:
    """Return what is to be done for one journal."""
    item = next(one for one in world.staff.items if (one.target, one.subject, one.group) == tuple(draft.key))
    grade = plan.grade_of(item.target)
    planned = plan_hours(item)
    slots = [slot for slot in draft.slots if not slot.cancelled]
    lessons = tuple(
        Held(slot.date, slot.number, planned[place] if place < len(planned) else None)
        for place, slot in enumerate(slots)
    )
    terms = tuple(Term(p.name, p.first, p.last) for p in draft.periods if p.type != "год")
    grading = plan.BY_NAME[item.subject].grading
    graded = "" if grade == 1 or grading == plan.NONE else grading
    levels = {one.id: one.level for one in world.children}
    learners = tuple(
        Learner(
            member.pupil,
            levels[member.pupil] + world.spec.stream("talent", member.pupil, item.subject).gauss(0, 0.22),
            tuple((span.first, span.last) for span in member.spans),
            away.absences.get(member.pupil, ()),
            away.releases.get(member.pupil) if item.subject == plan.PE else None,
        )
        for member in draft.members
    )
    settled = {term.name: world.year.settled(term) for term in terms}
    course = Course(graded, lessons, terms, world.spec.on, settled, 0.5 if item.subject in _EASY else 0.0)
    form = journal_content(school, draft)
    grades = {one.id: plan.grade_of(one.school_class) for one in world.children}
    finishing = frozenset(n for n, one in enumerate(learners) if grades[one.id] in FINISHING)
    exam = exam_day(world.year)
    known = item.subject == EXAM_SUBJECT and finishing and exam - EXAM_KNOWN * DAY <= world.spec.on
    return Job(
        path=path,
        form=form,
        course=course,
        learners=learners,
        spec=world.spec,
        grade=grade,
        teacher=item.teacher,
        year=world.year,
        finishing=finishing,
        exam=exam if known else None,
    )


def exam_day(year: Year) -> dt.date:
    """Return the day of the exam of those who finish: the second working day after the last lesson."""
    day = year.study_last + 2 * DAY
    while day.weekday() > FRIDAY or day in year.off:
        day += DAY
    return day


def filled(job: Job) -> BookContent:
    """Return the journal as it stands on the day asked for."""
    taught = teach(job.course, job.learners, job.spec.stream("teaching", job.path))
    grid, lessons, finals = (job.form.sheets[name] for name in (MARKS_SHEET, "Уроки", "Итоги"))
    if not (isinstance(grid, GridContent) and isinstance(lessons, Rows) and isinstance(finals, Rows)):
        raise TypeError("the form of a journal holds a grid and two tables")
    columns = tuple((*grid.columns[number][:2], kind) for number, kind in taught.columns)
    sheets = {
        **job.form.sheets,
        MARKS_SHEET: GridContent(columns, grid.pupils, taught.cells),
        "Уроки": Rows(tuple(_lessons(job, lessons.rows))),
        "Итоги": Rows(tuple(_finals(job, taught, finals.rows)), finals.columns),
    }
    return replace(job.form, sheets=sheets)


def _lessons(job: Job, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of «Уроки»: held lessons have topic and homework, in the manner of the teacher."""
    copies = job.spec.stream("manner", job.teacher).random() < 0.45
    for place, (held, row) in enumerate(zip(job.course.lessons, rows, strict=True)):
        if held.date > job.course.on:
            yield row
            continue
        planned = str(row.get("По плану") or "")
        typed: dict[str, Raw] = {"Тема урока": planned if copies and planned else "+" if planned else BEYOND}
        if job.grade > 1:
            typed["Домашнее задание"] = held.planned.homework if held.planned else NOT_SET
            later = job.course.lessons[place + 2].date if place + 2 < len(rows) else None
            if place % _LONG_TASK == _LONG_TASK - 1 and later and typed["Домашнее задание"] != NOT_SET:
                typed["Сдать к"] = later
            if held.planned and held.planned.kind == PROJECT:
                typed["Примечание"] = "проекты принимаются и позже"
        yield {**row, **typed}


def _finals(job: Job, taught: Taught, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of «Итоги»: the marks of the closed terms and, at the end, of the year."""
    names = [term.name for term in job.course.terms]
    for place, row in enumerate(rows):
        marks: dict[str, Raw] = {
            name: _mark(taught.finals[place, name]) for name in names if (place, name) in taught.finals
        }
        here = job.learners[place].member(job.year.study_last)
        if here and names and names[-1] in marks:
            marks[YEAR] = _year(list(marks.values()))
            if place in job.finishing:
                marks |= _ending(job, marks[YEAR])
        yield {**row, **marks}


def _ending(job: Job, year: Raw) -> dict[str, Raw]:
    """Return the last marks of a pupil who finishes: «Итог» is that of the year, where there is an exam after it."""
    if job.exam is None:
        return {"Итог": year}
    if job.exam > job.course.on:
        return {"Дата экзамена": job.exam}
    return {"Экзамен": year, "Дата экзамена": job.exam, "Итог": year}


def _year(marks: Sequence[Raw]) -> Raw:
    digits = [mark for mark in marks if isinstance(mark, int)]
    if digits:
        return rounded(sum(digits) / len(digits))
    words = [mark for mark in marks if mark != EXEMPT]
    return words[-1] if words else EXEMPT


def _mark(text: str) -> Raw:
    return int(text) if text.isdigit() else text
