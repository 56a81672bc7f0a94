"""The marks a year ends with besides those of periods: «Экзамен» and «Итог» of a class (п. 8.7)."""

from __future__ import annotations

from collections.abc import Iterator

from sgo_sheets.findings import CellRef
from sgo_sheets.records.journal_books import PeriodMarks
from sgo_sheets.records.tokens import parse_final
from sgo_sheets.reports.period_marks import PeriodMark, SubjectMarks
from sgo_sheets.rules.graded import is_graded
from sgo_sheets.rules.owed_marks import header_of, marks_of_class_teacher
from sgo_sheets.rules.owed_year import EXAM, FINAL, year_ends
from sgo_sheets.russian import fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

FINALS = (EXAM, FINAL)


def final_marks(book: ClassBook, name: str) -> tuple[SubjectMarks, ...]:
    """Return the marks of «Экзамен» or «Итог» of those in the class on the last day of its year, by subject.

    The teacher's mark counts before the class teacher's; «» – the mark is owed (``owed_year.year_ends``).
    """
    last = next((period.last for period in book.periods if period.type == YEAR), book.year.last)
    own = book.teacher_book or ClassTeacherBook("")
    here = {pupil.id for pupil in book.pupils_on(last)}
    found: dict[str, dict[str, PeriodMark]] = {}
    order = {fold(subject): subject for subject in book.subjects}
    journals = [journal for journal in book.journals if is_graded(journal, book, last)]
    for journal in journals:
        owner, marks = journal.holder(last), found.setdefault(fold(journal.key.subject), {})
        marks |= {pupil: mark for pupil, mark in _typed(journal, name, owner) if pupil in here}
    for header in own.marks[0].located if own.marks else ():
        for pupil, place in marks_of_class_teacher(own, header, name).items():
            if place.value and pupil in here and fold(header) in order:
                found.setdefault(fold(header), {}).setdefault(pupil, PeriodMark(place.value, place.at, ""))
    for journal in journals:
        marks = found[fold(journal.key.subject)]
        for end in year_ends(journal, book.roll or (), own, book):
            owing = end.exam if name == EXAM else end.final
            if owing is not None and owing.mark is None:
                at = owing.teacher.at if owing.teacher else CellRef(journal.path, PeriodMarks.sheet)
                marks.setdefault(owing.pupil.id, PeriodMark("", at, journal.holder(last)))
    return tuple(SubjectMarks(subject, found[key]) for key, subject in order.items() if found.get(key))


def _typed(journal: Journal, name: str, owner: str) -> Iterator[tuple[str, PeriodMark]]:
    """Yield the marks of the column of that name in «Итоги»."""
    header = header_of(journal.finals, name)
    for row in journal.finals if header is not None else ():
        value = parse_final(row.marks.get(header)).value if header is not None else ""
        if value and header is not None:
            yield row.pupil, PeriodMark(value, row.at(header), owner)
