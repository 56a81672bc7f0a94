"""The school-wide books as one value: every sheet of the office, with references checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records import faults
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import BY_KIND, Book, BookKind
from sgo_sheets.records.people_books import ENROLMENT, MOVE, Account, Order, PupilCard
from sgo_sheets.records.plan_book import HOMEROOM, GroupMember, Load, PlanRow, Stream
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS, Exemption, Setting, Term, WorkKind, rule_code
from sgo_sheets.records.school_book import Employee, Organisation, SchoolClass, Subject
from sgo_sheets.records.timetable_book import Substitution
from sgo_sheets.russian import fold
from sgo_sheets.school.elements import Span
from sgo_sheets.school.membership import order_day
from sgo_sheets.school.names import Lookup, PupilIndex, Targets, class_lookup
from sgo_sheets.school.plan import known_plan
from sgo_sheets.school.regulation import Regulation, WorkKindOf
from sgo_sheets.school.shelf import Shelf

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Office:
    """Classes, staff, subjects, pupils and loads with known references; ``findings`` grow while they are checked."""

    shelf: Shelf
    year: Span
    classes: tuple[SchoolClass, ...] = ()
    subjects: Lookup[Subject] = field(default_factory=lambda: Lookup[Subject]("предмет", {}, ()))
    staff: Mapping[str, Employee] = field(default_factory=dict)
    targets: Targets = field(default_factory=lambda: Targets(class_lookup(()), {}))
    findings: list[Finding] = field(default_factory=list)
    kept_substitutions: tuple[Substitution, ...] | None = None

    @classmethod
    def of(cls, shelf: Shelf, year: Span) -> Office:
        """Return the office of the books on the shelf."""
        office = cls(shelf, year)
        school = BookKind.SCHOOL
        office.classes = office.unique(shelf.rows(school, SchoolClass), lambda c: c.name, "класс", Role.ADMIN)
        subjects = office.unique(shelf.rows(school, Subject), lambda s: s.name, "предмет", Role.ADMIN)
        office.subjects = Lookup.of("предмет", subjects, lambda s: s.name)
        staff = office.unique(shelf.rows(school, Employee), lambda e: e.code, "код", Role.ADMIN)
        office.staff = {employee.code: employee for employee in staff}
        office.targets = Targets(class_lookup(office.classes), office._streams())
        return office

    def unique(self, rows: Sequence[R], key: Callable[[R], str], what: str, role: Role) -> tuple[R, ...]:
        """Return the rows whose key stands for the first time; the reader says of repeats within one sheet."""
        seen: dict[str, R] = {}
        for row in rows:
            first = seen.setdefault(fold(key(row)), row)
            if first is not row:
                name = row.columns()[0].field
                at, before = row.at(name), first.at(name)
                if (at.workbook, at.sheet) != (before.workbook, before.sheet):
                    message = f"{what} «{key(row)}» уже есть: {before}; учтена та строка."
                    self.findings.append(faults.DUPLICATE_KEY.at(at, message, role))
        return tuple(seen.values())

    def _streams(self) -> dict[str, tuple[str, ...]]:
        known = class_lookup(self.classes)
        streams = {}
        for row in self.shelf.rows(BookKind.PLAN, Stream):
            names = []
            for typed in row.classes:
                found = known.get(typed)
                if found is None:
                    self.findings.append(known.unknown(typed, row.at("classes"), Role.DEPUTY))
                else:
                    names.append(found.name)
            if names:
                order = [c.name for c in self.classes]
                streams[row.name] = tuple(sorted(names, key=order.index))
        return streams

    def loads(self) -> tuple[Load, ...]:
        """Return the rows of «Нагрузка» whose class, subject and teacher are known, names as the school spells them."""
        kept = []
        for row in self.shelf.rows(BookKind.PLAN, Load):
            target = self.targets.name(row.target)
            homeroom = fold(row.subject) == fold(HOMEROOM)
            subject = self.subjects.get(row.subject)
            teacher = self.employee(row.teacher, row.at("teacher"))
            if target is None:
                self.findings.append(self.targets.unknown(row.target, row.at("target"), Role.DEPUTY))
            if subject is None and not homeroom:
                self.findings.append(self.subjects.unknown(row.subject, row.at("subject"), Role.DEPUTY))
            if target is None or (subject is None and not homeroom):
                continue
            name = HOMEROOM if subject is None else subject.name
            update = {"target": target, "subject": name, "teacher": teacher or row.teacher}
            kept.append(row.model_copy(update=update))
        return tuple(kept)

    def employee(self, code: str, at: CellRef, role: Role = Role.DEPUTY) -> str | None:
        """Return the exact code of an employee, None (and a finding) when nobody has it."""
        if code in self.staff:
            return code
        exact = next((known for known in self.staff if fold(known) == fold(code)), None)
        if exact is None and code:
            known = Lookup[None]("сотрудник", {}, tuple(self.staff))
            self.findings.append(known.unknown(code, at, role))
        return exact

    def cards(self) -> dict[str, PupilCard]:
        """Return the cards by № личного дела; of two with one number the one of the earlier class counts."""
        order = {fold(c.name): place for place, c in enumerate(self.classes)}

        def place(book: Book) -> tuple[int, str]:
            stem = book.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            return order.get(fold(stem), len(order)), book.path

        books = sorted(self.shelf.of(BookKind.ROLL), key=place)
        rows = [row for book in books for row in book.rows(PupilCard)]
        role = BY_KIND[BookKind.ROLL].owner
        for row in rows:
            if row.class_at_start and self.targets.classes.get(row.class_at_start) is None:
                at = row.at("class_at_start")
                self.findings.append(self.targets.classes.unknown(row.class_at_start, at, role))
        return {card.id: card for card in self.unique(rows, lambda c: c.id, "№ личного дела", role)}

    def orders(self, pupils: PupilIndex) -> dict[str, list[Order]]:
        """Return the rows of the movement book that may be applied, by pupil.

        In orders dated or effective before the school year neither № nor class is looked up, nor in enrolments for the
        next year: those pupils have no card and no class here yet.
        """
        applied: dict[str, list[Order]] = {}
        for row in self.shelf.rows(BookKind.MOVEMENT, Order):
            day = order_day(row)
            early = day is None or day < self.year.first or (row.date is not None and row.date < self.year.first)
            coming = row.type == ENROLMENT and day is not None and day > self.year.last
            if not row.pupil:
                continue
            if (early or coming) and pupils.resolve(row.pupil)[0] is None:
                continue
            exact, findings = pupils.check(row.pupil, row.pupil_name, row.at("pupil"), row.at("pupil_name"), Role.ADMIN)
            self.findings.extend(findings)
            if not (early or coming):
                self._class_known(row, "to_class", row.to_class)
                self._class_known(row, "from_class", row.from_class)
            if exact is not None:
                applied.setdefault(exact, []).append(row)
        return applied

    def _class_known(self, row: Order, name: str, typed: str) -> None:
        """Say that a class of an order is unknown; the class of next year («6А») need not exist yet."""
        looked_up = name == "from_class" or row.type in (ENROLMENT, MOVE)
        if typed and looked_up and self.targets.classes.get(typed) is None:
            self.findings.append(self.targets.classes.unknown(typed, row.at(name), Role.ADMIN))

    def groups(self, pupils: PupilIndex) -> dict[tuple[str, str], list[GroupMember]]:
        """Return the rows of «Группы» by (class or stream, subject), each under known names."""
        found: dict[tuple[str, str], list[GroupMember]] = {}
        for row in self.shelf.rows(BookKind.PLAN, GroupMember):
            target = self.targets.name(row.target)
            subject = self.subjects.get(row.subject)
            pupil, findings = pupils.check(row.pupil, "", row.at("pupil"), row.at("pupil"), Role.DEPUTY)
            self.findings.extend(findings)
            if target is None:
                self.findings.append(self.targets.unknown(row.target, row.at("target"), Role.DEPUTY))
            if subject is None:
                self.findings.append(self.subjects.unknown(row.subject, row.at("subject"), Role.DEPUTY))
            if target is not None and subject is not None and pupil is not None:
                known = {"target": target, "subject": subject.name, "pupil": pupil}
                found.setdefault((target, subject.name), []).append(row.model_copy(update=known))
        return found

    def substitutions(self) -> tuple[Substitution, ...]:
        """Return the rows of «Замены» with known class, subject and teacher; they are checked once."""
        if self.kept_substitutions is None:
            self.kept_substitutions = self._known_substitutions()
        return self.kept_substitutions

    def _known_substitutions(self) -> tuple[Substitution, ...]:
        kept = []
        for row in self.shelf.rows(BookKind.TIMETABLE, Substitution):
            target = self.targets.name(row.target)
            subject = self.subjects.get(row.subject) if row.subject else None
            if target is None:
                self.findings.append(self.targets.unknown(row.target, row.at("target"), Role.DEPUTY))
                continue
            if row.subject and subject is None:
                self.findings.append(self.subjects.unknown(row.subject, row.at("subject"), Role.DEPUTY))
                continue
            teacher = self.employee(row.teacher, row.at("teacher")) or ""
            name = subject.name if subject else ""
            kept.append(row.model_copy(update={"target": target, "subject": name, "teacher": teacher}))
        return tuple(kept)

    def regulation(self) -> Regulation:
        """Return what Регламент.xlsx sets, with the seeded kinds of work where the sheet is empty."""
        book = BookKind.REGULATION
        rows = self.shelf.rows(book, WorkKind)
        kinds = tuple(WorkKindOf(k.name, k.short, 1.0 if k.weight is None else k.weight) for k in rows)
        settings = {row.name: row for row in self.shelf.rows(book, Setting) if row.value not in (None, "")}
        return Regulation(
            terms={rule_code(term.code): term for term in self.shelf.rows(book, Term)},
            settings={name: row.value for name, row in settings.items()},
            kinds=kinds or tuple(WorkKindOf(*kind) for kind in DEFAULT_WORK_KINDS),
            exemptions=self.shelf.rows(book, Exemption),
            places={name: row.at("value") for name, row in settings.items()},
            names={name: row.at("name") for name, row in settings.items()},
        )

    def plan(self) -> tuple[PlanRow, ...]:
        """Return the rows of the plan that are of a known subject."""
        rows, findings = known_plan(self.shelf.rows(BookKind.PLAN, PlanRow), self.subjects, self.classes, self.targets)
        self.findings.extend(findings)
        return rows

    def accounts(self) -> tuple[Account, ...]:
        """Return the accounts."""
        return self.shelf.rows(BookKind.ACCOUNTS, Account)

    def organisation(self) -> Organisation:
        """Return the organisation's card, blank while it is missing."""
        return self.shelf.first(BookKind.SCHOOL, Organisation) or Organisation()
