"""Creating the workbooks a school lacks: what ``sgo forms`` does, without the printing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgo_sheets.cli.starting import exists, make_starting_books
from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, BookKind, GridContent, Rows
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.russian import fold
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import School
from sgo_sheets.school.prefill import wanted_workbooks
from sgo_sheets.workbooks.forms import write_book
from sgo_sheets.workbooks.forms.marks_help import KINDS
from sgo_sheets.workbooks.forms.start import year_to_come
from sgo_sheets.workbooks.reader import read_all

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Forms:
    """What was done: workbooks created and left alone, journals held back for want of pupils or made without topics."""

    created: list[str] = field(default_factory=list)
    kept: int = 0
    held: list[str] = field(default_factory=list)
    topicless: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make_forms(root: Path, on: dt.date, progress: Progress, *, empty: bool) -> Forms:
    """Create the missing workbooks of the school in a folder and return what was done.

    A workbook that exists, or a journal that lies elsewhere (its «Титул» says which it is), is never touched. A journal
    for which no pupil is known is held back unless ``empty``: nobody would fill it in later.
    """
    saved = dt.datetime.combine(on, dt.time())
    school = assemble(read_all(root, progress=lambda done, total: progress("Читаю книги", done, total)))
    begins = school.organisation.year_start
    common = make_starting_books(root, begins.year if begins else year_to_come(on), saved)
    made = Forms(list(common.created), common.kept)
    taken = _taken(school)
    planned: set[str] = set()
    wanted = list(wanted_workbooks(school))
    for number, (path, content) in enumerate(wanted, start=1):
        progress("Создаю книги", number, len(wanted))
        if _identity(content) in taken or exists(root / path) or fold(path) in planned:
            made.kept += 1
        elif content.kind is BookKind.JOURNAL and not empty and not _pupils(content):
            made.held.append(path)
        else:
            planned.add(fold(path))
            write_book(root / path, replace(content, lists=_lists(content.kind, school)), saved=saved)
            made.created.append(path)
            if content.kind is BookKind.JOURNAL and not _topics(content):
                made.topicless.append(path)
    if not school.classes:
        made.notes.append(
            "Классов пока нет: впишите их в «Школа.xlsx › Классы», нагрузку — в «Учебный план.xlsx › Нагрузка» "
            "и повторите."
        )
    return made


def _taken(school: School) -> set[tuple[str, ...]]:
    """Return what the journals and class teachers' books of the school say they are, wherever their files lie."""
    journals = {tuple(journal.key) for journal in school.journals}
    # None: there is one, and it cannot be read; a book without a path: there is none.
    kept = [book.name for book in school.books if book.teacher_book is None or book.teacher_book.path]
    return journals | {(name,) for name in kept}


def _identity(content: BookContent) -> tuple[str, ...]:
    """Return what a journal or a class teacher's book says of itself on «Титул», () for other kinds."""
    title = content.sheets.get("Титул")
    if title is None or isinstance(title, (Rows, GridContent)):
        return ()
    names = {BookKind.JOURNAL: ("Класс", "Предмет", "Группа"), BookKind.CLASS_TEACHER: ("Класс",)}
    return tuple(str(title.get(name) or "") for name in names.get(content.kind, ()))


def _pupils(content: BookContent) -> bool:
    grid = content.sheets.get(MARKS_SHEET)
    return isinstance(grid, GridContent) and bool(grid.pupils)


def _topics(content: BookContent) -> bool:
    lessons = content.sheets.get(Lesson.sheet)
    return isinstance(lessons, Rows) and any(row.get("По плану") for row in lessons.rows)


def _lists(kind: BookKind, school: School) -> dict[str, tuple[str, ...]]:
    """Return the words of a journal's drop-down lists: the school's own kinds of work."""
    if kind is not BookKind.JOURNAL or not school.regulation.kinds:
        return {}
    return {KINDS: tuple(work.short for work in school.regulation.kinds)}
