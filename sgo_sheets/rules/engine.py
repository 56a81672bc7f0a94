"""Judging: every rule on what it speaks of, over a class or the whole school, for one day."""

from __future__ import annotations

import datetime as dt
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sgo_sheets.findings import CellRef, Finding, State, Timings
from sgo_sheets.records.catalog import BookKind, book_type
from sgo_sheets.rules.case import Case, Scope
from sgo_sheets.rules.counting import Counting
from sgo_sheets.rules.exemptions import lifting
from sgo_sheets.rules.parts import cases, gather
from sgo_sheets.rules.people import Owner, owner_of
from sgo_sheets.rules.reading import judge_reading
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.said import Judged, finding_of, unseen
from sgo_sheets.rules.school_parts import Unread, unread_of
from sgo_sheets.rules.taking import TIMETABLE
from sgo_sheets.rules.tally import DONE, Done
from sgo_sheets.rules.terms import Terms, applied
from sgo_sheets.rules.verdict import RuleFault, Verdict, combine, in_order
from sgo_sheets.russian import day
from sgo_sheets.school.model import ClassBook, School

__all__ = ["RuleFault", "Verdict", "combine", "judge", "judge_rules_of_school", "judge_school"]


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
    found = _Found(Judged(on, timings), keep_done=keep_done)
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

    day: Judged
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
        found.unchecked.append(unseen(rule, terms, given, owner_of(case, terms.role, "", found.day.on)))
    counting = Counting(rule.code, terms, case, *found.day, found.done)
    for problem in problems:
        if problem.met and problem.done_at is None and not found.keep_done and counting.takes(problem):
            continue
        finding = finding_of(rule, terms, problem, case, found.day)
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
    found = _Found(Judged(on, timings), keep_done=keep_done)
    case = Case(school, scope=Scope.SCHOOL)
    broken = [(at, kind.kind) for at in school.unreadable if (kind := book_type(at.workbook))]
    for rule in rules:
        terms = _terms(rule, school)
        if rule.scope is Scope.SCHOOL and terms.checked:
            found.unchecked.extend(
                unseen(rule, terms, unread, Owner(terms.role, "")) for unread in unread_of(rule.needs, broken)
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


def _terms(rule: Rule, place: ClassBook | School) -> Terms:
    return applied(rule.terms, place.regulation.terms.get(rule.code), place.year)


def _unreadable(rules: Sequence[tuple[Rule, Terms]], book: ClassBook) -> Iterator[Finding]:
    """Yield what could not be looked at because a journal of the class cannot be read at all."""
    for at in book.unreadable:
        kind = book_type(at.workbook)
        if kind is not None and kind.kind is BookKind.JOURNAL:
            for rule, terms in rules:
                yield unseen(rule, terms, Unread(at, "журнал не читается"), Owner(terms.role, ""))


def _uncovered(rules: Sequence[tuple[Rule, Terms]], book: ClassBook, on: dt.date) -> Iterator[Finding]:
    """Yield the study days so far on which no timetable was in force: п. 8.1 cannot be checked on them."""
    own = [(rule, terms) for rule, terms in rules if "slots" in rule.needs and book.covered]
    days = book.calendar.study_days(book.year.first, min(on, book.year.last)) if own else ()
    bare = [date for date in days if not any(date in span for span in book.covered)]
    for rule, terms in own if bare else ():
        why = f"{day(bare[0])}–{day(bare[-1])} расписания класса {book.name} нет"
        yield unseen(rule, terms, Unread(CellRef(TIMETABLE), why), Owner(terms.role, ""))


def _name(case: Case) -> str:
    if case.absent is not None:
        return str(case.absent.key)
    return case.book.name if case.own is None else case.own.path
