"""One cause, one finding: an absent or unreadable list is said once, and nobody is told that a name is unknown."""

from __future__ import annotations

from collections.abc import Mapping

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import BookKind
from sgo_sheets.records.faults import MISSING_BOOK, UNKNOWN_REFERENCE
from sgo_sheets.records.people_books import PupilCard
from sgo_sheets.records.plan_book import GroupMember, Load, Stream
from sgo_sheets.records.school_book import Employee, SchoolClass, Subject
from sgo_sheets.school.office import Office

_LISTS: Mapping[BookKind, tuple[type[Record], ...]] = {
    BookKind.SCHOOL: (SchoolClass, Subject, Employee),
    BookKind.PLAN: (Load, Stream, GroupMember),
    BookKind.ROLL: (PupilCard,),
}
"""The sheets names refer to: classes, subjects, staff, load, pupils."""


def one_cause(office: Office) -> list[Finding]:
    """Return what putting the books together found; no unknown names while a list they refer to is not there."""
    shelf = office.shelf
    findings = list(office.findings)
    absent = [kind for kind in (BookKind.SCHOOL, BookKind.PLAN) if not shelf.of(kind)]
    if BookKind.PLAN in absent and shelf.of(BookKind.JOURNAL):
        where = CellRef("Учебный план.xlsx")
        findings.append(MISSING_BOOK.at(where, "нет книги «Учебный план.xlsx».", Role.DEPUTY))
    unread = any(not book.has(one) for kind, own in _LISTS.items() for book in shelf.of(kind) for one in own)
    if not (absent or unread):
        return findings
    return [finding for finding in findings if finding.code != UNKNOWN_REFERENCE.code]
