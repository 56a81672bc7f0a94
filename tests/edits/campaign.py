"""Accidents by the thousand on a little school, and what must hold after each of them.

Nothing raises; every finding names a place; and no pupil ever has a mark, a final mark or a reason that does not stand
in a row naming that pupil. The one who reads the rows here is not the program's reader: it looks at plain cells.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

import openpyxl
from python_calamine import CalamineWorkbook

from sgo_sheets.records.catalog import MARKS_SHEET, Book
from sgo_sheets.records.journal_books import PeriodMarks
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.russian import fold
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import School
from sgo_sheets.site.diary import diary_pages
from sgo_sheets.site.render import Renderer
from sgo_sheets.workbooks.book import book_of_values, read_data
from tests.edits.accidents import Workbook, spoil
from tests.pipeline.little_school import ON, PUPILS, template

YEAR = (dt.date(2026, 9, 1), dt.date(2027, 5, 26))
NAMES = {number: f"{surname} {first}" for own in PUPILS.values() for number, surname, first in own}
OFTEN = 0.7  # so often the accident happens in a journal


@cache
def clean() -> Mapping[str, Workbook]:
    """Return the little school as plain cells, by path."""
    found: dict[str, Workbook] = {}
    for path, data in template().items():
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}
        found[path] = {name: [[v if v != "" else None for v in row] for row in rows] for name, rows in sheets.items()}
    return found


@cache
def clean_books() -> Mapping[str, Book]:
    """Return the little school as read."""
    return {path: book_of_values(path, sheets, YEAR) for path, sheets in clean().items()}


@dataclass(frozen=True)
class Trial:
    """An accident and what the program makes of it."""

    path: str
    cells: Workbook
    school: School
    verdict: Verdict


def chosen_path(rng: Random) -> str:
    """Return the workbook the accident happens to."""
    journals = [path for path in clean() if path.startswith("Журналы/")]
    return rng.choice(journals if rng.random() < OFTEN else sorted(clean()))


def trial(seed: int) -> Trial:
    """Let accidents happen to a workbook of the little school; read, assemble and judge it."""
    rng = Random(seed)
    path = chosen_path(rng)
    cells = copy.deepcopy(clean()[path])
    spoil(cells, rng)
    return judged(path, cells, book_of_values(path, cells, YEAR, str(seed)))


def file_trial(seed: int) -> Trial:
    """Do the same through a real .xlsx, and make the pages of every class of it: they must not fall either."""
    rng = Random(seed)
    path = chosen_path(rng)
    cells = copy.deepcopy(clean()[path])
    spoil(cells, rng)
    one = judged(path, cells, read_data(saved(cells), path, YEAR))
    for book in one.school.books:
        assert all(page.content for page in diary_pages(book, render()))
    return one


def saved(cells: Workbook) -> bytes:
    """Return the workbook as Excel would save these cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in cells.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@cache
def render() -> Renderer:
    """Return what makes pages of the built-in templates."""
    return Renderer(None)


def judged(path: str, cells: Workbook, book: Book) -> Trial:
    """Return the school with one workbook as it is now, and the verdict on it."""
    books = {**clean_books(), path: book}
    school = assemble([books[name] for name in sorted(books)])
    return Trial(path, cells, school, verdict_of(school))


def verdict_of(school: School) -> Verdict:
    """Return what is said of the school on the day of the little school."""
    return combine([judge_school(school, ON), *(judge(one, ON) for one in school.books)])


def wrongs(one: Trial) -> list[str]:
    """Return what must not be: faults of the program, findings without a place, marks of another child."""
    found = [f"fault of the program: {fault.code} {fault.error}" for fault in one.verdict.faults]
    found += [
        f"finding without a place: {finding}"
        for finding in (*one.verdict.findings, *one.verdict.unchecked)
        if not finding.at.workbook or not finding.message
    ]
    return [*found, *strangers(one)]


def strangers(one: Trial) -> list[str]:
    """Return the marks that a pupil has without standing in a row that names the pupil."""
    known = names_of(one.school)
    found = []
    for journal in one.school.journals:
        cells = one.cells if journal.path == one.path else clean()[journal.path]
        held = [(MARKS_SHEET, row.row, row.pupil, row.cells) for row in (journal.grid.rows if journal.grid else ())]
        held += [(PeriodMarks.sheet, row.row, row.pupil, row.marks) for row in journal.finals]
        found += [
            f"{journal.path} {sheet} {row}: {pupil} has {dict(marks)}"
            for sheet, row, pupil, marks in held
            if any(marks.values()) and not named(cells, sheet, row, pupil, known)
        ]
    return found


def names_of(school: School) -> dict[str, frozenset[str]]:
    """Return the names pupils are known by: those of their cards, folded."""
    return {fold(number): frozenset({fold(pupil.name)}) for number, pupil in school.pupils.items()}


def named(cells: Workbook, sheet: str, row: int, pupil: str, known: Mapping[str, Iterable[str]]) -> bool:
    """Return whether a row of plain cells holds the pupil's № and, if it names anybody, the pupil."""
    own = [fold(str(value)) for value in cells[sheet][row - 1] if value is not None]
    everybody = {name for names in known.values() for name in names} | {fold(name) for name in NAMES.values()}
    mine = set(known.get(fold(pupil), ()))
    people = [word for word in own if word in everybody]
    return fold(pupil) in own and (not people or any(person in mine for person in people))
