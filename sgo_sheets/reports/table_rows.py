"""The rows of the tables of ``records.report_tables``: what «Конструктор отчётов» and ``sgo query`` are asked of.

Each row is a tuple in the order of the table's columns; texts, numbers, days, None for nothing. Addresses, telephones
and papers of families are in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sgo_sheets.findings import Finding
from sgo_sheets.records.journal_books import Lesson
from sgo_sheets.records.report_tables import BLANK, CANCELLED, COMING, GIVEN
from sgo_sheets.reports.class_period import NO_MARKS_GRADE
from sgo_sheets.reports.grid_rows import Asked, Parts, absence_parts, joined, mark_parts
from sgo_sheets.reports.period_marks import period_sheet
from sgo_sheets.reports.table_words import Line, Words, month_words, pupil_words
from sgo_sheets.rules.owed_lessons import owed_lessons
from sgo_sheets.school.journals import taught
from sgo_sheets.school.model import ClassBook, School


def table_rows(school: School, name: str) -> Iterator[Line]:
    """Return the rows of a table that does not depend on the day. Raises KeyError for another name."""
    words = Words(school.staff, school.books)
    if name not in OF_CLASSES:
        return _OF_SCHOOL[name](school, words)
    return (line for book in school.books for line in class_rows(Asked(book, school.pupils, words), name))


def class_rows(asked: Asked, name: str) -> Iterator[Line]:
    """Return the whole rows a class gives to a table of ``OF_CLASSES``.

    A stream gives each of its classes the rows of the pupils who are in it on the day, and its lessons to its home.
    """
    if name in GRIDS:
        return map(joined, GRIDS[name](asked))
    return _OF_CLASS[name](asked.book, asked.words)


def _pupils(school: School, words: Words) -> Iterator[Line]:
    for pupil in school.pupils.values():
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


def _lessons(book: ClassBook, words: Words) -> Iterator[Line]:
    for journal in book.journals:
        if journal.home != book.name:
            continue
        substitutes = {
            id(owed.row): owed.person
            for owed in owed_lessons(journal, journal.slots, journal.lessons, book.calendar)
            if owed.person and owed.row is not None
        }
        for row in journal.lessons:
            if row.date is not None:
                holder = journal.holder(row.date)
                teacher = substitutes.get(id(row)) or holder
                yield (
                    *words.head(journal, journal.home, teacher),
                    *words.day(journal.home, row.date),
                    row.number,
                    row.plan_number,
                    row.taught,
                    row.homework,
                    _state(row, book),
                    words.teacher(holder) if teacher != holder else "",
                )


def _finals(book: ClassBook, words: Words) -> Iterator[Line]:
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


def _orders(school: School, words: Words) -> Iterator[Line]:  # noqa: ARG001 - as the other tables of the school
    for order in school.orders:
        pupil = school.pupils.get(order.pupil)
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


def _loads(school: School, words: Words) -> Iterator[Line]:
    for load in taught(school.loads):
        classes = school.streams.get(load.target, (load.target,))
        group = load.group or (load.target if load.target in school.streams else "")
        for name in classes:
            yield (
                *words.of_class(name),
                load.subject,
                group,
                words.teacher(load.teacher),
                load.hours,
                load.plan,
                load.since or school.year.first,
                load.until or school.year.last,
            )


def finding_rows(school: School, findings: Iterable[Finding]) -> Iterator[Line]:
    """Yield the rows of «замечания» for what is said of the school on some day."""
    words = Words(school.staff, school.books)
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


def _state(row: Lesson, book: ClassBook) -> str:
    """Return how a lesson stands; one after the newest data of the class is owed by nobody yet."""
    if row.cancelled:
        return CANCELLED
    if row.held:
        return GIVEN
    return COMING if book.saved and row.date and row.date > book.saved.date() else BLANK


GRIDS: Mapping[str, Callable[[Asked], Iterator[Parts]]] = {"отметки": mark_parts, "пропуски": absence_parts}
"""The tables whose rows come in parts, by name: many rows, few parts."""
_OF_CLASS: Mapping[str, Callable[[ClassBook, Words], Iterator[Line]]] = {"уроки": _lessons, "итоги": _finals}
OF_CLASSES = frozenset((*GRIDS, *_OF_CLASS))
"""The tables that are put together of what each class gives."""
_OF_SCHOOL: Mapping[str, Callable[[School, Words], Iterator[Line]]] = {
    "обучающиеся": _pupils,
    "движение": _orders,
    "нагрузка": _loads,
}
