"""Mistakes on purpose in «Уроки»: topics, rows, homework, dates."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sgo_sheets.demo.planting import Journal, Planted


def no_topic(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out the topic of a lesson of three or four weeks ago."""
    rows = journal.ago(15, 34)
    if not rows or journal.job.grade == 1:
        return ()
    place = rng.choice(rows)
    journal.lessons[place]["Тема урока"] = ""
    return [Planted("R0801", journal.at_lesson(place, "Тема урока"), day=journal.day(place))]


def lazy_week(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Leave the lessons of the last days blank: there is time yet."""
    rows = journal.ago(0, 9)
    term = journal.open
    if not 1 <= len(rows) <= 2 or len(journal.ago(0, 20)) > 4 or not journal.job.course.graded:
        return ()
    if term is None or any(journal.day(place) < term.first for place in rows):
        return ()
    days = {journal.lessons[place]["Дата"] for place in rows}
    for place in rows:
        journal.lessons[place].update({"Тема урока": "", "Домашнее задание": ""})
    for pupil, column in list(journal.cells):
        if journal.columns[column][0] in days:
            del journal.cells[pupil, column]
    return [Planted("R0801", journal.at_lesson(place, "Тема урока"), day=journal.day(place)) for place in rows]


def no_row(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Lose the row of a lesson."""
    rows = journal.ago(16, 40)
    if not rows or not journal.job.course.graded:
        return ()
    place = rng.choice(rows)
    day = journal.day(place)
    del journal.lessons[place]
    return [Planted("R0802", journal.at_lesson(len(journal.lessons), "Дата"), day=day)]


def no_homework(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out the homework twice: lately, and some weeks ago."""
    late, old = journal.ago(1, 12), journal.ago(16, 40)
    if not late or not old or not journal.job.course.graded:
        return ()
    chosen = sorted((rng.choice(old), rng.choice(late)))
    for place in chosen:
        journal.lessons[place]["Домашнее задание"] = ""
    return [Planted("R0803", journal.at_lesson(place, "Домашнее задание")) for place in chosen]


def first_grade_homework(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Set homework in the first grade."""
    rows = journal.ago(1, 30) if journal.job.grade == 1 else []
    if not rows:
        return ()
    place = rng.choice(rows)
    journal.lessons[place]["Домашнее задание"] = text = "прописи, стр. 14"
    return [Planted("R0809", journal.at_lesson(place, "Домашнее задание"), text)]


def wrong_year(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Turn two figures of the year round in a date."""
    rows = journal.ago(10, 40)
    if not rows:
        return ()
    place = rng.choice(rows)
    day = journal.day(place)
    tens = day.year % 100
    journal.lessons[place]["Дата"] = wrong = day.replace(year=2000 + tens % 10 * 10 + tens // 10)
    return [journal.shown(journal.at_lesson(place, "Дата"), wrong, "W0307")]
