"""Markdown cases: readable tables become workbooks, are read, assembled and judged (tests/cases/README.md)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from sgo_sheets.findings import CellRef, Finding
from sgo_sheets.records.catalog import Book
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.russian import day
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.changes import LateChange
from sgo_sheets.school.model import School
from sgo_sheets.workbooks.reader import read_book

CASES = Path(__file__).parent.parent / "cases"
CASE_FILES = tuple(sorted(CASES.glob("R[01]*.md")))
YEAR = (dt.date(2026, 9, 1), dt.date(2027, 5, 31))
EXPECTED, HISTORY = "Замечания", "История"
Table = tuple[tuple[str, ...], ...]
Sheets = Mapping[str, Mapping[str, Table]]  # workbook → sheet → rows


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule: its code, whether the rule is broken, the day, what differs from the school, what is said."""

    code: str
    number: int
    title: str
    broken: bool
    on: dt.date
    sheets: Sheets = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    expected: Table = ()
    history: Table = ()

    def __str__(self) -> str:
        """Return the name of the test."""
        return f"{self.code}-{self.number}"


def cases_of(path: Path) -> Iterator[Case]:
    """Yield the cases of a file."""
    text = path.read_text(encoding="utf-8")
    for number, part in enumerate(re.split(r"^## ", text, flags=re.MULTILINE)[1:], 1):
        title = part.split("\n", 1)[0].strip()
        kind = title.split(":", 1)[0]
        found = re.search(r"На (\d\d\.\d\d\.\d{4})", part)
        if kind not in ("Нарушение", "Соблюдено") or found is None:
            raise ValueError(f"{path.name}: «{title}» – нужны «Нарушение: …» или «Соблюдено: …» и «На 21.09.2026»")
        on = parse_date(found[1])
        assert on is not None
        tables = dict(named_tables(part))
        absent = tuple(name.removeprefix("Нет книги ") for name in tables if name.startswith("Нет книги "))
        expected, history = tables.pop(EXPECTED, ()), tables.pop(HISTORY, ())
        yield Case(path.stem, number, title, kind == "Нарушение", on, by_workbook(tables), absent, expected, history)


def named_tables(text: str) -> Iterator[tuple[str, Table]]:
    """Yield every bold line with the table under it (without one, an empty table)."""
    for part in re.split(r"^\*\*", text, flags=re.MULTILINE)[1:]:
        name, rest = part.split("**", 1)
        lines = [line for line in rest.split("\n") if line.startswith("|")]
        rows = (tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines)
        yield name, tuple(row for number, row in enumerate(rows) if number != 1)


def by_workbook(tables: Mapping[str, Table]) -> Sheets:
    """Return the tables by workbook and sheet."""
    found: dict[str, dict[str, Table]] = {}
    for name, table in tables.items():
        if " › " in name:
            workbook, sheet = name.split(" › ")
            found.setdefault(workbook, {})[sheet] = table
    return found


def write(root: Path, workbook: str, sheets: Mapping[str, Table]) -> None:
    """Write the tables as an .xlsx, each cell as Excel keeps what a person types."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([typed(text) for text in row])
    path = root / workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def typed(text: str) -> str | float | dt.date | None:
    """Return the value Excel makes of typed text: a date, a number, text, nothing."""
    date = parse_date(text)
    if date is not None:
        return date
    if re.fullmatch(r"\d+,\d+", text):
        return float(text.replace(",", "."))
    return int(text) if text.isdigit() else text or None


@cache
def school_tables() -> Sheets:
    """Return the tables of the school all cases start from."""
    return by_workbook(dict(named_tables((CASES / "school.md").read_text(encoding="utf-8"))))


@cache
def school_books() -> Mapping[str, Book]:
    """Return the workbooks of that school, written and read once."""
    with TemporaryDirectory() as folder:
        for workbook, sheets in school_tables().items():
            write(Path(folder), workbook, sheets)
        return {workbook: read_book(Path(folder), workbook, YEAR) for workbook in school_tables()}


def school_with(folder: Path, sheets: Sheets, absent: Iterable[str] = ()) -> School:
    """Return the school with some sheets replaced, through real workbooks in a folder."""
    books = dict(school_books())
    for workbook, changed in sheets.items():
        write(folder, workbook, {**school_tables().get(workbook, {}), **changed})
        books[workbook] = read_book(folder, workbook, YEAR)
    for workbook in absent:
        del books[workbook]
    return assemble([books[path] for path in sorted(books)])


def remembered(school: School, history: Table) -> School:
    """Return the school with what the history of its workbooks says: marks changed after their period had closed."""
    changes = [_late_change(row) for row in history[1:]]
    books = []
    for book in school.books:
        own = {pupil.id for pupil in book.roll or ()}
        books.append(replace(book, late_changes=tuple(change for change in changes if change.pupil in own)))
    return replace(school, books=tuple(books))


def _late_change(row: Sequence[str]) -> LateChange:
    place, pupil, what, old, new, *days = row
    changed_on, period_end = (parse_date(text) for text in days)
    workbook, rest = place.split(" › ")
    assert changed_on is not None
    assert period_end is not None
    return LateChange(CellRef(workbook, *rest.split("!")), pupil, what, old, new, changed_on, period_end)


def judged(school: School, on: dt.date) -> Verdict:
    """Return the verdict on the whole school."""
    return combine([*(judge(book, on) for book in school.books), judge_school(school, on)])


def said(findings: Sequence[Finding], columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the findings as the rows of a case's table with these columns."""
    return [tuple(_COLUMNS[column](finding) for column in columns) for finding in findings]


_COLUMNS = {
    "Код": lambda f: f.code,
    "Клетка": lambda f: str(f.at),
    "Сообщение": lambda f: f.message.replace("\u00a0", " "),
    "Состояние": lambda f: f.state.label,
    "Срок": lambda f: day(f.due) if f.due else "",
    "Кто": lambda f: f.person,
    "Важность": lambda f: f.severity.label,
}
