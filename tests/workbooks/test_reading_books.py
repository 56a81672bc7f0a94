"""Which files and sheets are read: the folder, the kinds of books, absent and misnamed sheets."""

from __future__ import annotations

import pickle
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from sgo_sheets.records.catalog import BookKind
from sgo_sheets.records.journal_books import AccountHanded, ClassPeriodMarks, Lesson
from sgo_sheets.records.school_book import Subject
from sgo_sheets.workbooks.folder import kind_of, list_workbooks
from sgo_sheets.workbooks.reader import read_book
from tests.workbooks.archives import plan_book
from tests.workbooks.books import JOURNAL, JOURNAL_SHEETS, PLAN, SCHOOL, YEAR, Rows, read, read_journal, said

CLASS_TEACHER = "Журналы/5А/Классный руководитель.xlsx"
REASONS: Mapping[str, Rows] = {
    "Титул": (("Показатель", "Значение"), ("Класс", "5А")),
    "Причины пропусков": (("№ личного дела", "Обучающийся", "С"),),
}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Школа.xlsx", BookKind.SCHOOL),
        ("школа.XLSX", BookKind.SCHOOL),
        ("Учетные записи.xlsx", BookKind.ACCOUNTS),
        (unicodedata.normalize("NFD", "Учётные записи.ods"), BookKind.ACCOUNTS),
        ("Школа.xls", BookKind.SCHOOL),
        ("КТП/Химия 8.xlsm", BookKind.LESSON_PLAN),
        ("Журналы/10 М/Английский язык (1).xlsx", BookKind.JOURNAL),
        ("Журналы/5А/Классный руководитель.xlsx", BookKind.CLASS_TEACHER),
        ("Журналы/5А.xlsx", BookKind.UNKNOWN),
        ("Журналы/5А/старое/Химия.xlsx", BookKind.UNKNOWN),
        ("Отчёт для управы.xlsx", BookKind.UNKNOWN),
    ],
)
def test_kind_of_a_workbook_follows_from_its_path(path: str, kind: BookKind) -> None:
    assert kind_of(path) is kind


def test_junk_of_programs_is_not_listed(tmp_path: Path) -> None:
    folder = tmp_path / "Журналы" / "5А"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    junk = ("~$Химия.xlsx", ".~lock.Химия.xlsx#", "._Химия.xlsx", "Thumbs.db", "desktop.ini", "lu1234ab.tmp",
            ".sgo-school", "~WRL0001.xlsx", "письмо.docx", "Химия.xlsx.tmp", "Химия.pdf")  # fmt: skip
    for name in (*junk, "Химия.xlsx", "Музыка.ods", "Труд.xls", "1A2B3C4D"):
        (folder / name).write_bytes(b"")
    (tmp_path / ".git" / "Химия.xlsx").write_bytes(b"")
    assert list_workbooks(tmp_path) == [
        f"Журналы/5А/{name}" for name in ("1A2B3C4D", "Музыка.ods", "Труд.xls", "Химия.xlsx")
    ]


def test_unknown_workbook_is_reported_once_and_not_read(tmp_path: Path) -> None:
    book = read(tmp_path, "Школы.xlsx", {"Предметы": (("Предмет",), ("Химия",))})
    assert [finding.code for finding in book.findings] == ["W0105"]
    assert "«Школа.xlsx»" in book.findings[0].message
    assert (book.kind, book.tables, book.unreadable) == (BookKind.UNKNOWN, {}, False)


def test_unfinished_save_of_excel_is_reported_when_it_is_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "1A2B3C4D").write_bytes(plan_book())
    (tmp_path / "DEADBEEF").write_bytes(b"half")
    assert [finding.code for finding in read_book(tmp_path, "1A2B3C4D", YEAR).findings] == ["W0108"]
    assert read_book(tmp_path, "DEADBEEF", YEAR).findings == ()


def test_absent_optional_sheet_is_an_empty_one(tmp_path: Path) -> None:
    book = read(tmp_path, CLASS_TEACHER, REASONS)
    assert book.has(ClassPeriodMarks)
    assert book.rows(ClassPeriodMarks) == ()
    assert book.findings == ()


