"""What the reports of a pupil say is missing and who owes it, and what a pupil missed in the class he came from."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import Book
from sgo_sheets.records.journal_books import AbsenceReason
from sgo_sheets.reports.company import company_of
from sgo_sheets.reports.declared import PupilReport
from sgo_sheets.reports.document import Document
from sgo_sheets.reports.pupil_average import REPORT as AVERAGE
from sgo_sheets.reports.pupil_days import REPORT as DAYS
from sgo_sheets.reports.pupil_dynamics import REPORT_16 as DYNAMICS
from sgo_sheets.reports.pupil_dynamics import REPORT_19 as SHARES
from sgo_sheets.reports.pupil_letter import REPORT as LETTER
from sgo_sheets.reports.pupil_table import REPORT as TABLE
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.pupil_reports import pupil_report_parts
from sgo_sheets.site.render import Renderer
from tests.reports.case_pupils import PETR, SAVED, VERA, Lines, case_book, made, shown
from tests.school.small import class_teacher_book, d, journal, rows, school

MOVED = Path(__file__).parent / "cases" / "moved.md"
DARYA = "К-301"


def _read(title: str) -> Lines:
    section = next(part for part in MOVED.read_text(encoding="utf-8").split("\n## ") if part.startswith(title))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line[:1] == "|"]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def _journal(target: str, subject: str) -> Book:
    (line,) = _read(f"Журнал {target} «{subject}»")
    dates = tuple(day for day in line if day != "№ личного дела")
    cells = {place: line[day] for place, day in enumerate(dates)}
    lessons = tuple({"date": d(day), "topic": "Тема"} for day in dates)
    return journal(target, subject, dates=dates, pupils={(DARYA, "Ольхова Дарья"): cells}, lessons=lessons)


def _teacher_book(target: str) -> Book:
    book = class_teacher_book(target)
    reasons = [
        {"pupil": one["№ личного дела"], "since": d(one["С"]), "until": d(one["По"]), "reason": one["Причина"]}
        for one in _read(f"Причины {target}")
    ]
    return dataclasses.replace(
        book, tables={**book.tables, "Причины пропусков": rows(book.path, AbsenceReason, *reasons)}
    )


def _moved(*, former: bool = True) -> ClassBook:
    """Return the class the pupil came to; ``former`` – whether the journals of the class she left are there."""
    left = [_journal("5А", "Математика"), _journal("5А", "Английский язык"), _teacher_book("5А")] if former else []
    found = school(
        cards={"5А": [{"id": DARYA, "surname": "Ольхова", "first_name": "Дарья", "class_at_start": "5А"}], "5Б": []},
        orders=[
            {
                "number": "7", "date": d("02.10"), "type": "Перевод из класса в класс", "event": d("05.10"),
                "pupil": DARYA, "from_class": "5А", "to_class": "5Б",
            }
        ],
        loads=[{"target": one, "subject": name, "teacher": "СТ-01"} for one, name in (
            ("5А", "Математика"), ("5А", "Английский язык"), ("5Б", "Математика")
        )],
        groups=[],
        timetable={},
        journals=[*left, _journal("5Б", "Математика"), _teacher_book("5Б")],
    ).book("5Б")  # fmt: skip
    assert found is not None
    return dataclasses.replace(found, saved=SAVED)


def test_a_pupil_who_moved_has_missed_the_days_of_both_classes() -> None:
    found = made(TABLE, DARYA, book=_moved())
    assert shown(found.tables[1]) == _read("Ожидается: пропуски")
    assert found.notes == ("Пропуски с 01.09.2026 по 04.10.2026 – по журналам класса 5А.",)
    letter = made(LETTER, DARYA, span="1 четверть", book=_moved())
    assert {row.cells[0]: row.cells[1] for row in letter.tables[1].rows}["Пропущено дней целиком"] == 2


def test_a_class_without_journals_is_named_where_its_days_are_not_counted() -> None:
    found = made(TABLE, DARYA, book=_moved(former=False))
    assert found.notes == ("Пропуски с 01.09.2026 по 04.10.2026 не посчитаны: журналов класса 5А нет.",)
    days = {str(row.cells[0]): row.cells[1] for row in found.tables[1].rows}
    assert (days["Пропущено дней"], days["Пропущено уроков"], days["Опозданий"]) == (1, 1, 1)


def test_a_period_spent_in_one_class_needs_no_note() -> None:
    book = _moved()
    assert [note for note in made(LETTER, DARYA, span="1 четверть", book=book).notes if "5А" in note]
    assert not [note for note in made(LETTER, DARYA, span="2 четверть", book=book).notes if "5А" in note]


def _unread() -> ClassBook:
    """Return the class of the examples with a journal that is there and cannot be read."""
    book = case_book()
    kept = tuple(one for one in book.journals if one.key.subject != "Музыка")
    return dataclasses.replace(book, journals=kept, unreadable=(CellRef("Журналы/5А/Музыка.xlsx"),))


def _words(found: Document) -> list[tuple[str, str]]:
    return [(lack.what, lack.name.replace("\u00a0", " ")) for lack in found.lacks]


@pytest.mark.parametrize("report", [AVERAGE, DYNAMICS, SHARES])
def test_a_report_of_averages_says_whose_marks_it_has_not(report: PupilReport) -> None:
    book = case_book()
    assert made(report, VERA, book=book).lacks == ()
    assert _words(made(report, VERA, book=_unread())) == [("Музыка: журнал не читается", "")]
    journals = tuple(
        dataclasses.replace(one, grid=None) if one.key.subject == "Литература" else one for one in book.journals
    )
    assert _words(made(report, VERA, book=dataclasses.replace(book, journals=journals))) == [
        ("Литература: отметки журнала не прочитаны", "Ручьёва А. И.")
    ]


def test_a_pupil_of_another_group_is_not_told_of_its_journal() -> None:
    book = case_book()
    journals = tuple(
        dataclasses.replace(one, grid=None, members=tuple(m for m in one.members if m.pupil == PETR))
        if one.key.subject == "Литература"
        else one
        for one in book.journals
    )
    split = dataclasses.replace(book, journals=journals)
    assert made(AVERAGE, VERA, book=split).lacks == ()
    assert _words(made(AVERAGE, PETR, book=split)) == [("Литература: отметки журнала не прочитаны", "Ручьёва А. И.")]


def test_a_subject_without_a_journal_is_missing_from_its_first_lesson_on() -> None:
    pupils = {(DARYA, "Ольхова Дарья"): {0: "5"}}
    lessons = ({"date": d("07.09"), "topic": "Тема"},)
    found = school(
        cards={"5А": [{"id": DARYA, "surname": "Ольхова", "first_name": "Дарья", "class_at_start": "5А"}]},
        journals=[
            journal("5А", "Английский язык", "1", dates=("07.09",), pupils=pupils, lessons=lessons),
            class_teacher_book("5А"),
        ],
        groups=[{"target": "5А", "subject": "Английский язык", "group": "1", "pupil": DARYA}],
    ).book("5А")
    assert found is not None
    # «Математика» stands in the timetable of 5А on Mondays and Wednesdays: the first lesson is on 2 September
    for day, told in ((1, []), (2, [("Математика: нет журнала", "Ручьёва А. И.")])):
        on = dataclasses.replace(found, saved=SAVED.replace(month=9, day=day))
        assert _words(made(AVERAGE, DARYA, book=on)) == told, day
    closed = dataclasses.replace(found, saved=SAVED)
    words = [what for what, _ in _words(made(DAYS, DARYA, span="1 четверть", book=closed))]
    assert [what for what in words if "нет журнала" in what] == ["Математика, 1 четверть: нет журнала"], "told once"


def test_no_lack_on_a_page_of_a_family_tells_where_a_file_lies() -> None:
    book = _unread()
    pages = [p for part in pupil_report_parts(book, company_of(book), Renderer()) for p in part.make()]
    own = [page.content.decode() for page in pages if page.audience.startswith("family:")]
    assert [text for text in own if "Музыка: журнал не читается" in text]
    assert not [text for text in own if "Журналы/" in text or ".xlsx" in text]
