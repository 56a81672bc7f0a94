"""How obligations stand: in time, late, overdue, or done on a day nobody knows; counted by clause, person, class.

What is done in time is only counted (``Verdict.done``); what was done late, or is overdue, is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.reports.indicators import shown
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.tally import Done, Tally
from sgo_sheets.rules.terms import applied
from sgo_sheets.school.regulation import Regulation
from sgo_sheets.site.control_lines import Sorted

UNKNOWN = "срок не установлен"
"""What is said where the history does not know when something was done: nobody is accused, and nobody is praised."""


class Slice(NamedTuple):
    """A stretch of the bar: a key for its colour, where it begins and how long it is, in thousandths."""

    key: str
    start: int
    length: int


class Standing(NamedTuple):
    """So many obligations were done in time, late, on a day unknown; so many are overdue."""

    in_time: int = 0
    late: int = 0
    unknown: int = 0
    overdue: int = 0

    def plus(self, other: Standing) -> Standing:
        """Return the sum of both."""
        return Standing(*(one + more for one, more in zip(self, other, strict=True)))

    @property
    def owed(self) -> int:
        """Return how many were owed by the day."""
        return sum(self)

    @property
    def done(self) -> int:
        """Return how many are done, whenever it was."""
        return self.owed - self.overdue

    @property
    def share(self) -> str:
        """Return the share done in time: «97 %», its bounds «61–97 %» where some days are unknown, or the words.

        Never «100 %» while anything was late, nor «0 %» while anything was in time. «» where nothing was owed.
        """
        if not self.owed:
            return ""
        least, most = percent(self.in_time, self.owed), percent(self.in_time + self.unknown, self.owed)
        if self.unknown and not self.in_time:
            return UNKNOWN if most == "100" else f"до\u00a0{most}\u00a0%"
        return f"{least}\u00a0%" if least == most else f"{least}–{most}\u00a0%"

    @property
    def done_share(self) -> str:
        """Return the share done, whenever it was: «97 %», «» where nothing was owed."""
        return f"{percent(self.done, self.owed)}\u00a0%" if self.owed else ""

    @property
    def words(self) -> str:
        """Return all of it in words: «в срок 12, с опозданием 1, срок не установлен 3, просрочено 2»."""
        parts = zip(("в срок", "с опозданием", UNKNOWN, "просрочено"), self, strict=True)
        return ", ".join(f"{words} {number}" for words, number in parts if number)

    @property
    def bar(self) -> tuple[Slice, ...]:
        """Return the bar of it: slices that are not empty, each at least wide enough to be seen."""
        numbers = dict(zip(("time", "unknown", "late", "overdue"), (self[0], self[2], self[1], self[3]), strict=True))
        least = 20
        wide = {key: max(least, 1000 * number // self.owed) for key, number in numbers.items() if number}
        if wide:
            widest = max(wide, key=lambda key: wide[key])
            wide[widest] += 1000 - sum(wide.values())
        found, start = [], 0
        for key, length in wide.items():
            found.append(Slice(key, start, length))
            start += length
        return tuple(found)


def percent(part: int, whole: int) -> str:
    """Return whole per cent; never «100» while anything is missing, never «0» while anything is there."""
    text = shown(Fraction(100 * part, whole), 0)
    if text == "100" and part < whole:
        return "99"
    return "1" if text == "0" and part else text


def weighing(regulation: Regulation) -> frozenset[str]:
    """Return the codes of the rules whose obligations count: a справка hurries nobody and is no merit either."""
    terms = {rule.code: applied(rule.terms, regulation.terms.get(rule.code)) for rule in RULES}
    return frozenset(code for code, one in terms.items() if one.severity is not Severity.NOTE)


def standings(
    found: Sorted,
    done: Tally,
    weighty: frozenset[str],
    of_finding: Callable[[Finding], Iterable[str]],
    of_done: Callable[[Done], Iterable[str]],
) -> Mapping[str, Standing]:
    """Return how obligations stand by whatever the two functions name: a clause, a person, a class."""
    totals: dict[str, list[int]] = {}

    def add(names: Iterable[str], place: int, number: int = 1) -> None:
        for name in names:
            totals.setdefault(name, [0] * len(Standing._fields))[place] += number

    in_time, late, unknown, overdue = range(len(Standing._fields))
    for key, number in done.items():
        if key.code in weighty and key.state is not State.DONE_LATE:
            add(of_done(key), in_time if key.state is State.DONE_IN_TIME else unknown, number)
    for finding in found.done_late:
        add(of_finding(finding), late)
    for finding in found.overdue:
        add(of_finding(finding), overdue)
    return {name: Standing(*numbers) for name, numbers in totals.items()}
