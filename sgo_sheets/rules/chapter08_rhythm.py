"""Глава VIII, текущие отметки вносятся раз в две недели (п. 8.4): пустые две недели, ученик без отметок."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Datum, Problem, Problems, Role, Severity
from sgo_sheets.records.catalog import MARKS_SHEET, Grid, GridRow
from sgo_sheets.rules.fortnights import Fortnight, Rhythm, fortnights
from sgo_sheets.rules.rule import rule
from sgo_sheets.rules.settings import SILENT_WEEKS
from sgo_sheets.rules.terms import days_after
from sgo_sheets.russian import counted, day, fold
from sgo_sheets.school.elements import Member, Pupil, Span
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

ANY_MARK = "отметки"
"""The field by which the history knows «any mark of this day» of «Отметки»."""
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)


@rule("R0811", clause="8.4", role=Role.TEACHER, due=days_after(14, "этих двух недель"))
def fortnight_without_marks(journal: Journal, whole_grid: Grid, rhythm: Rhythm) -> Problems:
    """За две недели нет ни одной отметки.

    Текущие отметки вносятся не реже одного раза в две недели. Две недели считаются от первого учебного дня класса;
    замечание есть, если за них проведено хотя бы два урока. Пустые две недели подряд – одно замечание.

    Как исправить: внесите отметки за эти уроки на лист «Отметки».
    """
    runs: list[list[Fortnight]] = []
    for fortnight in rhythm.fortnights:
        if fortnight.marked:
            yield _of_fortnight(fortnight, journal, whole_grid)
            continue
        since = runs[-1][-1].span.last if runs else None
        if since is not None and not any(since < date < fortnight.span.first for date in rhythm.marked.days):
            runs[-1].append(fortnight)
        else:
            runs.append([fortnight])
    for run in runs:
        yield _of_fortnight(run[0], journal, whole_grid)


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
    rhythm: Rhythm,
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
    quiet = [one.span for one in fortnights(rhythm.held, rhythm.marked.days, book) if not one.marked]
    pupils = {pupil.id: pupil for pupil in roll}
    own = {member.pupil: member for member in members if member.pupil in pupils}
    weeks: dict[int, list[dt.date]] = {}
    for date in dict.fromkeys(rhythm.held):
        weeks.setdefault(_week(date), []).append(date)
    loud = [week for week in sorted(weeks) if not any(_meet(_monday(week), span) for span in quiet)]
    for row in whole_grid.rows:
        member, marked = own.get(row.pupil), set(map(_week, rhythm.marked.by_row[row.row]))
        runs = [run for run in _in_a_row(week for week in loud if week not in marked) if len(run) >= enough]
        if member is None or not runs:
            continue
        away = absences(row, whole_grid, teacher_book, journal.key.subject)

        def present(date: dt.date, member: Member = member, away: Absences = away) -> bool:
            here = member.on(date) and pupils[member.pupil].class_on(date) == book.name
            return here and date not in away.days and not any(date in span for span in away.spans)

        attended = [week for run in runs for week in run if any(map(present, weeks[week]))]
        for silent in _in_a_row(attended):
            if len(silent) >= enough:
                first, last = _monday(silent[0]), _monday(silent[enough - 1]) + WEEK - DAY
                weeks_in_words = counted(enough, "неделю", "недели", "недель")
                message = f"{member.name}: {weeks_in_words} подряд нет отметок, {day(first)}–{day(last)}"
                yield Problem(whole_grid.at_pupil(row), message, since=last, pupil=row.pupil)


def _in_a_row(weeks: Iterable[int]) -> list[list[int]]:
    """Return the runs of weeks that follow each other, of weeks in order."""
    found: list[list[int]] = []
    for week in weeks:
        if found and found[-1][-1] + 1 == week:
            found[-1].append(week)
        else:
            found.append([week])
    return found


def _week(date: dt.date) -> int:
    """Return the number of a calendar week, counted from the year 1, which began with a Monday."""
    return (date.toordinal() - 1) // 7


def _monday(week: int) -> dt.date:
    return dt.date.fromordinal(week * 7 + 1)


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
