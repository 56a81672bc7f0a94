"""«Исключения» of Регламент.xlsx: which problems they lift, and those that match nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding, Problem, Role, Severity
from sgo_sheets.records import faults
from sgo_sheets.records.regulation_book import Exemption, rule_code
from sgo_sheets.rules.case import Case, Scope
from sgo_sheets.russian import fold, perhaps
from sgo_sheets.school.elements import JournalKey
from sgo_sheets.school.model import School
from sgo_sheets.school.regulation import Regulation


def place(row: Exemption) -> CellRef:
    """Return the cell that stands for the row."""
    return row.at("code")


def lifting(rows: Iterable[Exemption], code: str, problem: Problem, case: Case) -> list[CellRef]:
    """Return the exemptions that lift a problem of a rule; none: it stands."""
    return [place(row) for row in rows if same_code(row.code, code) and _lifts(row, problem, case)]


def same_code(typed: str, code: str) -> bool:
    """Return whether a typed code is the rule's, in any case and layout («r0801», «Р0801»)."""
    return rule_code(typed) == code


def _lifts(row: Exemption, problem: Problem, case: Case) -> bool:
    key = case.own.key if case.own is not None else case.absent.key if case.absent is not None else None
    spread = case.own.classes if case.own is not None and case.scope is Scope.JOURNAL else ()
    own = problem.school_class if case.scope is Scope.SCHOOL else case.book.name
    classes = {fold(name) for name in (own, key.target if key else "", *spread)}
    if row.school_class and fold(row.school_class) not in classes:
        return False
    if row.subject and fold(row.subject) != fold(key.subject if key else problem.subject):
        return False
    if row.pupil and fold(row.pupil) != fold(problem.pupil):
        return False
    date = problem.since or problem.due
    return date is None or _in_force(row, date)


def _in_force(row: Exemption, date: dt.date) -> bool:
    return (row.since is None or row.since <= date) and (row.until is None or date <= row.until)


def excused(
    regulation: Regulation, code: str, key: JournalKey, date: dt.date, *, school_class: str = "", pupil: str = ""
) -> bool:
    """Return whether a rule says nothing of something of a journal: it is switched off, or an exemption lifts it."""
    term = regulation.terms.get(code)
    if term is not None and term.checked is False:
        return True
    for row in regulation.exemptions:
        of_class = not row.school_class or fold(row.school_class) in (fold(school_class), fold(key.target))
        of_subject = not row.subject or fold(row.subject) == fold(key.subject)
        of_pupil = not row.pupil or fold(row.pupil) == fold(pupil)
        if same_code(row.code, code) and of_class and of_subject and of_pupil and _in_force(row, date):
            return True
    return False


class Spare(NamedTuple):
    """An exemption, by the code of its rule, and what is to be said in case it lifts nothing."""

    code: str
    finding: Finding


def spare(school: School, codes: Iterable[str], on: dt.date) -> Iterator[Spare]:
    """Yield what is to be said of every exemption in case it lifted nothing.

    One that begins after the day asked cannot have lifted anything yet and is not spoken of; one whose days reach into
    the future is not idle while something of then (a mark still to be given) would fall under it.
    """
    known = tuple(codes)
    for row in school.regulation.exemptions:
        if row.since is not None and row.since > on:
            continue
        at = place(row)
        rule = next((code for code in known if same_code(row.code, code)), None)
        if rule is None:
            message = f"правила «{row.code}» нет.{perhaps(row.code, known)}"
            yield Spare(row.code, faults.UNUSED_EXEMPTION.at(at, message, Role.DEPUTY, Severity.WARNING))
            continue
        unknown = _unknown(row, school)
        why = unknown or ": замечаний, которые оно снимает, нет"
        message = f"исключение из правила {row.code} ни к чему не относится{why}."
        weight = Severity.WARNING if unknown else None
        yield Spare(rule, faults.UNUSED_EXEMPTION.at(at, message, Role.DEPUTY, weight))


def _unknown(row: Exemption, school: School) -> str:
    """Return what the row names that does not exist, «» if all of it does."""
    targets = {fold(one.name) for one in school.classes} | {fold(name) for name in school.streams}
    if row.school_class and fold(row.school_class) not in targets:
        return f": класса «{row.school_class}» нет"
    if row.subject and fold(row.subject) not in {fold(name) for name in school.subjects}:
        return f": предмета «{row.subject}» нет"
    if row.pupil and fold(row.pupil) not in {fold(number) for number in school.pupils}:
        return f": ученика с № личного дела «{row.pupil}» нет"
    return ""
