"""Reports of chapter X as a school meets them: a late correction, an empty journal, a lone pupil, its own form."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from sgo_sheets.russian import slug
from tests.site.html_tree import read_page
from tests.year.school_year import SchoolYear, text_of

MATHS, SPORT, COMPUTING = (f"Журналы/5А/{name}.xlsx" for name in ("Математика", "Физическая культура", "Информатика"))
ON, MOVED = dt.date(2026, 11, 24), dt.date(2026, 10, 12)
QUARTER = "1 четверть"
CLOSED = "2026-09-01"  # the file name of the first quarter


def digests(year: SchoolYear) -> dict[str, str]:
    """Return what lies in the site: path → digest."""
    site = year.root / "site"
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def lines(path: Path) -> list[list[str]]:
    """Return the lines of the tables of a page, as they are read."""
    page = read_page(path.read_bytes())
    rows = [row for row in page.walk() if row.tag == "tr"]
    return [[cell.text for cell in row.walk() if cell.tag in ("th", "td")] for row in rows]


def holder(year: SchoolYear, subject: str) -> str:
    """Return the code of who teaches a subject in 5А."""
    load = year.rows("Учебный план.xlsx", "Нагрузка", "Класс")
    return str(next(row["Учитель"] for row in load if (row["Класс"], row["Предмет"]) == ("5А", subject)))


def teacher_page(year: SchoolYear, code: str) -> Path:
    """Return the page of report 1 of a teacher for the first quarter."""
    return year.root / "site/staff/reports/teachers" / f"01-{slug(code)}-{CLOSED}.html"


def put_finals(year: SchoolYear, path: str, marks: Sequence[int | str | None]) -> None:
    """Type the marks of the first quarter of all pupils of a journal, in the order of its lines."""
    with year.opened(path) as book:
        sheet = book["Итоги"]
        column = next(cell.column for cell in sheet[1] if cell.value == QUARTER)
        assert sheet.cell(1 + len(marks), 1).value is not None
        assert sheet.cell(2 + len(marks), 1).value is None
        for row, mark in enumerate(marks, 2):
            sheet.cell(row, column).value = mark


def duty(year: SchoolYear, path: str) -> list[dict[str, Any]]:
    """Return what п. 10.4 says of report 1 of a journal, what is done too."""
    said = year.run("check", "--on", ON.isoformat(), "--format", "json", "--all")
    found: list[dict[str, Any]] = json.loads(said.stdout)["findings"]
    return [one for one in found if one["code"] == "R1004" and one["workbook"] == path]


def test_a_mark_corrected_after_the_quarter_rewrites_its_own_reports_alone(year: SchoolYear) -> None:
    """4 → 5 in maths of a pupil of 5А who stays «на «4» и «5»»: no category of reports 2, 4 and 5 is touched."""
    pupil, _ = year.pupils("5А")[0]
    own, teacher = slug(pupil), slug(holder(year, "Математика"))
    year.build(ON)
    before = digests(year)
    year.type(MATHS, "Итоги", pupil, QUARTER, 5, by="№ личного дела")
    year.build(ON)
    after = digests(year)
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    of_quarter = {path for path in changed if path.endswith((f"{CLOSED}.html", f"{CLOSED}.xlsx"))}
    assert {path for path in of_quarter if path.startswith("staff/")} == {
        f"staff/reports/5a/07-{CLOSED}.html",
        f"staff/reports/5a/07-5a-{CLOSED}.xlsx",
        f"staff/reports/5a/18-5a-{CLOSED}.xlsx",
        f"staff/reports/5a/20-5a-{CLOSED}.xlsx",
        f"staff/reports/teachers/01-{teacher}-{CLOSED}.html",
        f"staff/reports/teachers/01-{teacher}-{CLOSED}.xlsx",
    }
    families = {path for path in of_quarter if path.startswith("families/")}
    assert families == {f"families/{own}/{CLOSED}.html", f"families/{own}/reports-{CLOSED}.html"}
    assert [path for path in changed if re.match(r"staff/(reports|classes)/(1|9|10|11)a\b", path)] == []


def test_an_empty_column_is_owed_by_its_teacher_until_the_report_is_whole(year: SchoolYear) -> None:
    """5×4, 4×5, 3×3, н/а, осв: «осв» is not counted, «н/а» is, so N = 13.

    Average 49/12, success 12/13, quality 9/13, СОУ (400 + 320 + 108 + 7)/13.
    """
    marks = [5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 3, "н/а пр", "осв"]
    code = holder(year, "Физическая культура")
    put_finals(year, SPORT, [None] * 14)
    (owed,) = duty(year, SPORT)
    assert (owed["person"], owed["state"]) == (code, "overdue")
    assert "нет 14 отметок" in owed["message"].replace("\u00a0", " ")
    year.build(ON)
    words = text_of(teacher_page(year, code).read_text(encoding="utf-8")).replace("\u00a0", " ")
    assert "Данные неполны: 5А Физическая культура: не выставлена ни одна отметка – Вербина Ж. А." in words
    assert "Журналы/5А/Физическая культура.xlsx › Итоги" in words

    put_finals(year, SPORT, marks)
    (met,) = duty(year, SPORT)
    assert met["state"].startswith("done")
    year.build(ON)
    page = teacher_page(year, code)
    assert "Данные неполны" not in page.read_text(encoding="utf-8")
    own = next(line for line in lines(page) if line[0] == "5А")
    assert own[1:12] == ["14", "4", "5", "3", "0", "1", "1", "0", "4,08", "92,3", "69,2"]
    assert own[12] == "64,2"


def test_no_average_tells_a_family_the_mark_of_another_child(year: SchoolYear) -> None:
    """Two pupils alone have marks in a subject: the average would tell each the other's."""
    (one, _), (two, _), *_ = year.pupils("5А")
    with year.opened(COMPUTING) as book:
        sheet = book["Отметки"]
        for row in range(5, sheet.max_row + 1):
            for column in range(5, sheet.max_column + 1):
                if not str(sheet.cell(row, column).value or "").startswith("="):
                    sheet.cell(row, column).value = None
    first = year.rows(COMPUTING, "Уроки", "Дата")[0]["Дата"]
    for pupil, mark in ((one, 3), (two, 5)):
        year.mark(COMPUTING, pupil, first, mark)
    year.build(ON)
    for pupil, own in ((one, "3,00"), (two, "5,00")):
        path = year.root / "site/families" / slug(pupil) / "reports.html"
        table = lines(path)
        titles = next(line for line in table if line[0] == "Средний балл")
        mine, group = (next(line for line in table if line[0] == name) for name in ("Ученик", "Класс"))
        place = titles.index("Информатика")
        assert (mine[place], group[place]) == (own, "–")
        assert re.fullmatch(r"[2-5],\d\d", group[titles.index("Математика")])
        assert "чтобы по среднему нельзя было узнать отметки других детей" in path.read_text(encoding="utf-8")


