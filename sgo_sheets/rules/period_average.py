"""The marks a period mark rests on: those of the pupil in the subject, in this journal and in those left behind."""

from __future__ import annotations

from functools import cache, partial
from typing import NamedTuple

from sgo_sheets.records.catalog import MARKS_SHEET
from sgo_sheets.rules.doubts import lost_cells
from sgo_sheets.school.model import ClassBook, Journal, PeriodOf, Pupil, Regulation

WORST, BEST = 2, 5


class Works(NamedTuple):
    """A pupil's marks of a period: how many entries of any kind, and the digits with their weights."""

    entries: int
    digits: tuple[tuple[int, float], ...]

    @property
    def plain(self) -> float | None:
        """Return the plain average, None without digits."""
        return sum(mark for mark, _ in self.digits) / len(self.digits) if self.digits else None

    @property
    def weighted(self) -> float | None:
        """Return the average by the weights of the kinds of work, None where they add up to nothing."""
        total = sum(weight for _, weight in self.digits)
        return sum(mark * weight for mark, weight in self.digits) / total if total > 0 else None


def works_of(pupil: Pupil, journal: Journal, period: PeriodOf, book: ClassBook) -> Works | None:
    """Return the pupil's marks in the subject over the period, those of former classes and groups included.

    None where they cannot all be known: a journal or a cell of it could not be read, or the pupil was not in the
    school for the whole period (marks of a former school count too, and are not in the workbooks).
    """
    if not _here(pupil, period):
        return None
    weight_of = cache(partial(_weight, regulation=book.regulation))
    entries = 0
    digits: list[tuple[int, float]] = []
    for other in _same_subject(journal, book):
        own = other.member(pupil.id)
        if own is None or not any(span.first <= period.last and period.first <= span.last for span in own.spans):
            continue
        if other.grid is None or lost_cells(other, MARKS_SHEET, (row.row for row in other.grid.rows)):
            return None
        row = next((row for row in other.grid.rows if row.pupil == pupil.id), None)
        for place, tokens in row.cells.items() if row is not None else ():
            column = other.grid.columns[place]
            if not (period.first <= column.date <= period.last and own.on(column.date)):
                continue
            if tokens.faults:
                return None
            entries += len(tokens.marks)
            digits.extend((int(mark), weight_of(column.kind)) for mark in tokens.marks if mark.isdigit())
    return Works(entries, tuple(digits))


def rounded(average: float) -> int:
    """Return the period mark an average rounds to: half away from zero, from 2 to 5."""
    return max(WORST, min(BEST, int(average + 0.5 + 1e-9)))


def _same_subject(journal: Journal, book: ClassBook) -> list[Journal]:
    return [j for j in (*book.journals, *book.former) if j.key.subject == journal.key.subject]


def _weight(kind: str, regulation: Regulation) -> float:
    found = regulation.kind_of(kind)
    return found.weight if found is not None else 1.0


def _here(pupil: Pupil, period: PeriodOf) -> bool:
    """Return whether the pupil was in some class of the school on every day of the period."""
    reached = period.first
    for stay in pupil.stays:
        if stay.first <= reached <= stay.last:
            reached = stay.last.fromordinal(stay.last.toordinal() + 1)
    return reached > period.last
