"""Judging: rules over a class, what reading found over the school, and both put together for one day."""

from __future__ import annotations

import datetime as dt
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sgo_sheets.findings import CellRef, Finding, Kind, Problem, Role, Severity, State, Timings
from sgo_sheets.records import faults as form
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.rules.case import Case, Scope
from sgo_sheets.rules.counting import Counting, due_of
from sgo_sheets.rules.exemptions import lifting, spare
from sgo_sheets.rules.parts import cases, gather
from sgo_sheets.rules.people import Owner, owner_of, reading_owners
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.school_parts import Unread, unread_of
from sgo_sheets.rules.settings import MOVE_DUE
from sgo_sheets.rules.taking import TIMETABLE
from sgo_sheets.rules.tally import DONE, Done, state_of_met, timing_of
from sgo_sheets.rules.terms import DATE, Terms, applied, moved, state_on
from sgo_sheets.rules.verdict import RuleFault, Verdict, combine, in_order
from sgo_sheets.russian import day, perhaps
from sgo_sheets.school.model import ClassBook, School

__all__ = ["RuleFault", "Verdict", "combine", "judge", "judge_reading", "judge_rules_of_school", "judge_school"]


def judge(
    book: ClassBook,
    on: dt.date,
    rules: Sequence[Rule] = RULES,
    *,
    timings: Timings = MappingProxyType({}),
    keep_done: bool = False,
) -> Verdict:
    """Return the verdict on one class: rules of journals whose home it is, and of its own pupils in every journal.

    ``timings`` is what the history knows of when data came; ``keep_done`` – list what was done in time too.
    """
    found = _Found(on, timings, keep_done=keep_done)
    shared: dict[str, Any] = {}
    for scope in Scope:
        own = [(rule, terms) for rule in rules if rule.scope is scope and (terms := _terms(rule, book)).checked]
        found.unchecked.extend(_uncovered(own, book, on))
        if scope in (Scope.JOURNAL, Scope.PUPILS):
            found.unchecked.extend(_unreadable(own, book))
        for case in cases(book, scope, shared):
            for rule, terms in own:
                _run(rule, terms, case, found)
    return found.verdict()


@dataclass(slots=True)
class _Found:
    """What is gathered while a class or the school is judged, and what it is judged by."""

    on: dt.date
    timings: Timings
    keep_done: bool
    findings: list[Finding] = field(default_factory=list)
    unchecked: list[Finding] = field(default_factory=list)
    faults: list[RuleFault] = field(default_factory=list)
    lifted: set[CellRef] = field(default_factory=set)
    done: Counter[Done] = field(default_factory=Counter)

    def verdict(self) -> Verdict:
        """Return all of it."""
        return Verdict(
            findings=in_order(self.findings),
            unchecked=in_order(self.unchecked),
            faults=tuple(self.faults),
            lifted=frozenset(self.lifted),
            done=dict(sorted(self.done.items())),
        )


def _run(rule: Rule, terms: Terms, case: Case, found: _Found) -> None:
    """Run one rule on one case; a crash costs this rule on this case and nothing else."""
    try:
        given = gather(rule.needs, case)
        problems = [] if isinstance(given, Unread) else list(rule.check(**given))
    except Exception:  # noqa: BLE001 - our fault, whatever it is, is logged and accuses nobody
        found.faults.append(RuleFault(rule.code, _name(case), traceback.format_exc()))
        return
    if isinstance(given, Unread):
        found.unchecked.append(_unseen(rule, terms, given, owner_of(case, terms.role, "", found.on)))
    counting = Counting(rule.code, terms, case, found.on, found.timings, found.done)
    for problem in problems:
        if problem.met and problem.done_at is None and not found.keep_done and counting.takes(problem):
            continue
        finding = _finding(rule, terms, problem, case, found)
        if finding is not None and finding.state in DONE:
            counting.add(finding.state, problem)
            if finding.state is not State.DONE_LATE and not found.keep_done:
                continue
        hits = lifting(case.place.regulation.exemptions, rule.code, problem, case)
        found.lifted.update(hits)
        if not hits and finding is not None:
            found.findings.append(finding)


