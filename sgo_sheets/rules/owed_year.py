"""Who is owed the marks a year ends with: Год, Экзамен, Итог; and where they stand (Регламент п. 8.6, 8.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.records.journal_books import PERIOD_EXTRAS, PeriodMarks
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.records.tokens import EXEMPT, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID
from sgo_sheets.rules.graded import is_graded
from sgo_sheets.rules.owed_marks import Owing, Place, header_of, marks_of_class_teacher, place_of_mark
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import Member, PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal

YEAR_MARK, EXAM, EXAM_DATE, FINAL = PERIOD_EXTRAS
FINAL_GRADES = frozenset({9, 11})
_NO_FINAL = frozenset({EXEMPT, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID})


class YearEnd(NamedTuple):
    """The marks that end a pupil's year in a journal.

    ``year`` is None where no mark of the year is owed, ``exam`` where there is no exam, ``final`` where none is owed
    (yet: it follows the exam, else the mark of the year). The period of each ends on the day from which it is owed.
    """

    year: Owing | None
    exam: Owing | None
    final: Owing | None


def year_ends(
    journal: Journal, roll: Sequence[Pupil], teacher_book: ClassTeacherBook, book: ClassBook
) -> Iterator[YearEnd]:
    """Yield the year's last marks of every pupil of the class in this journal; nothing in class 1 (п. 8.2)."""
    period = next((one for one in journal.periods if one.type == YEAR), None)
    if period is None or book.grade < 2:
        return
    given = journal.holder(period.last) and is_graded(journal, book, period.last)
    columns = {YEAR_MARK: _Column.of(journal, teacher_book, (YEAR_MARK, period.name))}
    columns |= {name: _Column.of(journal, teacher_book, (name,)) for name in (EXAM, FINAL)}
    dated = header_of(journal.finals, EXAM_DATE)
    rows = {row.pupil: row for row in journal.finals}
    members = {member.pupil: member for member in journal.members}
    for pupil in roll:
        member, row = members.get(pupil.id), rows.get(pupil.id)
        if member is None:
            continue

        def owing(name: str, last: dt.date, member: Member = member, pupil: Pupil = pupil) -> Owing | None:
            day = min(last, book.year.last)  # exams of June: whoever is there to the end of the year
            if not member.on(day) or pupil.class_on(day) != book.name:
                return None
            column = columns[name]
            own = rows.get(pupil.id)
            teacher = place_of_mark(own, column.header or name, journal.doubts) if own is not None else None
            return Owing(pupil, member, PeriodOf(name, YEAR, period.first, last), teacher, column.marked.get(pupil.id))

        year = owing(YEAR_MARK, period.last) if given else None
        if year is not None and year.mark is None and _released(row, journal):
            year = None
        date = exam_date(row, dated) if row is not None and dated is not None else None
        exam = owing(EXAM, date) if date is not None else None
        final = None
        if book.grade in FINAL_GRADES:
            before, since = (exam, date) if date is not None else (year, period.last)
            mark = before.mark if before is not None else None
            if since is not None and mark is not None and mark.known and mark.value not in _NO_FINAL:
                final = owing(FINAL, since)
        yield YearEnd(year, exam, final)


class _Column(NamedTuple):
    """A column of «Итоги» as its header is typed (None – there is none), and what the class teacher gave instead."""

    header: str | None
    marked: Mapping[str, Place]

    @classmethod
    def of(cls, journal: Journal, teacher_book: ClassTeacherBook, names: Iterable[str]) -> _Column:
        """Return the column under the first of the names that is there."""
        names = list(names)
        header = next((found for name in names if (found := header_of(journal.finals, name)) is not None), None)
        marked: dict[str, Place] = {}
        for name in reversed(names):
            marked |= marks_of_class_teacher(teacher_book, journal.key.subject, name)
        return cls(header, marked)


def exam_date(row: PeriodMarks, header: str) -> dt.date | None:
    """Return the day of a pupil's exam from its column, None where there is none or it is no date."""
    value = row.marks.get(header)
    if isinstance(value, dt.datetime):
        return value.date()
    return parse_date(value) if isinstance(value, str) else value if isinstance(value, dt.date) else None


def _released(row: PeriodMarks | None, journal: Journal) -> bool:
    """Return whether the pupil was exempt all the year: every mark of a period that is given says so."""
    if row is None:
        return False
    headers = (header_of((row,), one.name) for one in journal.periods if one.type != YEAR)
    values = [place_of_mark(row, header, ()).value for header in headers if header is not None]
    return {value for value in values if value} == {EXEMPT}
