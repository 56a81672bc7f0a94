"""Judging: rules over a class, what reading found over the school, and both put together for one day."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding, Kind, Problem, Role, Severity, State
from sgo_sheets.records import faults as form
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.rules.doubts import place_of
from sgo_sheets.rules.exemptions import Spare, lifting, spare
from sgo_sheets.rules.parts import TIMETABLE, Case, Scope, Unread, cases, gather
from sgo_sheets.rules.people import Owner, owner_of, reading_owners
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.settings import MOVE_DUE
from sgo_sheets.rules.terms import Terms, applied, state_on
from sgo_sheets.russian import day, perhaps
from sgo_sheets.school.model import ClassBook, School


class RuleFault(NamedTuple):
    """A rule that crashed: our fault, logged and never shown to a teacher."""

    code: str
    place: str
    error: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said on a day.

    ``findings`` – facts and obligations with their state; ``unchecked`` – what a rule could not look at, in the same
    shape with the state «не проверено»; ``faults`` – rules that crashed. ``lifted`` are the exemptions that lifted
    something, ``spare`` what is to be said of those that did not: ``combine`` settles them.
    """

    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Finding, ...] = ()
    faults: tuple[RuleFault, ...] = ()
    lifted: frozenset[CellRef] = frozenset()
    spare: tuple[Spare, ...] = ()


def judge(book: ClassBook, on: dt.date, rules: Sequence[Rule] = RULES) -> Verdict:
    """Return the verdict on one class: rules of journals whose home it is, and of its own pupils in every journal."""
    found = _Found([], [], [], set())
    for scope in Scope:
        own = [(rule, terms) for rule in rules if rule.scope is scope and (terms := _terms(rule, book)).checked]
        found.unchecked.extend(_uncovered(own, book, on))
        if scope in (Scope.JOURNAL, Scope.PUPILS):
            found.unchecked.extend(_unreadable(own, book))
        for case in cases(book, scope):
            for rule, terms in own:
                _run(rule, terms, case, on, found)
    return Verdict(_sorted(found.findings), _sorted(found.unchecked), tuple(found.faults), frozenset(found.lifted))


class _Found(NamedTuple):
    """What is gathered while a class is judged."""

    findings: list[Finding]
    unchecked: list[Finding]
    faults: list[RuleFault]
    lifted: set[CellRef]


def _run(rule: Rule, terms: Terms, case: Case, on: dt.date, found: _Found) -> None:
    """Run one rule on one case; a crash costs this rule on this case and nothing else."""
    try:
        given = gather(rule.needs, case)
        problems = [] if isinstance(given, Unread) else list(rule.check(**given))
    except Exception:  # noqa: BLE001 - our fault, whatever it is, is logged and accuses nobody
        found.faults.append(RuleFault(rule.code, _name(case), traceback.format_exc()))
        return
    if isinstance(given, Unread):
        found.unchecked.append(_unseen(rule, terms, given, owner_of(case, terms.role, "", on)))
    for problem in problems:
        hits = lifting(case.book.regulation.exemptions, rule.code, problem, case)
        found.lifted.update(hits)
        if not hits and (finding := _finding(rule, terms, problem, case, on)) is not None:
            found.findings.append(finding)


