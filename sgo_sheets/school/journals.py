"""Putting journals together: which load each serves, whose it is by day, and which of its rows may be applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import PurePosixPath

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records import faults
from sgo_sheets.records.catalog import Book, Grid, GridRow
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, JournalTitle, Lesson, PeriodMarks
from sgo_sheets.records.plan_book import HOMEROOM, GroupMember, Load
from sgo_sheets.records.school_book import Subject
from sgo_sheets.records.tokens import parse_final
from sgo_sheets.russian import file_name, fold
from sgo_sheets.school.elements import Holding, JournalKey, Member, PeriodOf, Pupil, Slot, Span
from sgo_sheets.school.membership import overlap
from sgo_sheets.school.names import Lookup, PupilIndex, Targets
from sgo_sheets.school.regulation import Regulation
from sgo_sheets.school.timetable import split_subject


def journal_path(key: JournalKey) -> str:
    """Return where the journal's workbook belongs, relative to the workbooks folder."""
    name = key.subject + (f" ({key.group})" if key.group else "")
    return f"Журналы/{file_name(key.target)}/{file_name(name)}.xlsx"


@lru_cache(maxsize=16384)
def path_key(path: str) -> tuple[str, str]:
    """Return what a journal's path says of it, for one that cannot be read: (folder, file name), folded."""
    pure = PurePosixPath(path)
    return fold(pure.parent.name), fold(pure.stem)


def identify(
    books: Sequence[Book], targets: Targets, subjects: Lookup[Subject]
) -> tuple[dict[JournalKey, Book], set[JournalKey], list[Finding]]:
    """Return the journals by their «Титул», the keys claimed twice (none of which is guessed), and what is wrong."""
    claims: dict[JournalKey, list[Book]] = {}
    findings: list[Finding] = []
    for book in books:
        titles = book.rows(JournalTitle)
        if not titles:
            continue
        title = titles[0]
        target = targets.name(title.target)
        subject, group = split_subject(title.subject, subjects)
        if target is None:
            findings.append(targets.unknown(title.target, title.at("target"), Role.TEACHER))
        if subject is None:
            findings.append(subjects.unknown(title.subject, title.at("subject"), Role.TEACHER))
        if target is not None and subject is not None:
            claims.setdefault(JournalKey(target, subject.name, title.group or group), []).append(book)
    journals = {key: found[0] for key, found in claims.items() if len(found) == 1}
    twice = {key for key, found in claims.items() if len(found) > 1}
    for key in twice:
        for book in claims[key]:
            others = ", ".join(other.path for other in claims[key] if other is not book)
            message = f"этот «Титул» ({key}) уже у книги {others}; не прочитана ни одна. Уберите копию."
            findings.append(faults.COPIED_BOOK.at(CellRef(book.path, "Титул"), message, Role.TEACHER))
    for key, book in journals.items():
        wanted = journal_path(key)
        if path_key(wanted) != path_key(book.path):
            message = f"по «Титулу» это журнал «{key}», его место — {wanted}."
            findings.append(faults.MISPLACED_BOOK.at(CellRef(book.path, "Титул"), message, Role.TEACHER))
    return journals, twice, findings


def holdings(loads: Iterable[Load], year: Span) -> dict[JournalKey, tuple[Holding, ...]]:
    """Return who teaches each journal and when, by the dated rows of «Нагрузка»."""
    found: dict[JournalKey, list[Holding]] = {}
    for load in loads:
        key = JournalKey(load.target, load.subject, load.group)
        first, last = load.since or year.first, load.until or year.last
        if first <= last:
            found.setdefault(key, []).append(Holding(load, first, last))
    return {key: tuple(sorted(own, key=lambda h: (h.first, h.load.row))) for key, own in found.items()}


def members(
    key: JournalKey,
    classes: Sequence[str],
    roll: Mapping[str, Sequence[Pupil]],
    groups: Mapping[tuple[str, str], Sequence[GroupMember]],
    year: Span,
) -> tuple[Member, ...]:
    """Return the journal's pupils with their days: in the class (or stream) and, where there are rows, in the group."""
    rows = groups.get((key.target, key.subject))
    in_group: dict[str, list[Span]] = {}
    for row in rows or ():
        if fold(row.group) == fold(key.group):
            in_group.setdefault(row.pupil, []).append(Span(row.since or year.first, row.until or year.last))
    found: dict[str, Member] = {}
    for name in classes:
        for pupil in roll.get(name, ()):
            if pupil.id in found:
                continue
            spans = overlap((Span(s.first, s.last) for s in pupil.stays if s.school_class in classes), (year,))
            if rows is not None:
                spans = overlap(spans, in_group.get(pupil.id, ()))
            if spans:
                found[pupil.id] = Member(pupil.id, pupil.name, spans, former=spans[-1].last < year.last)
    return tuple(sorted(found.values(), key=lambda m: (fold(m.name), m.pupil)))


