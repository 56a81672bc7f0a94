"""Reports of chapter X: which are formed on a day, and that what was formed in its time stays done."""

from __future__ import annotations

from pathlib import Path

from sgo_sheets.findings import Datum, State, Timing
from sgo_sheets.rules.clauses import CLAUSES
from sgo_sheets.rules.engine import judge
from sgo_sheets.rules.formed import formed
from sgo_sheets.rules.report_duties import REPORTS, duties
from tests.rules.case_files import Sheets, school_with
from tests.rules.small_school import MATHS, TEACHER_BOOK, d

(CLASS_REPORT,), (REGISTER,), (PRELIMINARY,), (MONTHLY,) = duties(2), duties(8), duties(3), duties(9)
FORMS = {duty.name for duty in duties(12)}
HOLE: Sheets = {
    MATHS: {
        "Итоги": (("№ личного дела", "Обучающийся", "1 четверть"), ("К-101", "Берёзкина Вера", "5"), ("К-102", "", ""))
    }
}


def names(data: tuple[Datum, ...]) -> set[str]:
    """Return the names of the reports."""
    assert {(datum.workbook, datum.field) for datum in data} <= {("reports", "сформирован")}
    return {datum.sheet for datum in data}


def test_a_report_is_formed_when_its_period_is_over_and_nothing_lacks(tmp_path: Path) -> None:
    school = school_with(tmp_path, {})
    book = school.books[1]
    assert CLASS_REPORT.datum("5А", "1 четверть") in formed(book, d("24.10"))
    assert CLASS_REPORT.datum("5А", "1 четверть") not in formed(book, d("23.10"))
    assert PRELIMINARY.datum("5А", "01.09.2026–14.09.2026") in formed(book, d("14.09"))
    assert MONTHLY.datum("5А", "сентябрь 2026") in formed(book, d("30.09"))
    assert names(formed(school, d("01.09"))) == {"Наполняемость классов", "Движение учащихся по школе", *FORMS}


def test_a_mark_that_lacks_leaves_the_reports_of_marks_unformed_and_no_others(tmp_path: Path) -> None:
    book = school_with(tmp_path, HOLE).books[1]
    reports = formed(book, d("25.10"))
    assert not names(reports) & {duty.name for duty in duties(1, 2, 4, 5, 6, 7)}
    assert REGISTER.datum("5А", "1 четверть") in reports


def test_an_absence_without_a_reason_leaves_the_reports_of_attendance_unformed(tmp_path: Path) -> None:
    head = ("№ личного дела", "Обучающийся", "С", "По", "Причина", "Документ", "Документ предоставлен")
    book = school_with(tmp_path, {TEACHER_BOOK: {"Причины пропусков": (head,)}}).books[1]
    reports = formed(book, d("31.10"))
    assert REGISTER.name not in names(reports)
    assert MONTHLY.datum("5А", "октябрь 2026") in reports
    assert MONTHLY.datum("5А", "сентябрь 2026") not in reports


def test_first_grades_have_no_reports_of_marks(tmp_path: Path) -> None:
    reports = names(formed(school_with(tmp_path, {}).books[0], d("31.10")))
    assert not reports & {duty.name for duty in duties(1, 2, 3, 6, 7)}
    assert REGISTER.name in reports


def test_what_cannot_be_read_is_not_formed(tmp_path: Path) -> None:
    spoilt: Sheets = {MATHS: {"Итоги": (("совсем", "не та шапка"), ("1", "2"))}}
    assert CLASS_REPORT.name not in names(formed(school_with(tmp_path, spoilt).books[1], d("31.10")))


def test_a_report_formed_in_its_time_stays_done_though_a_mark_was_taken_back_later(tmp_path: Path) -> None:
    book = school_with(tmp_path, HOLE).books[1]
    told = {one.code: one.state for one in judge(book, d("28.10")).findings}
    assert told["R1005"] is State.OVERDUE
    data = [duty.datum("5А", "1 четверть") for duty in duties(2, 6, 7)]
    seen = dict.fromkeys(data, Timing(d("23.10"), d("24.10")))
    verdict = judge(book, d("28.10"), timings=seen)
    assert "R1005" not in {one.code for one in verdict.findings}
    assert {done.state for done in verdict.done if done.code == "R1005"} == {State.DONE_IN_TIME}
    late = judge(book, d("28.10"), timings=dict.fromkeys(data, Timing(d("27.10"), d("28.10"))))
    assert [one.state for one in late.findings if one.code == "R1005"] == [State.DONE_LATE]


def test_every_report_of_the_chapter_is_listed_once() -> None:
    assert len({duty.name for duty in REPORTS}) == len(REPORTS)
    assert {duty.number for duty in REPORTS} == set(range(1, 22))
    for duty in REPORTS:
        assert duty.clause in CLAUSES
        assert duty.audience
        assert (duty.term is None) == (duty.clause in {"10.5", "10.6"} or duty.number in {10, 11})
