"""The lessons of all classes: the sheets of «Расписание» × calendar × «Замены», with who holds each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import BookKind
from sgo_sheets.records.plan_book import Load
from sgo_sheets.records.school_book import Bell, StaffAbsence
from sgo_sheets.records.timetable_book import TimetableRow
from sgo_sheets.school.calendars import Timescape
from sgo_sheets.school.elements import Holding, JournalKey, Span
from sgo_sheets.school.journals import taught
from sgo_sheets.school.office import Office
from sgo_sheets.school.parts import Lessons
from sgo_sheets.school.schedule import Duty, class_slots, covered_spans
from sgo_sheets.school.timetable import Loads, Poster, poster_columns, read_poster, sheet_since


def lessons_of_all(
    office: Office,
    year: Span,
    times: Timescape,
    loads: tuple[Load, ...],
    held: Mapping[JournalKey, tuple[Holding, ...]],
) -> Lessons:
    """Return the lessons of every class; what is wrong in timetables and substitutions grows the office's findings."""
    by_class = Loads.of(taught(loads), office.targets.streams)
    rows = office.shelf.rows

    def holder(key: JournalKey, day: dt.date) -> str:
        return next((h.load.teacher for h in held.get(key, ()) if h.first <= day <= h.last), "")

    duty = Duty(
        year=year,
        posters=_posters(office, year, by_class),
        bells=rows(BookKind.SCHOOL, Bell),
        staff=office.staff,
        absences=rows(BookKind.SCHOOL, StaffAbsence),
        loads=by_class,
        holder=holder,
    )
    slots = {}
    for info in office.classes:
        targets = {info.name, *(name for name, classes in office.targets.streams.items() if info.name in classes)}
        own = [row for row in office.substitutions() if row.target in targets]
        slots[info.name], findings = class_slots(info, times.calendars[info.name], own, duty)
        office.findings.extend(findings)
    return Lessons(slots, {info.name: covered_spans(info.name, duty) for info in office.classes}, duty.posters)


def _posters(office: Office, year: Span, loads: Loads) -> tuple[Poster, ...]:
    posters = []
    for book in office.shelf.of(BookKind.TIMETABLE):
        for sheet, records in book.tables.items():
            rows = [row for row in records if isinstance(row, TimetableRow)]
            since, finding = sheet_since(sheet, year.first, CellRef(book.path, sheet)) if rows else (None, None)
            office.findings.extend([finding] if finding else [])
            if since is None:
                continue
            columns, findings = poster_columns(rows, office.targets)
            office.findings.extend(findings)
            poster, findings = read_poster(since, rows, columns, office.subjects, loads, at=CellRef(book.path, sheet))
            office.findings.extend(findings)
            posters.append(poster)
    return tuple(sorted(posters, key=lambda poster: poster.since))
