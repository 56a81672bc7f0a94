"""The summary of the control page: how every clause that has rules stands, and what falls due this week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sgo_sheets.findings import Finding
from sgo_sheets.reports.completeness import Completeness
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.registry import BY_CODE, RULES
from sgo_sheets.russian import spoken_day
from sgo_sheets.school.regulation import Regulation
from sgo_sheets.site.clause_words import anchor_of_clause, chapter_of, clause_order, clause_words
from sgo_sheets.site.control_lines import Sorted, by, title_of
from sgo_sheets.site.control_standing import Standing, standings, weighing


class ClauseLine(NamedTuple):
    """A clause: how its obligations stand, what is to be mended, due this week and not checked.

    ``anchor`` is that of its list, «» where there is nothing to list.
    """

    clause: str
    words: str
    standing: Standing
    mend: int
    week: int
    unchecked: int
    anchor: str

    @property
    def is_well(self) -> bool:
        """Return whether nothing of the clause is overdue, to be mended or not checked."""
        return not (self.standing.overdue or self.mend or self.unchecked)


class Chapter(NamedTuple):
    """A chapter of the regulation with its clauses."""

    title: str
    lines: tuple[ClauseLine, ...]


class WeekDay(NamedTuple):
    """What falls due on a day: its anchor, the day in words, what and how many of each."""

    anchor: str
    words: str
    items: tuple[tuple[str, int], ...]
    number: int


def clause_standings(
    found: Sorted, verdict: Verdict, regulation: Regulation, filled: Iterable[Completeness]
) -> dict[str, Standing]:
    """Return how obligations stand by clause.

    Of п. 8.1, 8.4 and 8.5 the journals say how much is there even where no rule counted it: then the day is unknown.
    """
    counted = dict(
        standings(
            found,
            verdict.done,
            weighing(regulation),
            lambda finding: (finding.clause,),
            lambda done: (BY_CODE[done.code].clause,) if done.code in BY_CODE else (),
        )
    )
    known = {BY_CODE[done.code].clause for done in verdict.done if done.code in BY_CODE}
    for one in filled:
        for clause, share in (("8.1", one.rows), ("8.4", one.topics), ("8.5", one.marks)):
            if clause not in known and share.done:
                counted[clause] = counted.get(clause, Standing()).plus(Standing(unknown=share.done))
    return counted


def clause_lines(
    found: Sorted, verdict: Verdict, standing: Mapping[str, Standing], regulation: Regulation
) -> list[ClauseLine]:
    """Return a line for every clause that has rules the school has not switched off, and for faults of form if any."""
    counts = {
        name: Counter(finding.clause for finding in findings)
        for name, findings in (("mend", found.mend), ("week", found.week), ("unchecked", verdict.unchecked))
    }
    off = {code for code, row in regulation.terms.items() if row.checked is False}
    clauses = {rule.clause for rule in RULES if rule.code not in off}.union(standing, *counts.values())
    lines = []
    for clause in sorted(clauses, key=clause_order):
        one = standing.get(clause, Standing())
        mend, week, unchecked = (counts[name][clause] for name in ("mend", "week", "unchecked"))
        listed = one.owed or mend or week or unchecked
        anchor = anchor_of_clause(clause) if listed else ""
        lines.append(ClauseLine(clause, clause_words(clause), one, mend, week, unchecked, anchor))
    return lines


def chapters(lines: Iterable[ClauseLine]) -> list[Chapter]:
    """Return the lines by chapter, in their order."""
    found: dict[str, list[ClauseLine]] = {}
    for line in lines:
        found.setdefault(chapter_of(line.clause), []).append(line)
    return [Chapter(title, tuple(own)) for title, own in found.items()]


def week_days(findings: Iterable[Finding]) -> list[WeekDay]:
    """Return what falls due on each day of the week, by what it is."""
    days = by(findings, lambda finding: finding.due.isoformat() if finding.due else "")
    found = []
    for due in sorted(days):
        counts = Counter(title_of(finding.code) for finding in days[due])
        words = spoken_day(dt.date.fromisoformat(due))
        found.append(WeekDay(f"day-{due}", words, tuple(counts.most_common()), len(days[due])))
    return found
