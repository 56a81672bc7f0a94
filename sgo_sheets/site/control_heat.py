"""The heat table: how full the journals of every class and subject are, and how late what is missing is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sgo_sheets.findings import Finding, State
from sgo_sheets.reports.completeness import Completeness, Filling
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.russian import counted, fold, slug
from sgo_sheets.school.model import School
from sgo_sheets.site.control_class import DONE, EMPTY, NONE, UNREAD, Status, anchor_of, pressing, status_of
from sgo_sheets.site.control_duty import OFFICE, is_of_office
from sgo_sheets.site.control_lines import days_late
from sgo_sheets.site.control_places import Places

LONG = 14
"""What is more days late than this is long overdue: the square is red."""
LEVELS = 4
"""A square is filled in so many steps."""
CAUGHT_UP = Status("caught", "✓", "всё сделано, но бывало с опозданием")
LEGEND = (
    DONE,
    CAUGHT_UP,
    Status("late", "3", "просрочено или исправить столько"),
    Status("long", "7", "то же, и есть давнее двух недель"),
    Status("long", EMPTY.symbol, "журнал пуст или его нет"),
    UNREAD,
    NONE,
)
OWN = "Классный руководитель"


class Square(NamedTuple):
    """A square of the heat table: how a subject of a class stands, how full it is (0–4), and the list behind it."""

    status: Status
    level: int
    href: str
    words: str


class HeatRow(NamedTuple):
    """A class of the heat table; a square is None where it has no such subject. ``own`` – the class teacher's."""

    name: str
    href: str
    own: Square
    squares: tuple[Square | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat table: subjects across, classes down. ``counts`` – squares of every look."""

    subjects: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    counts: Mapping[str, int]


def heat_table(
    school: School, verdict: Verdict, on: dt.date, filled: Mapping[str, Completeness], places: Places
) -> Heat:
    """Return how every subject of every class stands; subjects in the order of «Предметы»."""
    taught = {fold(name): name for one in filled.values() for name in one.fillings}
    order = [fold(name) for name in school.subjects]
    subjects = sorted(taught, key=lambda key: (order.index(key) if key in order else len(order), key))
    told: dict[tuple[str, str], list[Finding]] = {}
    for finding in verdict.findings:
        topic = places.topic(finding)
        if not is_of_office(finding, topic.subject):
            for name in topic.classes:
                told.setdefault((name, fold(topic.subject)), []).append(finding)
    late = Counter[tuple[str, str]]()
    for done, number in verdict.done.items():
        if done.state is State.DONE_LATE and BY_CODE[done.code].role not in OFFICE:
            late[done.school_class, fold(done.subject)] += number
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
            key = (book.name, subject)
            square = _square(own[subject], told.get(key, ()), late[key], on, f"{book.name}, {taught[subject]}")
            squares.append(square._replace(href=f"{href}#{anchor_of(own[subject].subject)}"))
            counts[square.status.key] += 1
        duties = _duties(told.get((book.name, ""), ()), late[book.name, ""], on, f"{book.name}, {OWN.lower()}")
        rows.append(HeatRow(book.name, href, duties._replace(href=f"{href}#mine"), tuple(squares)))
    return Heat(tuple(taught[subject] for subject in subjects), tuple(rows), counts)


def _square(filling: Filling, findings: Iterable[Finding], late: int, on: dt.date, name: str) -> Square:
    own = list(findings)
    status = _coloured(status_of(filling, pressing(own, on)), own, late, on)
    level = LEVELS if filling.lessons == 0 and status.key == "done" else _level(filling)
    fullness = f", записано уроков: {filling.written} из {filling.lessons}" if filling.lessons else ""
    return Square(status, level, "", f"{name}: {status.words}{fullness}{_how_late(own, late, on)}")


def _duties(findings: Iterable[Finding], late: int, on: dt.date, name: str) -> Square:
    own = list(findings)
    number = pressing(own, on)
    status = Status("late", str(number), f"просрочено или исправить: {number}") if number else DONE
    status = _coloured(status, own, late, on)
    return Square(status, LEVELS, "", f"{name}: {status.words}{_how_late(own, late, on)}")


def _coloured(status: Status, own: Iterable[Finding], late: int, on: dt.date) -> Status:
    """Return the status with the colour of how late it is."""
    if status.key == "empty" or (status.key == "late" and _oldest(own, on) > LONG):
        return status._replace(key="long")
    return CAUGHT_UP if status.key == "done" and late else status


def _oldest(findings: Iterable[Finding], on: dt.date) -> int:
    return max((days_late(finding, on) for finding in findings if finding.state is State.OVERDUE), default=0)


def _how_late(own: Iterable[Finding], late: int, on: dt.date) -> str:
    oldest = _oldest(own, on)
    words = f", самое давнее – {counted(oldest, 'день', 'дня', 'дней')}" if oldest else ""
    return words + (f", с опозданием сделано: {late}" if late else "")


def _level(filling: Filling) -> int:
    """Return in how many steps of four the journals are full: the last one only when nothing is missing."""
    if not filling.lessons:
        return 0
    if filling.written >= filling.lessons:
        return LEVELS
    return max(min(LEVELS * filling.written // filling.lessons, LEVELS - 1), 1 if filling.written else 0)
