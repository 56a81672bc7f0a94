"""From the school to its classes: each ``ClassBook`` holds what its rules, reports and pages need, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import BookKind
from sgo_sheets.records.plan_book import HOMEROOM, Load
from sgo_sheets.records.school_book import Holiday, Organisation, Responsible, SchoolClass, Subject
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import JournalKey, Pupil
from sgo_sheets.school.feeding import COMMON, Feeding, fingerprint, roll_saved, unread_sheets
from sgo_sheets.school.journals import journal_path, path_key, taught
from sgo_sheets.school.model import ClassBook, ClassTeacherBook, Journal
from sgo_sheets.school.names import expand_classes
from sgo_sheets.school.parts import Parts


@dataclass(frozen=True)
class Slicing:
    """Cuts the school into classes."""

    parts: Parts
    organisation: Organisation
    journals: Mapping[JournalKey, Journal]
    twice: set[JournalKey]
    teacher_books: Mapping[str, ClassTeacherBook | None]
    feeding: Feeding

    @cached_property
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
        office_books = self.feeding.office_of(name)
        of_office = {book.path for book in office_books}
        missing = [ref for book in office_books for ref in unread_sheets(book)]
        roll_broken = any(b.kind == BookKind.ROLL and unread_sheets(b) for b in office_books)
        teacher_broken = any(b.kind == BookKind.CLASS_TEACHER for b in broken)
        teacher_book = self.teacher_books.get(name, ClassTeacherBook(""))
        homeroom = parts.held.get(JournalKey(name, HOMEROOM, ""), ())
        cards = {pupil.card.workbook for pupil in roll}  # the card of one who moved on lies in his new class
        feeding = self.feeding.of_class((*own, *former), came_from | {name}, cards)
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
            lacking=self.lacking.get(name, ()),
            unreadable=tuple(dict.fromkeys([*(CellRef(book.path) for book in broken), *missing])),
            holidays=self._holidays(name),
            responsibles=shelf.rows(BookKind.SCHOOL, Responsible),
            saved=max((b.saved for b in feeding if b.saved and b.kind not in COMMON), default=None),
            fingerprint=fingerprint(feeding),
            roll_saved=roll_saved(b for b in feeding if b.kind is not BookKind.ROLL or b.path in of_office),
            former_books={c: found for c in sorted(came_from) if (found := self.teacher_books.get(c)) is not None},
        )

    def _came_from(self, roll: Iterable[Pupil], name: str) -> set[str]:
        """Return the other classes in which pupils whose last class this is have studied this year."""
        own = [pupil for pupil in roll if pupil.stays[-1].school_class == name]
        return {stay.school_class for pupil in own for stay in pupil.stays} - {name}

    @cached_property
    def lacking(self) -> Mapping[str, tuple[Load, ...]]:
        """Return the loads without a journal, each journal once, by the class that answers for it.

        A journal that is there but cannot be read, or stands twice, has its own finding and is not called absent.
        """
        broken = {path_key(book.path) for book in self.parts.office.shelf.books if book.unreadable}
        found: dict[str, dict[JournalKey, Load]] = {}
        for load in taught(self.parts.loads):
            key = JournalKey(load.target, load.subject, load.group)
            if key not in self.journals and key not in self.twice and path_key(journal_path(key)) not in broken:
                home = self.parts.office.targets.classes_of(load.target)[0]
                found.setdefault(home, {})[key] = load  # the last row: today's holder
        return {home: tuple(loads.values()) for home, loads in found.items()}

    def _holidays(self, name: str) -> tuple[Holiday, ...]:
        office = self.parts.office
        rows = office.shelf.rows(BookKind.SCHOOL, Holiday)
        return tuple(row for row in rows if name in expand_classes(row.classes, office.classes)[0])
