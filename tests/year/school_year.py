"""A copy of the demo school that people work with: workbooks are typed into, commands run, pages read.

Everything goes the way it goes at school: a real .xlsx is opened, changed and saved; ``sgo`` is called; what a parent
sees is the text of the page.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner, Result
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.cli import sgo
from sgo_sheets.russian import slug

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school folder and what people do with it."""

    root: Path

    @classmethod
    def copied_from(cls, source: Path, target: Path) -> SchoolYear:
        """Return a copy of a school folder."""
        target.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source / "workbooks", target / "workbooks")
        shutil.copy(source / "sgo.toml", target / "sgo.toml")
        return cls(target)

    def run(self, *words: str) -> Result:
        """Return the result of ``sgo`` called with these words in the school's folder."""
        command, *rest = words
        return CliRunner().invoke(sgo, [command, "--school", str(self.root), *rest])

    def findings(self, on: dt.date, **wanted: str) -> list[dict[str, Any]]:
        """Return what ``sgo check --format json`` says on a day; named words keep the findings that have them."""
        result = self.run("check", "--on", on.isoformat(), "--format", "json")
        assert result.exit_code in (0, 1), result.output
        found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
        return [f for f in found if all(f[key] == value for key, value in wanted.items())]

    def build(self, on: dt.date) -> None:
        """Build the site as on a day."""
        result = self.run("build", "--on", on.isoformat())
        assert result.exit_code == 0, result.output

    # What hands do to a workbook.

    @contextmanager
    def opened(self, path: str) -> Iterator[Workbook]:
        """Open a workbook, let it be changed, save it."""
        where = self.root / "workbooks" / path
        book = openpyxl.load_workbook(where)
        yield book
        book.save(where)

    def mark(self, path: str, pupil: str, date: dt.date, text: str | float) -> str:
        """Type into the cell of a pupil and a day in «Отметки»; return the cell."""
        with self.opened(path) as book:
            sheet = book["Отметки"]
            cell = sheet.cell(_row_of(sheet, pupil), _column_of_day(sheet, date))
            cell.value = text
            return str(cell.coordinate)

    def cell_of(self, path: str, sheet_name: str, key: Any, header: str, by: str) -> str:
        """Return the cell in the row whose column ``by`` holds the key, under a header."""
        book = openpyxl.load_workbook(self.root / "workbooks" / path)
        sheet = book[sheet_name]
        return str(sheet.cell(*_place(sheet, key, header, by)).coordinate)

    def type(self, path: str, sheet_name: str, key: Any, header: str, value: Any, *, by: str) -> str:
        """Type a value under a header in the row whose column ``by`` holds the key; return the cell."""
        with self.opened(path) as book:
            sheet = book[sheet_name]
            cell = sheet.cell(*_place(sheet, key, header, by))
            cell.value = value
            return str(cell.coordinate)

    def add(self, path: str, sheet_name: str, **values: Any) -> int:
        """Type a new row under the last filled one; underscores in a name are spaces. Return the row's number."""
        with self.opened(path) as book:
            sheet = book[sheet_name]
            named = {key.replace("_", " "): value for key, value in values.items()}
            return add_row(sheet, named)

    def rows(self, path: str, sheet_name: str, first_header: str) -> list[dict[str, Any]]:
        """Return the filled rows of a sheet as header → value; days come as dates."""
        sheet = openpyxl.load_workbook(self.root / "workbooks" / path)[sheet_name]
        top, columns = _header(sheet, first_header)
        found = []
        for number in range(top + 1, sheet.max_row + 1):
            row = {name: _plain(sheet.cell(number, column).value) for name, column in columns.items()}
            if row[first_header] is not None:
                found.append(row)
        return found

    def pupils(self, school_class: str) -> list[tuple[str, str]]:
        """Return № and name of those who were in a class on the first day, in the order of its roll."""
        rows = self.rows(f"Контингент/{school_class}.xlsx", "Обучающиеся", "№ личного дела")
        whole = [row for row in rows if row["Класс на начало года"] == school_class]
        left = {row["№ личного дела"] for row in self.rows("Книга движения.xlsx", "Приказы", "Приказ №")
                if row["Тип документа"] in ("Выбытие из гимназии", "Перевод из класса в класс")}  # fmt: skip
        return [
            (str(row["№ личного дела"]), f"{row['Фамилия']} {row['Имя']}")
            for row in whole
            if row["№ личного дела"] not in left
        ]

    # What a family sees.

    def page(self, pupil: str, period_first: dt.date) -> str:
        """Return the HTML of a pupil's page of a period."""
        return (self.root / "site" / "families" / slug(pupil) / f"{period_first}.html").read_text(encoding="utf-8")

    def day(self, pupil: str, period_first: dt.date, date: dt.date) -> str:
        """Return what the card of a day says, as one line of text («» when there is none)."""
        page = self.page(pupil, period_first)
        match = re.search(rf'<article class="day" id="d-{date}".*?</article>', page, re.DOTALL)
        return text_of(match[0]) if match else ""

    def marks(self, pupil: str, period_first: dt.date) -> str:
        """Return what the section «Отметки» says, as one line of text."""
        match = re.search(r'<section id="marks".*?</section>', self.page(pupil, period_first), re.DOTALL)
        return text_of(match[0]) if match else ""

    def family_files(self, pupil: str) -> list[str]:
        """Return the names of the pages of a pupil."""
        return sorted(path.name for path in (self.root / "site" / "families" / slug(pupil)).glob("*.html"))


def text_of(markup: str) -> str:
    """Return the words of a piece of HTML, as a reader (or a screen reader) has them."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


def _header(sheet: Worksheet, name: str) -> tuple[int, dict[str, int]]:
    for row in sheet.iter_rows(max_row=12):
        names = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if name in names:
            return row[0].row, names
    raise AssertionError(f"{sheet.title}: no header «{name}»")


def _place(sheet: Worksheet, key: Any, header: str, by: str) -> tuple[int, int]:
    top, columns = _header(sheet, by)
    for number in range(top + 1, sheet.max_row + 1):
        if _plain(sheet.cell(number, columns[by]).value) == key:
            return number, columns[header]
    raise AssertionError(f"{sheet.title}: no row with {by} = {key}")


def _row_of(sheet: Worksheet, pupil: str) -> int:
    return _place(sheet, pupil, "№ личного дела", "№ личного дела")[0]


def _column_of_day(sheet: Worksheet, date: dt.date) -> int:
    for row in sheet.iter_rows(max_row=6):
        for cell in row:
            if isinstance(cell.value, dt.datetime) and cell.value.date() == date:
                return cell.column
    raise AssertionError(f"{sheet.title}: no column of {date}")


def places(findings: list[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    """Return code, workbook, sheet and cell of findings."""
    return {(f["code"], f["workbook"], f["sheet"], f["cell"]) for f in findings}


def add_row(sheet: Worksheet, values: dict[str, Any]) -> int:
    """Write a row under the last filled one; return its number."""
    top, columns = _header(sheet, next(iter(values)))
    places = [columns[name] for name in values]
    filled = [r for r in range(top, sheet.max_row + 1) if any(sheet.cell(r, c).value is not None for c in places)]
    last = max(filled, default=top)
    for name, value in values.items():
        sheet.cell(last + 1, columns[name]).value = value
    return last + 1
