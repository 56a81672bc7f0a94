"""The summary of the control page: by clause, by class and subject, and what falls due this week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sgo_sheets.findings import Finding
from sgo_sheets.reports.completeness import Completeness, Share
from sgo_sheets.reports.indicators import shown
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.registry import RULES
from sgo_sheets.russian import fold, slug, spoken_day
from sgo_sheets.school.model import School
from sgo_sheets.site.control_class import Status, anchor_of, pressing, status_of
from sgo_sheets.site.control_lines import Sorted, by, title_of
from sgo_sheets.site.control_places import Places

_WORDS = {
    "8.1": "Журнал полон: уроки, ученики, отметки на своих местах",
    "8.2": "В 1 классе нет отметок и заданий",
    "8.4": "Темы и отметки не реже раза в две недели",
    "8.5": "Отметки за период",
    "": "Как заполнены книги",
}
_ROWS, _TOPICS, _MARKS = "8.1", "8.4", "8.5"


class ClauseLine(NamedTuple):
    """A clause: how much of what was owed by the day is done, what is late, to be mended and due this week.

    ``percent`` is «» where the workbooks do not say how much was owed.
    """

    clause: str
    words: str
    share: Share
    percent: str
    overdue: int
    done_late: int
    mend: int
    week: int
    anchor: str


class Square(NamedTuple):
    """A square of the heat table: how a subject of a class stands, and the list behind it."""

    status: Status
    href: str
    words: str


class HeatRow(NamedTuple):
    """A class of the heat table; a square is None where it has no such subject."""

    name: str
    href: str
    squares: tuple[Square | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat table: subjects across, classes down. ``counts`` – squares of every look."""

    subjects: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    counts: Mapping[str, int]


class WeekDay(NamedTuple):
    """What falls due on a day: the day in words, what and how many of each."""

    words: str
    items: tuple[tuple[str, int], ...]
    number: int


def clause_words(clause: str) -> str:
    """Return what a clause asks for, in a few words."""
    if clause in _WORDS:
        return _WORDS[clause]
    return next((rule.title for rule in RULES if rule.clause == clause), "")


def anchor_of_clause(clause: str) -> str:
    """Return the anchor of the list of a clause: «clause-8-4»."""
    parts = clause.split(".")
    if all(part.isdigit() for part in parts):
        return f"clause-{'-'.join(parts)}"
    return f"clause-{slug(clause) if clause else 'form'}"


def clause_lines(found: Sorted, filled: Iterable[Completeness]) -> list[ClauseLine]:
    """Return a line for every clause of which the day knows anything, in their order; faults of form last."""
    shares = {_ROWS: Share(), _TOPICS: Share(), _MARKS: Share()}
    for one in filled:
        for clause, share in ((_ROWS, one.rows), (_TOPICS, one.topics), (_MARKS, one.marks)):
            shares[clause] = shares[clause].plus(share)
    counts = {
        name: Counter(finding.clause for finding in findings)
        for name, findings in (
            ("overdue", found.overdue), ("late", found.done_late), ("mend", found.mend), ("week", found.week),
        )
    }  # fmt: skip
    known = {clause for clause, share in shares.items() if share.owed}
    clauses = known.union(*counts.values())
    lines = []
    for clause in sorted(clauses, key=clause_order):
        share = shares.get(clause, Share())
        lines.append(
            ClauseLine(
                clause=clause,
                words=clause_words(clause),
                share=share,
                percent=_percent(share),
                overdue=counts["overdue"][clause],
                done_late=counts["late"][clause],
                mend=counts["mend"][clause],
                week=counts["week"][clause],
                anchor=anchor_of_clause(clause) if counts["overdue"][clause] or counts["mend"][clause] else "",
            )
        )
    return lines


def _percent(share: Share) -> str:
    """Return the share done in per cent; never «100» while anything is missing."""
    if not share.owed:
        return ""
    text = shown(Fraction(100 * share.done, share.owed), 0)
    return "99" if text == "100" and share.done < share.owed else text


def clause_order(clause: str) -> tuple[object, ...]:
    """Return the key that puts clauses in their order; those of «Порядок», then faults of form, last."""
    numbers = [int(part) for part in clause.split(".") if part.isdigit()]
    return (not clause, not numbers, numbers, clause)


def heat_table(
    school: School, verdict: Verdict, on: dt.date, filled: Mapping[str, Completeness], places: Places
) -> Heat:
    """Return how every subject of every class stands; subjects in the order of «Предметы»."""
    taught = {fold(name): name for one in filled.values() for name in one.fillings}
    order = [fold(name) for name in school.subjects]
    subjects = sorted(taught, key=lambda key: (order.index(key) if key in order else len(order), key))
    late: dict[tuple[str, str], list[Finding]] = {}
    for finding in verdict.findings:
        topic = places.topic(finding)
        for name in topic.classes if topic.subject else ():
            late.setdefault((name, fold(topic.subject)), []).append(finding)
    rows = []
    counts: Counter[str] = Counter()
    for book in school.books:
        href = f"classes/{slug(book.name)}.html"
        own = {fold(name): filling for name, filling in filled[book.name].fillings.items()}
        squares: list[Square | None] = []
        for subject in subjects:
            if subject not in own:
                squares.append(None)
                continue
            status = status_of(own[subject], pressing(late.get((book.name, subject), ()), on))
            counts[status.key] += 1
            words = f"{book.name}, {taught[subject]}: {status.words}"
            squares.append(Square(status, f"{href}#{anchor_of(own[subject].subject)}", words))
        rows.append(HeatRow(book.name, href, tuple(squares)))
    return Heat(tuple(taught[subject] for subject in subjects), tuple(rows), counts)


def week_days(findings: Iterable[Finding]) -> list[WeekDay]:
    """Return what falls due on each day of the week, by what it is."""
    days = by(findings, lambda finding: finding.due.isoformat() if finding.due else "")
    found = []
    for due in sorted(days):
        counts = Counter(title_of(finding.code) for finding in days[due])
        words = spoken_day(dt.date.fromisoformat(due))
        found.append(WeekDay(words, tuple(counts.most_common()), len(days[due])))
    return found
