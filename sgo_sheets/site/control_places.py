"""What a place in a workbook is of: which class and subject, in the words of a school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.russian import file_name, fold
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.journals import path_key
from sgo_sheets.school.model import ClassBook

CLASS_TEACHER = "Классный руководитель"
ROLL = "список класса"


class Topic(NamedTuple):
    """What a finding is about: the classes it touches, the subject («» for none), the words for a line."""

    classes: tuple[str, ...]
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Places:
    """Workbooks and cells by what they are of."""

    books: Mapping[str, Topic]
    cells: Mapping[CellRef, Topic]

    @classmethod
    def of(cls, books: Iterable[ClassBook]) -> Places:
        """Return the places of some classes: their journals, rolls, class teachers' books, loads without a journal."""
        found: dict[str, Topic] = {}
        cells: dict[CellRef, Topic] = {}
        for book in books:
            name = (book.name,)
            for journal in book.journals:
                found[journal.path] = Topic(journal.classes, journal.key.subject, str(journal.key))
            if book.teacher_book is not None and book.teacher_book.path:
                found[book.teacher_book.path] = Topic(name, "", f"{book.name} {CLASS_TEACHER}")
            for pupil in book.roll or ():
                roll = pupil.card.workbook
                if not _of_other(roll, book.name, pupil):
                    found.setdefault(roll, Topic(name, "", f"{book.name} {ROLL}"))
            for load in book.lacking:
                group = f" ({load.group})" if load.group else ""
                topic = Topic(name, load.subject, f"{load.target} {load.subject}{group}")
                cells[load.at("subject")] = topic
            subjects = {fold(subject): subject for subject in book.subjects}
            for at in book.unreadable:
                found.setdefault(at.workbook, _unread(at, book.name, subjects))
        return cls(found, cells)

    def topic(self, finding: Finding) -> Topic:
        """Return what a finding is about; a workbook of the whole school touches no class."""
        return self.known(finding) or Topic((), "", _words(finding.at.workbook))

    def known(self, finding: Finding) -> Topic | None:
        """Return what a finding is about, None where it stands in a workbook of no class and names none."""
        found = self.cells.get(finding.at) or self.books.get(finding.at.workbook)
        if found is not None or not finding.school_class:
            return found
        words = [finding.school_class, finding.subject or _words(finding.at.workbook)]
        return Topic((finding.school_class,), finding.subject, " ".join(words))

    def words(self, finding: Finding) -> str:
        """Return the place in words: «5А Математика»."""
        return self.topic(finding).words


def _of_other(roll: str, name: str, pupil: Pupil) -> bool:
    """Return whether a roll is that of another class the pupil was in: its other pupils are no business of this one."""
    others = [stay.school_class for stay in pupil.stays if stay.school_class != name]
    return bool(others) and fold(PurePosixPath(roll).stem) in {fold(file_name(other)) for other in others}


def _unread(at: CellRef, name: str, subjects: Mapping[str, str]) -> Topic:
    """Return what a workbook that cannot be read is of, by its name."""
    kind = book_type(at.workbook)
    if kind is not None and kind.kind is BookKind.JOURNAL:
        stem = path_key(at.workbook)[1]
        subject = subjects.get(stem) or subjects.get(stem.rsplit(" (", 1)[0]) or ""
        return Topic((name,), subject, f"{name} {subject}".strip())
    own = kind is not None and kind.kind in (BookKind.CLASS_TEACHER, BookKind.ROLL)
    return Topic((name,) if own else (), "", _words(at.workbook))


def _words(path: str) -> str:
    """Return what a workbook is called: «Расписание», «КТП Математика 5», «5А Классный руководитель»."""
    kind, pure = book_type(path), PurePosixPath(path)
    if kind is None:
        return path
    if kind.kind in (BookKind.CLASS_TEACHER, BookKind.JOURNAL):
        return f"{pure.parent.name} {pure.stem}"
    if kind.kind is BookKind.ROLL:
        return f"{pure.stem} {ROLL}"
    return f"КТП {pure.stem}" if kind.kind is BookKind.LESSON_PLAN else pure.stem


def of_class(book: ClassBook, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that touch a class: at its workbooks, at loads without a journal, and those that name it."""
    places = Places.of((book,))
    known = ((finding, places.known(finding)) for finding in findings)
    return tuple(finding for finding, topic in known if topic is not None and book.name in topic.classes)
