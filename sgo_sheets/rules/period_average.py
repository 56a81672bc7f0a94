"""The marks a period mark rests on: those of the pupil in the subject, in this journal and in those left behind."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.records.tokens import Tokens
from sgo_sheets.rules.doubts import lost_cells
from sgo_sheets.school.elements import PeriodOf, Pupil
from sgo_sheets.school.model import ClassBook, Journal
from sgo_sheets.school.regulation import Regulation

WORST, BEST = 2, 5


class Works(NamedTuple):
    """A pupil's marks of a period: how many entries of any kind, and the digits with their weights."""

    entries: int
    digits: tuple[tuple[int, float], ...]

    @property
    def plain(self) -> float | None:
        """Return the plain average, None without digits."""
        return sum([mark for mark, _ in self.digits]) / len(self.digits) if self.digits else None

    @property
    def weighted(self) -> float | None:
        """Return the average by the weights of the kinds of work, None where they add up to nothing."""
        total = sum([weight for _, weight in self.digits])
        return sum([mark * weight for mark, weight in self.digits]) / total if total > 0 else None


class SubjectWorks:
    """The marks of a class in one subject, taken from the grids once for all its periods, pupils and rules."""

    def __init__(self, subject: str, book: ClassBook) -> None:
        """Look out the journals of the subject, those of former classes and groups included."""
        self._weight_of = cache(partial(weight_of, regulation=book.regulation))
        self._journals = [one for one in (*book.journals, *book.former) if one.key.subject == subject]
        self._entries = [self._read(journal) for journal in self._journals]
        self._members = [{member.pupil: member for member in reversed(one.members)} for one in self._journals]

    def of(self, pupil: Pupil, period: PeriodOf) -> Works | None:
        """Return the pupil's marks in the subject over the period.

        None where they cannot all be known: a journal or a cell of it could not be read, or the pupil was not in the
        school for the whole period (marks of a former school count too, and are not in the workbooks).
        """
        return self.so_far(pupil, period) if _here(pupil, period) else None

    def so_far(self, pupil: Pupil, period: PeriodOf) -> Works | None:
        """Return the pupil's marks that are in the workbooks, also of one who was elsewhere for a part of the period.

        None where a journal or a cell of it could not be read.
        """
        entries = 0
        digits: list[tuple[int, float]] = []
        for members, found in zip(self._members, self._entries, strict=True):
            own = members.get(pupil.id)
            if own is None or not any(span.first <= period.last and period.first <= span.last for span in own.spans):
                continue
            if found is None:
                return None
            row = found.get(pupil.id, ())
            first = bisect_left(row, period.first, key=_DATE)
            for entry in row[first : bisect_right(row, period.last, key=_DATE)]:
                if not own.on(entry.date):
                    continue
                if entry.doubtful:
                    return None
                entries += entry.number
                digits.extend(entry.digits)
        return Works(entries, tuple(digits))

    def _read(self, journal: Journal) -> Mapping[str, Sequence[_Entry]] | None:
        """Return what stands in the grid by pupil, in the order of days; None where it is not known whole."""
        grid = journal.grid
        if grid is None or lost_cells(journal, MARKS_SHEET, (row.row for row in grid.rows)):
            return None
        days = [(column.date, self._weight_of(column.kind)) for column in grid.columns]
        found: dict[str, list[_Entry]] = {}
        for row in grid.rows:
            if row.pupil not in found:
                said = [(place, tokens) for place, tokens in row.cells.items() if tokens.marks or tokens.faults]
                entries = [_entry(*days[place], tokens) for place, tokens in said]
                found[row.pupil] = sorted(entries, key=_DATE)
        return found


class _Entry(NamedTuple):
    """What a cell says: the day, how many entries of any kind, the digits with their weight, whether all was read."""

    date: dt.date
    number: int
    digits: tuple[tuple[int, float], ...]
    doubtful: bool


_DATE = attrgetter("date")


def _entry(date: dt.date, weight: float, tokens: Tokens) -> _Entry:
    return _Entry(date, len(tokens.marks), _digits(tokens.marks, weight), bool(tokens.faults))


@cache
def _digits(marks: tuple[str, ...], weight: float) -> tuple[tuple[int, float], ...]:
    return tuple((int(mark), weight) for mark in marks if mark.isdigit())


def works_in(subject: str, book: ClassBook, shared: dict[str, Any]) -> SubjectWorks:
    """Return the marks of a class in a subject, gathered once for all who share the dictionary."""
    known: dict[str, SubjectWorks] = shared.setdefault("works of subjects", {})
    if subject not in known:
        known[subject] = SubjectWorks(subject, book)
    return known[subject]


def rounded(average: float) -> int:
    """Return the period mark an average rounds to: half away from zero, from 2 to 5."""
    return max(WORST, min(BEST, int(average + 0.5 + 1e-9)))


def weight_of(kind: str, regulation: Regulation) -> float:
    """Return the weight of a kind of work as a column names it; 1 of one nobody knows."""
    found = regulation.kind_of(kind)
    return found.weight if found is not None else 1.0


def _here(pupil: Pupil, period: PeriodOf) -> bool:
    """Return whether the pupil was in some class of the school on every day of the period."""
    reached = period.first
    for stay in pupil.stays:
        if stay.first <= reached <= stay.last:
            reached = stay.last.fromordinal(stay.last.toordinal() + 1)
    return reached > period.last