def test_blank_optional_sheet_is_an_empty_one(tmp_path: Path) -> None:
    book = read(tmp_path, CLASS_TEACHER, {**REASONS, "Учётные записи": ()})
    assert book.rows(AccountHanded) == ()
    assert book.findings == ()


def test_absent_required_sheet_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    book = read(tmp_path, JOURNAL, {name: rows for name, rows in JOURNAL_SHEETS.items() if name != "Отметки"})
    assert said(book) == [("W0201", "Отметки")]
    assert book.grid is None
    assert len(book.rows(Lesson)) == 1


def test_workbook_without_any_of_its_sheets_is_one_finding(tmp_path: Path) -> None:
    book = read(tmp_path, JOURNAL, {"Лист1": ()})
    assert said(book) == [("W0201", "")]


def test_sheet_named_almost_right_is_named(tmp_path: Path) -> None:
    sheets = {("Урок" if name == "Уроки" else name): rows for name, rows in JOURNAL_SHEETS.items()}
    assert said(read(tmp_path, JOURNAL, sheets)) == [("W0204", "Урок"), ("W0201", "Уроки")]


def test_sheet_named_with_yo_case_and_look_alikes_is_found(tmp_path: Path) -> None:
    sheets = {**REASONS, "учетныe записи ": (("Логин", "Передана"), ("orlov", None))}
    assert [row.login for row in read(tmp_path, CLASS_TEACHER, sheets).rows(AccountHanded)] == ["orlov"]


def test_sheets_of_lists_and_of_the_teachers_own_are_ignored(tmp_path: Path) -> None:
    sheets = {**JOURNAL_SHEETS, "Списки": (("Виды работ",), ("#REF!",)), "Черновик": (("привет",), (5,))}
    assert read(tmp_path, JOURNAL, sheets).findings == ()


def test_findings_belong_to_the_owner_of_the_book(tmp_path: Path) -> None:
    journal = read(tmp_path, JOURNAL, {"Лист1": ()})
    school = read(tmp_path, SCHOOL, {"Предметы": (("Предмет",),)})
    assert {finding.role for finding in journal.findings} == {"teacher"}
    assert {finding.role for finding in school.findings} == {"admin"}


def test_book_travels_between_processes(tmp_path: Path) -> None:
    book = read_journal(tmp_path)
    again = pickle.loads(pickle.dumps(book))  # noqa: S301 - its own bytes
    assert again == book
    assert again.rows(Lesson)[0].at("topic") == book.rows(Lesson)[0].at("topic")


def test_digest_is_of_the_bytes(tmp_path: Path) -> None:
    first = read(tmp_path, PLAN, {"Титул": ()})
    data = (tmp_path / PLAN).read_bytes()
    (tmp_path / "КТП" / "Химия 9.xlsx").write_bytes(data)
    assert read_book(tmp_path, "КТП/Химия 9.xlsx", YEAR).digest == first.digest
    (tmp_path / "КТП" / "Химия 9.xlsx").write_bytes(plan_book())
    assert read_book(tmp_path, "КТП/Химия 9.xlsx", YEAR).digest != first.digest


def test_reading_touches_nothing(tmp_path: Path) -> None:
    read_journal(tmp_path)
    file = tmp_path / JOURNAL
    before = (file.stat().st_mtime_ns, file.read_bytes(), sorted(tmp_path.rglob("*")))
    read_book(tmp_path, JOURNAL, YEAR)
    assert (file.stat().st_mtime_ns, file.read_bytes(), sorted(tmp_path.rglob("*"))) == before


def test_subject_sheet_of_the_school_is_read_without_a_year(tmp_path: Path) -> None:
    book = read(tmp_path, SCHOOL, {"Предметы": (("Предмет", "Оценивание"), ("Химия", "Зачёт"))}, year=None)
    assert [(row.name, row.grading) for row in book.rows(Subject)] == [("Химия", "зачёт")]
