"""A teacher's report is laid out again exactly where what it says has changed: its key speaks of all it rests on."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sgo_sheets.reports import teacher_period
from sgo_sheets.reports.totals import totals_of
from sgo_sheets.school.model import School
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.report_pages import school_report_parts
from tests.reports.case_01 import case, case_school, journals

RENDER = Renderer()
MARKS = {(line["Журнал"], line["№ личного дела"]): line["Отметка"] for line in case("Итоги, столбец")}


def _site(school: School) -> dict[str, tuple[str, dict[str, bytes]]]:
    """Return the key of every report and the bytes of its files."""
    totals = {book.name: totals_of(book) for book in school.books}
    parts = school_report_parts(school, totals, RENDER, (), (teacher_period.REPORT,))
    return {part.name: (part.key, {page.path: page.content for page in part.make()}) for part in parts}


def _changed(now: School, before: School) -> set[str]:
    """Return the reports whose key differs, having seen that files differ nowhere else."""
    site, old = _site(now), _site(before)
    assert site.keys() == old.keys()
    changed = {name for name, (key, _) in site.items() if key != old[name][0]}
    assert {name for name, (_, files) in site.items() if files != old[name][1]} == changed
    return changed


def _saved(school: School, day: int) -> School:
    """Return the school with all its journals saved on a day of November, after the first quarter."""
    moment = dt.datetime(2026, 11, day, 9, 0, tzinfo=dt.UTC)
    books = []
    for book in school.books:
        own = tuple(dataclasses.replace(journal, saved=moment) for journal in book.journals)
        books.append(dataclasses.replace(book, journals=own))
    return dataclasses.replace(school, books=tuple(books))


def _spans(names: set[str]) -> set[tuple[str, str]]:
    """Return the teacher and the span of reports: «01», «2026-09-01»."""
    return {(name.split("-")[2], name.split("-", 4)[4]) for name in names}


def test_a_mark_changes_the_reports_of_its_teacher_over_its_period_and_the_year() -> None:
    place = next(at for at in MARKS if at[0] == "6А Математика")
    marks = {**MARKS, place: "2" if MARKS[place] != "2" else "3"}
    changed = _changed(case_school(journals=journals(marks)), case_school())
    assert _spans(changed) == {("01", "2026-09-01"), ("01", "2026-09-01-2027-05-29")}


def test_a_later_save_changes_no_report_of_a_closed_period_and_none_that_is_refused() -> None:
    changed = _changed(_saved(case_school(), 9), _saved(case_school(), 5))
    assert _spans(changed) == {("01", "2026-09-01-2027-05-29"), ("02", "2026-09-01-2027-05-29")}


def test_the_names_of_the_teacher_and_of_the_school_are_told_anew() -> None:
    school = case_school()
    renamed = school.organisation.model_copy(update={"full_name": "Школа у реки"})
    assert len(_changed(dataclasses.replace(school, organisation=renamed), school)) == len(_site(school))
    person = school.staff["СТ-02"].model_copy(update={"surname": "Лесной"})
    changed = _changed(dataclasses.replace(school, staff={**school.staff, "СТ-02": person}), school)
    assert {code for code, _ in _spans(changed)} == {"02"}
