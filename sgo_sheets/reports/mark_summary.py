"""Report 6, «Сводная ведомость учёта успеваемости»: the marks of a class over the year.

Rows: pupil × study period, year, exam, final mark; columns: subjects and the decision of the council about the pupil
(reports.md no. 6). A period has its rows once any mark of it is given in the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgo_sheets.reports.class_period import no_marks, owed_lacks, unreadable
from sgo_sheets.reports.class_period_document import shown_mark, signatures
from sgo_sheets.reports.declared import ClassReport
from sgo_sheets.reports.document import NOT_DUE, NOT_STUDIED, Column, Document, Kind, Lack, Refused, Row, Table, Value
from sgo_sheets.reports.final_marks import final_marks
from sgo_sheets.reports.period_marks import PeriodMark, SubjectMarks, period_sheet, unread_journals
from sgo_sheets.reports.spans import ReportSpan, formed_at, year_span
from sgo_sheets.rules.report_duties import REPORT_NAMES
from sgo_sheets.russian import fold, period_days
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook

NUMBER = 6


class Part(NamedTuple):
    """The marks of one period, of the year, of the exams or the final ones; ``pupils`` – who has a row of it."""

    name: str
    pupils: frozenset[str]
    subjects: tuple[SubjectMarks, ...]
    exam: bool = False

    def columns(self, subjects: Sequence[str]) -> list[Mapping[str, PeriodMark] | None]:
        """Return the marks of every subject by pupil, None where the subject is not marked in this part."""
        marked = {fold(subject.subject): subject.marks for subject in self.subjects}
        return [marked.get(fold(name)) for name in subjects]

    @property
    def given(self) -> bool:
        """Return whether there is any mark."""
        return any(mark.value for subject in self.subjects for mark in subject.marks.values())


def parts_of(book: ClassBook) -> tuple[Part, ...]:
    """Return the periods of a class, the year, «Экзамен» and «Итог»; the last two only where there is a mark."""
    found = []
    for period in book.periods:
        sheet = period_sheet(book, period)
        found.append(Part(period.name, frozenset(pupil.id for pupil in sheet.pupils), sheet.subjects))
    for name, subjects in final_marks(book).items():
        part = Part(name, frozenset(pupil for one in subjects for pupil in one.marks), subjects, exam=True)
        if part.given:
            found.append(part)
    return tuple(found)


def make(book: ClassBook, span: ReportSpan) -> Document | Refused:
    """Return the report of a class over the year, or why there is none."""
    about = (f"Класс {book.name}", f"учебный год: {period_days(span.first, span.last)}")
    reason = no_marks(book)
    parts = parts_of(book) if not reason else ()
    given = [part for part in parts if part.given]
    if not given:
        reason = reason or "Не выставлено ни одной отметки за учебный год."
        return Refused(NUMBER, book.organisation.full_name, REPORT_NAMES[NUMBER], about, reason)
    saved = [journal.saved for journal in book.journals]
    saved.append(book.teacher_book.saved if book.teacher_book else None)
    return Document(
        number=NUMBER,
        school=book.organisation.full_name,
        title=REPORT_NAMES[NUMBER],
        about=about,
        tables=(_table(book, given),),
        lacks=tuple(_lacks(book, given)),
        signatures=signatures(book, span.last),
        formed=formed_at(saved, span.last),
        notes=tuple(_notes(parts)),
    )


REPORT = ClassReport(NUMBER, lambda book: (year_span(book.year),), make)


def _table(book: ClassBook, parts: Sequence[Part]) -> Table:
    named = {fold(subject.subject) for part in parts for subject in part.subjects}
    subjects = [name for name in book.subjects if fold(name) in named]
    decided = _decisions(book, parts)
    marks = {id(part): part.columns(subjects) for part in parts}
    columns = (
        Column("№", Kind.NUMBER, 4),
        Column("Обучающийся", Kind.NAME, 24),
        Column("Период", Kind.TEXT, 12),
        *(Column(name, Kind.MARK, 6, turned=True, group="Отметки") for name in subjects),
        Column("Решение", Kind.TEXT, 30),
    )
    rows = [
        Row(
            (place, pupil.name, part.name, *_marks(pupil, part, marks[id(part)]), decided.get((pupil.id, part.name))),
            opens=n == 0,
        )
        for place, (pupil, own) in enumerate(_pupils(book, parts), 1)
        for n, part in enumerate(own)
    ]
    return Table("Успеваемость", columns, tuple(rows), frozen=3)


def _pupils(book: ClassBook, parts: Sequence[Part]) -> Iterator[tuple[Pupil, list[Part]]]:
    """Yield the pupils who have a row, with the parts they have it in."""
    for pupil in book.roll or ():
        if own := [part for part in parts if pupil.id in part.pupils]:
            yield pupil, own


def _marks(pupil: Pupil, part: Part, columns: Iterable[Mapping[str, PeriodMark] | None]) -> Iterator[Value]:
    """Yield the pupil's marks of a part; there is none to wait for where the subject is not marked in it."""
    for marks in columns:
        mark = marks.get(pupil.id) if marks is not None else None
        if mark is not None:
            yield shown_mark(mark.value)
        else:
            yield NOT_DUE if marks is None or part.exam else NOT_STUDIED


def _decisions(book: ClassBook, parts: Sequence[Part]) -> Mapping[tuple[str, str], str]:
    """Return the decisions by pupil and row: that of their period, else the pupil's last."""
    said: dict[tuple[str, str], list[str]] = {}
    rows = {pupil.id: own for pupil, own in _pupils(book, parts)}
    for decision in book.teacher_book.decisions if book.teacher_book else ():
        own = rows.get(decision.pupil)
        if own and decision.decision:
            part = next((one for one in own if fold(one.name) == fold(decision.period)), own[-1])
            said.setdefault((decision.pupil, part.name), []).append(decision.decision)
    return {row: "; ".join(words) for row, words in said.items()}


def _lacks(book: ClassBook, parts: Sequence[Part]) -> Iterator[Lack]:
    yield from unreadable(book, unread_journals(book), book.year.last)
    names = {pupil.id: pupil.name for pupil in book.roll or ()}
    for part in parts:
        for lack in owed_lacks(book, part.subjects, names):
            yield lack._replace(what=f"{part.name}, {lack.what}")


def _notes(parts: Sequence[Part]) -> Iterator[str]:
    unmarked = [part.name for part in parts if not part.given]
    if unmarked:
        yield f"Отметок ещё нет: {', '.join(unmarked)}."
