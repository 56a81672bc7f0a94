"""What a person finds in every form: headers, formats, lists, hints, protection, print set-up; and the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.records.base import Shape
from sgo_sheets.records.catalog import BY_KIND, LISTS_SHEET, MARKS_SHEET, BookContent, BookKind, Rows
from sgo_sheets.records.report_tables import TABLES
from sgo_sheets.records.school_book import DUTIES
from sgo_sheets.workbooks.forms import book_bytes, write_book
from sgo_sheets.workbooks.reader import read_book
from tests.forms.filled_books import YEAR, books, roll

ALL = [pytest.param(path, id=path) for path in sorted(books())]


def opened(content: BookContent) -> Workbook:
    return load_workbook(io.BytesIO(book_bytes(content)))


def header(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value}


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_a_blank_form_has_every_sheet_and_header_of_its_kind(kind: BookKind) -> None:
    book = opened(BookContent(kind))
    for record in BY_KIND[kind].sheets:
        sheet = book[record.sheet]
        wanted = [column.header for column in record.columns() if not column.rest]
        if record.shape is Shape.PROPERTIES:
            assert [row[0].value for row in sheet.iter_rows(min_row=2)][: len(wanted)] == wanted
        else:
            assert [name for name in header(sheet) if name in wanted] == wanted


@pytest.mark.parametrize("path", ALL)
def test_what_is_written_is_read_back(path: str, tmp_path: Path) -> None:
    content = books()[path]
    write_book(tmp_path / path, content)
    book = read_book(tmp_path, path, YEAR)
    assert book.findings == ()
    for title, held in content.sheets.items():
        if isinstance(held, Rows):
            assert len(book.tables[title]) == len(held.rows)


@pytest.mark.parametrize("path", ALL)
def test_the_same_content_gives_the_same_bytes(path: str) -> None:
    assert book_bytes(books()[path]) == book_bytes(books()[path])


def test_the_moment_given_stands_in_the_file(tmp_path: Path) -> None:
    moment = dt.datetime(2026, 11, 23, 7, 30)
    write_book(tmp_path / "Контингент/5А.xlsx", roll(), saved=moment)
    saved = read_book(tmp_path, "Контингент/5А.xlsx", YEAR).saved
    assert saved == moment.replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("path", ALL)
def test_every_sheet_is_protected_without_a_password_and_leaves_work_alone(path: str) -> None:
    for sheet in opened(books()[path]).worksheets:
        if sheet.title == LISTS_SHEET:
            continue
        guard = sheet.protection
        assert guard.sheet
        assert guard.password is None
        forbidden = [
            guard.formatCells,
            guard.formatColumns,
            guard.formatRows,
            guard.insertRows,
            guard.sort,
            guard.autoFilter,
        ]
        assert not any(forbidden)


@pytest.mark.parametrize("path", ALL)
def test_headers_are_locked_and_the_cells_below_are_not(path: str) -> None:
    kind = books()[path].kind
    book = opened(books()[path])
    for record in BY_KIND[kind].sheets:
        sheet = book[record.sheet] if record.sheet in book.sheetnames else None
        if sheet is None or record.shape is Shape.PROPERTIES:
            continue
        columns = [column for column in record.columns() if not column.rest]
        for name, number in header(sheet).items():
            if name in {column.header for column in columns}:
                assert sheet.cell(1, number).protection.locked
                assert not sheet.cell(2, number).protection.locked
                assert not sheet.column_dimensions[sheet.cell(1, number).column_letter].protection.locked


@pytest.mark.parametrize("path", ALL)
def test_every_sheet_prints_on_a4_landscape_with_its_header_on_each_page(path: str) -> None:
    for sheet in opened(books()[path]).worksheets:
        if sheet.title == LISTS_SHEET:
            continue
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.print_title_rows == ("$1:$4" if sheet.title == MARKS_SHEET else "$1:$1")
        assert "&P" in str(sheet.oddFooter.right.text)
        assert sheet.freeze_panes is not None


def test_numbers_that_are_texts_stay_texts() -> None:
    sheet = opened(roll())["Обучающиеся"]
    place = header(sheet)
    assert sheet.cell(2, place["№ личного дела"]).value == "0001"
    for name in ("№ личного дела", "Телефон родителей", "Паспорт"):
        assert sheet.cell(2, place[name]).number_format == "@"
        assert sheet.cell(40, place[name]).number_format == "General", "only the column says it, no cell is stored"
        letters = sheet.cell(1, place[name]).column_letter
        assert sheet.column_dimensions[letters].number_format == "@"
    assert sheet.cell(2, place["Дата рождения"]).number_format == "dd.mm.yyyy"


@pytest.mark.parametrize("text", ["=1+1", "+7 000", "-1-", "@школа", "#REF!", "=cmd|' /C calc'!A0"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(text: str) -> None:
    rows = Rows(({"Дата": dt.date(2026, 9, 7), "Текст": text},))
    data = book_bytes(BookContent(BookKind.CLASS_TEACHER, {"Объявления": rows}))
    cell = load_workbook(io.BytesIO(data))["Объявления"]["C2"]
    assert (cell.value, cell.data_type) == (text, "s")
    sheets = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "worksheets/sheet" in name]
    formulas = sum(zipfile.ZipFile(io.BytesIO(data)).read(name).count(b"<f>") for name in sheets)
    assert formulas == 0


def test_words_of_a_choice_are_a_drop_down_list_with_a_message() -> None:
    sheet = opened(BookContent(BookKind.SCHOOL))["Ответственные"]
    rule = next(rule for rule in sheet.data_validations.dataValidation if "A2:A2000" in str(rule.sqref))
    assert rule.type == "list"
    assert [word.strip('"') for word in str(rule.formula1).split(",")] == list(DUTIES)
    assert all(duty in str(rule.error) for duty in DUTIES)


def test_names_of_staff_and_subjects_come_from_the_lists_given() -> None:
    book = opened(BookContent(BookKind.PLAN, lists={"Предметы": ("Алгебра", "Физика")}))
    rules = {str(rule.formula1) for rule in book["Нагрузка"].data_validations.dataValidation if rule.type == "list"}
    assert "Предметы" in rules
    assert "Сотрудники" not in rules, "a list that is not there must not be referred to"
    assert book.defined_names["Предметы"].attr_text == "'Списки'!$A$2:$A$3"
    assert book[LISTS_SHEET].sheet_state == "hidden"


def test_the_constructor_offers_the_columns_of_the_table_of_the_row() -> None:
    book = opened(BookContent(BookKind.CONSTRUCTOR))
    rules = {str(rule.sqref): rule for rule in book["Отчёты"].data_validations.dataValidation}
    assert [rules[f"{letter}2:{letter}2000"].formula1 for letter in "DEF"] == [
        "INDIRECT($B2)",
        "INDIRECT($B2)",
        'INDIRECT("числа_"&$B2)',
    ]
    assert not rules["D2:D2000"].showErrorMessage, "two columns through a comma are in no list"
    sheet, area = book.defined_names["числа_отметки"].attr_text.split("!")
    assert [cell.value for (cell,) in book[sheet.strip("'")][area.replace("$", "")]] == ["Параллель", "Вес", "Отметка"]
    assert {table.name for table in TABLES} <= set(book.defined_names)


def test_the_school_book_takes_codes_of_staff_from_its_own_sheet() -> None:
    book = opened(BookContent(BookKind.SCHOOL))
    assert book.defined_names["Сотрудники"].attr_text == "'Сотрудники'!$A$2:$A$2000"


def test_grey_cells_ask_before_they_are_typed_into() -> None:
    sheet = opened(books()["Журналы/5А/Математика.xlsx"])["Уроки"]
    letters = sheet.cell(1, header(sheet)["По плану"]).column_letter
    rule = next(r for r in sheet.data_validations.dataValidation if f"{letters}2:{letters}2000" in str(r.sqref))
    assert (rule.type, rule.errorStyle) == ("custom", "warning")


@pytest.mark.parametrize("path", ALL)
def test_hints_and_messages_fit_into_what_excel_takes(path: str) -> None:
    for sheet in opened(books()[path]).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.prompt or "") < 250, "not cut"
            assert len(rule.error or "") < 220, "not cut"
            assert len(str(rule.formula1 or "")) <= 255
            if rule.type and "INDIRECT" not in str(rule.formula1):  # such a list helps and refuses nothing
                assert rule.error


def test_each_timetable_has_its_sheet_and_the_day_is_written_once() -> None:
    book = opened(books()["Расписание.xlsx"])
    assert book.sheetnames[:3] == ["Расписание", "Расписание с 12.01.2027", "Замены"]
    days = [cell.value for cell in book["Расписание"]["A"]][1:31]
    assert days.count("понедельник") == 1


@pytest.mark.parametrize(
    "content",
    [
        BookContent(BookKind.ROLL, {"Ученики": Rows()}),
        BookContent(BookKind.ROLL, {"Обучающиеся": Rows(({"Фамилие": "Белов"},))}),
        BookContent(BookKind.LESSON_PLAN, {"Титул": {"Класс": "5А"}}),
        BookContent(BookKind.JOURNAL, {"Итоги": Rows(({"№ личного дела": "К-1", "5 четверть": 5},), ("1 четверть",))}),
    ],
)
def test_content_the_contract_does_not_know_is_refused(content: BookContent) -> None:
    with pytest.raises(ValueError, match="нет"):
        book_bytes(content)


def test_an_existing_workbook_is_never_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "5А.xlsx"
    target.write_bytes(b"a teacher's work")
    with pytest.raises(FileExistsError):
        write_book(target, roll())
    assert target.read_bytes() == b"a teacher's work"
    write_book(target, roll(), replace=True)
    assert zipfile.is_zipfile(target)
    assert [path.name for path in tmp_path.iterdir()] == ["5А.xlsx"], "no temporary file is left"


def test_a_day_of_the_timetable_is_never_cut_by_a_page() -> None:
    days = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота")
    cell = "Английский язык (1), 325\nАнглийский язык (2), 331"
    rows = tuple(
        {"День": day if number == 1 else None, "Урок": number, "5А": cell, "5Б": cell}
        for day in days
        for number in range(1, 9)
    )
    content = BookContent(BookKind.TIMETABLE, {"Расписание": Rows(rows, ("5А", "5Б"))})
    sheet = opened(content)["Расписание"]
    cut = [one.id for one in sheet.row_breaks.brk]
    assert cut, "48 rows of two lines do not fit on one page"
    assert {(row - 1) % 8 for row in cut} == {0}, "each page ends with the last lesson of a day"
    assert int(sheet.page_setup.scale) >= 62


def test_a_disk_without_hard_links_gets_the_workbook_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_book(tmp_path / "5А.xlsx", roll())
    with pytest.raises(FileExistsError):
        write_book(tmp_path / "5А.xlsx", roll())
    assert [path.name for path in tmp_path.iterdir()] == ["5А.xlsx"]


def test_a_failed_write_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    target = tmp_path / "5А.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_book(target, roll(), replace=True)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["5А.xlsx"]
