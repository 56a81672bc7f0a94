"""The marks a year ends with besides those of periods: «Экзамен» and «Итог» of a class (п. 8.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

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


def final_marks(book: ClassBook) -> Mapping[str, tuple[SubjectMarks, ...]]:
    """Return the marks of «Экзамен» and of «Итог» of those in the class on the last day of its year, by subject.

    The teacher's mark counts before the class teacher's; «» – the mark is owed (``owed_year.year_ends``). Nothing is
    owed of what nobody in the class has a mark of yet.
    """
    last = next((period.last for period in book.periods if period.type == YEAR), book.year.last)
    journals = [journal for journal in book.journals if is_graded(journal, book, last)]
    found = {name: _given(book, journals, name, last) for name in FINALS}
    if any(found.values()):
        own, roll = book.teacher_book or ClassTeacherBook(""), book.roll or ()
        for journal in journals:
            for end in year_ends(journal, roll, own, book):
                for name, owing in ((EXAM, end.exam), (FINAL, end.final)):
                    if owing is not None and owing.mark is None and found[name]:
                        at = owing.teacher.at if owing.teacher else CellRef(journal.path, PeriodMarks.sheet)
                        marks = found[name].setdefault(fold(journal.key.subject), {})
                        marks.setdefault(owing.pupil.id, PeriodMark("", at, journal.holder(last)))
    return {
        name: tuple(SubjectMarks(subject, of[fold(subject)]) for subject in book.subjects if fold(subject) in of)
        for name, of in found.items()
    }


def _given(book: ClassBook, journals: Iterable[Journal], name: str, last: dt.date) -> dict[str, dict[str, PeriodMark]]:
    """Return the marks there are: by the folded name of the subject and the pupil."""
    here = {pupil.id for pupil in book.pupils_on(last)}
    found: dict[str, dict[str, PeriodMark]] = {}
    for journal in journals:
        for pupil, mark in _typed(journal, name, journal.holder(last)):
            if pupil in here:
                found.setdefault(fold(journal.key.subject), {}).setdefault(pupil, mark)
    own, known = book.teacher_book or ClassTeacherBook(""), {fold(subject) for subject in book.subjects}
    for header in own.marks[0].located if own.marks else ():
        for pupil, place in marks_of_class_teacher(own, header, name).items() if fold(header) in known else ():
            if place.value and pupil in here:
                found.setdefault(fold(header), {}).setdefault(pupil, PeriodMark(place.value, place.at, ""))
    return found


def _typed(journal: Journal, name: str, owner: str) -> Iterator[tuple[str, PeriodMark]]:
    """Yield the marks of the column of that name in «Итоги»."""
    header = header_of(journal.finals, name)
    for row in journal.finals if header is not None else ():
        value = parse_final(row.marks.get(header)).value if header is not None else ""
        if value and header is not None:
            yield row.pupil, PeriodMark(value, row.at(header), owner)