def test_a_school_prints_its_own_form(year: SchoolYear) -> None:
    form = year.root / "templates/reports/07 Итоги класса.xlsx"
    form.parent.mkdir(parents=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A3"], sheet["B3"] = "{{класс}}, {{период}}", "{{строка.Обучающийся}}", "{{строка.Математика}}"
    book.save(form)
    year.build(ON)
    folder = year.root / "site/staff/reports/5a"
    assert f'href="07-5a-{CLOSED}-forma.xlsx"' in (folder / f"07-{CLOSED}.html").read_text(encoding="utf-8")
    filled = openpyxl.load_workbook(folder / f"07-5a-{CLOSED}-forma.xlsx").worksheets[0]
    assert filled["A1"].value == f"5А, {QUARTER}"
    marks = {row["Обучающийся"]: row[QUARTER] for row in year.rows(MATHS, "Итоги", "№ личного дела")}
    assert {filled.cell(row, 1).value: filled.cell(row, 2).value for row in range(3, 3 + len(marks))} == marks


def second_class(year: SchoolYear, pupil: str) -> str:
    """Open 5Б as a school does: rows of the class and of its load, new books, a copy of a journal with one line in it.

    Return the path of the journal.
    """
    year.add("Школа.xlsx", "Классы", Класс="5Б", Параллель=5, Учебная_неделя=5)
    teacher = holder(year, "Математика")
    year.add("Учебный план.xlsx", "Нагрузка", Класс="5Б", Предмет="Математика", Учитель=teacher, Часов_в_неделю=5)
    path = "Журналы/5Б/Математика.xlsx"
    (year.root / "workbooks" / path).parent.mkdir()
    shutil.copy(year.root / "workbooks" / MATHS, year.root / "workbooks" / path)
    with year.opened(path) as book:
        book["Титул"]["B2"] = "5Б"
        for name, first, column in (("Отметки", 5, 2), ("Итоги", 2, 1)):
            sheet = book[name]
            for row in range(sheet.max_row, first - 1, -1):
                if sheet.cell(row, column).value != pupil:
                    sheet.delete_rows(row)
    made = year.run("forms", "--on", MOVED.isoformat())
    assert made.exit_code == 0, made.output
    return path


def test_who_changes_the_class_in_mid_quarter_is_counted_until_that_day_and_from_it(year: SchoolYear) -> None:
    """5А: 13 + 1 − 1 = 13, 5Б: 0 + 1 − 0 = 1, the school: 69 + 1 − 0 = 70.

    What either class has written of a day on which the pupil was not in it counts nowhere.
    """
    pupil, name = year.pupils("5А")[2]
    before, after = dt.date(2026, 10, 2), dt.date(2026, 10, 13)
    for day in (before, after):
        year.mark(MATHS, pupil, day, "н")
    second_class(year, pupil)
    year.add(
        "Книга движения.xlsx", "Приказы", **{"Приказ №": "900-у"}, Дата_приказа=MOVED,
        Тип_документа="Перевод из класса в класс", Дата_события=MOVED, **{"№ личного дела": pupil}, Обучающийся=name,
        Из_класса="5А", В_класс="5Б",
    )  # fmt: skip
    year.build(ON)
    reports = year.root / "site/staff/reports"
    heads = ["На начало периода", "Прибыло", "Выбыло", "На конец периода"]
    for folder, numbers, missed in (("5a", "13 1 1 13", ("2 пт", "13 вт")), ("5b", "0 1 0 1", ("13 вт", "2 пт"))):
        told = {line[0]: line[1] for line in lines(reports / folder / f"02-{CLOSED}.html") if len(line) == 2}
        assert [told[head] for head in heads] == numbers.split()
        month = lines(reports / folder / "09-2026-10.html")
        titles = next(line for line in month if "Обучающийся" in line)
        own = next(line for line in month if name in line)
        assert [own[titles.index(day)] for day in missed] == ["ОТ1", ""]
        listed = [line for line in lines(reports / folder / f"07-{CLOSED}.html") if name in line]
        assert len(listed) == (folder == "5b")
    moves = {line[0]: line[1:] for line in lines(reports / f"school/11-{CLOSED}.html")}
    assert moves["5А"] == ["13", "1", "1", "0", "1", "1", "0", "13"]
    assert moves["5Б"] == ["0", "1", "0", "1", "0", "0", "0", "1"]
    assert moves["По школе"] == ["69", "1", "1", "0", "0", "0", "0", "70"]
