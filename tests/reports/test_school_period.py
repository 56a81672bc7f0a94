"""Reports 4 and 5 against the example worked by hand: rows, subtotals, control sums of what the .xlsx holds."""

from __future__ import annotations

import dataclasses
import json

import pytest

from sgo_sheets.reports import school_classes, school_parallels
from sgo_sheets.reports.declared import SchoolReport
from sgo_sheets.reports.document import Document, Place, Refused
from sgo_sheets.reports.spans import school_period_spans
from sgo_sheets.reports.totals import pack_totals, totals_of, unpack_totals
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.model import School
from tests.reports.period_school import all_totals, case, lines, school_of, text, told, written
from tests.school.small import d

TIMETABLE = {
    "Расписание": [{"weekday": "пн", "number": 1, "cells": {"5А": "Математика", "5Б": "Математика"}}],
}


@pytest.fixture(scope="module")
def small_school() -> School:
    return school_of(
        case("04", "Кто в школе"), case("04", "Итоги"), case("04", "Пропуски"), timetable=TIMETABLE
    )  # fmt: skip


def _made(report: SchoolReport, school: School, period: str = "1 четверть") -> Document | Refused:
    span = next(span for span in report.spans(school) if span.name == period)
    return report.make(school, all_totals(school), span)


def _document(report: SchoolReport, school: School) -> Document:
    found = _made(report, school)
    assert isinstance(found, Document)
    return found


def test_report_4_is_as_worked_by_hand(small_school: School) -> None:
    document = _document(school_classes.REPORT, small_school)
    expected = case("04", "Ожидается: отчёт 4")
    found = [
        {name: value for name, value in line.items() if name != "Классный руководитель"}
        for line in lines(document.tables[0])
    ]
    assert found == expected
    heads = [line["Классный руководитель"] for line in lines(document.tables[0])]
    assert heads == ["Ручьёва А. И.", "Ручьёва А. И.", "", "Ручьёва А. И.", "Ручьёва А. И.", "", ""]


def test_report_5_is_as_worked_by_hand(small_school: School) -> None:
    document = _document(school_parallels.REPORT, small_school)
    expected = [list(line.values()) for line in case("05", "Ожидается: отчёт 5")]
    assert [[text(value) for value in row.cells] for row in document.tables[0].rows] == expected


def test_what_the_school_lacks_names_the_class_the_cell_and_who_owes_it(small_school: School) -> None:
    marks, attendance = case("04", "Ожидается: данные неполны"), case("04", "Ожидается: пропуски неполны")
    assert told(_document(school_classes.REPORT, small_school).lacks) == [*marks, *attendance]
    assert told(_document(school_parallels.REPORT, small_school).lacks) == marks


def test_the_workbook_of_report_5_holds_numbers_whose_control_sums_agree(small_school: School) -> None:
    rows = written(_document(school_parallels.REPORT, small_school))
    for row in rows:
        of = {number: value for number, value in enumerate(row, 1) if number > 1}
        assert of[3] == of[4] + of[5] + of[7] + of[8]
        assert of[6] <= of[5]
        assert of[9] == of[10] + of[11]
        assert of[12] == of[13] + of[14] + of[15]
        assert of[2] == of[3] + of[9] + of[12] + of[16]
    parallels = [row[1:] for row in rows if isinstance(row[0], int)]
    assert rows[-1][1:] == [sum(column) for column in zip(*parallels, strict=True)]


def test_the_workbook_of_report_4_sums_up_class_by_class(small_school: School) -> None:
    document = _document(school_classes.REPORT, small_school)
    rows = written(document)
    classes = [row for row, own in zip(rows, document.tables[0].rows, strict=True) if own.place is Place.LINE]
    for place, column in enumerate(document.tables[0].columns):
        if place > 1 and not column.title.endswith("%"):
            assert rows[-1][place] == sum(row[place] for row in classes)
    for row in rows:
        assert row[2] + row[3] - row[4] == row[5]


def test_classes_of_other_periods_are_not_in_it(small_school: School) -> None:
    assert [span.name for span in school_period_spans(small_school)] == [
        "1 четверть",
        "1 полугодие",
        "2 четверть",
        "Год",
    ]
    found = _made(school_classes.REPORT, small_school, "1 полугодие")
    assert isinstance(found, Refused)
    assert "Ни в одном классе не выставлено ни одной отметки за период «1 полугодие»" in found.reason


def test_the_spans_have_keys_of_their_own(small_school: School) -> None:
    assert [span.key for span in school_period_spans(small_school)] == [
        "2026-09-01",
        "2026-09-01-2026-12-29",
        "2026-11-02",
        "2026-09-01-2027-05-29",
    ]


def test_a_period_that_ends_on_different_days_is_one_period_of_the_school() -> None:
    periods = [
        {"classes": "1-8", "type": "четверть", "name": "4 четверть", "start": d("29.03"), "end": d("29.05")},
        {"classes": "9", "type": "четверть", "name": "4 четверть", "start": d("29.03"), "end": d("22.05")},
    ]
    pupils = [
        {"№ личного дела": name, "Класс": own, "Фамилия": "Лугов", "Имя": name}
        for name, own in (("П-1", "5А"), ("Д-1", "9А"))
    ]
    found = school_of(pupils, [], periods=periods)
    (span,) = school_period_spans(found)
    assert (span.first, span.last) == (d("29.03"), d("29.05"))


def test_a_class_without_one_mark_is_counted_and_named() -> None:
    marks = [line for line in case("04", "Итоги") if line["Класс"] != "5Б" or line["№ личного дела"] == "Б-3"]
    found = _document(school_parallels.REPORT, school_of(case("04", "Кто в школе"), marks))
    fifth = next(row.cells for row in found.tables[0].rows if row.cells[0] == 5)
    assert (fifth[1], fifth[15]) == (7, 3)
    assert [(one["Чего не хватает"], one["Кто"]) for one in told(found.lacks)] == [
        ("5Б: не выставлено ни одной отметки за период «1 четверть»", "Ручьёва А. И.")
    ]


def test_a_class_whose_list_is_not_read_is_named_and_left_out(small_school: School) -> None:
    books = tuple(
        dataclasses.replace(book, roll=None) if book.name == "5Б" else book for book in small_school.books
    )  # fmt: skip
    found = _document(school_classes.REPORT, dataclasses.replace(small_school, books=books))
    assert "5Б" not in [row.cells[0] for row in found.tables[0].rows]
    assert "5Б: список класса не прочитан, класса в отчёте нет" in [lack.what for lack in found.lacks]


def test_the_totals_of_a_class_survive_their_journey(small_school: School) -> None:
    for book in small_school.books:
        totals = totals_of(book)
        assert unpack_totals(json.loads(json.dumps(pack_totals(totals)))) == totals
    with pytest.raises((ValueError, KeyError)):
        unpack_totals({"periods": [["четверть"]]})


def test_the_same_school_gives_the_same_bytes(small_school: School) -> None:
    for report in (school_classes.REPORT, school_parallels.REPORT):
        once, again = (_document(report, small_school) for _ in range(2))
        assert workbook_of(once, None) == workbook_of(again, None)
