"""Reports 8 and 9 against the examples worked by hand, in the page's tables and in the written workbook."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import reduce
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from sgo_sheets.reports import attendance_month, attendance_summary
from sgo_sheets.reports.attendance import Missed, missed
from sgo_sheets.reports.document import Document, Place, Refused, Value
from sgo_sheets.reports.spans import month_spans, year_span
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.report_views import stretches
from tests.reports.attendance_school import ENGLISH, MATHS, SPORT, Column, class_of
from tests.reports.case_07 import table
from tests.reports.test_attendance import columns
from tests.school.small import d, school_tables

CASES = Path(__file__).parent / "cases"
MONTH, YEAR = CASES / "09.md", CASES / "08.md"


def _case(case: Path, **changes: Any) -> ClassBook:
    """Return the class of a case."""
    roll = table("Кто в классе", case)
    cards = [
        {"id": one["№ личного дела"], "surname": one["Фамилия"], "first_name": one["Имя"], "class_at_start": "5А"}
        for one in roll
    ]
    orders = [
        {"number": "8", "date": d(one["По"]), "event": d(one["По"]), "type": "Выбытие из гимназии"}
        | {"from_class": "5А", "pupil": one["№ личного дела"]}
        for one in roll
        if one["По"]
    ]
    cells = [
        Column(one["Дата"], int(one["Урок"]), one["Журнал"], {c["id"]: one[c["id"]] for c in cards})
        for one in table("Отметки", case)
    ]
    reasons = [
        {"pupil": one["№ личного дела"], "name": "", "since": d(one["С"]), "until": d(one["По"])}
        | {"lessons": one["Уроки"], "reason": one["Причина"]}
        for one in table("Причины пропусков", case)
    ]
    names = {one["id"]: f"{one['surname']} {one['first_name']}" for one in cards}
    reasons = [row | {"name": names[row["pupil"]]} for row in reasons]
    return class_of(cells, reasons=reasons, cards=cards, orders=orders, **changes)


def _september() -> ClassBook:
    """Return the class of case 9: topics of every lesson of September but those of sport are written down."""
    first = {d(f"{number:02d}.09"): 1 for number in (7, 14, 21, 28)}
    both = [(d(f"{number:02d}.09"), lesson) for number in (2, 9, 16, 23, 30) for lesson in (1, 2)]
    rows = [{"date": date, "number": number, "topic": "Тема"} for date, number in (*first.items(), *both)]
    english = [{"date": date, "number": 2, "topic": "Тема"} for date in first]
    return _case(MONTH, lessons={MATHS: rows, f"{ENGLISH} (1)": english, f"{ENGLISH} (2)": english})


def _year() -> ClassBook:
    days = [*school_tables()["calendar"], {"date": d("28.10"), "kind": "учебный"}]
    return _case(YEAR, calendar=days)


def _month_of(book: ClassBook, number: int = 0) -> Document:
    found = attendance_month.make(book, month_spans(book.year)[number])
    assert isinstance(found, Document)
    return found


def _year_of(book: ClassBook) -> Document:
    found = attendance_summary.make(book, year_span(book.year))
    assert isinstance(found, Document)
    return found


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _days(report: Document) -> dict[str, int]:
    """Return the place of every column of a day."""
    return {one.title: place for place, one in enumerate(report.tables[0].columns) if one.title[:1].isdigit()}


def test_a_month_is_as_worked_by_hand() -> None:
    report = _month_of(_september())
    expected = table("Ожидается: дни", MONTH)
    shown = [title for title in expected[0] if title[:1].isdigit()]
    days = _days(report)
    found = [
        [_text(cell) for cell in (*row.cells[:2], *(row.cells[days[title]] for title in shown), *row.cells[-8:])]
        for row in report.tables[0].rows
        if row.place is Place.LINE
    ]
    assert found == [list(line.values()) for line in expected]
    assert len(days) == 22
    others = [title for title in days if title not in shown]
    assert all(row.cells[days[title]] is None for row in report.tables[0].rows for title in others)


def test_the_sums_of_days_are_as_worked_by_hand() -> None:
    report = _month_of(_september())
    expected = table("Ожидается: итоги по дням", MONTH)
    days = _days(report)
    found = []
    for row in (row for row in report.tables[0].rows if row.place is Place.TOTAL):
        (whole,) = [cell for cell in row.cells[-8:] if cell is not None]
        cells = (row.cells[1], *(row.cells[days[title]] for title in list(expected[0])[1:-1]), whole)
        found.append([_text(cell) for cell in cells])
    assert found == [list(line.values()) for line in expected]


def test_what_a_month_lacks_names_the_place_and_who_owes_it() -> None:
    found = [
        {"Чего не хватает": lack.what.replace("\u00a0", " "), "Кто": lack.name, "Где": str(lack.at)}
        for lack in _month_of(_september()).lacks
    ]
    expected = [
        {key: text.replace("\u00a0", " ") for key, text in one.items()}
        for one in table("Ожидается: данные неполны", MONTH)
    ]
    assert [{key: text.replace("\u00a0", " ") for key, text in one.items()} for one in found] == expected


def test_a_year_is_as_worked_by_hand() -> None:
    rows = _year_of(_year()).tables[0].rows
    assert [[_text(cell) for cell in row.cells] for row in rows] == [
        list(line.values()) for line in table("Ожидается: посещаемость", YEAR)
    ]


def test_the_workbook_of_a_year_adds_up() -> None:
    """The control sums, from what was written: periods and days outside of them make the year, pupils the class."""
    report = _year_of(_year())
    sheet = openpyxl.load_workbook(BytesIO(workbook_of(report, None)))["Посещаемость"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[2] and isinstance(row[3], int)]
    assert len(rows) == len(table("Ожидается: посещаемость", YEAR))
    for name in {row[1] for row in rows}:
        own = [row for row in rows if row[1] == name]
        parts, year = [row[3:] for row in own if row[2] != "Год"], next(row[3:] for row in own if row[2] == "Год")
        assert year[:8] == tuple(map(sum, zip(*(part[:8] for part in parts), strict=True)))
    for part in {row[2] for row in rows}:
        pupils = [row[3:11] for row in rows if row[2] == part and row[0]]
        (whole,) = [row[3:11] for row in rows if row[2] == part and not row[0]]
        assert whole == tuple(map(sum, zip(*pupils, strict=True)))
    for row in rows:
        assert row[5] == sum(row[6:10])  # lessons = ill + valid + invalid + without a reason


def test_the_workbook_of_a_month_adds_up() -> None:
    report = _month_of(_september())
    sheet = openpyxl.load_workbook(BytesIO(workbook_of(report, None)))["Посещаемость"]
    rows = list(sheet.iter_rows(values_only=True))
    width = len(report.tables[0].columns)
    lines = [row[:width] for row in rows if isinstance(row[0], int)]
    sums = {str(row[1]): row[:width] for row in rows if row[0] is None and row[1]}
    by_day = [cell for cell in sums["Пропущено уроков"][2 : width - 8] if cell]
    by_pupil = [line[width - 6] for line in lines]
    assert sum(by_day) == sum(by_pupil) == sums["Пропущено уроков"][width - 6] == 12
    said = [part for line in lines for cell in line[2 : width - 8] if cell for part in str(cell).split()]
    assert sum(int(part[-1]) for part in said if not part.startswith("ОП")) == 12


def test_pupils_of_several_rows_are_kept_together_on_a_page() -> None:
    places = [place for place, _ in stretches(_year_of(_year()).tables[0].rows)]
    assert places == ["line opens", "total"] * 3 + ["total opens"]


def test_the_same_data_give_the_same_bytes() -> None:
    assert workbook_of(_year_of(_year()), None) == workbook_of(_year_of(_year()), None)
    assert workbook_of(_month_of(_september()), None) == workbook_of(_month_of(_september()), None)


def test_a_period_nothing_is_written_of_has_no_rows_and_is_named() -> None:
    report = _year_of(_september())
    assert {row.cells[2] for row in report.tables[0].rows} == {"1 четверть", "Год"}
    assert "Уроки ещё не записаны: 2 четверть." in report.notes


def test_lessons_after_the_newest_save_are_not_missing_yet() -> None:
    book = _september()
    saved = dt.datetime(2026, 9, 15, tzinfo=dt.UTC)
    journals = tuple(dataclasses.replace(one, saved=saved) for one in book.journals)
    report = _month_of(dataclasses.replace(book, journals=journals))
    assert report.formed == saved
    assert report.lacks[0].what == "Физическая культура: не записано уроков: 2, первый 07.09.2026"


def test_a_grid_that_was_not_read_and_a_journal_that_is_not_there_are_named() -> None:
    book = _september()
    unread = tuple(dataclasses.replace(one, grid=None) if one.key.subject == SPORT else one for one in book.journals)
    found = [lack.what for lack in _month_of(dataclasses.replace(book, journals=unread)).lacks]
    assert f"{SPORT}: лист «Отметки» не прочитан" in found
    without = [one for one in book.journals if one.key.subject != SPORT]
    load = next(one for one in book.journals if one.key.subject == SPORT).holdings[0].load
    bare = dataclasses.replace(book, journals=tuple(without), lacking=(load,), teacher_book=None)
    found = [lack.what for lack in _month_of(bare).lacks]
    assert f"{SPORT}: нет журнала" in found
    assert "не читается книга классного руководителя" in found


@pytest.mark.parametrize("report", [attendance_summary, attendance_month])
@pytest.mark.parametrize(
    ("change", "reason"),
    [({"roll": None}, "Список класса не прочитан"), ({"roll": ()}, "нет ни одного"), ({"journals": ()}, "не записано")],
)
def test_a_report_without_data_is_refused_with_the_reason(report: Any, change: dict[str, Any], reason: str) -> None:
    book = dataclasses.replace(_september(), **change)
    found = report.make(book, report.REPORT.spans(book)[0])
    assert isinstance(found, Refused)
    assert reason in found.reason


def test_a_class_with_quarters_and_half_years_is_summed_by_quarters() -> None:
    periods = [
        *school_tables()["periods"],
        {"classes": "5А", "type": "полугодие", "name": "1 полугодие", "start": d("01.09"), "end": d("29.12")},
    ]
    assert [one.name for one in attendance_summary.terms(_case(YEAR, periods=periods))] == ["1 четверть", "2 четверть"]


@settings(max_examples=25, deadline=None)
@given(columns)
def test_sums_by_pupil_by_day_and_of_the_class_are_one(typed: list[Column]) -> None:
    book = class_of(typed, calendar=[*school_tables()["calendar"], {"date": d("28.10"), "kind": "учебный"}])
    summary = attendance_summary.attendance_summary(book)
    year = missed(book, book.year.first, book.year.last)
    assert (
        summary.year
        == reduce(Missed.plus, year.values())
        == reduce(Missed.plus, dict(summary.parts).values(), Missed())
    )
    for line in summary.pupils:
        assert line.year == year[line.pupil.id] == reduce(Missed.plus, (figures for _, figures in line.parts), Missed())
    months = Missed()
    for span in month_spans(book.year):
        found = attendance_month.make(book, span)
        if isinstance(found, Refused):
            continue
        rows = found.tables[0].rows
        lines = [row.cells[-8:] for row in rows if row.place is Place.LINE]
        totals = [row.cells for row in rows if row.place is Place.TOTAL]
        for place, total in enumerate(totals):
            by_day = sum(cell for cell in total[2:-8] if isinstance(cell, int))
            assert by_day == total[-8:][place] == sum(int(str(line[place])) for line in lines)
        months = months.plus(Missed(*(int(str(total[-8:][place])) for place, total in enumerate(totals))))
    assert months == summary.year
