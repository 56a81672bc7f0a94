"""From the school to its classes: each ``ClassBook`` holds what its rules, reports and pages need, and no more."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sgo_sheets.findings import CellRef, Finding, Role, Severity
from sgo_sheets.records import faults
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import BY_KIND, Book, BookKind
from sgo_sheets.records.journal_books import (
    AbsenceReason,
    AccountHanded,
    Announcement,
    ClassPeriodMarks,
    ClassTeacherTitle,
    CouncilDecision,
    JournalTitle,
    Release,
)
from sgo_sheets.records.people_books import Account, Order, PupilCard
from sgo_sheets.records.plan_book import HOMEROOM, GroupMember, Load, Stream
from sgo_sheets.records.regulation_book import Exemption, Term
from sgo_sheets.records.school_book import CalendarDay, Holiday, Organisation, Period, Responsible, SchoolClass, Subject
from sgo_sheets.records.timetable_book import Substitution, TimetableRow
from sgo_sheets.russian import fold, perhaps
from sgo_sheets.school.elements import JournalKey, Pupil
from sgo_sheets.school.journals import journal_path, path_key, taught
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal
from sgo_sheets.school.names import PupilIndex, expand_classes
from sgo_sheets.school.office import Office
from sgo_sheets.school.parts import Parts

_DECISIVE: tuple[type[Record], ...] = (
    Period, Holiday, CalendarDay, Load, Stream, GroupMember, TimetableRow, Substitution, Order, Term, Exemption,
    PupilCard, AbsenceReason, ClassPeriodMarks, Release,
)  # fmt: skip
"""Sheets without which nobody may be called late: one that could not be read is named in ``ClassBook.unreadable``."""
_COMMON = (BookKind.SCHOOL, BookKind.REGULATION, BookKind.PLAN, BookKind.TIMETABLE, BookKind.MOVEMENT)
_OF_ROLL = (BookKind.ROLL, BookKind.MOVEMENT, BookKind.SCHOOL)
PupilRow = TypeVar("PupilRow", AbsenceReason, ClassPeriodMarks, CouncilDecision, Release)


def class_teacher_books(
    books: Sequence[Book], office: Office, pupils: PupilIndex
) -> tuple[dict[str, ClassTeacherBook | None], list[Finding]]:
    """Return the class teachers' books by class, rows of known pupils only, and what is wrong in them.

    A class whose book stands twice has None: neither is guessed.
    """
    found: dict[str, ClassTeacherBook | None] = {}
    findings: list[Finding] = []
    role = Role.CLASS_TEACHER

    def known(rows: Iterable[PupilRow]) -> tuple[PupilRow, ...]:
        kept = []
        for row in rows:
            exact, wrong = pupils.check(row.pupil, row.name, row.at("pupil"), row.at("name"), role)
            findings.extend(wrong)
            if exact is not None:
                kept.append(row if exact == row.pupil else row.model_copy(update={"pupil": exact}))
        return tuple(kept)

    claims: dict[str, list[Book]] = {}
    for book in books:
        title = next(iter(book.rows(ClassTeacherTitle)), None)
        info = office.targets.classes.get(title.target) if title else None
        if title is not None and info is None:
            findings.append(office.targets.classes.unknown(title.target, title.at("target"), role))
        elif info is not None:
            claims.setdefault(info.name, []).append(book)
    for name, claimed in claims.items():
        if len(claimed) > 1:
            paths = ", ".join(book.path for book in claimed)
            message = f"книг классного руководителя {name} несколько: {paths}; не прочитана ни одна. Уберите лишние."
            findings.extend(faults.COPIED_BOOK.at(CellRef(book.path, "Титул"), message, role) for book in claimed)
            found[name] = None
            continue
        book, before = claimed[0], len(findings)
        read = ClassTeacherBook(
            path=book.path,
            reasons=known(book.rows(AbsenceReason)),
            marks=known(book.rows(ClassPeriodMarks)),
            decisions=known(book.rows(CouncilDecision)),
            releases=known(book.rows(Release)),
            announcements=book.rows(Announcement),
            accounts=book.rows(AccountHanded),
            accounts_read=_whole(book, AccountHanded),
            saved=book.saved,
        )
        wrong = (*book.findings, *findings[before:])
        found[name] = replace(read, doubts=tuple(one.at for one in wrong if one.severity is not Severity.NOTE))
        findings.extend(_unknown_logins(book, office))
    return found, findings


def _unknown_logins(book: Book, office: Office) -> list[Finding]:
    """Return the logins handed over that «Учётные записи» does not know; none while a row of it is not applied."""
    books = office.shelf.of(BookKind.ACCOUNTS)
    if not books or not all(_whole(one, Account) for one in books):
        return []
    logins = {fold(account.login): account.login for account in office.accounts()}
    return [
        faults.UNKNOWN_REFERENCE.at(
            row.at("login"),
            f"логина «{row.login}» нет в книге «Учётные записи».{perhaps(row.login, logins.values())}",
            Role.CLASS_TEACHER,
        )
        for row in book.rows(AccountHanded)
        if fold(row.login) not in logins
    ]


def _whole(book: Book, record: type[Record]) -> bool:
    """Return whether a sheet could be read and every row of it was applied."""
    kept = {row.row for row in book.rows(record)}
    lost = [one.at.cell for one in book.findings if one.at.sheet == record.sheet and one.severity is not Severity.NOTE]
    return book.has(record) and all(int("".join(filter(str.isdigit, cell)) or 0) in kept for cell in lost)


@dataclass(frozen=True, slots=True)
class Slicing:
    """Cuts the school into classes."""

    parts: Parts
    organisation: Organisation
    journals: Mapping[JournalKey, Journal]
    twice: set[JournalKey]
    teacher_books: Mapping[str, ClassTeacherBook | None]

    @property
    def subjects(self) -> dict[str, Subject]:
        """Return the subjects by name."""
        return {subject.name: subject for subject in self.parts.office.subjects.items.values()}

    def class_book(self, info: SchoolClass) -> ClassBook:
        """Return one class with its own part of everything."""
        parts, name = self.parts, info.name
        shelf = parts.office.shelf
        roll = parts.roll.get(name, ())
        own = [j for j in self.journals.values() if name in j.classes]
        came_from = self._came_from(roll, name)
        former = [j for j in self.journals.values() if name not in j.classes and came_from & set(j.classes)]
        unread = [book for book in shelf.books if book.unreadable]
        streams = {s for s, classes in parts.office.targets.streams.items() if name in classes}
        folders = {fold(folder) for folder in (name, *streams)}
        broken = [book for book in unread if path_key(book.path)[0] in folders or path_key(book.path)[1] == fold(name)]
        of_class = (BookKind.ROLL, BookKind.CLASS_TEACHER)
        own_books = [b for b in shelf.books if b.kind in _COMMON or (b.kind in of_class and fold(name) in _place(b))]
        missing = [ref for book in own_books for ref in unread_sheets(book)]
        roll_broken = any(b.kind == BookKind.ROLL and unread_sheets(b) for b in own_books)
        teacher_broken = any(b.kind == BookKind.CLASS_TEACHER for b in broken)
        teacher_book = self.teacher_books.get(name, ClassTeacherBook(""))
        homeroom = parts.held.get(JournalKey(name, HOMEROOM, ""), ())
        feeding = self._feeding((*own, *former), came_from | {name})
        return ClassBook(
            name=name,
            grade=info.grade or 0,
            info=info,
            organisation=self.organisation,
            year=parts.year,
            periods=parts.times.periods[name],
            calendar=parts.times.calendars[name],
            homeroom=homeroom,
            roll=None if roll_broken else roll,
            journals=tuple(own),
            former=tuple(former),
            slots=parts.lessons.slots[name],
            elsewhere={other: parts.lessons.slots.get(other, ()) for other in sorted(came_from)},
            teacher_book=None if teacher_broken else teacher_book,
            subjects=self.subjects,
            staff=parts.office.staff,
            regulation=parts.regulation,
            covered=parts.lessons.covered[name],
            lacking=self._lacking(name, {name, *streams}, unread),
            unreadable=tuple(dict.fromkeys([*(CellRef(book.path) for book in broken), *missing])),
            holidays=self._holidays(name),
            responsibles=shelf.rows(BookKind.SCHOOL, Responsible),
            saved=max((b.saved for b in feeding if b.saved and b.kind not in _COMMON), default=None),
            fingerprint=_fingerprint(feeding),
            roll_saved=roll_saved(b for b in feeding if b.kind is not BookKind.ROLL or fold(name) in _place(b)),
            former_books={c: found for c in sorted(came_from) if (found := self.teacher_books.get(c)) is not None},
        )

    def _came_from(self, roll: Iterable[Pupil], name: str) -> set[str]:
        """Return the other classes in which pupils whose last class this is have studied this year."""
        own = [pupil for pupil in roll if pupil.stays[-1].school_class == name]
        return {stay.school_class for pupil in own for stay in pupil.stays} - {name}

    def _lacking(self, name: str, targets: set[str], unread: Sequence[Book]) -> tuple[Load, ...]:
        """Return the loads without a journal, each journal once, at the class that answers for it.

        A journal that is there but cannot be read, or stands twice, has its own finding and is not called absent.
        """
        broken = {path_key(book.path) for book in unread}
        found: dict[JournalKey, Load] = {}
        for load in taught(self.parts.loads):
            key = JournalKey(load.target, load.subject, load.group)
            if load.target not in targets or self.parts.office.targets.classes_of(load.target)[0] != name:
                continue
            if key in self.journals or key in self.twice or path_key(journal_path(key)) in broken:
                continue
            found[key] = load  # the last row: today's holder
        return tuple(found.values())

    def _holidays(self, name: str) -> tuple[Holiday, ...]:
        office = self.parts.office
        rows = office.shelf.rows(BookKind.SCHOOL, Holiday)
        return tuple(row for row in rows if name in expand_classes(row.classes, office.classes)[0])

    def _feeding(self, journals: Iterable[Journal], classes: set[str]) -> list[Book]:
        """Return the workbooks the pages of the class depend on."""
        paths = {journal.path for journal in journals}
        spread = classes | {name for journal in journals for name in journal.classes}
        folded = {fold(name) for name in spread}
        return [
            book
            for book in self.parts.office.shelf.books
            if book.kind in _COMMON
            or book.path in paths
            or (book.kind in (BookKind.ROLL, BookKind.CLASS_TEACHER) and folded & set(_place(book)))
            or (book.kind == BookKind.ROLL and not any(fold(c.name) in _place(book) for c in self.parts.office.classes))
            or (book.unreadable and folded & set(path_key(book.path)))
        ]


def unread_sheets(book: Book, *, every: bool = False) -> list[CellRef]:
    """Return the sheets of a workbook that rules depend on and that could not be read: the workbook, if all of it.

    ``every`` – all sheets of the contract, not only those the rules of a class depend on.
    """
    if book.unreadable:
        return [CellRef(book.path)]
    if book.kind not in BY_KIND:
        return []
    kind = BY_KIND[book.kind]
    sheets = [record.sheet for record in kind.sheets if every or record in _DECISIVE]
    return [CellRef(book.path, sheet) for sheet in sheets if not _has(book, sheet, kind.repeated)]


def _has(book: Book, sheet: str, repeated: str) -> bool:
    return any(name == sheet or (sheet == repeated and name.startswith(repeated)) for name in book.tables)


def _place(book: Book) -> tuple[str, ...]:
    """Return the names a roll or a class teacher's book belongs to, folded: its file, its folder, its «Титул»."""
    title = book.rows(ClassTeacherTitle) if book.kind == BookKind.CLASS_TEACHER else book.rows(JournalTitle)
    return (*path_key(book.path), *(fold(row.target) for row in title))


def roll_saved(books: Iterable[Book]) -> dt.datetime | None:
    """Return when the newest of the workbooks that say who studies where was saved."""
    return max((book.saved for book in books if book.saved and book.kind in _OF_ROLL), default=None)


def office_fingerprint(books: Iterable[Book], journals: Iterable[Journal]) -> str:
    """Return what changes whenever a workbook that is no journal does, or which journals there are and whose."""
    there = sorted(f"{journal.path}\0{journal.key}\0{','.join(journal.classes)}" for journal in journals)
    return _fingerprint([book for book in books if book.kind is not BookKind.JOURNAL], there)


def _fingerprint(books: Iterable[Book], more: Iterable[str] = ()) -> str:
    lines = [*sorted(f"{book.path}\0{book.digest}" for book in books), *more]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