def judge_school(school: School, on: dt.date, rules: Sequence[Rule] = RULES) -> Verdict:
    """Return what reading found, with the person who answers for it, and what is wrong in Регламент.xlsx itself."""
    owner = reading_owners(school, on)
    findings = []
    for finding in (*school.findings, *_unusable_terms(school, rules)):
        role, person = owner(finding)
        findings.append(replace(finding, role=role, person=finding.person or person))
    idle = [
        item._replace(finding=replace(item.finding, person=owner(item.finding).person))
        for item in spare(school, (rule.code for rule in rules), on)
    ]
    return Verdict(_sorted(findings), spare=tuple(idle))


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return one verdict of many, each thing said once; exemptions that lifted nothing anywhere become findings."""
    parts = list(verdicts)
    lifted = frozenset[CellRef]().union(*(part.lifted for part in parts))
    unseen = {finding.code for part in parts for finding in part.unchecked}
    idle = [
        item.finding
        for part in parts
        for item in part.spare
        if item.finding.at not in lifted and item.code not in unseen
    ]
    return Verdict(
        findings=_sorted([*(finding for part in parts for finding in part.findings), *idle]),
        unchecked=_sorted(finding for part in parts for finding in part.unchecked),
        faults=tuple(dict.fromkeys(fault for part in parts for fault in part.faults)),
        lifted=lifted,
    )


def _terms(rule: Rule, book: ClassBook) -> Terms:
    return applied(rule.terms, book.regulation.terms.get(rule.code))


def _finding(rule: Rule, terms: Terms, problem: Problem, case: Case, on: dt.date) -> Finding | None:
    """Return the finding of a problem on a day, None when its day has not come or lay before this school year."""
    calendar = case.book.calendar
    due = problem.due or (terms.due.due(problem.since, calendar) if terms.due else None)
    on_the_day = due == problem.since
    if due is not None and MOVE_DUE.flag(case.book.regulation):
        while not calendar.is_working(due):
            due += dt.timedelta(days=1)
    owed = terms.due is not None or problem.due is not None
    state = state_on(on, due, problem.done_at, calendar) if owed else State.OPEN
    unknown = "; срок не вычислен: в листе «Календарь» нет строк этого года" if state is State.UNCHECKED else ""
    if problem.since is not None and problem.since > on and not (on_the_day and state is State.SOON):
        return None  # what has not happened yet is spoken of only if it is owed on the very day it happens
    if due is not None and due < case.book.year.first and problem.done_at is None:
        return None
    role, person = owner_of(case, terms.role, problem.person, on)
    return Finding(
        code=rule.code,
        clause=rule.clause,
        at=problem.at,
        message=problem.message + unknown,
        role=role,
        severity=_lighter(problem.severity, terms.severity),
        kind=Kind.OBLIGATION if owed else Kind.FINDING,
        person=person,
        since=problem.since,
        due=due,
        done_at=problem.done_at,
        state=state,
    )


def _lighter(said: Severity | None, usual: Severity) -> Severity:
    """Return the weight the rule gives this very problem, unless the school weighs the rule lighter still."""
    weights = list(Severity)
    return usual if said is None else max(said, usual, key=weights.index)


def _unseen(rule: Rule, terms: Terms, unread: Unread, owner: Owner) -> Finding:
    return Finding(
        rule.code,
        rule.clause,
        unread.at,
        f"не проверено: {unread.why}",
        owner.role,
        terms.severity,
        Kind.FINDING if terms.due is None else Kind.OBLIGATION,
        owner.person,
        state=State.UNCHECKED,
    )


def _unreadable(rules: Sequence[tuple[Rule, Terms]], book: ClassBook) -> Iterator[Finding]:
    """Yield what could not be looked at because a journal of the class cannot be read at all."""
    for at in book.unreadable:
        kind = book_type(at.workbook)
        if kind is not None and kind.kind is BookKind.JOURNAL:
            for rule, terms in rules:
                yield _unseen(rule, terms, Unread(at, "журнал не читается"), Owner(terms.role, ""))


def _uncovered(rules: Sequence[tuple[Rule, Terms]], book: ClassBook, on: dt.date) -> Iterator[Finding]:
    """Yield the study days so far on which no timetable was in force: п. 8.1 cannot be checked on them."""
    own = [(rule, terms) for rule, terms in rules if "slots" in rule.needs and book.covered]
    days = book.calendar.study_days(book.year.first, min(on, book.year.last)) if own else ()
    bare = [date for date in days if not any(date in span for span in book.covered)]
    for rule, terms in own if bare else ():
        why = f"{day(bare[0])}–{day(bare[-1])} расписания класса {book.name} нет"
        yield _unseen(rule, terms, Unread(CellRef(TIMETABLE), why), Owner(terms.role, ""))


def _unusable_terms(school: School, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the rows of «Сроки» that name no rule or whose value cannot be used."""
    known = {rule.code: rule for rule in rules}
    for code, row in school.regulation.terms.items():
        rule = known.get(code)
        if rule is None:
            message = f"правила «{code}» нет; строка не учтена.{perhaps(code, known)}"
            yield form.UNKNOWN_REFERENCE.at(row.at("code"), message, Role.DEPUTY)
        elif mistake := applied(rule.terms, row).mistake:
            message = f"{mistake}; действует срок программы: {rule.due}."
            yield form.NOT_READ.at(row.at("value"), message, Role.DEPUTY)


def _name(case: Case) -> str:
    if case.absent is not None:
        return str(case.absent.key)
    return case.book.name if case.own is None else case.own.path


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, by workbook, sheet, row, column, code and message."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    letters, row = place_of(finding.at)
    return finding.at.workbook, finding.at.sheet, row, len(letters), letters, finding.code, finding.message
