"""Reports 10–14 against the examples worked by hand, as documents and as the workbooks written of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from sgo_sheets.reports import class_sizes, movement_document, pupil_cards, pupil_summary, school_forms
from sgo_sheets.reports.declared import ClassReport, SchoolReport
from sgo_sheets.reports.document import Document, Refused
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.model import School
from tests.reports.roll_school import book_of, lacks, lines, roll_school, roll_tables, shown
from tests.school.small import d, school


def _span(report: SchoolReport, key: str, of: School | None = None) -> ReportSpan:
    return next(span for span in report.spans(of or roll_school()) if span.key == key)


def _made(report: SchoolReport, key: str, of: School | None = None) -> Document | Refused:
    place = of or roll_school()
    return report.make(place, {}, _span(report, key, place))


def _document(report: SchoolReport, key: str, of: School | None = None) -> Document:
    found = _made(report, key, of)
    assert isinstance(found, Document)
    return found


def _of_class(report: ClassReport, key: str, name: str = "5А", of: School | None = None) -> Document | Refused:
    book = book_of(of or roll_school(), name)
    return report.make(book, next(span for span in report.spans(book) if span.key == key))


def _class_document(report: ClassReport, key: str, name: str = "5А") -> Document:
    found = _of_class(report, key, name)
    assert isinstance(found, Document)
    return found


def _written(document: Document, sheet: int = 0) -> list[list[Any]]:
    """Return the rows of a written worksheet, its header first."""
    book = openpyxl.load_workbook(BytesIO(workbook_of(document, None)))
    titles = [column.title for column in document.tables[sheet].columns]
    rows = [[cell.value for cell in row][: len(titles)] for row in book.worksheets[sheet].iter_rows()]
    top = rows.index(titles)
    return rows[top : top + 1 + len(document.tables[sheet].rows)]


NOVEMBER, YEAR, OCTOBER = "2026-11-01", "year", "2026-10-01"


def test_class_sizes_are_as_worked_by_hand() -> None:
    document = _document(class_sizes.REPORT, NOVEMBER)
    assert shown(document.tables[0]) == lines("10", "Ожидается")
    assert lacks(document) == lines("10", "Данные неполны")
    assert document.about == ("На 01.11.2026",)


def test_the_written_class_sizes_add_up() -> None:
    head, *rows = _written(_document(class_sizes.REPORT, NOVEMBER))
    classes = [row for row in rows if row[0] in ("1А", "5А", "5Б", "9А", "10А")]
    whole = rows[-1]
    for place in (2, 3, 4, 7):  # всего, мальчиков, девочек, было
        assert sum(row[place] for row in classes) == whole[place], head[place]
    for row in rows:
        assert row[2] == row[3] + row[4]
        assert row[8] == row[2] - row[7]
        assert row[5] is None or row[6] == row[2] - row[5]


def test_the_days_of_class_sizes_are_those_of_the_year() -> None:
    spans = class_sizes.spans(roll_school())
    assert [span.name for span in spans[:4]] == ["на 01.09.2026", "на 20.09.2026", "на 01.10.2026", "на 01.11.2026"]
    assert spans[-1].name == "на 01.05.2027"
    assert len(spans) == 10
    assert all(span.first == span.last for span in spans)


def test_before_the_census_nothing_is_compared_with_it() -> None:
    head, *rows = shown(_document(class_sizes.REPORT, "2026-09-01").tables[0])
    place = head.index("Было")
    assert {(row[place], row[place + 1]) for row in rows} == {("", "")}


def test_movement_is_as_worked_by_hand() -> None:
    document = _document(movement_document.REPORT, YEAR)
    numbers, names = document.tables
    assert shown(numbers) == lines("11", "Ожидается")
    assert shown(names) == lines("11", "Поимённый список")
    assert lacks(document) == lines("11", "Данные неполны")


def test_the_written_movement_keeps_its_identity_and_real_dates() -> None:
    document = _document(movement_document.REPORT, YEAR)
    _, *rows = _written(document)
    for row in rows:
        assert row[-1] == row[1] + row[2] - row[5]
        assert row[2] == row[3] + row[4]
        assert row[5] == row[6] + row[7]
        assert row[7] == sum(row[8:-1])
    _, *names = _written(document, 1)
    assert names[0][2] == dt.datetime(2026, 9, 25)
    assert workbook_of(document, None) == workbook_of(document, None)


def test_the_spans_of_movement_are_periods_months_and_the_year() -> None:
    spans = movement_document.spans(roll_school())
    assert [span.name for span in spans if span.period is not None] == [
        "1 четверть",
        "1 полугодие",
        "2 четверть",
    ]
    assert [span.name for span in spans][-2:] == ["май 2027", "2026/2027 учебный год"]
    assert len({span.key for span in spans}) == len(spans)


def test_a_span_without_moves_says_so_and_lists_nobody() -> None:
    document = _document(movement_document.REPORT, "2027-02")
    assert len(document.tables) == 1
    assert document.notes[0] == "За это время никто не прибыл, не выбыл и не переведён."
    assert shown(document.tables[0])[-1][1] == "13"


def test_rare_directions_stand_together() -> None:
    words = [f"направление {n}" for n in range(9)]
    cards = [{"id": f"Ж-{n}", "surname": f"Ж{n}", "class_at_start": "5А"} for n in range(9)]
    orders = [
        {"number": str(n), "type": "Выбытие из гимназии", "event": d("05.10"), "pupil": f"Ж-{n}", "from_class": "5А"}
        | {"direction": word, "date": d("05.10")}
        for n, word in enumerate(words)
    ]
    place = school(**roll_tables(cards={"5А": cards}, orders=orders))
    head, *rows = shown(_document(movement_document.REPORT, "2026-10", place).tables[0])
    assert head[8:-1] == [*words[:5], "прочее"]
    assert rows[-1][8:-1] == ["1"] * 5 + ["4"]


@pytest.mark.parametrize(
    ("key", "form", "places"),
    [
        ("osh-1", "ОШ-1", range(6)),
        ("osh-5", "ОШ-5", range(1)),
        ("osh-9", "ОШ-9", range(1)),
    ],
)
def test_the_forms_are_as_worked_by_hand(key: str, form: str, places: range) -> None:
    document = _document(school_forms.REPORT, key)
    assert document.title == f"Форма {form}"
    for place in places:
        table = document.tables[place]
        assert shown(table) == lines("12", f"{form}: {table.name}")
    last = document.tables[-1]
    assert last.name == "Не ведётся"
    assert {row.cells[1] for row in last.rows} == {"не ведётся"}
    assert lacks(document) == lines("12", "Данные неполны")
    assert "ОО-1" in document.notes[0]


def test_the_written_form_adds_up() -> None:
    document = _document(school_forms.REPORT, "osh-1")
    for place in range(6):
        head, *rows = _written(document, place)
        steps = [n for n, title in enumerate(head) if "–" in str(title)]
        for row in (row for row in rows if row[1] is not None):
            assert row[-1] == sum(row[n] for n in steps) == sum(row[1 : steps[0]])
    _, *ages = _written(document, 2)
    whole = next(n for n, row in enumerate(ages) if row[0] == "Всего")
    assert [sum(column) for column in zip(*(row[1:] for row in ages[:whole]), strict=True)] == ages[whole][1:]


def test_a_form_with_nobody_to_count_is_refused_with_the_reason() -> None:
    tables = roll_tables()
    for cards in tables["cards"].values():
        for card in cards:
            card["form"] = "очная"
    for info in tables["classes"]:
        info["profile"] = ""
    place = school(**tables)
    evening, profile = _made(school_forms.REPORT, "osh-5", place), _made(school_forms.REPORT, "osh-9", place)
    assert isinstance(evening, Refused)
    assert "никто не учится" in evening.reason
    assert isinstance(profile, Refused)
    assert "нет профилей" in profile.reason


def test_without_last_summers_orders_the_results_are_not_kept() -> None:
    orders = [order for order in roll_tables()["orders"] if order["date"] > d("01.09")]
    document = _document(school_forms.REPORT, "osh-1", school(**roll_tables(orders=orders)))
    rows = shown(document.tables[5])[1:5]
    assert {row[-1] for row in rows} == {"не ведётся"}


def test_the_summary_of_a_class_is_as_worked_by_hand() -> None:
    document = _class_document(pupil_summary.OF_CLASS, OCTOBER)
    assert shown(document.tables[0]) == lines("13", "Класс 5А")
    assert document.lacks == ()
    assert document.signatures[0].name == "Ручьёва\u00a0А.\u00a0И."


def test_the_summary_of_the_school_is_as_worked_by_hand() -> None:
    document = _document(pupil_summary.OF_SCHOOL, OCTOBER)
    assert shown(document.tables[0]) == lines("13", "Школа")
    assert shown(document.tables[1]) == lines("13", "По классам")
    assert lacks(document) == lines("13", "Данные неполны")


def test_the_written_summary_of_the_school_is_the_sum_of_those_of_its_classes() -> None:
    whole = {row[0]: row for row in _written(_document(pupil_summary.OF_SCHOOL, OCTOBER))[1:]}
    sums: dict[str, list[int]] = {}
    for name in ("1А", "5А", "5Б", "9А", "10А"):
        for row in _written(_class_document(pupil_summary.OF_CLASS, OCTOBER, name))[1:]:
            if row[1] is not None:
                before = sums.get(row[0], [0, 0, 0])
                sums[row[0]] = [a + b for a, b in zip(before, row[1:4], strict=True)]
    assert sums == {words: row[1:4] for words, row in whole.items() if row[1] is not None}


def test_the_cards_of_a_class_are_as_written_by_hand() -> None:
    document = _class_document(pupil_cards.REPORT, OCTOBER)
    assert shown(document.tables[0]) == lines("14", "Ожидается")
    assert lacks(document) == lines("14", "Данные неполны")
    latest = _class_document(pupil_cards.REPORT, pupil_cards.LATEST)
    assert [row[2] for row in shown(latest.tables[0])[1:]] == ["Б-1", "Б-2", "Б-3"]
    _, *rows = _written(document)
    assert rows[0][4] == dt.datetime(2015, 10, 1)
    assert rows[0][7] == "+7 (8999) 01-02-03"


@pytest.mark.parametrize(
    ("report", "key"),
    [
        (class_sizes.REPORT, NOVEMBER),
        (movement_document.REPORT, "2026-11"),
        (school_forms.REPORT, "osh-1"),
        (pupil_summary.OF_SCHOOL, OCTOBER),
    ],
)
def test_a_report_of_the_school_without_pupils_or_before_its_day_is_refused(report: SchoolReport, key: str) -> None:
    empty = _made(report, key, school(**roll_tables(cards={}, orders=[])))
    assert isinstance(empty, Refused)
    assert "нет обучающихся" in empty.reason
    early = dataclasses.replace(roll_school(), roll_saved=dt.datetime(2026, 9, 10, tzinfo=dt.UTC))
    refused = _made(report, key, early)
    assert isinstance(refused, Refused)
    assert "книги школы сохранены 10.09.2026" in refused.reason
    kept = dataclasses.replace(roll_school(), roll_saved=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
    assert isinstance(_made(report, key, kept), Document)


def test_a_report_says_when_its_books_were_saved_until_its_span_is_over() -> None:
    def formed(hour: dt.datetime) -> dt.datetime | None:
        place = dataclasses.replace(roll_school(), roll_saved=hour)
        return _document(movement_document.REPORT, "2026-11", place).formed

    within, after = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)
    assert (formed(within), formed(after)) == (within, None)


@pytest.mark.parametrize("report", [pupil_summary.OF_CLASS, pupil_cards.REPORT])
def test_a_report_of_a_class_that_is_empty_or_unread_is_refused_with_the_reason(report: ClassReport) -> None:
    empty = _of_class(report, OCTOBER, of=school(**roll_tables(cards={}, orders=[])))
    assert isinstance(empty, Refused)
    assert "нет ни одного обучающегося" in empty.reason
    book = dataclasses.replace(book_of(roll_school(), "5А"), roll=None)
    unread = report.make(book, report.spans(book)[0])
    assert isinstance(unread, Refused)
    assert "Исправьте книгу «Контингент/5А.xlsx»" in unread.reason


def test_of_a_class_that_could_not_be_read_nothing_is_said_but_that() -> None:
    whole = roll_school()
    books = tuple(dataclasses.replace(book, roll=None) if book.name == "5А" else book for book in whole.books)
    place = dataclasses.replace(whole, books=books)
    for report, key, sheet in (
        (class_sizes.REPORT, NOVEMBER, 0),
        (movement_document.REPORT, YEAR, 0),
        (pupil_summary.OF_SCHOOL, OCTOBER, 1),
    ):
        document = _document(report, key, place)
        row = next(row for row in shown(document.tables[sheet]) if row[0] == "5А")
        assert not [cell for cell in row if cell.isdigit()]
        assert lacks(document)[1] == ["не читается книга «Контингент/5А.xlsx»"]
        assert document.lacks[0].name == "Ручьёва\u00a0А.\u00a0И."
