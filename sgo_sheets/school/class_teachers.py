"""The class teachers' books: each class's own, its rows of known pupils only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from sgo_sheets.findings import CellRef, Finding, Role, Severity
from sgo_sheets.records import faults
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.records.journal_books import (
    AbsenceReason,
    AccountHanded,
    Announcement,
    ClassPeriodMarks,
    ClassTeacherTitle,
    CouncilDecision,
    Release,
)
from sgo_sheets.records.people_books import Account
from sgo_sheets.russian import fold, perhaps
from sgo_sheets.school.model import ClassTeacherBook
from sgo_sheets.school.names import PupilIndex
from sgo_sheets.school.office import Office
from sgo_sheets.school.reuse import Reuse

PupilRow = TypeVar("PupilRow", AbsenceReason, ClassPeriodMarks, CouncilDecision, Release)


def class_teacher_books(
    books: Sequence[Book], office: Office, pupils: PupilIndex, reuse: Reuse
) -> tuple[dict[str, ClassTeacherBook | None], list[Finding]]:
    """Return the class teachers' books by class, rows of known pupils only, and what is wrong in them.

    A class whose book stands twice has None: neither is guessed. ``reuse`` knows those made before.
    """
    found: dict[str, ClassTeacherBook | None] = {}
    findings: list[Finding] = []
    role = Role.CLASS_TEACHER

    logins = _known_logins(office)
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
        book = claimed[0]
        found[name] = reuse.teacher_book(book, findings, partial(_read, book, pupils, findings))
        findings.extend(_unknown_logins(book, logins))
    return found, findings


def _read(book: Book, pupils: PupilIndex, findings: list[Finding]) -> ClassTeacherBook:
    """Return the book of a class; ``findings`` grows by what is wrong in it."""
    before = len(findings)

    def known(rows: Iterable[PupilRow]) -> tuple[PupilRow, ...]:
        kept = []
        for row in rows:
            at, name_at = row.at("pupil"), row.at("name")
            exact, wrong = pupils.check(row.pupil, row.name, at, name_at, Role.CLASS_TEACHER)
            findings.extend(wrong)
            if exact is not None:
                kept.append(row if exact == row.pupil else row.model_copy(update={"pupil": exact}))
        return tuple(kept)

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
    return replace(read, doubts=tuple(one.at for one in wrong if one.severity is not Severity.NOTE))


def _known_logins(office: Office) -> dict[str, str] | None:
    """Return the logins of «Учётные записи» by their folded spelling, None while a row of it is not applied."""
    books = office.shelf.of(BookKind.ACCOUNTS)
    if not books or not all(_whole(one, Account) for one in books):
        return None
    return {fold(account.login): account.login for account in office.accounts()}


def _unknown_logins(book: Book, logins: dict[str, str] | None) -> list[Finding]:
    """Return the logins handed over that «Учётные записи» does not know; none while it is not known whole."""
    return [
        faults.UNKNOWN_REFERENCE.at(
            row.at("login"),
            f"логина «{row.login}» нет в книге «Учётные записи».{perhaps(row.login, logins.values())}",
            Role.CLASS_TEACHER,
        )
        for row in book.rows(AccountHanded)
        if logins is not None and fold(row.login) not in logins
    ]


def _whole(book: Book, record: type[Record]) -> bool:
    """Return whether a sheet could be read and every row of it was applied."""
    kept = {row.row for row in book.rows(record)}
    lost = [one.at.cell for one in book.findings if one.at.sheet == record.sheet and one.severity is not Severity.NOTE]
    return book.has(record) and all(int("".join(filter(str.isdigit, cell)) or 0) in kept for cell in lost)
