"""What ``sgo check`` prints: findings by workbook, floods as one line, counts, what to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import click

from sgo_sheets.cli.check_counts import counts
from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.pages import CODE_PAGES
from sgo_sheets.russian import NBSP, counted, day, inside

FLOOD = 4
"""So many findings of one rule, state and person in one workbook are told in one line."""
WIDE, LONG = 6, 100
"""An answer of more than LONG lines tells what stands in WIDE workbooks or more in one line."""
ADVICE = 12
"""So many rules are told how to mend; of the others ``sgo explain`` does."""
_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_PRESSING = (State.OPEN, State.OVERDUE)
_NOW = (*_PRESSING, State.SOON, State.UNCHECKED)
_STATES = (*_NOW, *(state for state in State if state not in _NOW))
_WEIGHTS = list(Severity)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of an answer is asked for.

    ``everything`` – also what is done or not yet due soon; ``each`` – no line for many workbooks, however long.
    """

    everything: bool = False
    each: bool = False


class Line(NamedTuple):
    """Findings told in one line: those of one rule, weight, state and person in one workbook."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Return the finding the line is named after."""
        return self.findings[0]


def check_text(verdict: Verdict, on: dt.date, staff: Mapping[str, Employee], asked: Asked) -> Iterator[str]:
    """Yield the lines of the whole answer, with colours (``click.echo`` drops them where there is no terminal).

    What is done or not yet due soon is only counted, unless everything is asked for.
    """
    shown = [finding for finding in verdict.findings if asked.everything or finding.state in _NOW]
    told = {workbook: lines(own) for workbook, own in groupby(shown, key=lambda finding: finding.at.workbook)}
    wide = () if asked.each or sum(map(len, told.values())) <= LONG else _wide(told)
    yield from _everywhere(wide, staff)
    apart = {id(line) for group in wide for line in group}
    for workbook, own in told.items():
        left = [line for line in own if id(line) not in apart]
        if left:
            yield click.style(workbook, bold=True)
            for line in left:
                yield f"  {_told(line, staff)}"
            yield ""
    yield from _unchecked(verdict.unchecked)
    yield from counts(verdict, on)
    if any(finding.state not in _NOW for finding in verdict.findings) and not asked.everything:
        yield "Показать и то, чему срок ещё не настал, и сделанное: sgo check --all"
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
    return sorted(told, key=lambda line: _urgency(line.first))


def _urgency(finding: Finding) -> tuple[int, int]:
    return _STATES.index(finding.state), _WEIGHTS.index(finding.severity)


def _wide(told: Mapping[str, Sequence[Line]]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of one rule, weight and state that stand in many workbooks, the most pressing first."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in (line for own in told.values() for line in own):
        groups.setdefault((line.first.code, line.first.severity, line.first.state), []).append(line)
    found = [tuple(group) for group in groups.values() if len({line.first.at.workbook for line in group}) >= WIDE]
    return tuple(sorted(found, key=lambda group: (_urgency(group[0].first), group[0].first.code)))


def _everywhere(groups: Sequence[Sequence[Line]], staff: Mapping[str, Employee]) -> Iterator[str]:
    if groups:
        yield click.style("Во многих книгах", bold=True)
    for group in groups:
        found = [finding for line in group for finding in line.findings]
        books = list(dict.fromkeys(finding.at.workbook for finding in found))
        times = counted(len(found), "раз", "раза", "раз")
        where = f"{counted(len(books), 'книга', 'книги', 'книг')}, первая – {books[0]}"
        yield f"  {_head(found)}: {inside(CODE_PAGES[found[0].code].title)}, {times} ({where}) — {_who(found, staff)}"
    if groups:
        yield f"  Каждое по отдельности: sgo check --only {groups[0][0].first.code} (или --person КОД)"
        yield ""


def _told(line: Line, staff: Mapping[str, Employee]) -> str:
    finding = line.first
    place, message = str(finding.at).removeprefix(finding.at.workbook).removeprefix(" › "), finding.message.rstrip(".")
    if len(line.findings) > 1:
        count = counted(len(line.findings), "раз", "раза", "раз")
        cells = [one.at.cell for one in line.findings if one.at.cell and one.at.sheet == finding.at.sheet]
        place = f"{finding.at.sheet}!{cells[0]}…{cells[-1]}" if len(set(cells)) > 1 else place
        message = f"{inside(CODE_PAGES[finding.code].title)}, {count}; первое: {message}"
    return f"{place or 'книга'}: {_head(line.findings)}: {message} — {_who(line.findings, staff)}"


def _head(findings: Sequence[Finding]) -> str:
    """Return «R0801 (п. 8.4, нарушение, просрочено 21.09.2026)» of findings that share all of it but the day."""
    finding = findings[0]
    facts = [f"п.{NBSP}{finding.clause}"] if finding.clause else []
    if finding.state in _PRESSING:  # what is not yet due breaks nothing
        facts.append(click.style(finding.severity.label, fg=_COLOURS[finding.severity]))
    dues = sorted({one.due for one in findings if one.due})
    until = f" {day(dues[0])}" if dues else ""
    until += f"–{day(dues[-1])}" if len(dues) > 1 else ""
    facts.append(finding.state.label + until)
    return f"{finding.code} ({', '.join(facts)})"


def _who(findings: Sequence[Finding], staff: Mapping[str, Employee]) -> str:
    """Return who answers, by name; of several people, how many."""
    people = {finding.person for finding in findings if finding.person in staff}
    if len(people) > 1:
        return counted(len(people), "человек", "человека", "человек")
    return staff[people.pop()].short_name if people else findings[0].role.label


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


def _what_to_do(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield how to mend what is told, each rule once; of many rules the heaviest and most frequent."""
    frequent = Counter(finding.code for finding in findings)
    heaviest: dict[str, tuple[int, int]] = {}
    for finding in findings:
        heaviest[finding.code] = min(_urgency(finding), heaviest.get(finding.code, _urgency(finding)))
    codes = sorted(frequent, key=lambda code: (heaviest[code][1], heaviest[code][0], -frequent[code], code))
    if codes:
        yield "Что делать:"
    for code in sorted(codes[:ADVICE]):
        yield f"  {code} {CODE_PAGES[code].title}: {CODE_PAGES[code].fix}"
    if len(codes) > ADVICE:
        yield f"  Об остальных: {', '.join(sorted(codes[ADVICE:]))}"
    if codes:
        yield f"Подробнее: sgo explain {min(codes)}"
