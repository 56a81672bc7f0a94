"""What ``sgo check`` prints: findings by workbook, floods as one line, counts, what to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import click

from sgo_sheets.cli.summary import numbers
from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.pages import CODE_PAGES
from sgo_sheets.russian import NBSP, counted, day

FLOOD = 4
"""So many findings of one rule, state and person in one workbook are told in one line."""
_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_PRESSING = (State.OPEN, State.OVERDUE)
_NOW = (*_PRESSING, State.SOON, State.UNCHECKED)
_STATES = (*_NOW, *(state for state in State if state not in _NOW))


class Line(NamedTuple):
    """Findings told in one line: those of one rule, weight, state and person in one workbook."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Return the finding the line is named after."""
        return self.findings[0]


def check_text(verdict: Verdict, on: dt.date, staff: Mapping[str, Employee], *, everything: bool) -> Iterator[str]:
    """Yield the lines of the whole answer, with colours (``click.echo`` drops them where there is no terminal).

    What is done or not yet due soon is only counted, unless ``everything`` is asked for.
    """
    shown = [finding for finding in verdict.findings if everything or finding.state in _NOW]
    for workbook, own in groupby(shown, key=lambda finding: finding.at.workbook):
        yield click.style(workbook, bold=True)
        for line in lines(own):
            yield f"  {_told(line, staff)}"
        yield ""
    yield from _unchecked(verdict.unchecked)
    yield from _numbers(verdict.findings, on)
    if len(shown) < len(verdict.findings):
        yield "Показать и то, чему срок ещё не настал: sgo check --all"
    yield from _what_to_do(shown)


def lines(findings: Iterable[Finding]) -> list[Line]:
    """Return the findings of one workbook as lines, a flood in one; the most pressing first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.severity, finding.state, finding.person)
        groups.setdefault(key, []).append(finding)
    told: list[Line] = []
    for group in groups.values():
        told.extend([Line(tuple(group))] if len(group) >= FLOOD else [Line((finding,)) for finding in group])
    return sorted(told, key=lambda line: (_STATES.index(line.first.state), list(Severity).index(line.first.severity)))


def _told(line: Line, staff: Mapping[str, Employee]) -> str:
    finding = line.first
    facts = [f"п.{NBSP}{finding.clause}"] if finding.clause else []
    if finding.state in _PRESSING:  # what is not yet due breaks nothing
        facts.append(click.style(finding.severity.label, fg=_COLOURS[finding.severity]))
    dues = sorted({one.due for one in line.findings if one.due})
    until = f" {day(dues[0])}" if dues else ""
    until += f"–{day(dues[-1])}" if len(dues) > 1 else ""
    facts.append(finding.state.label + until)
    who = staff[finding.person].short_name if finding.person in staff else finding.role.label
    place, message = str(finding.at).removeprefix(finding.at.workbook).removeprefix(" › "), finding.message.rstrip(".")
    if len(line.findings) > 1:
        count = counted(len(line.findings), "раз", "раза", "раз")
        cells = [one.at.cell for one in line.findings if one.at.cell and one.at.sheet == finding.at.sheet]
        place = f"{finding.at.sheet}!{cells[0]}…{cells[-1]}" if len(set(cells)) > 1 else place
        message = f"{CODE_PAGES[finding.code].title.lower()}, {count}; первое: {message}"
    return f"{place or 'книга'}: {finding.code} ({', '.join(facts)}): {message} — {who}"


def _unchecked(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield click.style("Не проверено", bold=True)
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        groups.setdefault((str(finding.at), finding.message), []).append(finding.code)
    for (place, message), codes in groups.items():
        rules = (
            ", ".join(dict.fromkeys(codes))
            if len(codes) <= FLOOD
            else counted(len(codes), "правило", "правила", "правил")
        )
        yield f"  {place}: {message.removeprefix('не проверено: ')} ({rules})"
    yield ""


def _numbers(findings: Sequence[Finding], on: dt.date) -> Iterator[str]:
    states = Counter(finding.state for finding in findings)
    pressing = numbers(finding for finding in findings if finding.state in _PRESSING)
    rest = "".join(f" {state.label.capitalize()}: {states[state]}." for state in _STATES[2:] if states[state])
    yield f"На {day(on)} требует внимания: {pressing}.{rest}"


def _what_to_do(findings: Sequence[Finding]) -> Iterator[str]:
    codes = sorted({finding.code for finding in findings})
    if codes:
        yield "Что делать:"
    for code in codes:
        yield f"  {code} {CODE_PAGES[code].title}: {CODE_PAGES[code].fix}"
    if codes:
        yield f"Подробнее: sgo explain {codes[0]}"
