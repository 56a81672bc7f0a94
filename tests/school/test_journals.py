"""Journals: whose rows may be applied, copies, members, what a class is missing."""

from __future__ import annotations

import dataclasses
import pickle

from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.model import Journal, School
from tests.school.small import books, class_teacher_book, d, journal, messages, school

VERA, PETR = ("К-101", "Берёзкина Вера"), ("К-102", "Лугов Пётр")


def _journal(found: School, subject: str = "Математика") -> Journal:
    return next(j for j in found.journals if j.key.subject == subject)


def test_marks_go_to_the_pupil_of_the_number() -> None:
    found = school(journals=[journal(dates=("07.09",), pupils={VERA: {0: "5"}, PETR: {0: "н"}})])
    grid = _journal(found).grid
    assert grid is not None
    assert [(row.pupil, row.cells[0].marks, row.cells[0].absence) for row in grid.rows] == [
        ("К-101", ("5",), ""),
        ("К-102", (), "ОТ"),
    ]
    assert messages(found) == []


def test_a_half_sorted_sheet_gives_nobody_anothers_marks() -> None:
    swapped = {("К-101", "Лугов Пётр"): {0: "2"}, ("К-102", "Берёзкина Вера"): {0: "5"}}
    found = school(journals=[journal(dates=("07.09",), pupils=swapped)])
    grid = _journal(found).grid
    assert grid is not None
    assert grid.rows == ()
    assert [(f.code, f.at.cell, f.severity) for f in found.findings] == [
        ("W0403", "C5", "violation"),
        ("W0403", "C6", "violation"),
    ]


def test_yo_spaces_and_initials_name_the_same_person() -> None:
    for name in ("Березкина  вера", "Берёзкина В.", "Берёзкина Вера", ""):
        found = school(journals=[journal(dates=("07.09",), pupils={("К-101", name): {0: "5"}})])
        grid = _journal(found).grid
        assert grid is not None
        assert [row.pupil for row in grid.rows] == ["К-101"], name


def test_lost_leading_zeros_match_when_unique() -> None:
    cards = {"5А": [{"id": "0017", "surname": "Берёзкина", "first_name": "Вера", "class_at_start": "5А"}]}
    one = journal(dates=("07.09",), pupils={("17", "Берёзкина Вера"): {0: "5"}})
    found = school(cards=cards, groups=[], journals=[one])
    grid = _journal(found).grid
    assert grid is not None
    assert [row.pupil for row in grid.rows] == ["0017"]
    assert [(f.code, f.at.cell) for f in found.findings] == [("W0301", "B5")]


def test_an_unknown_number_is_named_and_the_second_of_two_equal_rows_does_not_count() -> None:
    first = journal(dates=("07.09",), pupils={("К-999", "Никто"): {0: "5"}, VERA: {0: "4"}, ("К-101", ""): {0: "2"}})
    found = school(journals=[first])
    grid = _journal(found).grid
    assert grid is not None
    assert [(row.pupil, row.cells[0].marks) for row in grid.rows] == [("К-101", ("4",))]
    assert [(f.code, f.at.cell) for f in found.findings] == [("W0402", "B5"), ("W0401", "B7")]


def test_a_copied_journal_doubles_nobodys_marks_and_is_not_called_absent() -> None:
    copy = journal(path="Журналы/5А/Математика — копия.xlsx", dates=("07.09",), pupils={VERA: {0: "5"}})
    found = school(journals=[journal(dates=("07.09",), pupils={VERA: {0: "5"}}), copy])
    assert [j.key.subject for j in found.journals] == []
    assert [f.code for f in found.findings] == ["W0106", "W0106"]
    assert "Математика" not in [load.subject for load in found.books[0].lacking]


def test_a_renamed_journal_is_known_by_its_title() -> None:
    found = school(journals=[journal(path="Журналы/5А/Матем.xlsx")])
    assert _journal(found).key == JournalKey("5А", "Математика", "")
    assert [f.code for f in found.findings] == ["W0107"]


