"""Mistakes on purpose in «Отметки»: the wrong day, the wrong pupil, no marks at all, slips of the keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from sgo_sheets.demo.planting import Journal, Planted
from sgo_sheets.demo.teaching import ABSENT
from sgo_sheets.demo.year import DAY, WEEK
from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import MARKS_SHEET


def wrong_day(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Put a mark on a day after the lesson, when there was none."""
    if journal.open is None or journal.job.course.graded != "отметка":
        return ()
    taken = {day for day, *_ in journal.columns}
    free = [
        (column, day + DAY)
        for column in journal.columns_of(journal.open)
        if (day := journal.columns[column][0]) + DAY not in taken and day.weekday() < 4 and day < journal.on
    ]
    if not free:
        return ()
    after, day = rng.choice(free)
    pupil = next(place for place, one in enumerate(journal.job.learners) if one.member(day))
    journal.columns.insert(after + 1, (day, None, ""))
    journal.cells = {(p, c + (c > after)): text for (p, c), text in journal.cells.items()}
    journal.cells[pupil, after + 1] = "4"
    return [Planted("R0804", journal.at_mark(pupil, after + 1), "4")]


def stranger(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Give a mark to a pupil who has left."""
    for pupil, learner in enumerate(journal.job.learners):
        gone = max(last for _, last in learner.spans)
        for column, (day, *_) in enumerate(journal.columns):
            if gone < day <= journal.on and journal.job.course.graded == "отметка":
                journal.cells[pupil, column] = "5"
                return [Planted("R0805", journal.at_mark(pupil, column), "5")]
    return ()


def no_newcomer(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Forget the row of a pupil who has come during the year."""
    start = journal.columns[0][0] if journal.columns else journal.on
    for pupil, learner in enumerate(journal.job.learners):
        first = min(first for first, _ in learner.spans)
        taught = any(first <= day <= journal.on for day, *_ in journal.columns)
        judged = any(first <= term.first and term.last <= journal.on for term in journal.job.course.terms)
        if start < first and taught and not judged:
            del journal.pupils[pupil]
            kept = {(p - (p > pupil), c): text for (p, c), text in journal.cells.items() if p != pupil}
            journal.cells = kept
            return [Planted("R0807", CellRef(journal.job.path, MARKS_SHEET))]
    return ()


def first_grade_mark(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Give a mark in the first grade."""
    free = _blank_cells(journal) if journal.job.grade == 1 else []
    if not free:
        return ()
    pupil, column = rng.choice(free)
    journal.cells[pupil, column] = "5"
    return [Planted("R0808", journal.at_mark(pupil, column), "5")]


def silent_fortnight(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Take away all marks of a fortnight that is long over."""
    term = journal.open
    if term is None or not journal.job.course.graded:
        return ()
    first = journal.job.year.first
    for number in range((journal.on - first) // (2 * WEEK) - 2, -1, -1):
        start = first + number * 2 * WEEK
        held = [n for n in journal.ago(0, 400) if start <= journal.day(n) < start + 2 * WEEK]
        columns = [n for n, (day, *_) in enumerate(journal.columns) if start <= day < start + 2 * WEEK]
        if len(held) >= 2 and all(journal.columns[n][0] >= term.first for n in columns):
            for pupil in range(len(journal.pupils)):
                for column in columns:
                    journal.unmark(pupil, column)
            day = journal.columns[columns[0]][0]
            return [replace(journal.shown(journal.at_date(columns[0]), day, "R0811"), day=day)]
    return ()


def silent_pupil(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Take away a pupil's marks of four weeks that are long over."""
    term = journal.open
    if term is None or not journal.job.course.graded:
        return ()
    weeks: dict[dt.date, list[int]] = {}
    for column in journal.columns_of(term):
        day = journal.columns[column][0]
        weeks.setdefault(day - day.weekday() * DAY, []).append(column)
    for monday in reversed(weeks):
        run = [monday + n * WEEK for n in range(4)]
        if not all(one in weeks for one in run) or run[-1] + 3 * WEEK > journal.on:
            continue
        for pupil in journal.in_some_order(rng):
            learner = journal.job.learners[pupil]
            away = any(one.first < run[-1] + WEEK and monday <= one.last for one in learner.absences)
            if not away and learner.release is None and learner.member(monday) and learner.member(run[-1] + WEEK):
                for column in (column for one in run for column in weeks[one]):
                    journal.unmark(pupil, column)
                return [Planted("R0812", journal.at_pupil(pupil), journal.pupils[pupil][0])]
    return ()


def fraction(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Type two marks with a point between them."""
    if journal.open is None:
        return ()
    held = set(journal.columns_of(journal.open))
    marked = [key for key, text in sorted(journal.cells.items()) if key[1] in held and text.isdigit()]
    if not marked:
        return ()
    pupil, column = rng.choice(marked)
    journal.cells[pupil, column] = "5.4"
    return [Planted("W0302", journal.at_mark(pupil, column), "5.4")]


def latin_letter(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Type the absence in the Latin layout."""
    absent = [key for key, text in sorted(journal.cells.items()) if text == ABSENT]
    if not absent:
        return ()
    pupil, column = rng.choice(absent)
    journal.cells[pupil, column] = "H"
    return [Planted("W0301", journal.at_mark(pupil, column), "H")]


def _blank_cells(journal: Journal) -> list[tuple[int, int]]:
    """Return the empty cells of lessons that have been held, of pupils who were in the class."""
    return [
        (pupil, column)
        for column, (day, *_) in enumerate(journal.columns)
        for pupil, learner in enumerate(journal.job.learners)
        if day <= journal.on and learner.member(day) and (pupil, column) not in journal.cells
    ]
