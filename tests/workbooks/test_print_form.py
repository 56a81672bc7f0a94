"""A school's print form: placeholders, rows repeated, what stays as the school has made it, what is wrong with one."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.print_form import Filling, FormTable, PrintForm, filled, read_form

NAME = "templates/reports/07 Итоги.xlsx"
SAVED = dt.datetime(2026, 11, 23, 14, 5)
LINES = (
    ("line", (1, "Берёзкина Вера", 5, Decimal("4.50"))),
    ("line", (2, "Лугов Пётр", "н/а", None)),
    ("total", (None, "Всего", 2, Decimal("4.50"))),
)
FILLING = Filling(
    {
        "школа": "Гимназия «Образец»",
        "класс": "5А",
        "конец периода": dt.date(2026, 10, 24),
        "подпись: Классный руководитель": "Ручьёва А. И.",
    },
    (FormTable(("№", "Обучающийся", "Математика", "Ср. балл"), LINES),),
)


def form_bytes(cells: Mapping[str, object], sheet: str = "Ведомость", **more: Any) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for place, value in cells.items():
        page[place].value = value
    if "also" in more:
        more["also"](page)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


TABLE = {
    "A1": "{{школа}}",
    "A2": "Класс {{ Класс }}, по {{конец периода}}",
    "A4": "№",
    "A5": "{{строка.№}}",
    "B5": "{{строка.Обучающийся}}",
    "D5": "{{строка.Математика}}",
    "E5": "{{строка.Ср. балл}}",
    "B6": "{{итог.обучающийся}}",
    "D6": "{{итог.Математика}}",
    "A8": "Классный руководитель",
    "D8": "{{Подпись:Классный  руководитель}}",
}


def _form(cells: Mapping[str, object] = TABLE, **more: Any) -> PrintForm:
    form = read_form(NAME, form_bytes(cells, **more))
    assert isinstance(form, PrintForm), form
    return form


def _filled(cells: Mapping[str, object] = TABLE, filling: Filling = FILLING, **more: Any) -> Worksheet:
    data = filled(_form(cells, **more), filling, SAVED)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def _faults(cells: Mapping[str, object], **more: Any) -> tuple[str, ...]:
    form = read_form(NAME, form_bytes(cells, **more))
    return form.faults(FILLING) if isinstance(form, PrintForm) else form


def _values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_row_is_repeated_for_every_line_and_what_is_below_moves_down() -> None:
    assert _values(_filled()) == [
        ["Гимназия «Образец»", None, None, None, None],
        ["Класс 5А, по 24.10.2026", None, None, None, None],
        [None] * 5,
        ["№", None, None, None, None],
        [1, "Берёзкина Вера", None, 5, 4.5],
        [2, "Лугов Пётр", None, "н/а", None],
        [None, "Всего", None, 2, None],
        [None] * 5,
        ["Классный руководитель", None, None, "Ручьёва А. И.", None],
    ]


def test_a_cell_may_hold_several_placeholders() -> None:
    cells = {"A1": "{{класс}}, {{школа}}", "A2": "{{строка.Обучающийся}} – {{строка.Ср. балл}}"}
    assert [row[0] for row in _values(_filled(cells))] == [
        "5А, Гимназия «Образец»",
        "Берёзкина Вера – 4,50",
        "Лугов Пётр – ",
    ]


def test_numbers_and_dates_are_real_and_formatted_where_the_form_has_no_format_of_its_own() -> None:
    sheet = _filled(TABLE | {"C1": "{{конец периода}}"})
    assert (sheet["E5"].value, sheet["E5"].number_format) == (4.5, "0.00")
    assert (sheet["C1"].value, sheet["C1"].number_format) == (dt.datetime(2026, 10, 24), "DD.MM.YYYY")

    def own(page: Worksheet) -> None:
        page["E5"].number_format = "0.0"

    assert _filled(also=own)["E6"].number_format == "0.0"


def test_the_look_of_the_row_is_kept_in_every_copy_with_its_height_and_its_merged_cells() -> None:
    thin = Side(style="thin")

    def look(page: Worksheet) -> None:
        page["B5"].font = Font(bold=True)
        page["B5"].border = page["C5"].border = Border(bottom=thin)
        page["C5"].fill = PatternFill("solid", fgColor="FFEEDD")
        page.merge_cells("B5:C5")
        page.merge_cells("A8:C8")
        page.merge_cells("A1:E1")
        page.row_dimensions[5].height = 31
        page.row_dimensions[8].height = 44

    sheet = _filled(also=look)
    assert sorted(one.coord for one in sheet.merged_cells.ranges) == ["A1:E1", "A9:C9", "B5:C5", "B6:C6"]
    for row in (5, 6):
        assert sheet.row_dimensions[row].height == 31
        assert sheet[f"B{row}"].font.bold
        assert sheet[f"B{row}"].border.bottom.style == "thin"
        assert sheet[f"C{row}"].border.bottom.style == "thin"
    assert sheet.row_dimensions[9].height == 44
    assert sheet.row_dimensions[7].height is None


def test_formulas_names_paper_and_rules_of_the_form_follow_its_rows() -> None:
    def own(page: Worksheet) -> None:
        page["F5"] = "=E5*2"
        page["E7"] = "=SUM(E5:E5)+Ведомость!$A$8"
        page.print_area = "A1:F8"
        page.print_title_rows = "4:4"
        page.conditional_formatting.add("E5:E5", openpyxl.formatting.rule.CellIsRule("lessThan", ["3"]))
        assert page.parent is not None
        page.parent.defined_names["Низ"] = openpyxl.workbook.defined_name.DefinedName("Низ", attr_text="Ведомость!$A$8")

    sheet = _filled(also=own)
    assert [sheet["F5"].value, sheet["F6"].value] == ["=E5*2", "=E6*2"]
    assert sheet["E8"].value == "=SUM(E5:E6)+Ведомость!$A$9"
    assert str(sheet.print_area).endswith("$A$1:$F$9")
    assert sheet.print_title_rows == "$4:$4"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["E5:E6"]
    assert sheet.parent is not None
    assert sheet.parent.defined_names["Низ"].attr_text == "Ведомость!$A$9"


def test_neighbouring_rows_come_in_the_order_of_the_table() -> None:
    rows = (("heading", ("5", None)), ("line", ("5А", 2)), ("total", ("Итого", 2)), ("line", ("6А", 3)))
    filling = Filling({}, (FormTable(("Класс", "Всего"), rows),))
    cells = {
        "A1": "{{заголовок.Класс}}",
        "A2": "{{строка.Класс}}",
        "B2": "{{строка.Всего}}",
        "A3": "итог: {{итог.Класс}}",
        "A4": "низ",
    }
    assert [row[0] for row in _values(_filled(cells, filling))] == ["5", "5А", "итог: Итого", "6А", "низ"]


def test_a_second_table_has_rows_of_its_own_and_an_empty_one_leaves_none() -> None:
    empty = FormTable(("Категория",), ())
    filling = Filling(FILLING.fields, (*FILLING.tables, empty))
    cells = {"A1": "{{строка.Обучающийся}}", "A2": "между", "A3": "{{таблица2.строка.категория}}", "A4": "низ"}
    assert _values(_filled(cells, filling)) == [["Берёзкина Вера"], ["Лугов Пётр"], ["между"], ["низ"]]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x";"y")', "+1", "-1", "@SUM(A1)", "#N/A", "{{школа}}", "007"]
)
def test_text_comes_out_as_text(text: str) -> None:
    table = FormTable(("№", "Обучающийся"), (("line", (1, text)),))
    cells = {"A1": "{{школа}}", "A2": "{{строка.Обучающийся}}", "A3": "{{школа}} класс"}
    sheet = _filled(cells, Filling({"школа": text}, (table,)))
    assert [sheet[place].value for place in ("A1", "A2", "A3")] == [text, text, f"{text} класс"]
    assert {sheet[place].data_type for place in ("A1", "A2", "A3")} == {"s"}


def test_what_is_missing_is_put_on_a_sheet_of_its_own() -> None:
    filling = Filling(FILLING.fields, FILLING.tables, ("Чего не хватает", (("Что",), ("=нет отметки",))))
    book = openpyxl.load_workbook(io.BytesIO(filled(_form(), filling, SAVED)))
    assert _values(book["Чего не хватает"]) == [["Что"], ["=нет отметки"]]
    assert book["Чего не хватает"]["A2"].data_type == "s"


def test_the_same_form_and_data_give_the_same_bytes() -> None:
    form = _form()
    data = filled(form, FILLING, SAVED)
    assert data == filled(form, FILLING, SAVED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-23T14:05:00" in archive.read("docProps/core.xml")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"B2": "{{скола}}"}, f"{NAME} › Ведомость!B2: неизвестная метка «{{{{скола}}}}»; можно: «{{{{школа}}}}», "),
        ({"B2": "{{строка.Химия}}"}, "!B2: метка «{{строка.Химия}}»: такого столбца в отчёте нет; можно: «№», "),
        ({"B2": "{{таблица2.строка.№}}"}, "!B2: метка «{{таблица2.строка.№}}»: таблиц в отчёте 1"),
        ({"B2": "{{таблица0.строка.№}}"}, "!B2: неизвестная метка «{{таблица0.строка.№}}»"),
        ({"B2": "{{}}"}, "!B2: неизвестная метка «{{}}»"),
        ({"B2": "Школа {{школа"}, "!B2: метка не закрыта"),
        ({"A1": "текст"}, "в форме нет ни одной метки"),
        ({"A1": "{{строка.№}}", "B1": "{{итог.№}}"}, "!B1: в одной строке листа метки разных строк отчёта"),
        ({"A1": "{{строка.№}}", "A3": "{{строка.№}}"}, "!A3: «строка.…» этой таблицы уже стоит в строке 1"),
    ],
)
def test_a_fault_names_file_sheet_and_cell_and_what_is_allowed(cells: Mapping[str, object], said: str) -> None:
    (fault,) = _faults(cells)
    assert fault.startswith(NAME)
    assert said in fault


def test_merged_cells_that_leave_the_repeated_row_are_a_fault() -> None:
    (fault,) = _faults({"A2": "{{строка.№}}"}, also=lambda page: page.merge_cells("A2:A3"))
    assert fault == f"{NAME} › Ведомость!A2:A3: объединённые клетки выходят за повторяемую строку; разъедините их."


def test_placeholders_in_a_header_of_the_page_are_a_fault() -> None:
    def own(page: Worksheet) -> None:
        page.oddFooter.right.text = "{{школа}}"

    (fault,) = _faults({"A1": "{{школа}}"}, also=own)
    assert fault == f"{NAME} › Ведомость: в колонтитулах метки не заполняются; впишите их в клетки."


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 cut off", form_bytes(TABLE)[:-40]])
def test_a_broken_file_is_said_in_a_sentence(data: bytes) -> None:
    faults = read_form(NAME, data)
    assert isinstance(faults, tuple)
    assert faults[0].startswith(f"{NAME}: ")


CELLS = st.sampled_from(
    ["", "низ", "{{школа}}", "{{строка.№}}", "{{итог.№}}", "{{заголовок.№}}", "{{таблица2.строка.№}}"]
)
PLACES = st.sampled_from(["line", "total", "heading"])


@settings(max_examples=40, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=9), st.lists(PLACES, max_size=6), st.lists(PLACES, max_size=3))
def test_no_row_of_a_form_or_of_a_table_is_lost(column: list[str], first: list[str], second: list[str]) -> None:
    tables = tuple(
        FormTable(("№",), tuple((place, (f"{number}{place}{at}",)) for at, place in enumerate(places)))
        for number, places in ((1, first), (2, second))
    )
    form = read_form(NAME, form_bytes({f"A{at}": text or None for at, text in enumerate([*column, "конец"], 1)}))
    if not isinstance(form, PrintForm):
        return  # nothing to fill, or one row twice
    data = filled(form, Filling({"школа": "Ш"}, tables), SAVED)
    found = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A"] if cell.value]
    expected = [text for text in column if text == "низ"] + ["Ш" for text in column if text == "{{школа}}"]
    wanted = {"{{строка.№}}": (0, "line"), "{{итог.№}}": (0, "total"), "{{заголовок.№}}": (0, "heading")}
    wanted["{{таблица2.строка.№}}"] = (1, "line")
    for text in column:
        if text in wanted:
            table, place = wanted[text]
            expected += [str(values[0]) for own, values in tables[table].rows if own == place]
    assert sorted(map(str, found)) == sorted([*expected, "конец"])
    assert found[-1] == "конец"