@dataclass(slots=True)
class Sieve:
    """Lets through the rows of a journal that may be applied, and gathers what is wrong with the others."""

    pupils: PupilIndex
    regulation: Regulation
    role: Role = Role.TEACHER
    findings: list[Finding] = field(default_factory=list)

    def grid(self, grid: Grid) -> Grid:
        """Return «Отметки» with the rows of known pupils only, each under its exact № and once."""
        rows: list[GridRow] = []
        seen: set[str] = set()
        for row in grid.rows:
            at = grid.at_pupil(row)
            name_at = CellRef(at.workbook, at.sheet, f"{grid.name_letters}{row.row}")
            exact, findings = self.pupils.check(row.pupil, row.name, at, name_at, self.role)
            self.findings.extend(findings)
            if exact is None:
                continue
            if exact in seen:
                message = f"№ личного дела {exact} уже есть выше; учтена первая строка."
                self.findings.append(faults.DUPLICATE_KEY.at(at, message, self.role))
                continue
            seen.add(exact)
            rows.append(row if row.pupil == exact else replace(row, pupil=exact))
        for column in grid.columns:
            if column.kind and self.regulation.kind_of(column.kind) is None:
                at = CellRef(grid.workbook, "Отметки", f"{column.letters}{grid.kind_row}")
                names = Lookup.of("вид работы", self.regulation.kinds, lambda kind: kind.name)
                self.findings.append(names.unknown(column.kind, at, self.role))
        return replace(grid, rows=tuple(rows))

    def finals(self, rows: Iterable[PeriodMarks], periods: Sequence[PeriodOf]) -> tuple[PeriodMarks, ...]:
        """Return the rows of «Итоги» that may be applied; what cannot be read in a period's column is a finding."""
        kept: list[PeriodMarks] = []
        seen: set[str] = set()
        known = {fold(p.name) for p in periods} | {fold(extra) for extra in PERIOD_EXTRAS}
        for row in rows:
            exact = self.row(row, seen)
            if exact is None:
                continue
            for header, value in row.marks.items():
                if fold(header) not in known or fold(header) == fold("Дата экзамена"):
                    continue
                mark = parse_final(value)
                if mark.fault:
                    self.findings.append(faults.NOT_READ.at(row.at(header), f"{mark.fault}.", self.role))
                elif mark.hint:
                    self.findings.append(faults.READ_AS_MEANT.at(row.at(header), f"{mark.hint}.", self.role))
            kept.append(row if exact == row.pupil else row.model_copy(update={"pupil": exact}))
        return tuple(kept)

    def row(self, row: PeriodMarks, seen: set[str]) -> str | None:
        """Return the exact № of a row that may be applied, None of one that may not."""
        exact, findings = self.pupils.check(row.pupil, row.name, row.at("pupil"), row.at("name"), self.role)
        self.findings.extend(findings)
        if exact is None:
            return None
        if exact in seen:
            message = f"№ личного дела {exact} уже есть выше; учтена первая строка."
            self.findings.append(faults.DUPLICATE_KEY.at(row.at("pupil"), message, self.role))
            return None
        seen.add(exact)
        return exact


def journal_slots(key: JournalKey, slots: Mapping[str, Sequence[Slot]], classes: Iterable[str]) -> tuple[Slot, ...]:
    """Return the lessons the timetable owes a journal; a stream's lesson stands in several classes and counts once."""
    found: dict[tuple[object, int], Slot] = {}
    for name in classes:
        for slot in slots.get(name, ()):
            if (slot.target, slot.subject, slot.group) == key:
                known = found.get((slot.date, slot.number))
                if known is None or known.cancelled:
                    found[slot.date, slot.number] = slot
    return tuple(found[when] for when in sorted(found))


def lessons_in_order(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Return the dated rows of «Уроки» by date and lesson."""
    dated = [lesson for lesson in lessons if lesson.date is not None]
    return tuple(sorted(dated, key=lambda lesson: (lesson.date, lesson.number or 0, lesson.row)))


def taught(loads: Iterable[Load]) -> tuple[Load, ...]:
    """Return the rows of «Нагрузка» that want a journal: all but «Классное руководство»."""
    return tuple(load for load in loads if fold(load.subject) != fold(HOMEROOM))
