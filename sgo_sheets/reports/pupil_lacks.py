"""What a pupil's report lacks and who owes it, in words a family may read: no other child, no place of a file.

Where the place is, only the workbooks of the staff say (``Lack.at``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.records.plan_book import Load
from sgo_sheets.reports.document import Lack
from sgo_sheets.reports.once import once_a_class
from sgo_sheets.reports.period_marks import period_sheet, unread_journals
from sgo_sheets.reports.pupil_common import Asked, ended, final
from sgo_sheets.rules.report_gaps import NO_JOURNAL
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import PeriodOf
from sgo_sheets.school.journals import path_key
from sgo_sheets.school.model import ClassBook

_TEACHER_BOOK = "Классный руководитель"


def lacks_of(asked: Asked, periods: Iterable[PeriodOf]) -> tuple[Lack, ...]:
    """Return what a report with marks of periods and absences lacks: those marks, workbooks, reasons of absences."""
    owed = tuple(_owed(asked, periods))
    told = {lack.at for lack in owed}
    found = [*owed, *(lack for lack in journal_lacks(asked) if lack.at not in told)]
    book, at = asked.book, CellRef(f"Журналы/{asked.book.name}/{_TEACHER_BOOK}.xlsx")
    if book.teacher_book is None:
        keeper = book.class_teacher(min(asked.span.last, asked.pupil.stays[-1].last))
        words = "не читается книга классного руководителя: причин пропусков нет"
        found.append(Lack(words, keeper, _name(book, keeper), at))
    return tuple(found)


def journal_lacks(asked: Asked) -> Iterator[Lack]:
    """Yield the journals whose marks the report has not: not read, their «Отметки» not read, or not there at all.

    A journal whose last good version is shown lacks nothing. Of a group or stream without a journal it is not known
    who studies in it.
    """
    book = asked.book
    for at, (subject, keeper) in _unread(book).items():
        yield Lack(f"{subject}: журнал не читается", keeper, _name(book, keeper), at)
    for journal in book.journals:
        member = journal.member(asked.pupil.id) if journal.grid is None else None
        if member is not None and any(_meets(asked, *span) for span in member.spans):
            owner = journal.holder(asked.span.last)
            words = f"{journal.key.subject}: отметки журнала не прочитаны"
            yield Lack(words, owner, _name(book, owner), CellRef(journal.path, MARKS_SHEET))
    for load, first in _without_journal(book).items():
        if first <= _until(asked):
            words = f"{load.subject}: {NO_JOURNAL}"
            yield Lack(words, load.teacher, _name(book, load.teacher), load.at("subject"))


def _owed(asked: Asked, periods: Iterable[PeriodOf]) -> Iterator[Lack]:
    """Yield the marks of periods that have ended and are not set."""
    book = asked.book
    for period in periods:
        if not ended(asked, period.last):
            continue
        for subject in period_sheet(book, period).subjects:
            mark = subject.marks.get(asked.pupil.id)
            if mark is not None and not mark.value and not final(asked, subject.subject, period.name):
                what = mark.fault or "не выставлена отметка"
                yield Lack(f"{subject.subject}, {period.name}: {what}", mark.owner, _name(book, mark.owner), mark.at)


@once_a_class
def _unread(book: ClassBook) -> Mapping[CellRef, tuple[str, str]]:
    """Return the journals that are not shown because they cannot be read: the subject, the code of who keeps each.

    The file of a journal is named after its subject, with the group where there is one.
    """
    shown = {path_key(journal.path) for journal in book.journals}
    found: dict[CellRef, tuple[str, str]] = {}
    for at, keeper in unread_journals(book):
        key = path_key(at.workbook)
        if key not in shown and key[1] != fold(_TEACHER_BOOK):
            found[at] = PurePosixPath(at.workbook).stem, keeper
    return found


@once_a_class
def _without_journal(book: ClassBook) -> Mapping[Load, dt.date]:
    """Return the loads of the whole class that have no journal, with the day of the first lesson of each."""
    found: dict[Load, dt.date] = {}
    for load in book.lacking:
        if load.target == book.name and not load.group:
            key = (load.target, load.subject, load.group)
            days = (one.date for one in book.slots if (one.target, one.subject, one.group) == key and not one.cancelled)
            if (first := min(days, default=None)) is not None:
                found[load] = first
    return found


def _until(asked: Asked) -> dt.date:
    """Return the last day of the report that has been by the newest data."""
    newest = asked.company.newest
    return min(asked.span.last, newest) if newest is not None else dt.date.min


def _meets(asked: Asked, first: dt.date, last: dt.date) -> bool:
    return first <= _until(asked) and asked.span.first <= last


def _name(book: ClassBook, code: str) -> str:
    person = book.staff.get(code)
    return person.short_name if person else code
