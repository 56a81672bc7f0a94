"""Report 7, «Итоги успеваемости класса за учебный период»: the figures.

Pupils × subjects with the average, the counts of marks and the category; under them the counts, the average, success,
quality and СОУ of every subject; totals of the class, by marks and by pupils (reports.md no. 7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sgo_sheets.findings import CellRef
from sgo_sheets.reports.categories import Category, category_of, tally
from sgo_sheets.reports.document import Lack, Refused, listed
from sgo_sheets.reports.indicators import Counts, average, counts_of
from sgo_sheets.reports.once import once_a_class_each
from sgo_sheets.reports.period_marks import PeriodMark, PeriodSheet, SubjectMarks, period_sheet
from sgo_sheets.reports.spans import formed_at
from sgo_sheets.rules.report_words import teacher_book_path
from sgo_sheets.russian import counted, day, period_days
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import PeriodOf
from sgo_sheets.school.model import ClassBook

NUMBER = 7
TITLE = "Итоги успеваемости класса за учебный период"
NO_MARKS_GRADE = 1


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil's marks in the order of the subjects; None – the pupil does not study the subject, «» – it is owed."""

    pupil: str
    name: str
    marks: tuple[str | None, ...]
    counts: Counts
    average: Fraction | None
    category: Category


@dataclass(frozen=True, slots=True)
class ClassPeriod:
    """The report. ``totals`` are the counts of every subject, ``total`` those of the class.

    ``saved`` is when the newest of the workbooks it rests on was saved, None once that was after the period.
    """

    book: ClassBook
    period: PeriodOf
    subjects: tuple[str, ...]
    pupils: tuple[PupilLine, ...]
    totals: tuple[Counts, ...]
    total: Counts
    categories: Mapping[Category, int]
    lacks: tuple[Lack, ...]
    saved: dt.datetime | None


@once_a_class_each
def class_period(book: ClassBook, period: PeriodOf) -> ClassPeriod | Refused:
    """Return the report of a class and period, or why there is none."""
    if reason := nobody(book, period):
        return _refused(book, period, reason)
    sheet = period_sheet(book, period)
    if not any(mark.value for subject in sheet.subjects for mark in subject.marks.values()):
        reason = f"Не выставлено ни одной отметки за период «{period.name}»: он заканчивается {day(period.last)}."
        return _refused(book, period, reason)
    pupils = tuple(_line(sheet, pupil.id, pupil.name) for pupil in sheet.pupils)
    totals = tuple(counts_of(mark.value for mark in subject.marks.values()) for subject in sheet.subjects)
    return ClassPeriod(
        book=book,
        period=period,
        subjects=tuple(subject.subject for subject in sheet.subjects),
        pupils=pupils,
        totals=totals,
        total=sum(totals, Counts()),
        categories=tally(line.category for line in pupils),
        lacks=tuple(mark_lacks(book, sheet)),
        saved=saved_at(book, sheet, period),
    )


def nobody(book: ClassBook, period: PeriodOf) -> str:
    """Return why a class has nobody whose marks of a period a report may count, «» where it has."""
    if reason := no_marks(book):
        return reason
    if not book.pupils_on(period.last):
        return f"На {day(period.last)} в классе нет ни одного обучающегося."
    return ""


def no_marks(book: ClassBook) -> str:
    """Return why a class can have no report of marks at all, «» where it can."""
    if book.grade == NO_MARKS_GRADE:
        return "В 1 классе отметок нет (Регламент п. 8.2)."
    return unread_roll(book) if book.roll is None else ""


def unread_roll(book: ClassBook) -> str:
    """Return why no report of a class without its roll is formed."""
    return f"Список класса не прочитан. Исправьте книгу «Контингент/{book.name}.xlsx» и соберите сайт заново."


def saved_at(book: ClassBook, sheet: PeriodSheet, period: PeriodOf) -> dt.datetime | None:
    """Return when the newest workbook the marks of a period rest on was saved, None once that was after the period."""
    saved = [journal.saved for journal in sheet.journals]
    saved.append(book.teacher_book.saved if book.teacher_book else None)
    return formed_at(saved, period.last)


def about(book: ClassBook, period: PeriodOf) -> tuple[str, ...]:
    """Return the lines under the title: the class, the period with its days."""
    name = "учебный год" if period.type == YEAR else period.name
    return f"Класс {book.name}", f"{name}: {period_days(period.first, period.last)}"


def _refused(book: ClassBook, period: PeriodOf, reason: str) -> Refused:
    return Refused(NUMBER, book.organisation.full_name, TITLE, about(book, period), reason)


def _line(sheet: PeriodSheet, pupil: str, name: str) -> PupilLine:
    found = [subject.marks.get(pupil) for subject in sheet.subjects]
    marks = [mark.value for mark in found if mark is not None]
    counts = counts_of(marks)
    return PupilLine(
        pupil=pupil,
        name=name,
        marks=tuple(mark.value if mark is not None else None for mark in found),
        counts=counts,
        average=average(counts),
        category=category_of(marks),
    )


def mark_lacks(book: ClassBook, sheet: PeriodSheet) -> Iterator[Lack]:
    """Yield what is missing: the marks, by subject and by who owes them, and the books that cannot be read."""
    names = {pupil.id: pupil.name for pupil in sheet.pupils}
    yield from owed_lacks(book, sheet.subjects, names)
    yield from unread_books(book, sheet)


def owed_lacks(book: ClassBook, subjects: Iterable[SubjectMarks], names: Mapping[str, str]) -> Iterator[Lack]:
    """Yield the marks that are missing: by subject and by who owes them, with the first cell of each."""
    for subject in subjects:
        owed: dict[tuple[str, str, str], list[tuple[str, PeriodMark]]] = {}
        for pupil, mark in subject.marks.items():
            if not mark.value:
                owed.setdefault((mark.at.workbook, mark.owner, mark.fault), []).append((names[pupil], mark))
        for (_, owner, fault), marks in owed.items():
            words = _words(subject, fault, [name for name, _ in marks])
            yield Lack(words, owner, short_name(book, owner), marks[0][1].at)


def unread_books(book: ClassBook, sheet: PeriodSheet) -> Iterator[Lack]:
    """Yield the workbooks of marks that cannot be read, with who keeps each."""
    return unreadable(book, sheet.unread, sheet.pupils[0].stays[-1].last)


def unreadable(book: ClassBook, journals: Iterable[tuple[CellRef, str]], on: dt.date) -> Iterator[Lack]:
    """Yield these unreadable journals and the class teacher's book, if it is one, with who keeps each on a day."""
    places = []
    for at, keeper in journals:
        places.append(at)
        yield Lack(f"не читается книга «{at.workbook}»", keeper, short_name(book, keeper), at)
    at = CellRef(teacher_book_path(book))
    if book.teacher_book is None and at not in places:
        keeper = book.class_teacher(on)
        yield Lack("не читается книга классного руководителя", keeper, short_name(book, keeper), at)


def _words(subject: SubjectMarks, fault: str, names: list[str]) -> str:
    if len(names) == len(subject.marks):
        reason = fault or "не выставлена ни одна отметка"
        return f"{subject.subject}: {reason}"
    whose = f"нет отметки у {counted(len(names), 'обучающегося', 'обучающихся', 'обучающихся')}"
    return f"{subject.subject}: {whose} ({listed(names)})" + (f", {fault}" if fault else "")


def short_name(book: ClassBook, code: str) -> str:
    """Return «Ручьёва А. И.» of a code, the code itself where nobody has it."""
    person = book.staff.get(code)
    return person.short_name if person else code
