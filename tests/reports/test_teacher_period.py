"""Report 1 against the example worked by hand; its sums against those of the classes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.reports.class_period import ClassPeriod, class_period
from sgo_sheets.reports.document import Document, Refused
from sgo_sheets.reports.indicators import Counts
from sgo_sheets.reports.spans import ReportSpan, school_period_spans
from sgo_sheets.reports.teacher_period import REPORT
from sgo_sheets.reports.totals import ClassTotals, pack_totals, totals_of, unpack_totals
from sgo_sheets.reports.workbook import workbook_of
from sgo_sheets.school.model import School
from tests.reports.case_01 import case, case_school, journals, lines


def _totals(school: School) -> Mapping[str, ClassTotals]:
    return {book.name: totals_of(book) for book in school.books}


def _span(school: School, name: str = "1 четверть") -> ReportSpan:
    return next(span for span in REPORT.spans(school) if span.name == name)


def _made(school: School, code: str, span: ReportSpan) -> Document | Refused:
    return REPORT.make(REPORT.gather(school, _totals(school))(code, span))


def _report(school: School, code: str = "СТ-01", name: str = "1 четверть") -> Document:
    found = _made(school, code, _span(school, name))
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(("code", "name"), [("СТ-01", "Ручьёва"), ("СТ-02", "Полянский")])
def test_the_table_is_as_worked_by_hand(code: str, name: str) -> None:
    (found,) = _report(case_school(), code).tables
    assert lines(found) == case(f"Ожидается: {name}")


def test_what_is_missing_is_named_with_the_place() -> None:
    lacks = _report(case_school()).lacks
    words = {lack.what.replace("\u00a0", " "): lack for lack in lacks}
    assert set(words) == {line["Чего не хватает"] for line in case("Ожидается: данные неполны")}
    assert len(lacks) == len(words)
    assert {lack.person for lack in lacks} == {"СТ-01"}
    assert str(words["5А Математика: не записан 1 урок"].at) == "Журналы/5А/Математика.xlsx › Уроки!E8"
    assert _report(case_school(), "СТ-02").lacks == ()


def test_lessons_after_the_last_save_are_not_called_missing() -> None:
    school = case_school()
    saved = dt.datetime(2026, 10, 12, 9, 0, tzinfo=dt.UTC)
    books = tuple(dataclasses.replace(book, saved=saved) for book in school.books)
    lacks = [lack.what for lack in _report(dataclasses.replace(school, books=books)).lacks]
    assert "5А Математика: не записан 1\u00a0урок" not in lacks
    assert "5А Английский язык (1): не записано 6\u00a0уроков" in lacks


def test_the_workbook_adds_up() -> None:
    document = _report(case_school())
    data = workbook_of(document, None)
    assert data == workbook_of(document, None)
    sheet = openpyxl.load_workbook(BytesIO(data))["Отчёт учителя"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    width = len(document.tables[0].columns)
    own = {row[0]: row for row in rows if row[0]}
    counted = [place for place in range(1, width) if not 9 <= place <= 12]  # indicators are not sums
    for place in counted:
        parallel = own["Итого 5 параллель"][place] or 0
        assert parallel == (own["5А"][place] or 0) + (own["5Б"][place] or 0)
        subject = own["Итого по предмету"][place] or 0
        assert subject == parallel + (own["6А"][place] or 0)
        whole = subject + (own["5А (1)"][place] or 0) + (own["5АБ"][place] or 0)
        assert (own["Всего у учителя"][place] or 0) == whole
    five, four, three, two, absent = own["Всего у учителя"][2:7]
    assert own["Всего у учителя"][10] == pytest.approx(
        (five + four + three) * 100 / (five + four + three + two + absent)
    )


def test_the_year_has_every_period_apart() -> None:
    school = case_school()
    (found,) = _report(school, name="Год").tables
    periods = [(row.cells[0], row.cells[1]) for row in found.rows if row.cells[0] == "5А"]
    assert periods == [("5А", "1 четверть"), ("5А", "Год")]
    assert [row.cells[1] for row in found.rows if row.cells[0] == "Всего у учителя"] == ["1 четверть", "Год"]


def test_a_period_with_nothing_entered_is_refused() -> None:
    school = case_school()
    found = _made(school, "СТ-01", _span(school, "2 четверть"))
    assert isinstance(found, Refused)
    assert "Не записано ни одного урока" in found.reason


def test_a_period_no_class_of_the_teacher_has_is_refused() -> None:
    school = case_school()
    other = _span(school)._replace(name="1 триместр")
    found = _made(school, "СТ-01", other)
    assert isinstance(found, Refused)
    assert "«1 триместр»" in found.reason


def test_periods_of_one_name_are_one_span() -> None:
    school = case_school()
    late = dataclasses.replace(school.books[0].periods[0], last=dt.date(2026, 10, 30))
    first = dataclasses.replace(school.books[0], periods=(late, *school.books[0].periods[1:]))
    spans = school_period_spans(dataclasses.replace(school, books=(first, *school.books[1:])))
    assert next((span.name, span.last) for span in spans) == ("1 четверть", dt.date(2026, 10, 30))
    assert len({span.key for span in spans}) == len(spans)


def test_figures_travel_as_json_lists() -> None:
    totals = totals_of(case_school().books[0])
    assert unpack_totals(pack_totals(totals)) == totals


MARKS = st.sampled_from(["5", "4", "3", "2", "зач", "нзч", "осв", "н/а ув", "н/а пр", ""])
CELLS = [(line["Журнал"], line["№ личного дела"]) for line in case("Итоги, столбец")]


@settings(max_examples=12, deadline=None)
@given(st.lists(MARKS, min_size=len(CELLS), max_size=len(CELLS)))
def test_teachers_together_have_every_mark_of_the_classes_once(marks: list[str]) -> None:
    school = case_school(journals=journals(dict(zip(CELLS, marks, strict=True))))
    totals = _totals(school)
    for book in school.books:
        report = class_period(book, book.periods[0])
        if isinstance(report, ClassPeriod):
            rows = [row for row in totals[book.name].taught.rows if row.period == "1 четверть"]
            assert sum((row.marks for row in rows), Counts()) == report.total
    assert sum(row.given for one in totals.values() for row in one.taught.rows if row.period == "1 четверть") == 17
