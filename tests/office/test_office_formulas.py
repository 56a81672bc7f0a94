"""The formulas of the journal form, calculated by LibreOffice: what may be typed, the average, the way to a lesson."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, GridContent
from sgo_sheets.records.tokens import parse_cell
from sgo_sheets.workbooks.forms import book_bytes
from tests.forms.filled_books import PERIODS, journal
from tests.office.conftest import Office

pytestmark = pytest.mark.office

LEGAL = ("5", "4", "1", "н", "Н", "4 5", "5 4 3", "зач", "нзч", "•", ".", "н 5", "5 .",
         "ОП", "оп 4", "осв", "уп", "Б", "НП")  # fmt: skip
ILLEGAL = ("6", "0", "5,4", "5/4", "55", "5-", "-5", "нн", "x", "н/а", "5 6", "6 5", "пять", "4.5", "46000")


def form(content: BookContent) -> Workbook:
    return load_workbook(io.BytesIO(book_bytes(content, saved=dt.datetime(2026, 11, 23))))


def calculated(book: Workbook, office: Office, folder: Path) -> dict[str, list[list[object]]]:
    """Return the cells of all sheets as LibreOffice calculates them."""
    source = folder / "source" / "journal.xlsx"
    source.parent.mkdir()
    book.save(source)
    saved = office.convert(source, "xlsx", folder)
    read = CalamineWorkbook.from_path(saved)
    return {
        name: [list(row) for row in read.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in read.sheet_names
    }


def test_the_grid_takes_what_the_reader_reads_and_refuses_the_rest(office: Office, tmp_path: Path) -> None:
    """The validation's own formula, asked about each text in a cell of another sheet."""
    book = form(journal())
    rules = book[MARKS_SHEET].data_validations.dataValidation
    formula = next(str(rule.formula1) for rule in rules if "E5:" in str(rule.sqref))
    trial = book.create_sheet("Проба")
    typed: list[str | float] = [*LEGAL, *ILLEGAL, 5, 4.5, 45, 46000]
    for row, value in enumerate(typed, start=1):
        trial.cell(row, 1).value = value
        trial.cell(row, 2).value = "=" + formula.replace("E5", f"A{row}")
    rows = calculated(book, office, tmp_path)["Проба"]
    taken = [value for value, row in zip(typed, rows, strict=True) if row[1] is True]
    assert taken == [*LEGAL, 5]
    assert [value for value in typed if not parse_cell(value).faults] == taken


def test_the_average_counts_two_marks_of_a_cell_and_the_current_period_only(office: Office, tmp_path: Path) -> None:
    content = journal()
    book = form(content)
    first, last = PERIODS[1][1:]
    for name, day in (("Период_с", first), ("Период_по", last)):
        book.defined_names[name].attr_text = f"DATE({day.year},{day.month},{day.day})"
    rows = calculated(book, office, tmp_path)[MARKS_SHEET]
    grid = content.sheets[MARKS_SHEET]
    assert isinstance(grid, GridContent)
    for pupil in range(len(grid.pupils)):
        marks = [
            int(mark)
            for place, (day, _, _) in enumerate(grid.columns)
            if first <= day <= last
            for mark in parse_cell(grid.marks.get((pupil, place), "")).marks
            if mark.isdigit()
        ]
        assert marks, "every pupil of the example has marks in the period"
        assert rows[4 + pupil][3] == pytest.approx(sum(marks) / len(marks))
    assert rows[4 + len(grid.pupils)][3] == "", "a spare row has no average and no error"


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (dt.date(2026, 11, 20), dt.date(2026, 11, 20)),
        (dt.date(2026, 11, 22), dt.date(2026, 11, 20)),  # a Sunday: the last lesson
        (dt.date(2026, 8, 25), dt.date(2026, 9, 2)),  # before the year: the first
        (dt.date(2027, 7, 1), dt.date(2027, 5, 26)),
    ],
)
def test_the_corner_leads_to_the_lesson_of_the_day(
    today: dt.date, wanted: dt.date, office: Office, tmp_path: Path
) -> None:
    book = form(journal())
    formula = str(book[MARKS_SHEET]["B1"].value)
    target = formula.removeprefix("=HYPERLINK(").rpartition(",")[0]
    trial = book.create_sheet("Проба")
    day = f"DATE({today.year},{today.month},{today.day})"
    trial["A1"].value = "=" + target.replace("TODAY()", day).replace("$E$1:", f"{MARKS_SHEET}!$E$1:")
    found = str(calculated(book, office, tmp_path)["Проба"][0][0])
    sheet, _, cell = found.partition("!")
    assert sheet == f"#'{MARKS_SHEET}'"
    letters = cell.rstrip("0123456789")
    assert book[MARKS_SHEET][f"{letters}1"].value.date() == wanted
    assert cell.removeprefix(letters) == "5"


def test_the_links_of_a_lesson_lead_there_and_back(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "journal.xlsx"
    source.write_bytes(book_bytes(journal(), saved=dt.datetime(2026, 11, 23)))
    book = load_workbook(source)
    there = next(
        cell for cell in book[MARKS_SHEET][1] if isinstance(cell.value, dt.datetime) and cell.value.month == 12
    )
    topic = str(there.hyperlink.location if there.hyperlink else "")
    row = topic.rpartition("E")[2]
    back = book["Уроки"][f"A{row}"].hyperlink
    assert back is not None
    found = office.jump(source, [topic, str(back.location)])
    assert found == [f"$Уроки.$E${row}", f"$Отметки.${there.column_letter}$5"]


def test_no_formula_of_a_form_is_an_error_in_libreoffice(office: Office, tmp_path: Path) -> None:
    cells = calculated(form(journal()), office, tmp_path)
    assert cells[MARKS_SHEET][0][1] == "к сегодняшнему уроку"
    period = next(row for row in cells[MARKS_SHEET] if row[2] == "Вид работы")[3]
    assert period in {name for name, _, _ in PERIODS}
    mark = cells[MARKS_SHEET][3].index("1 четверть")
    assert [row[mark] for row in cells[MARKS_SHEET][4:11]] == ["5", "4", "н/а ув", "3", "2", "осв", "зач"]
    assert cells[MARKS_SHEET][3][4] == dt.date(2026, 9, 2), "the weekday is the date, shown as «Ср»"
    assert not [value for sheet in cells.values() for row in sheet for value in row if str(value).startswith("#N")]
