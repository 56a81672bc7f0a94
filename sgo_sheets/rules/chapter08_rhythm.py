"""Глава VIII, текущие отметки вносятся раз в две недели (п. 8.4): пустые две недели, ученик без отметок."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Datum, Problem, Problems, Role, Severity
from sgo_sheets.records.catalog import MARKS_SHEET, Grid, GridRow
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.rules.fortnights import Fortnight, fortnights, graded_lessons
from sgo_sheets.rules.graded import mark_days
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.settings import SILENT_WEEKS
from sgo_sheets.rules.terms import days_after
from sgo_sheets.russian import counted, day, fold
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal, Member, Pupil, Span

ANY_MARK = "отметки"
"""The field by which the history knows «any mark of this day» of «Отметки»."""
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)


@rule("R0811", clause="8.4", role=Role.TEACHER, due=days_after(14, "этих двух недель"))
def fortnight_without_marks(
    journal: Journal, lessons: tuple[Lesson, ...], whole_grid: Grid, members: tuple[Member, ...], book: ClassBook
) -> Problems:
    """За две недели нет ни одной отметки.

    Текущие отметки вносятся не реже одного раза в две недели. Две недели считаются от первого учебного дня класса;
    замечание есть, если за них проведено хотя бы два урока. Пустые две недели подряд – одно замечание.

    Как исправить: внесите отметки за эти уроки на лист «Отметки».
    """
    dates = graded_lessons(journal, lessons, book)
    held = [date for date in dates if any(member.on(date) for member in members)]
    marked = sorted({date for row in whole_grid.rows for date in mark_days(whole_grid, row)})
    runs: list[list[Fortnight]] = []
    for fortnight in fortnights(held, marked, book):
        if fortnight.marked:
            yield _of_fortnight(fortnight, journal, whole_grid)
            continue
        since = runs[-1][-1].span.last if runs else None
        if since is not None and not any(since < date < fortnight.span.first for date in marked):
            runs[-1].append(fortnight)
        else:
            runs.append([fortnight])
    for run in runs:
        yield _of_fortnight(run[0], journal, whole_grid)


def silences(held: Sequence[dt.date], grid: Grid, book: ClassBook) -> list[Fortnight]:
    """Return the fortnights of the journal without any mark."""
    marked = {date for row in grid.rows for date in mark_days(grid, row)}
    return [one for one in fortnights(held, marked, book) if not one.marked]


def _of_fortnight(fortnight: Fortnight, journal: Journal, grid: Grid) -> Problem:
    """Return what is to be said of a fortnight: done where it has marks; else of a run of empty ones, by its first.

    An empty run stands at its first held lesson. A fortnight taught by one substitute alone is the substitute's.
    """
    span, lessons, marked = fortnight
    given = [slot for slot in journal.slots if slot.date in lessons and not slot.cancelled]
    teachers = {slot.teacher if slot.substitute else "" for slot in given} or {""}
    person = teachers.pop() if len(teachers) == 1 else ""
    at = CellRef(grid.workbook, MARKS_SHEET)
    if marked:
        data = tuple(Datum(grid.workbook, MARKS_SHEET, date.isoformat(), ANY_MARK) for date in marked)
        return Problem(at, "отметки за две недели внесены", since=span.last, person=person, met=True, data=data)
    place = next((n for n, column in enumerate(grid.columns) if column.date == lessons[0]), None)
    at = at if place is None else grid.at_date(place)
    message = f"ни одной отметки за две недели {day(span.first)}–{day(span.last)} (уроков: {len(lessons)})"
    return Problem(at, message, since=span.last, person=person)


@rule("R0812", clause="8.4", role=Role.TEACHER, due=days_after(14, "этих четырёх недель"), severity=Severity.WARNING)
def pupil_without_marks(
    *,
    journal: Journal,
    lessons: tuple[Lesson, ...],
    whole_grid: Grid,
    members: tuple[Member, ...],
    roll: tuple[Pupil, ...],
    teacher_book: ClassTeacherBook,
    book: ClassBook,
) -> Problems:
    """У ученика четыре недели подряд нет отметок.

    Четыре календарные недели подряд, в каждой из которых ученик был хотя бы на одном уроке. Каникулы, болезнь,
    освобождение и непроведённые уроки не считаются; где отметок нет ни у кого, говорит правило R0811.

    Как исправить: спросите ученика и внесите отметку на лист «Отметки».
    """
    enough = SILENT_WEEKS.number(book.regulation)
    held = graded_lessons(journal, lessons, book)
    quiet = [silence.span for silence in silences(held, whole_grid, book)]
    pupils = {pupil.id: pupil for pupil in roll}
    own = {member.pupil: member for member in members if member.pupil in pupils}
    weeks: dict[dt.date, list[dt.date]] = {}
    for date in dict.fromkeys(held):
        weeks.setdefault(date - dt.timedelta(days=date.weekday()), []).append(date)
    loud = [monday for monday in sorted(weeks) if not any(_meet(monday, span) for span in quiet)]
    kept = {monday: weeks[monday] for monday in loud}
    for row in whole_grid.rows:
        member = own.get(row.pupil)
        if member is None:
            continue
        away = absences(row, whole_grid, teacher_book, journal.key.subject)

        def present(date: dt.date, member: Member = member, away: Absences = away) -> bool:
            here = member.on(date) and pupils[member.pupil].class_on(date) == book.name
            return here and date not in away.days and not any(date in span for span in away.spans)

        for first, last in _silent_weeks(mark_days(whole_grid, row), kept, present, enough):
            weeks_in_words = counted(enough, "неделю", "недели", "недель")
            message = f"{member.name}: {weeks_in_words} подряд нет отметок, {day(first)}–{day(last)}"
            yield Problem(whole_grid.at_pupil(row), message, since=last, pupil=row.pupil)


def _silent_weeks(
    marks: frozenset[dt.date], weeks: Mapping[dt.date, list[dt.date]], present: Callable[[dt.date], bool], enough: int
) -> Iterator[Span]:
    """Yield, for every run of so many silent weeks or more, the first ``enough`` weeks of it."""
    marked = {date - dt.timedelta(days=date.weekday()) for date in marks}
    run: list[dt.date] = []
    for monday, dates in weeks.items():
        if monday in marked or not any(map(present, dates)):
            run = []
            continue
        run = [*run, monday] if run and run[-1] + WEEK == monday else [monday]
        if len(run) == enough:
            yield Span(run[0], monday + WEEK - DAY)


def _meet(monday: dt.date, span: Span) -> bool:
    return monday <= span.last and span.first < monday + WEEK


class Absences(NamedTuple):
    """When a pupil was not taught the subject: days of absence in the grid, spans with a reason or a release."""

    days: frozenset[dt.date]
    spans: tuple[Span, ...]


def absences(row: GridRow, grid: Grid, teacher_book: ClassTeacherBook, subject: str) -> Absences:
    """Return when a pupil missed the lessons of a journal or was released from its subject."""
    days = frozenset(grid.columns[place].date for place, said in row.cells.items() if said.absence or said.exempt)
    reasons = [(r.since, r.until) for r in teacher_book.reasons if r.pupil == row.pupil]
    releases = [
        (r.since, r.until)
        for r in teacher_book.releases
        if r.pupil == row.pupil and (not r.subject or fold(r.subject) == fold(subject))
    ]
    spans = (Span(since or dt.date.min, until or dt.date.max) for since, until in (*reasons, *releases))
    return Absences(days, tuple(spans))
