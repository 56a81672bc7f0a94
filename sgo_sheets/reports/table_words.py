"""What the rows of the tables share: classes with their grades, names of teachers, days with month and period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sgo_sheets.records.school_book import Employee
from sgo_sheets.russian import MONTH_NAMES
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook, Journal

Value = str | int | float | dt.date | None
Line = tuple[Value, ...]
Day = tuple[dt.date, str, str]


class Words:
    """The words of some classes of a school; what many rows need is worked out once."""

    def __init__(self, staff: Mapping[str, Employee], books: Iterable[ClassBook]) -> None:
        """Remember the employees by code and the classes."""
        self.staff = staff
        self.books = {book.name: book for book in books}
        self._teachers: dict[str, str] = {}
        self._days: dict[tuple[str, dt.date], Day] = {}

    def head(self, journal: Journal, name: str, teacher: str) -> Line:
        """Return class, grade, subject, group and teacher of a journal as one of its classes has it."""
        key = journal.key
        group = key.group or (key.target if key.target != name else "")
        return (*self.of_class(name), key.subject, group, self.teacher(teacher))

    def of_class(self, name: str) -> Line:
        """Return a class and its grade."""
        return name, self.books[name].grade if name in self.books else None

    def class_of(self, workbook: str) -> str:
        """Return the class in whose folder a workbook lies, «» for another."""
        parts = workbook.split("/")
        return parts[1] if len(parts) > 2 and parts[1] in self.books else ""

    def teacher(self, code: str) -> str:
        """Return the surname and initials of an employee, the code of one who is not known."""
        if code not in self._teachers:
            person = self.staff.get(code)
            self._teachers[code] = person.short_name.replace("\u00a0", " ") if person else code
        return self._teachers[code]

    def day(self, name: str, date: dt.date) -> Day:
        """Return a day with its month and the study period of a class."""
        key = (name, date)
        if key not in self._days:
            self._days[key] = (date, month_words(date), period_name(self.books.get(name), date))
        return self._days[key]


def pupil_words(pupil: Pupil) -> Line:
    """Return № личного дела, the name and the sex."""
    return pupil.id, pupil.name, pupil.card.sex


def month_words(date: dt.date | None) -> str:
    """Return «сентябрь 2026», «» without a day."""
    return f"{MONTH_NAMES[date.month - 1]} {date.year}" if date else ""


def period_name(book: ClassBook | None, date: dt.date) -> str:
    """Return the study period of a class a day lies in, «» outside of them."""
    for period in book.periods if book else ():
        if period.type != YEAR and period.first <= date <= period.last:
            return period.name
    return ""
