"""The calendar of deadlines of a person: what is owed and by when, and the standing dates of the regulation.

One event for what one rule asks by one day, however many cells it speaks of. An event names workbooks and numbers, no
pupils: people put such a calendar on their telephones.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sgo_sheets.exchange.ics import Event, What, calendar_file
from sgo_sheets.exchange.standing import STANDING, Standing, Taught, days_of
from sgo_sheets.findings import Finding, Kind, Role, Severity, State, text_of
from sgo_sheets.rules.people import official, works
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.rules.verdict import Verdict
from sgo_sheets.russian import counted, day, inside, slug
from sgo_sheets.school.model import Journal, School
from sgo_sheets.site.page import Page, Part

_OWED = (State.EXPECTED, State.SOON, State.OVERDUE)
_LISTED = 8
"""So many workbooks of one event are named."""
_FIRST_GRADE = 1


def calendar_path(code: str) -> str:
    """Return where the calendar of an employee lies."""
    return f"staff/calendar/{slug(code)}.ics"


def calendar_parts(school: School, verdict: Verdict, on: dt.date) -> Iterator[Part]:
    """Yield a calendar for everyone who works in the school on the day, or still owes something."""
    own: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        if _is_owed(finding):
            own.setdefault(finding.person, []).append(finding)
    everybody, office = _duties(school, on), school.office_print
    for code, person in school.staff.items():
        if works(person, on) or code in own:
            duties, owed = everybody.get(code, Duties()), own.get(code, ())
            stamp = _stamp(duties, school).isoformat()
            given = (office, on.isoformat(), stamp, text_of(owed))
            yield Part(code, "\n".join(given), partial(_calendar, school, code, duties, owed))


def _calendar(school: School, code: str, duties: Duties, owed: Sequence[Finding]) -> list[Page]:
    events = deadlines(school, code, duties, owed)
    content = calendar_file(f"Сроки: {school.staff[code].short_name}", events)
    return [Page(calendar_path(code), content, f"teacher:{code}")]


def _stamp(duties: Duties, school: School) -> dt.date:
    """Return one moment for all a person owes: an event that changes is then known to be newer."""
    return max((saved.date() for saved in duties.saved), default=school.year.first)


def _is_owed(finding: Finding) -> bool:
    """Return whether a finding belongs to a calendar: notes hurry nobody."""
    dated = finding.kind is Kind.OBLIGATION and finding.due is not None
    return dated and finding.state in _OWED and finding.severity is not Severity.NOTE


@dataclass(slots=True)
class Duties:
    """What a person has in the school: offices, classes by role, and when its workbooks were last saved."""

    roles: set[Role] = field(default_factory=set)
    taught: dict[Role, dict[str, Taught]] = field(default_factory=dict)
    saved: list[dt.datetime] = field(default_factory=list)

    def has(self, role: Role, own: Taught) -> None:
        """Add a class."""
        self.roles.add(role)
        known = self.taught.setdefault(role, {})
        old = known.get(own.name)
        periods = dict.fromkeys((*(old.periods if old else ()), *own.periods))
        known[own.name] = own._replace(periods=tuple(periods), marked=own.marked or (old is not None and old.marked))


def _duties(school: School, on: dt.date) -> dict[str, Duties]:
    """Return what everyone has on a day; a load of this year that is still to begin counts."""
    found: dict[str, Duties] = {}
    calendars = {book.name: book.calendar for book in school.books}
    for journal in school.journals:
        name = journal.key.target
        own = Taught(name, journal.periods, calendars.get(journal.home, school.calendar), _is_marked(journal))
        for held in journal.holdings:
            if on <= held.last:
                duties = found.setdefault(held.load.teacher, Duties())
                duties.has(Role.TEACHER, own)
                duties.saved.extend([journal.saved] if journal.saved else [])
    for book in school.books:
        own = Taught(book.name, book.periods, book.calendar, marked=book.grade > _FIRST_GRADE)
        for held in book.homeroom:
            if on <= held.last:
                duties = found.setdefault(held.load.teacher, Duties())
                duties.has(Role.CLASS_TEACHER, own)
                duties.saved.extend([book.saved] if book.saved else [])
    everything = {book.name: Taught(book.name, book.periods, book.calendar, marked=True) for book in school.books}
    for role in (Role.ADMIN, Role.DEPUTY, Role.DIRECTOR):
        code = official(role, school.staff, school.responsibles, on)
        if code:
            duties = found.setdefault(code, Duties())
            duties.roles.add(role)
            duties.taught[role] = everything
    return found


def _is_marked(journal: Journal) -> bool:
    return journal.grade > _FIRST_GRADE and journal.grading != "без отметки"


def deadlines(school: School, code: str, duties: Duties, owed: Iterable[Finding]) -> list[Event]:
    """Return the events of a person; what is owed by a standing date is told in the event of that date.

    Everybody's begin with the school year: a calendar without any event is no calendar (RFC 5545, 3.4).
    """
    classes: dict[tuple[Standing, dt.date], list[str]] = {}
    for one in STANDING:
        if one.role in duties.roles:
            for due, name in days_of(one, school, duties.taught.get(one.role, {}).values()):
                classes.setdefault((one, due), []).append(name)
    left: dict[tuple[str, dt.date], list[Finding]] = {}
    for finding in owed:
        if finding.due is not None:
            left.setdefault((finding.code, finding.due), []).append(finding)
    stamp = _stamp(duties, school)
    events = [_first_day(code, school)]
    for (one, due), names in classes.items():
        mine = [key for key in left if key[1] == due and _is_of(left[key][0], one, classes)]
        found = [finding for key in mine for finding in left.pop(key)]
        text = "\n".join((_clause(one.clause), *_of_classes(names), *_places(found)))
        when = stamp if found else school.year.first
        events.append(Event((code, one.key, due.isoformat()), What(due, one.title, text, when)))
    for (rule, due), found in left.items():
        text = "\n".join((_clause(found[0].clause), *_places(found)))
        title = f"Срок: {inside(BY_CODE[rule].title)}"
        events.append(Event((code, rule, due.isoformat()), What(due, title, text, stamp)))
    return events


def _first_day(code: str, school: School) -> Event:
    first, last = school.year
    text = f"Учебный год {school.organisation.year}: {day(first)} – {day(last)}."
    return Event((code, "year", first.isoformat()), What(first, "Начало учебного года", text, first, remind=False))


def _is_of(finding: Finding, one: Standing, others: Iterable[tuple[Standing, dt.date]]) -> bool:
    """Return whether something owed is what the standing date asks for, and no other of its day and clause."""
    same = [other for other, due in others if due == finding.due and other.clause == finding.clause]
    return finding.clause == one.clause and finding.role is one.role and len(same) == 1


def _clause(clause: str) -> str:
    return f"Регламент, п. {clause}."


def _of_classes(names: Sequence[str]) -> list[str]:
    known = [name for name in dict.fromkeys(names) if name]
    return [f"Классы: {', '.join(known)}."] if known else []


def _places(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the sheets where something is still to be done, and how much."""
    if not found:
        return
    places = Counter(f"{one.at.workbook} › {one.at.sheet}" if one.at.sheet else one.at.workbook for one in found)
    yield f"Ещё не сделано: {len(found)}."
    for place in sorted(places)[:_LISTED]:
        yield f"{place}: {places[place]}"
    if len(places) > _LISTED:
        yield f"… и ещё {counted(len(places) - _LISTED, 'лист', 'листа', 'листов')}."
