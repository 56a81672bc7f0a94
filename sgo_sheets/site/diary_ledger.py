"""What journals and the class teacher's book say of each pupil: marks, absences with reasons, debts, period marks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.records.catalog import GridRow
from sgo_sheets.records.journal_books import AbsenceReason, Release
from sgo_sheets.records.tokens import Tokens
from sgo_sheets.reports.pupil_marks import finals_of
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_attended import Attendance
from sgo_sheets.site.diary_lessons import NO_MARKS_GRADE, Board, OfClass
from sgo_sheets.site.diary_text import kind_words

_LESSONS = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")


class Work(NamedTuple):
    """The kind of work of a column: its words with the weight, and the weight."""

    words: str
    weight: float


class Reason(NamedTuple):
    """A row of «Причины пропусков»: the days, the lessons (empty = all) and the reason."""

    first: dt.date
    last: dt.date
    lessons: frozenset[int]
    reason: str


class Mark(NamedTuple):
    """One mark of a pupil: where it stands, for what work it was given."""

    place: int
    value: str
    work: Work


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is written of the pupils of a class, by № личного дела; computed once for the class."""

    rows: Mapping[OfClass, Mapping[str, GridRow]]
    works: Mapping[OfClass, tuple[Work, ...]]
    reasons: Mapping[str, tuple[Reason, ...]]
    releases: Mapping[str, tuple[Release, ...]]
    finals: Mapping[tuple[str, str], Mapping[str, str]]
    subjects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Own:
    """What is written of one pupil. ``absent`` – the reason («ОТ», «Б» …) by lesson; ``debts`` – lesson and work."""

    marks: tuple[Mark, ...]
    absent: Mapping[int, str]
    late: frozenset[int]
    exempt: frozenset[int]
    debts: tuple[tuple[int, Work], ...]


def ledger(book: ClassBook, board: Board) -> Ledger:
    """Return what the journals and the class teachers' books say."""
    books = [b for b in (book.teacher_book, *book.former_books.values()) if b is not None]
    reasons: dict[str, list[Reason]] = {}
    releases: dict[str, list[Release]] = {}
    for teacher_book in books:
        for row in teacher_book.reasons:
            if row.since is not None and row.reason:
                reason = Reason(row.since, row.until or dt.date.max, lesson_numbers(row), row.reason)
                reasons.setdefault(row.pupil, []).append(reason)
        for release in teacher_book.releases:
            releases.setdefault(release.pupil, []).append(release)
    rows, works = {}, {}
    for owner, journal in board.journals.items():
        if journal.grid is not None:
            rows[owner] = {row.pupil: row for row in journal.grid.rows}
            works[owner] = tuple(_work(book, column.kind) for column in journal.grid.columns)
    return Ledger(
        rows=rows,
        works=works,
        reasons={pupil: tuple(own) for pupil, own in reasons.items()},
        releases={pupil: tuple(own) for pupil, own in releases.items()},
        finals=finals_of(book),
        subjects={name: number for number, name in enumerate(book.subjects)},
    )


def _work(book: ClassBook, typed: str) -> Work:
    kind = book.regulation.kind_of(typed)
    return Work(kind_words(kind, typed), kind.weight if kind is not None else 1.0)


def lesson_numbers(row: AbsenceReason) -> frozenset[int]:
    """Return the lessons a reason is for («1-3», «1, 2»); an empty set means the whole day."""
    found: set[int] = set()
    for match in _LESSONS.finditer(row.lessons):
        first, last = int(match[1]), int(match[2] or match[1])
        found.update(range(first, min(last, 20) + 1))
    return frozenset(found)


def own_record(written: Ledger, board: Board, pupil: Pupil, attended: Attendance) -> Own:
    """Return what is written of the pupil on the days he belongs to the journal and to the class."""
    marks: list[Mark] = []
    absent: dict[int, str] = {}
    late: set[int] = set()
    exempt: set[int] = set()
    debts: list[tuple[int, Work]] = []
    reasons = written.reasons.get(pupil.id, ())
    for owner, place, tokens, work in _cells(written, board, pupil, attended):
        if board.journals[owner].grade != NO_MARKS_GRADE:
            for value in tokens.marks:
                marks.append(Mark(place, value, work))  # noqa: PERF401 - most cells hold one mark
            if tokens.debt:
                debts.append((place, work))
        if tokens.absence and absent.get(place, "ОТ") == "ОТ":
            card = board.cards[place]
            absent[place] = _reason(reasons, card.date, card.number) or tokens.absence
        if tokens.late:
            late.add(place)
        if tokens.exempt:
            exempt.add(place)
    return Own(
        marks=tuple(sorted(marks, key=lambda mark: board.when[mark.place])),
        absent=absent,
        late=frozenset(late - absent.keys()),
        exempt=frozenset(exempt - absent.keys()),
        debts=tuple(sorted(debts, key=lambda debt: board.when[debt[0]])),
    )


def _cells(
    written: Ledger, board: Board, pupil: Pupil, attended: Attendance
) -> Iterator[tuple[OfClass, int, Tokens, Work]]:
    moved = len(pupil.stays) > 1
    for owner, spans in attended.items():
        row = written.rows.get(owner, {}).get(pupil.id)
        if row is None:
            continue
        places, works = board.columns[owner], written.works[owner]
        for column, tokens in sorted(row.cells.items()):
            place = places[column]
            date = board.when[place][0]
            for first, last in spans:
                if first <= date <= last and not (moved and pupil.class_on(date) != owner[0]):
                    yield owner, place, tokens, works[column]
                    break


def _reason(reasons: Sequence[Reason], date: dt.date, number: int | None) -> str:
    """Return the class teacher's reason for a lesson of a day, which replaces «н» of every journal (п. 8.3)."""
    for row in reasons:
        if row.first <= date <= row.last and (not row.lessons or number in row.lessons):
            return row.reason
    return ""


def released(written: Ledger, pupil: str, subject: str, date: dt.date) -> bool:
    """Return whether the pupil is released from the subject on the day."""
    return any(
        fold(row.subject) == fold(subject) and (row.since or dt.date.min) <= date <= (row.until or dt.date.max)
        for row in written.releases.get(pupil, ())
    )