def test_members_of_a_group_and_of_a_subject_without_groups() -> None:
    found = school(journals=[journal(subject="Английский язык", group="2"), journal()])
    assert [m.pupil for m in _journal(found, "Английский язык").members] == ["К-102"]
    assert [m.pupil for m in _journal(found).members] == ["К-101", "К-102"]


def test_a_journal_without_a_load_row_is_said() -> None:
    found = school(journals=[journal(subject="Физическая культура")])
    assert messages(found) == [
        "Журналы/5А/Физическая культура.xlsx › Титул!B3: в листе «Нагрузка» нет строки «5А Физическая культура»."
    ]


def test_an_absent_journal_is_lacking_once_and_an_unreadable_one_is_not_absent() -> None:
    found = school(journals=[journal(), journal(subject="Английский язык", group="1")])
    assert [(load.subject, load.group) for load in found.books[0].lacking] == [("Английский язык", "2")]
    broken = Book("Журналы/5А/Английский язык (2).xlsx", BookKind.JOURNAL, "x", unreadable=True)
    again = assemble([*books(journals=[journal(), journal(subject="Английский язык", group="1")]), broken])
    assert again.books[0].lacking == ()
    assert [str(ref) for ref in again.books[0].unreadable] == [broken.path]


def test_a_period_mark_that_cannot_be_read_is_a_finding_at_its_cell() -> None:
    finals = ({"pupil": "К-101", "name": "Берёзкина Вера", "marks": {"1 четверть": "7", "Моя графа": "ой"}},)
    found = school(journals=[journal(finals=finals)])
    assert [(f.code, f.severity) for f in found.findings] == [("W0302", "warning")]


def test_the_fingerprint_changes_with_the_class_own_journals_only() -> None:
    one = school(journals=[journal()])
    other = school(journals=[journal(dates=("07.09",), pupils={VERA: {0: "5"}})])
    assert one.books[0].fingerprint != other.books[0].fingerprint
    assert one.books[1].fingerprint == other.books[1].fingerprint


def test_who_came_from_another_class_brings_its_journals_to_the_diary() -> None:
    move = {
        "number": "7", "date": d("10.11"), "type": "Перевод из класса в класс", "event": d("10.11"),
        "pupil": "К-101", "from_class": "5А", "to_class": "5Б",
    }  # fmt: skip
    found = school(orders=[move], journals=[journal()])
    book_a, book_b = found.book("5А"), found.book("5Б")
    assert book_a is not None
    assert book_b is not None
    assert [p.id for p in book_b.diaries()] == ["К-101"]
    assert [p.id for p in book_a.diaries()] == ["К-102"]
    assert [j.key.target for j in book_b.former] == ["5А"]
    assert set(book_b.elsewhere) == {"5А"}
    assert _journal(found).member("К-101") is not None
    member = _journal(found).member("К-101")
    assert member is not None
    assert (member.on(d("09.11")), member.on(d("10.11")), member.former) == (True, False, True)


def test_two_books_of_one_class_teacher_are_both_left_unread() -> None:
    pair = [class_teacher_book(), class_teacher_book(path="Журналы/5А/Классный руководитель (2).xlsx")]
    found = assemble([*books(), *pair])
    assert found.books[0].teacher_book is None
    assert [f.code for f in found.findings] == ["W0106", "W0106"]


def test_a_school_without_any_book_says_what_is_missing() -> None:
    assert messages(assemble([])) == ["Школа.xlsx: нет книги «Школа.xlsx»."]


def test_everything_can_be_sent_to_another_process() -> None:
    book = school(journals=[journal(dates=("07.09",), pupils={VERA: {0: "5"}})]).books[0]
    again = pickle.loads(pickle.dumps(book))  # noqa: S301 - our own bytes
    assert again.journals[0].grid == book.journals[0].grid
    assert dataclasses.replace(again).fingerprint == book.fingerprint
