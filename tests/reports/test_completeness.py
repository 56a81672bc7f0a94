"""How far journals are filled on a day: what was to be done by then, and how much of it is."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sgo_sheets.findings import CellRef, State
from sgo_sheets.reports.completeness import Completeness, Share, completeness
from sgo_sheets.rules.engine import judge
from sgo_sheets.school.model import ClassBook, School
from tests.school.small import d
from tests.site.control_school import ON, clean_school, english, mathematics, teacher_book, troubled_school


def _book(school: School) -> ClassBook:
    found = school.book("5А")
    assert found is not None
    return found


def _of(school: School, on: dt.date = ON) -> Completeness:
    return completeness(_book(school), on)


def test_a_clean_school_owes_nothing() -> None:
    found = _of(clean_school())
    assert found.rows.owed == found.rows.done > 0
    assert found.topics.owed == found.topics.done > 0
    assert found.marks == Share(4, 4)  # one quarter; mathematics for two pupils, English for each of them once


def test_what_is_missing_is_what_the_rules_call_overdue() -> None:
    days = [ON + dt.timedelta(days=n) for n in range(0, 40, 7)]
    for on in days:
        book = _book(troubled_school())
        found = completeness(book, on)
        late = [f.code for f in judge(book, on).findings if f.state is State.OVERDUE]
        assert found.rows.owed - found.rows.done == late.count("R0802")
        assert found.topics.owed - found.topics.done == late.count("R0801")


def test_a_row_without_a_topic_is_a_row_but_no_topic() -> None:
    journal = mathematics()
    lessons = journal.tables["Уроки"]
    bare = tuple(row.model_copy(update={"topic": ""}) if row.date == d("07.09") else row for row in lessons)  # type: ignore[attr-defined]  # rows of «Уроки»
    silent = dataclasses.replace(journal, tables={**journal.tables, "Уроки": bare})
    found = _of(clean_school(journals=[silent, english("1"), english("2"), teacher_book()]))
    assert found.rows.owed == found.rows.done
    assert found.topics.owed - found.topics.done == 1


def test_only_lessons_whose_two_weeks_are_over_are_owed() -> None:
    before, after = _of(troubled_school(), d("16.11")), _of(troubled_school(), d("17.11"))
    assert before.rows.owed + 2 == after.rows.owed  # on 2 November both English and mathematics had a lesson


def test_groups_of_a_subject_are_one_filling() -> None:
    filling = _of(troubled_school()).fillings["Английский язык"]
    assert filling.paths == ("Журналы/5А/Английский язык (1).xlsx",)
    assert (filling.written, filling.lacking) == (0, True)
    assert filling.lessons > 0


def test_an_unreadable_journal_is_neither_filled_nor_late() -> None:
    book = dataclasses.replace(_book(clean_school()), unreadable=(CellRef("Журналы/5А/Математика.xlsx"),), journals=())
    filling = completeness(book, ON).fillings["Математика"]
    assert (filling.unread, filling.lessons) == (True, 0)


def test_a_load_that_has_not_begun_lacks_nothing_yet() -> None:
    assert "Английский язык" not in _of(clean_school(journals=[mathematics()]), d("01.09")).fillings
