"""With whom a pupil is compared: the class by subject as of the last closed week, class and parallel by closed month.

An average is shown only where it tells no other pupil's mark: at least ``FEWEST`` others have marks in it, and theirs
are not all the same. The last closed week and month are those that ended before the newest workbook was saved (or
before the newest mark, where no time is known): the day of the build has no part in it (reports.md, «Audience»).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sgo_sheets.reports.once import once_a_class
from sgo_sheets.reports.pupil_marks import Entry, by_month, entries_of, pupil_months, tally_of
from sgo_sheets.reports.pupil_tally import Tally, together
from sgo_sheets.rules.settings import WEIGHTED
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import ClassBook

FEWEST = 3
"""So many other pupils must have marks in an average, or it is not shown."""
HIDDEN = "–"


class MonthMarks(NamedTuple):
    """The marks of a class in a month: «2026-09», how many pupils have any, (mark, weight, how many)."""

    key: str
    pupils: int
    marks: tuple[tuple[int, float, int], ...]

    @property
    def tally(self) -> Tally:
        """Return the marks counted."""
        return Counter({(mark, weight): number for mark, weight, number in self.marks})


@dataclass(frozen=True, slots=True)
class Group:
    """The marks of a class in a subject or a month: of each pupil who has any, and all together."""

    own: Mapping[str, Tally]
    whole: Tally

    def seen_by(self, pupil: str) -> Tally | None:
        """Return all marks where a pupil may know their average, None where it would tell a mark of another."""
        others = len(self.own) - (pupil in self.own)
        return self.whole if others >= FEWEST and _differ(self.whole, self.own.get(pupil, {})) else None


@dataclass(frozen=True, slots=True)
class Company:
    """What the pupils of a class are compared with.

    ``newest`` – the day of the newest data; ``week``, ``month`` – the last days of the last closed ones, None while
    there are none; ``subjects`` – the class up to ``week``; ``months`` – the class, ``others`` – the
    other classes of the parallel, by closed month («2026-09»); ``parallel`` – class and others together, only where
    their average tells no other pupil's mark. The class alone may be known too, so that the others must tell nothing.
    """

    newest: dt.date | None = None
    week: dt.date | None = None
    month: dt.date | None = None
    weighted: bool = True
    subjects: Mapping[str, Group] = field(default_factory=dict)
    months: Mapping[str, Group] = field(default_factory=dict)
    others: Mapping[str, MonthMarks] = field(default_factory=dict)
    parallel: Mapping[str, Tally] = field(default_factory=dict)


def _differ(tally: Tally, less: Mapping[tuple[int, float], int]) -> bool:
    """Return whether a tally without some of its marks holds marks that are not all the same."""
    one: int | None = None
    for key, number in tally.items():
        if number > less.get(key, 0):
            if one is not None and key[0] != one:
                return True
            one = key[0]
    return False


def company_of(book: ClassBook, others: Iterable[MonthMarks] = ()) -> Company:
    """Return what the pupils of a class are compared with; ``others`` – months of the parallel's other classes."""
    own = _company(book)
    found: dict[str, MonthMarks] = {}
    for one in others:
        if own.month is None or one.key > f"{own.month:%Y-%m}":
            continue
        before = found.get(one.key, MonthMarks(one.key, 0, ()))
        marks = tuple((*key, number) for key, number in sorted(together((before.tally, one.tally)).items()))
        found[one.key] = MonthMarks(one.key, before.pupils + one.pupils, marks)
    return replace(own, others=found, parallel=dict(_parallel(own.months, found)))


def _parallel(own: Mapping[str, Group], others: Mapping[str, MonthMarks]) -> Iterator[tuple[str, Tally]]:
    for key, month in others.items():
        tally = month.tally
        if month.pupils >= FEWEST and _differ(tally, {}):
            yield key, together((tally, own[key].whole)) if key in own else tally


@once_a_class
def _company(book: ClassBook) -> Company:
    newest = newest_day(book)
    if newest is None:
        return Company(weighted=WEIGHTED.flag(book.regulation))
    week = newest - dt.timedelta(days=newest.weekday() + 1)
    month = newest.replace(day=1) - dt.timedelta(days=1)
    subjects: dict[str, dict[str, Tally]] = {}
    for pupil, own in entries_of(book).items():
        by_subject: dict[str, list[Entry]] = {}
        for one in _here(book, pupil, own):
            if one.date <= week:
                by_subject.setdefault(one.subject, []).append(one)
        for subject, those in by_subject.items():
            if tally := tally_of(those):
                subjects.setdefault(subject, {})[pupil] = tally
    return Company(
        newest=newest,
        week=week if week >= book.year.first else None,
        month=month if month >= book.year.first else None,
        weighted=WEIGHTED.flag(book.regulation),
        subjects={subject: _group(own) for subject, own in subjects.items()},
        months={key: group for key, group in _months(book).items() if key <= f"{month:%Y-%m}"},
    )


def _here(book: ClassBook, pupil: str, own: Sequence[Entry]) -> Sequence[Entry]:
    """Return what is written of a pupil with marks on the days he was in this class."""
    spans = _spans(book).get(pupil, ())
    return [one for one in own if one.marks and any(first <= one.date <= last for first, last in spans)]


@once_a_class
def _spans(book: ClassBook) -> Mapping[str, Sequence[Span]]:
    """Return the days in this class of every pupil of the roll."""
    return {
        one.id: [Span(stay.first, stay.last) for stay in one.stays if stay.school_class == book.name]
        for one in book.roll or ()
    }


@once_a_class
def _months(book: ClassBook) -> Mapping[str, Group]:
    """Return the marks of the class by month: of a pupil who was nowhere else those of all his months."""
    found: dict[str, dict[str, Tally]] = {}
    moved = {one.id for one in book.roll or () if len(one.stays) > 1}
    for pupil, months in pupil_months(book).items():
        own = months if pupil not in moved else by_month(_here(book, pupil, entries_of(book)[pupil]))
        for key, tally in own.items():
            found.setdefault(key, {})[pupil] = tally
    return {key: _group(own) for key, own in sorted(found.items())}


def _group(own: Mapping[str, Tally]) -> Group:
    return Group(own, together(own.values()))


def newest_day(book: ClassBook) -> dt.date | None:
    """Return the day the newest workbook of a class was saved, else that of the newest entry, None without any."""
    if book.saved is not None:
        return book.saved.date()
    return max((own[-1].date for own in entries_of(book).values() if own), default=None)


def closed_months(book: ClassBook, months: Iterable[MonthMarks]) -> tuple[MonthMarks, ...]:
    """Return the months of other classes that were closed by the newest data of this one: nothing else concerns it."""
    newest = newest_day(book)
    return tuple(one for one in months if newest is not None and one.key < f"{newest:%Y-%m}")


def months_of(book: ClassBook) -> tuple[MonthMarks, ...]:
    """Return what a class gives to its parallel: the marks of every month, also of one that is not closed yet."""
    return tuple(
        MonthMarks(key, len(group.own), tuple((*one, number) for one, number in sorted(group.whole.items())))
        for key, group in _months(book).items()
    )
