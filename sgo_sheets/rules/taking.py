"""How each part of a class or a journal that a rule may ask for is taken from a case, or why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import MARKS_SHEET, BookKind, Grid, book_type
from sgo_sheets.records.journal_books import AbsenceReason, Lesson, PeriodMarks
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.rules.absences import Missed, missed_of
from sgo_sheets.rules.case import AbsentJournal, Case
from sgo_sheets.rules.doubts import lost_cells, place_of
from sgo_sheets.rules.fortnights import Rhythm, rhythm_of
from sgo_sheets.rules.owed_lessons import Owed, owed_of
from sgo_sheets.rules.owed_marks import Owing
from sgo_sheets.rules.owed_year import YearEnd, year_ends
from sgo_sheets.rules.period_average import Works, works_in
from sgo_sheets.rules.report_gaps import PeriodGap, Window, owing_of, period_gaps, windows
from sgo_sheets.rules.school_parts import Unread
from sgo_sheets.russian import file_name
from sgo_sheets.school.elements import Member, Pupil, Slot
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

TIMETABLE = "Расписание.xlsx"


def _lessons(case: Case) -> tuple[Lesson, ...] | Unread:
    return case.journal.lessons if case.journal.lessons_read else _sheet(case.journal, Lesson.sheet)


def _owed(case: Case) -> tuple[Owed, ...] | Unread:
    lessons = _lessons(case)
    return lessons if isinstance(lessons, Unread) else owed_of(case.journal, case.book, case.shared)


def _all_lessons(case: Case) -> tuple[Lesson, ...] | Unread:
    lessons = _lessons(case)
    if isinstance(lessons, Unread):
        return lessons
    lost = lost_cells(case.journal, Lesson.sheet, (lesson.row for lesson in case.journal.lessons))
    return Unread(lost[0], "строка с этой клеткой не прочитана") if lost else lessons


def _grid(case: Case) -> Grid | Unread:
    return case.journal.grid or _sheet(case.journal, MARKS_SHEET)


def _whole_grid(case: Case) -> Grid | Unread:
    grid = _grid(case)
    if isinstance(grid, Unread):
        return grid
    head = max(grid.date_row, grid.kind_row)
    columns = {column.letters for column in grid.columns}
    doubtful = lost_cells(case.journal, MARKS_SHEET, (row.row for row in grid.rows))
    lost = [at for at in doubtful if not (place_of(at).row <= head and place_of(at).letters in columns)]
    return Unread(lost[0], "строка или столбец с этой клеткой не прочитаны") if lost else grid


def _finals(case: Case) -> tuple[PeriodMarks, ...] | Unread:
    return case.journal.finals if case.journal.finals_read else _sheet(case.journal, PeriodMarks.sheet)


def _slots(case: Case) -> tuple[Slot, ...] | Unread:
    journal = case.journal
    return journal.slots if journal.covered else Unread(CellRef(TIMETABLE), f"расписания {journal.key.target} нет")


def _roll(case: Case) -> tuple[Pupil, ...] | Unread:
    if case.book.roll is None:
        return Unread(CellRef(f"Контингент/{file_name(case.book.name)}.xlsx", PupilCard.sheet), "список не прочитан")
    return case.book.roll


def _members(case: Case) -> tuple[Member, ...] | Unread:
    roll = _roll(case)
    return roll if isinstance(roll, Unread) else case.journal.members


def _teacher_book(case: Case) -> ClassTeacherBook | Unread:
    where = CellRef(f"Журналы/{file_name(case.book.name)}/Классный руководитель.xlsx")
    return case.book.teacher_book or Unread(where, "книга классного руководителя не прочитана")


def _owing(case: Case) -> tuple[Owing, ...] | Unread:
    roll, teacher_book, finals = _roll(case), _teacher_book(case), _finals(case)
    if isinstance(roll, Unread):
        return roll
    if isinstance(teacher_book, Unread):
        return teacher_book
    if isinstance(finals, Unread):
        return finals
    return owing_of(case.journal, roll, teacher_book, case.book, case.shared)


def _mark_gaps(case: Case) -> tuple[PeriodGap, ...] | Unread:
    roll, teacher_book = _roll(case), _teacher_book(case)
    if isinstance(roll, Unread):
        return roll
    if isinstance(teacher_book, Unread):
        return teacher_book
    unread = _unread_journal(case.book, PeriodMarks.sheet)
    return unread or period_gaps(case.book, roll, teacher_book, case.shared)


def _windows(case: Case) -> tuple[Window, ...] | Unread:
    return _unread_journal(case.book, Lesson.sheet, MARKS_SHEET) or windows(case.book, case.shared)


def _unread_journal(book: ClassBook, *sheets: str) -> Unread | None:
    """Return the first journal of a class of which these sheets are not known whole."""
    for at in book.unreadable:
        kind = book_type(at.workbook)
        if kind is not None and kind.kind is BookKind.JOURNAL:
            return Unread(at, "журнал не читается")
    for journal in book.journals:
        for sheet, rows in _rows_of(journal):
            if sheet in sheets and rows is None:
                return _sheet(journal, sheet)
            if sheet in sheets and (lost := lost_cells(journal, sheet, rows or ())):
                return Unread(lost[0], "строка или столбец с этой клеткой не прочитаны")
    return None


def _rows_of(journal: Journal) -> Iterator[tuple[str, list[int] | None]]:
    """Yield the sheets of a journal with the numbers of the rows that were applied, None where it was not read."""
    yield Lesson.sheet, [row.row for row in journal.lessons] if journal.lessons_read else None
    yield PeriodMarks.sheet, [row.row for row in journal.finals] if journal.finals_read else None
    yield MARKS_SHEET, [row.row for row in journal.grid.rows] if journal.grid is not None else None


def _rhythm(case: Case) -> Rhythm | Unread:
    for part in (_lessons(case), _whole_grid(case), _members(case)):
        if isinstance(part, Unread):
            return part
    return rhythm_of(case.journal, case.book, case.shared)


def _ends(case: Case) -> tuple[YearEnd, ...] | Unread:
    roll, teacher_book, finals = _roll(case), _teacher_book(case), _finals(case)
    if isinstance(roll, Unread):
        return roll
    if isinstance(teacher_book, Unread):
        return teacher_book
    return finals if isinstance(finals, Unread) else tuple(year_ends(case.journal, roll, teacher_book, case.book))


def _unexplained(case: Case) -> tuple[Missed, ...] | Unread:
    roll, teacher_book, book = _roll(case), _teacher_book(case), case.book
    if isinstance(roll, Unread):
        return roll
    if isinstance(teacher_book, Unread):
        return teacher_book
    for one in (teacher_book, *book.former_books.values()):
        if lost := lost_cells(one, AbsenceReason.sheet, (row.row for row in one.reasons)):
            return Unread(lost[0], "строка с этой клеткой не прочитана")
    return missed_of(book, roll, teacher_book, case.shared)


def _works(case: Case) -> Callable[[Owing], Works | None]:
    subject = works_in(case.journal.key.subject, case.book, case.shared)
    known: dict[tuple[str, str], Works | None] = {}

    def works(owed: Owing) -> Works | None:
        key = owed.pupil.id, owed.period.name
        if key not in known:
            known[key] = subject.of(owed.pupil, owed.period)
        return known[key]

    return works


def _absent(case: Case) -> AbsentJournal | Unread:
    if case.absent is None:
        raise LookupError("this run is about no absent journal")
    return case.absent if case.book.covered else Unread(CellRef(TIMETABLE), f"расписания {case.book.name} нет")


PARTS: Mapping[str, Callable[[Case], object]] = {
    "book": lambda case: case.book,
    "roll": _roll,
    "teacher_book": _teacher_book,
    "journal": lambda case: case.journal,
    "lessons": _lessons,
    "owed": _owed,
    "all_lessons": _all_lessons,
    "grid": _grid,
    "whole_grid": _whole_grid,
    "finals": _finals,
    "slots": _slots,
    "members": _members,
    "rhythm": _rhythm,
    "owing": _owing,
    "ends": _ends,
    "unexplained": _unexplained,
    "mark_gaps": _mark_gaps,
    "windows": _windows,
    "works": _works,
    "absent": _absent,
}
"""Parameter → what is given for it, or ``Unread``. ``all_lessons`` and ``whole_grid`` are for rules that say something
is missing: they are not given while a row or a column of the sheet was not applied. ``slots`` – the rule speaks only
of days on which a timetable is in force. ``works`` – counts the marks of a period once for all rules. ``roll``,
``owing`` or ``works`` beside parts of a journal – the rule speaks of the class's own pupils."""


def _sheet(journal: Journal, sheet: str) -> Unread:
    return Unread(CellRef(journal.path, sheet), f"лист «{sheet}» не прочитан")
