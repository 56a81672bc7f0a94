"""The charts of the reports for staff say what the tables say, and nothing where nothing is counted."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.reports import class_period_document
from sgo_sheets.reports.categories import Category, tally
from sgo_sheets.reports.document import Document
from sgo_sheets.reports.indicators import counts_of
from sgo_sheets.reports.spans import period_spans
from sgo_sheets.reports.staff_charts import by_kind, by_pupils, by_subject, missed_by_week, over_periods
from tests.reports.case_07 import case_book

MATHS = counts_of([*"55554444444443333333332", "н/а ув", "осв", ""])


def test_quality_and_success_of_a_subject_are_said_in_words() -> None:
    """4 fives, 9 fours, 9 threes, a two and an н/а: 24 are counted, 13 are good, 22 succeed."""
    (chart,) = by_subject(("Математика", "Труд"), (MATHS, counts_of(["зач", "зач"])))
    assert "Математика" in chart.words
    assert "54,2" in chart.words
    assert "91,7" in chart.words
    assert "Труд" not in chart.words, "nobody has a mark from 5 to 2 there"
    assert chart.svg.startswith("<svg")
    assert "<script" not in chart.svg


def test_marks_by_kind_are_counted() -> None:
    (chart,) = by_kind(MATHS)
    for words in ("«5»: отметок 4", "«4»: отметок 9", "«3»: отметок 9", "«2»: отметок 1", "н/а: отметок 1"):
        assert words in chart.words.replace("\u00a0", " "), chart.words


def test_classes_are_compared_by_pupils() -> None:
    five = tally([Category.EXCELLENT, Category.GOOD, Category.FAIR, Category.FAILING_ONE])
    empty = tally([Category.UNMARKED])
    (chart,) = by_pupils("По классам, %", [("5А", five), ("1А", empty)])
    assert "50,0" in chart.words
    assert "75,0" in chart.words
    assert "1А" not in chart.words


def test_a_large_school_is_drawn_on_sheets_one_can_read() -> None:
    """36 classes: two charts of 18, each named by its first class and its last; 20 classes are one chart still."""
    names = [f"{grade}{letter}" for grade in range(2, 11) for letter in "АБВГ"]
    groups = [(name, tally([Category.GOOD])) for name in names]
    first, second = by_pupils("По классам, %", groups)
    assert (first.title, second.title) == ("По классам, %: 2А – 6Б", "По классам, %: 6В – 10Г")
    assert ("6Б" in first.words, "6Б" in second.words, "6В" in second.words) == (True, False, True)
    assert [chart.title for chart in by_pupils("По классам, %", groups[:20])] == ["По классам, %"]


def test_one_period_makes_no_dynamics() -> None:
    good, fair = tally([Category.GOOD]), tally([Category.FAIR])
    assert over_periods([("1 четверть", good), ("2 четверть", tally([Category.UNMARKED]))]) == ()
    (chart,) = over_periods([("1 четверть", good), ("2 четверть", fair)])
    assert "1 четверть" in chart.words
    assert "2 четверть" in chart.words


def test_missed_lessons_are_summed_by_calendar_week() -> None:
    days = {dt.date(2026, 10, 2): 3, dt.date(2026, 10, 5): 1, dt.date(2026, 10, 9): 4}
    (chart,) = missed_by_week(days)
    words = chart.words.replace("\u00a0", " ")
    assert "с 28 сентября: уроков 3" in words
    assert "с 5 октября: уроков 5" in words
    assert missed_by_week(dict.fromkeys(days, 0)) == ()


def test_nothing_is_drawn_of_nothing() -> None:
    assert by_kind(counts_of(["осв", ""])) == ()


def test_report_7_shows_them() -> None:
    book = case_book()
    found = class_period_document.make(book, period_spans(book)[0])
    assert isinstance(found, Document)
    assert [chart.title for chart in found.charts] == ["Отметок за период", "По предметам, %"]
