"""From read workbooks to the school, and from the school to its classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from sgo_sheets.findings import CellRef, Finding, Role, Severity
from sgo_sheets.records import faults
from sgo_sheets.records.catalog import Book, BookKind
from sgo_sheets.records.journal_books import JournalTitle, Lesson, PeriodMarks, PlanLesson, PlanTitle
from sgo_sheets.records.people_books import Order
from sgo_sheets.records.regulation_book import CustomReport
from sgo_sheets.records.school_book import (
    Bell,
    CalendarDay,
    Holiday,
    Organisation,
    Period,
    Responsible,
    StaffAbsence,
)
from sgo_sheets.russian import fold
from sgo_sheets.school.calendars import periods_of, school_year, timescape
from sgo_sheets.school.class_teachers import class_teacher_books
from sgo_sheets.school.condition_values import values_of
from sgo_sheets.school.custom import custom_reports
from sgo_sheets.school.elements import Holding, JournalKey, Pupil, Span
from sgo_sheets.school.feeding import Feeding, office_fingerprint, roll_saved, unread_sheets
from sgo_sheets.school.journals import (
    Sieve,
    holdings,
    identify,
    journal_slots,
    lessons_in_order,
    members,
)
from sgo_sheets.school.lessons_of_all import lessons_of_all
from sgo_sheets.school.membership import enrol
from sgo_sheets.school.model import Journal, LessonPlan, School
from sgo_sheets.school.names import PupilIndex
from sgo_sheets.school.office import Office
from sgo_sheets.school.one_cause import one_cause
from sgo_sheets.school.parts import Parts
from sgo_sheets.school.reuse import Reuse
from sgo_sheets.school.shelf import Shelf
from sgo_sheets.school.slicing import Slicing


def assemble(books: Sequence[Book], reuse: Reuse | None = None) -> School:
    """Return the school of the read workbooks.

    Never raises for bad data: what does not fit is in ``School.findings``; a school without a readable year or classes
    has no classes. ``reuse`` spares a program that keeps running the journals that have not changed.
    """
    shelf = Shelf(tuple(books))
    reuse = reuse or Reuse()
    parts = reuse.parts_of(shelf, _parts)
    office, year, organisation = parts.office, parts.year, parts.office.organisation()
    keys, twice, findings = identify(shelf.of(BookKind.JOURNAL), office.targets, office.subjects)
    office.findings.extend(findings)
    sieve = Sieve(parts.index, parts.regulation)
    journals = {
        key: reuse.journal(book, sieve.findings, partial(_journal, key, book, parts, sieve))
        for key, book in sorted(keys.items())
    }
    office.findings.extend(sieve.findings)
    office.findings.extend(_unknown_loads(journals, parts.held))
    teacher_books, findings = class_teacher_books(shelf.of(BookKind.CLASS_TEACHER), office, parts.index, reuse)
    office.findings.extend(findings)
    known = values_of(office.targets.classes.names, office.subjects.names, office.staff, parts.times.periods, year)
    custom, findings = custom_reports(shelf.rows(BookKind.CONSTRUCTOR, CustomReport), known, year)
    office.findings.extend(findings)
    feeding = Feeding.of(shelf.books, (info.name for info in office.classes))
    slicing = Slicing(parts, organisation, journals, twice, teacher_books, feeding)
    reading = tuple(finding for book in shelf.books for finding in book.findings)
    rows = shelf.rows
    return School(
        organisation=organisation,
        year=year,
        calendar=parts.times.school,
        classes=office.classes,
        staff=office.staff,
        subjects=slicing.subjects,
        pupils=parts.pupils,
        journals=tuple(journals.values()),
        books=tuple(slicing.class_book(info) for info in office.classes),
        plans=_plans(shelf.of(BookKind.LESSON_PLAN)),
        plan=office.plan(),
        loads=parts.loads,
        streams=office.targets.streams,
        groups=parts.groups,
        substitutions=office.substitutions(),
        absences=rows(BookKind.SCHOOL, StaffAbsence),
        posters=parts.lessons.posters,
        responsibles=rows(BookKind.SCHOOL, Responsible),
        bells=rows(BookKind.SCHOOL, Bell),
        holidays=rows(BookKind.SCHOOL, Holiday),
        orders=rows(BookKind.MOVEMENT, Order),
        accounts=office.accounts(),
        regulation=parts.regulation,
        findings=_in_order((*reading, *one_cause(office))),
        unreadable=tuple(at for book in shelf.books for at in unread_sheets(book, every=True)),
        periods=rows(BookKind.SCHOOL, Period),
        fingerprint=office_fingerprint(shelf.books, journals.values()),
        custom=custom,
        roll_saved=roll_saved(shelf.books),
    )


def _parts(shelf: Shelf) -> Parts:
    """Return what the common workbooks give; journals, class teachers' books and КТП have no part in it."""
    year = school_year(shelf.first(BookKind.SCHOOL, Organisation)) or Span(dt.date(2000, 9, 1), dt.date(2001, 8, 31))
    office = Office.of(shelf, year)
    if not shelf.of(BookKind.SCHOOL):
        where = CellRef("Школа.xlsx")
        office.findings.append(faults.MISSING_BOOK.at(where, "нет книги «Школа.xlsx».", Role.ADMIN))
    rows = shelf.rows
    school = BookKind.SCHOOL
    times = timescape(
        office.organisation(), office.classes, rows(school, Period), rows(school, Holiday), rows(school, CalendarDay)
    )
    office.findings.extend(times.findings)
    cards = office.cards()
    index = PupilIndex.of(cards)
    pupils = enrol(list(cards.values()), office.orders(index), year, office.targets.classes)
    loads = office.loads()
    held = holdings(loads, year)
    return Parts(
        office=office,
        year=year,
        times=times,
        index=index,
        pupils=pupils,
        roll=_rolls(pupils.values()),
        loads=loads,
        held=held,
        groups=office.groups(index),
        regulation=office.regulation(),
        lessons=lessons_of_all(office, year, times, loads, held),
    )


