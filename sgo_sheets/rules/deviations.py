"""Where the school's regulation differs from the adopted one: what Регламент.xlsx changes in rules and switches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sgo_sheets.findings import CellRef
from sgo_sheets.records.regulation_book import Exemption, Setting
from sgo_sheets.rules.exemptions import place, same_code
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.rule import Rule
from sgo_sheets.rules.settings import SWITCHES, Switch, wanted
from sgo_sheets.rules.terms import DATE, DueTerm, applied
from sgo_sheets.russian import day
from sgo_sheets.school.elements import Span
from sgo_sheets.school.regulation import Regulation

WORKBOOK = "Регламент.xlsx"


class Change(StrEnum):
    """What is changed. The value is the word people read."""

    OFF = "не проверяется"
    TERM = "срок"
    SEVERITY = "важность"
    ROLE = "ответственный"
    SETTING = "настройка"
    EXEMPTION = "исключение"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference: what is changed, in which rule or setting, from what to what, by which order, in which cell.

    ``code`` and ``clause`` are «» of a setting; ``adopted`` and ``own`` are the words before and after («» where one
    side has none); ``order`` is the order of an exemption, «» when its row names none.
    """

    change: Change
    title: str
    adopted: str
    own: str
    at: CellRef
    code: str = ""
    clause: str = ""
    order: str = ""


def deviations(
    regulation: Regulation,
    year: Span | None = None,
    rules: Sequence[Rule] = RULES,
    switches: Sequence[Switch] = SWITCHES,
) -> tuple[Deviation, ...]:
    """Return what a school's regulation changes: rules in their order, then settings, then exemptions.

    A row that only repeats the adopted value is none; a value that cannot be used changes nothing and is told as a
    finding instead. A date is compared as a day of ``year``: «15.09.2026» is «15 сентября» of 2026/2027.
    """
    found: list[Deviation] = []
    for rule in rules:
        found.extend(_of_rule(rule, regulation, year))
    for switch in switches:
        found.extend(_of_switch(switch, regulation))
    for row in regulation.exemptions:
        found.extend(_of_exemption(rule, row) for rule in rules if same_code(row.code, rule.code))
    return tuple(found)


def _of_rule(rule: Rule, regulation: Regulation, year: Span | None) -> Iterator[Deviation]:
    row = regulation.terms.get(rule.code)
    if row is None:
        return
    own, adopted = applied(rule.terms, row), rule.terms
    if not own.checked:
        yield _deviation(rule, Change.OFF, "", "", row.at("checked"))
        return
    if not _same_day(own.due, adopted.due, year):
        yield _deviation(rule, Change.TERM, str(adopted.due or ""), str(own.due or ""), row.at("value"))
    if own.severity is not adopted.severity:
        yield _deviation(rule, Change.SEVERITY, adopted.severity.label, own.severity.label, row.at("severity"))
    if own.role is not adopted.role:
        yield _deviation(rule, Change.ROLE, adopted.role.label, own.role.label, row.at("role"))


def _same_day(own: DueTerm | None, adopted: DueTerm | None, year: Span | None) -> bool:
    """Return whether two terms name the same day, however it is typed."""
    if own == adopted or own is None or adopted is None:
        return own == adopted
    if own.unit != adopted.unit:
        return False
    if own.unit != DATE:
        return own.count == adopted.count
    days = [term.date or (term.every.within(year) if term.every and year else None) for term in (own, adopted)]
    return days[0] == days[1] if None not in days else str(own) == str(adopted)


def _deviation(rule: Rule, change: Change, adopted: str, own: str, at: CellRef) -> Deviation:
    return Deviation(change, rule.title, adopted, own, at, rule.code, rule.clause)


def _of_switch(switch: Switch, regulation: Regulation) -> Iterator[Deviation]:
    if switch.name not in regulation.settings:
        return
    adopted = _value(switch.default)
    own = _value(_effective(switch, regulation))
    if own.casefold() != adopted.casefold():
        yield Deviation(Change.SETTING, switch.name, adopted, own, CellRef(WORKBOOK, Setting.sheet))


def _effective(switch: Switch, regulation: Regulation) -> object:
    """Return what the program goes by: a typed value it cannot use is the default."""
    if wanted(switch, regulation):
        return switch.default
    if switch.default in ("да", "нет"):
        return "да" if switch.flag(regulation) else "нет"
    if isinstance(switch.default, int):
        return regulation.number(switch.name, switch.default)
    return regulation.settings[switch.name]


def _value(value: object) -> str:
    """Return a value as people type it: «14», «2,5», «да»."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return str(value)


def _of_exemption(rule: Rule, row: Exemption) -> Deviation:
    pupil = f"№ личного дела {row.pupil}" if row.pupil else ""
    whom = ", ".join(part for part in (row.school_class, row.subject, pupil) if part) or "вся школа"
    since = f"с {day(row.since)}" if row.since else ""
    until = f"по {day(row.until)}" if row.until else ""
    span = " ".join(part for part in (since, until) if part) or "весь год"
    return Deviation(
        Change.EXEMPTION, rule.title, "", f"{whom}: {span}", place(row), rule.code, rule.clause, row.order
    )  # fmt: skip