def judge_rules_of_school(
    school: School,
    on: dt.date,
    rules: Sequence[Rule] = RULES,
    *,
    timings: Timings = MappingProxyType({}),
    keep_done: bool = False,
) -> Verdict:
    """Return the verdict of the rules that run over the whole school; the arguments are those of ``judge``."""
    found = _Found(on, timings, keep_done=keep_done)
    case = Case(school, scope=Scope.SCHOOL)
    broken = [(at, kind.kind) for at in school.unreadable if (kind := book_type(at.workbook))]
    for rule in rules:
        terms = _terms(rule, school)
        if rule.scope is Scope.SCHOOL and terms.checked:
            found.unchecked.extend(
                _unseen(rule, terms, unread, Owner(terms.role, "")) for unread in unread_of(rule.needs, broken)
            )
            _run(rule, terms, case, found)
    return found.verdict()


def judge_school(
    school: School,
    on: dt.date,
    rules: Sequence[Rule] = RULES,
    *,
    timings: Timings = MappingProxyType({}),
    keep_done: bool = False,
) -> Verdict:
    """Return what is to be said of the school as a whole: by its rules, and of its workbooks as they were read.

    The arguments are those of ``judge``.
    """
    ruled = judge_rules_of_school(school, on, rules, timings=timings, keep_done=keep_done)
    read = judge_reading(school, on, rules)
    return replace(ruled, findings=in_order((*ruled.findings, *read.findings)), spare=read.spare)


def judge_reading(school: School, on: dt.date, rules: Sequence[Rule] = RULES) -> Verdict:
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
    return Verdict(findings=in_order(findings), spare=tuple(idle))


def _terms(rule: Rule, place: ClassBook | School) -> Terms:
    return applied(rule.terms, place.regulation.terms.get(rule.code), place.year)


def _finding(rule: Rule, terms: Terms, problem: Problem, case: Case, found: _Found) -> Finding | None:
    """Return the finding of a problem on a day, None when its day has not come or lay before this school year."""
    on, calendar, year = found.on, case.place.calendar, case.place.year
    due = due_of(problem, terms, case)
    ahead = terms.due is not None and terms.due.before
    to_come = problem.since is not None and problem.since > on and not ahead
    if to_come and due != problem.since:
        return None  # what has not happened yet is spoken of only if it is owed before, or on the very day it happens
    if due is None and terms.due is not None and terms.due.unit == DATE and not problem.met:
        return None  # a day to be agreed with others: nothing is owed until «Сроки» sets it
    if due is not None and MOVE_DUE.flag(case.place.regulation):
        due = moved(due, calendar)
    owed = terms.due is not None or problem.due is not None
    done_at = problem.done_at
    timing = timing_of(problem, found.timings) if problem.data else None
    if done_at is None and (problem.met or timing is not None):
        state = state_of_met(due, timing)
        done_at = timing.seen if timing is not None else None
    else:
        state = state_on(on, due, done_at, calendar) if owed else State.OPEN
    unknown = "; срок не вычислен: в листе «Календарь» нет строк этого года" if state is State.UNCHECKED else ""
    if to_come and state is not State.SOON:
        return None
    if problem.until is not None and problem.until < on:
        return None
    if due is not None and due < year.first and state not in DONE:
        return None
    role, person = owner_of(case, terms.role, problem.person, on, problem.school_class)
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
        done_at=done_at,
        state=state,
        school_class=problem.school_class,
        subject=problem.subject,
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
            message = f"правила «{row.code}» нет; строка не учтена.{perhaps(code, known)}"
            yield form.UNKNOWN_REFERENCE.at(row.at("code"), message, Role.DEPUTY)
        elif mistake := applied(rule.terms, row, school.year).mistake:
            message = f"{mistake}; действует срок программы: {rule.due}."
            yield form.NOT_READ.at(row.at("value"), message, Role.DEPUTY)


def _name(case: Case) -> str:
    if case.absent is not None:
        return str(case.absent.key)
    return case.book.name if case.own is None else case.own.path
