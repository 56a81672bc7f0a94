"""What of a verdict ``sgo check`` is asked for: whose, since when, of which clauses and rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sgo_sheets.cli.codes import clauses_of, codes_of
from sgo_sheets.findings import Finding, Role
from sgo_sheets.project import UserError
from sgo_sheets.rules.catalogue import CATALOGUE
from sgo_sheets.rules.clauses import CLAUSES
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.pages import CODE_PAGES
from sgo_sheets.rules.registry import BY_CODE
from sgo_sheets.rules.tally import Done
from sgo_sheets.rules.terms import applied
from sgo_sheets.russian import fold, perhaps
from sgo_sheets.school.model import School


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, as it was typed; what is empty or None leaves everything."""

    role: Role | None = None
    person: str | None = None
    since: dt.date | None = None
    clauses: Sequence[str] = ()
    only: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for, understood; None leaves everything."""

    roles: frozenset[Role] | None
    people: frozenset[str] | None
    since: dt.date | None
    codes: frozenset[str] | None
    clauses: frozenset[str] | None

    def finding(self, one: Finding) -> bool:
        """Return whether a finding is asked for; one that names no day began nobody knows when."""
        return (
            (self.roles is None or one.role in self.roles)
            and (self.people is None or one.person in self.people)
            and (self.since is None or (one.since is not None and one.since >= self.since))
            and (self.codes is None or one.code in self.codes)
            and (self.clauses is None or one.clause in self.clauses)
        )

    def done(self, one: Done, school: School) -> bool:
        """Return whether done obligations are asked for: they know no day of their own."""
        rule = BY_CODE.get(one.code)
        if rule is None or self.since is not None:
            return False
        role = applied(rule.terms, school.regulation.terms.get(rule.code)).role
        return (
            (self.roles is None or role in self.roles)
            and (self.people is None or one.person in self.people)
            and (self.codes is None or one.code in self.codes)
            and (self.clauses is None or rule.clause in self.clauses)
        )


def understood(wish: Wish) -> Filter:
    """Return the filter of what is typed. Raises UserError for a code or a clause that does not exist."""
    roles = None
    if wish.role is not None:
        # What the director owes is shown to завуч too.
        roles = frozenset({wish.role, *([Role.DIRECTOR] if wish.role is Role.DEPUTY else [])})
    codes = codes_of(wish.only, tuple(CODE_PAGES)) if wish.only else None
    clauses = clauses_of(wish.clauses, CLAUSES) if wish.clauses else None
    return Filter(roles, None, wish.since, codes, clauses)


def beyond_rules(wanted: Filter) -> Iterator[str]:
    """Yield what is said of the clauses asked for that no rule checks: silence about them would look like praise."""
    for one in CATALOGUE:
        if one.clause in (wanted.clauses or ()) and not one.rules:
            covered = f"Его выполняют: {', '.join(one.covered_by)}." if one.covered_by else ""
            said = " ".join(part for part in (covered, one.reason) if part)
            yield f"п. {one.clause} правилами не проверяется. {said}".rstrip()


def of_person(found: Filter, typed: str | None, school: School) -> Filter:
    """Return the filter for one person too, by the code or the surname. Raises UserError for one nobody knows."""
    if typed is None:
        return found
    return replace(found, people=frozenset(people_named(typed, school)))


def people_named(typed: str, school: School) -> tuple[str, ...]:
    """Return the codes of the employees who are meant by a code or a surname. Raises UserError where nobody is."""
    people = tuple(code for code, one in school.staff.items() if fold(typed) in (fold(code), fold(one.surname)))
    if not people:
        names = (*school.staff, *(one.surname for one in school.staff.values()))
        raise UserError(f"Сотрудника «{typed}» нет в листе «Сотрудники».{perhaps(typed, names)}")
    return people


def filtered(verdict: Verdict, wanted: Filter, school: School) -> Verdict:
    """Return the verdict with what is asked for alone; our own faults stay."""
    return replace(
        verdict,
        findings=tuple(filter(wanted.finding, verdict.findings)),
        unchecked=tuple(filter(_without_since(wanted).finding, verdict.unchecked)),
        done={done: number for done, number in verdict.done.items() if wanted.done(done, school)},
    )


def _without_since(wanted: Filter) -> Filter:
    """Return the filter for what was not checked: it names no day, and a silent gap would look like a clean school."""
    return replace(wanted, since=None)
