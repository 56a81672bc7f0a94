"""The rows of the tables of ``records.report_tables``: what «Конструктор отчётов» and ``sgo query`` are asked of.

Each row is a tuple in the order of the table's columns; texts, numbers, days, None for nothing. Addresses, telephones
and papers of families are in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sgo_sheets.findings import Finding
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.reports.class_period import NO_MARKS_GRADE
from sgo_sheets.reports.grid_rows import absence_rows, mark_rows
from sgo_sheets.reports.period_marks import period_sheet
from sgo_sheets.reports.table_words import Line, Words, month_words, pupil_words
from sgo_sheets.rules.owed_lessons import owed_lessons
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import School

GIVEN, CANCELLED, BLANK = "дан", "не проведён", "не записан"


def table_rows(school: School, name: str) -> Iterator[Line]:
    """Return the rows of a table that does not depend on the day. Raises KeyError for another name."""
    return _MAKERS[name](Words(school))


def _pupils(words: Words) -> Iterator[Line]:
    for pupil in words.school.pupils.values():
        if pupil.stays:
            card, stay = pupil.card, pupil.stays[-1]
            yield (
                *words.of_class(stay.school_class),
                *pupil_words(pupil),
                card.born,
                stay.first,
                stay.last,
                card.language,
                card.social,
                card.form,
                card.categories,
            )


def _lessons(words: Words) -> Iterator[Line]:
    for journal in words.school.journals:
        book = words.books[journal.home]
        substitutes = {
            id(owed.row): owed.person
            for owed in owed_lessons(journal, journal.slots, journal.lessons, book.calendar)
            if owed.person and owed.row is not None
        }
        for row in journal.lessons:
            if row.date is not None:
                teacher = substitutes.get(id(row)) or journal.holder(row.date)
                yield (
                    *words.head(journal, journal.home, teacher),
                    *words.day(journal.home, row.date),
                    row.number,
                    row.plan_number,
                    row.taught,
                    row.homework,
                    _state(row),
                )


def _finals(words: Words) -> Iterator[Line]:
    for book in words.school.books:
        for period in book.periods if book.grade != NO_MARKS_GRADE else ():
            sheet = period_sheet(book, period)
            pupils = {pupil.id: pupil_words(pupil) for pupil in sheet.pupils}
            for subject in sheet.subjects:
                for pupil, mark in subject.marks.items():
                    number = int(mark.value) if mark.value.isdigit() else None
                    yield (
                        *words.of_class(book.name),
                        subject.subject,
                        words.teacher(mark.owner),
                        *pupils[pupil],
                        period.name,
                        number,
                        mark.value,
                    )


def _orders(words: Words) -> Iterator[Line]:
    for order in words.school.orders:
        pupil = words.school.pupils.get(order.pupil)
        named = pupil_words(pupil) if pupil else (order.pupil, order.pupil_name, "")
        yield (
            order.number,
            order.date,
            order.event,
            month_words(order.event or order.date),
            order.type,
            order.variant,
            *named,
            order.from_class,
            order.to_class,
            order.direction,
            order.place,
        )


def _loads(words: Words) -> Iterator[Line]:
    for load in taught(words.school.loads):
        classes = words.school.streams.get(load.target, (load.target,))
        group = load.group or (load.target if load.target in words.school.streams else "")
        for name in classes:
            yield (
                *words.of_class(name),
                load.subject,
                group,
                words.teacher(load.teacher),
                load.hours,
                load.plan,
                load.since or words.school.year.first,
                load.until or words.school.year.last,
            )


def finding_rows(school: School, findings: Iterable[Finding]) -> Iterator[Line]:
    """Yield the rows of «замечания» for what is said of the school on some day."""
    words = Words(school)
    for one in findings:
        yield (
            one.code,
            one.clause,
            one.severity.label,
            one.state.label,
            one.role.label,
            words.teacher(one.person),
            one.school_class or words.class_of(one.at.workbook),
            one.subject,
            one.at.workbook,
            one.at.sheet,
            one.at.cell,
            one.since,
            one.due,
            one.message,
        )


def _state(row: Lesson) -> str:
    if row.cancelled:
        return CANCELLED
    return GIVEN if row.held else BLANK


_MAKERS: Mapping[str, Callable[[Words], Iterator[Line]]] = {
    "обучающиеся": _pupils,
    "отметки": mark_rows,
    "пропуски": absence_rows,
    "уроки": _lessons,
    "итоги": _finals,
    "движение": _orders,
    "нагрузка": _loads,
}
