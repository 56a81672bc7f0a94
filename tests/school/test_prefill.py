"""What a new journal holds before anybody types."""

from __future__ import annotations

from sgo_sheets.records.catalog import GridContent, Rows
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.prefill import draft, journal_content, wanted_workbooks
from tests.school.small import d, school

PLAN = {"Математика 5": [{"number": 1, "topic": "Числа", "hours": 2.0}, {"number": 2, "topic": "Дроби", "hours": 1.0}]}


def test_pupils_lessons_and_topics_stand_in_a_new_journal() -> None:
    found = school(plans=PLAN)
    content = journal_content(found, draft(found, JournalKey("5А", "Математика", "")))
    grid, lessons = content.sheets["Отметки"], content.sheets["Уроки"]
    assert isinstance(grid, GridContent)
    assert isinstance(lessons, Rows)
    assert grid.pupils == (("К-101", "Берёзкина Вера"), ("К-102", "Лугов Пётр"))
    assert grid.columns[:3] == ((d("02.09"), None, ""), (d("07.09"), None, ""), (d("09.09"), None, ""))
    assert [(row["Дата"], row["По плану"]) for row in lessons.rows[:4]] == [
        (d("02.09"), "Числа"),
        (d("07.09"), "Числа"),
        (d("09.09"), "Дроби"),
        (d("14.09"), ""),
    ]


def test_the_lesson_number_stands_only_where_a_day_has_two() -> None:
    poster = {
        "Расписание": [
            {"weekday": "пн", "number": 1, "cells": {"5А": "Математика"}},
            {"weekday": "пн", "number": 2, "cells": {"5А": "Математика"}},
            {"weekday": "ср", "number": 1, "cells": {"5А": "Математика"}},
        ]
    }
    found = school(timetable=poster)
    content = journal_content(found, draft(found, JournalKey("5А", "Математика", "")))
    grid = content.sheets["Отметки"]
    assert isinstance(grid, GridContent)
    assert grid.columns[:3] == ((d("02.09"), None, ""), (d("07.09"), 1, ""), (d("07.09"), 2, ""))


def test_the_period_columns_are_those_of_the_class_then_year_exam_and_total() -> None:
    found = school()
    content = journal_content(found, draft(found, JournalKey("5А", "Математика", "")))
    finals = content.sheets["Итоги"]
    assert isinstance(finals, Rows)
    assert finals.columns == ("1 четверть", "2 четверть", "Год", "Экзамен", "Дата экзамена", "Итог")


def test_every_class_plan_and_load_wants_its_workbook_once() -> None:
    paths = [path for path, _ in wanted_workbooks(school())]
    assert len(paths) == len(set(paths))
    assert {"КТП/Математика 5.xlsx", "Журналы/5А/Английский язык (2).xlsx", "Контингент/10А.xlsx"} <= set(paths)
    assert "Журналы/5А/Классное руководство.xlsx" not in paths
