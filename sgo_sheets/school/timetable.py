"""The poster of lessons: what a cell says, and which poster is in force on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records.faults import NOT_READ, UNKNOWN_REFERENCE
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.raw_values import plain
from sgo_sheets.records.school_book import Subject
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.records.timetable_book import TimetableRow
from sgo_sheets.russian import fold, perhaps
from sgo_sheets.school.names import Lookup, Targets

EVERY, ODD, EVEN = "", "odd", "even"
_WEEKS = re.compile(r"^по\s+(не)?ч[её]тным\s*:\s*", re.IGNORECASE)
CLASS_LIKE = re.compile(r"\d{1,2}\s?[^\W\d]?")
_GROUP = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson of a cell: the journal it belongs to, its room and the weeks it is held in; ``at`` is the cell."""

    subject: str
    group: str
    target: str
    room: str = ""
    weeks: str = EVERY
    at: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Poster:
    """A sheet of the timetable: in force from ``since``; entries by (class, weekday, lesson).

    ``at`` is the sheet, ``headers`` the cell of every class's header, ``rows`` the rows that were applied (1-based).
    """

    since: dt.date
    entries: Mapping[tuple[str, int, int], tuple[Entry, ...]]
    classes: frozenset[str]
    at: CellRef
    headers: Mapping[str, CellRef] = field(default_factory=dict)
    rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Loads:
    """The load as the timetable needs it: which journals (target, group) a class's subject has."""

    by_class: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, loads: Iterable[Load], streams: Mapping[str, tuple[str, ...]]) -> Loads:
        """Return the journals of each class and subject, those of its streams after its own."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        rows = sorted(loads, key=lambda load: load.target in streams)
        for load in rows:
            for name in (*streams.get(load.target, ()), load.target):
                journals = found.setdefault((fold(name), fold(load.subject)), [])
                if (load.target, load.group) not in journals:
                    journals.append((load.target, load.group))
        return cls({key: tuple(value) for key, value in found.items()})

    def of_subject(self, school_class: str, subject: str) -> tuple[tuple[str, str], ...]:
        """Return the (target, group) pairs under which a class has a subject."""
        return self.by_class.get((fold(school_class), fold(subject)), ())


def split_subject(text: str, subjects: Lookup[Subject]) -> tuple[Subject | None, str]:
    """Return the subject and the group a text names: the whole text is looked up first, then « (…)» is a group."""
    subject = subjects.get(text)
    if subject is None and (match := _GROUP.match(text)):
        subject = subjects.get(match[1])
        if subject is not None:
            return subject, match[2].strip()
    return subject, ""


def parse_entry(
    text: str, school_class: str, at: CellRef, subjects: Lookup[Subject], loads: Loads
) -> tuple[list[Entry], Finding | None]:
    """Return the lessons one part of a cell names («Английский язык (1), 325»), or what is wrong with it."""
    weeks = EVERY
    if match := _WEEKS.match(text):
        weeks = ODD if match[1] else EVEN
        text = text[match.end() :]
    name, room = text, ""
    subject, group = split_subject(name, subjects)
    while subject is None and "," in name:
        name, _, tail = name.rpartition(",")
        room = f"{tail.strip()}, {room}" if room else tail.strip()
        subject, group = split_subject(name.strip(), subjects)
    if subject is None:
        first = text.split(",")[0].strip()
        message = f"предмет «{first}» не найден в листе «Предметы».{perhaps(first, subjects.names)}"
        return [], UNKNOWN_REFERENCE.at(at, message, Role.DEPUTY)
    known = loads.of_subject(school_class, subject.name)
    if group:
        chosen = [pair for pair in known if fold(pair[1]) == fold(group)]
        if not chosen and known:
            message = f"группы «{group}» предмета «{subject.name}» нет в листе «Нагрузка» для класса {school_class}."
            return [], UNKNOWN_REFERENCE.at(at, message, Role.DEPUTY)
    else:
        chosen = [pair for pair in known if not pair[1]] or list(known)
    chosen = chosen or [(school_class, group)]
    return [Entry(subject.name, own, target, room, weeks, at) for target, own in chosen], None


def poster_columns(rows: Sequence[TimetableRow], targets: Targets) -> tuple[dict[str, str], list[Finding]]:
    """Return the headers of a poster that are classes or streams; one that looks like a class but is none is said."""
    columns: dict[str, str] = {}
    findings: list[Finding] = []
    filled = dict.fromkeys(header for row in rows for header in row.cells)
    for header in {**filled, **dict.fromkeys(rows[0].located if rows else ())}:
        name = targets.name(header)
        if name is not None:
            columns[header] = name
        elif header in filled and CLASS_LIKE.fullmatch(header):
            findings.append(targets.unknown(header, rows[0].at(header), Role.DEPUTY))
    return columns, findings


def read_poster(
    since: dt.date,
    rows: Sequence[TimetableRow],
    columns: Mapping[str, str],
    subjects: Lookup[Subject],
    loads: Loads,
    *,
    at: CellRef,
) -> tuple[Poster, list[Finding]]:
    """Return the lessons of a sheet, which is ``at``; ``columns`` maps headers to the names of classes and streams."""
    entries: dict[tuple[str, int, int], tuple[Entry, ...]] = {}
    findings: list[Finding] = []
    filled: set[str] = set()
    for row in rows:
        if row.weekday is None or row.number is None:
            continue
        for header, name in columns.items():
            text = plain(row.cells.get(header))
            if not text:
                continue
            filled.add(name)
            cell: list[Entry] = []
            for part in (p.strip() for p in re.split(r"\n|\s/\s", text)):
                if part in ("", "-", "–", "—"):
                    continue
                found, finding = parse_entry(part, name, row.at(header), subjects, loads)
                cell.extend(found)
                if finding:
                    findings.append(finding)
            key = (name, row.weekday, row.number)
            entries[key] = entries.get(key, ()) + tuple(cell)
    poster = Poster(
        since,
        entries,
        frozenset(filled),
        at=at,
        headers={name: rows[0].at_header(header) for header, name in columns.items()} if rows else {},
        rows=frozenset(row.row for row in rows),
    )
    return poster, findings


def sheet_since(sheet: str, year_first: dt.date, at: CellRef) -> tuple[dt.date | None, Finding | None]:
    """Return the first day a sheet «Расписание с 12.01.2027» is in force; a plain «Расписание» begins the year."""
    tail = sheet.removeprefix("Расписание").strip()
    if not tail:
        return year_first, None
    found = parse_date(tail.removeprefix("с").strip())
    if found is None:
        message = f"имя листа «{sheet}» непонятно: нужно «Расписание» или «Расписание с 12.01.2027»."
        return None, NOT_READ.at(at, message, Role.DEPUTY)
    return found, None


def in_force(posters: Sequence[Poster], day: dt.date) -> Poster | None:
    """Return the poster in force on a day: the last that has begun."""
    begun = [poster for poster in posters if poster.since <= day]
    return begun[-1] if begun else None