def _rolls(pupils: Iterable[Pupil]) -> dict[str, tuple[Pupil, ...]]:
    """Return everyone who was in each class for a day of the year, by name."""
    roll: dict[str, list[Pupil]] = {}
    for pupil in pupils:
        for name in dict.fromkeys(stay.school_class for stay in pupil.stays):
            roll.setdefault(name, []).append(pupil)
    return {name: tuple(sorted(own, key=lambda p: (fold(p.name), p.id))) for name, own in roll.items()}


def _journal(key: JournalKey, book: Book, parts: Parts, sieve: Sieve) -> Journal:
    office = parts.office
    classes = office.targets.classes_of(key.target)
    info = office.targets.classes.get(classes[0])
    subject = office.subjects.get(key.subject)
    held = parts.held.get(key, ())
    periods = periods_of(held[-1].load.periods if held else "", parts.times.periods.get(classes[0], ()))
    grading = next((h.load.grading for h in reversed(held) if h.load.grading), "")
    before = len(sieve.findings)
    grid = sieve.grid(book.grid) if book.grid is not None else None
    finals = sieve.finals(book.rows(PeriodMarks), periods)
    wrong = (*book.findings, *sieve.findings[before:])
    return Journal(
        key=key,
        path=book.path,
        title=book.rows(JournalTitle)[0],
        classes=classes,
        home=classes[0],
        grade=(info.grade if info else 0) or 0,
        grading=grading or (subject.grading if subject else "") or "отметка",
        holdings=held,
        lessons=lessons_in_order(book.rows(Lesson)),
        grid=grid,
        finals=finals,
        members=members(key, classes, parts.roll, parts.groups, parts.year),
        slots=journal_slots(key, parts.lessons.slots, classes),
        covered=parts.lessons.covered.get(classes[0], ()),
        periods=periods,
        lessons_read=book.has(Lesson),
        finals_read=book.has(PeriodMarks),
        doubts=tuple(finding.at for finding in wrong if finding.severity is not Severity.NOTE),
        saved=book.saved,
    )


def _unknown_loads(
    journals: Mapping[JournalKey, Journal], held: Mapping[JournalKey, tuple[Holding, ...]]
) -> Iterable[Finding]:
    for key, journal in journals.items():
        if key not in held:
            at = journal.title.at("subject")
            yield faults.UNKNOWN_REFERENCE.at(at, f"в листе «Нагрузка» нет строки «{key}».", Role.TEACHER)


def _plans(books: Iterable[Book]) -> dict[str, LessonPlan]:
    """Return the КТП by file name without extension."""
    plans = {}
    for book in books:
        name = book.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        title = next(iter(book.rows(PlanTitle)), None)
        plans[name] = LessonPlan(name, book.path, title, book.rows(PlanLesson))
    return plans


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, in the order they came."""
    return tuple(dict.fromkeys(findings))
