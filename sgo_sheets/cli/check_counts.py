"""The end of ``sgo check``: how much of every state and weight, and how much is done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from sgo_sheets.cli.summary import numbers
from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.rules.tally import Tally
from sgo_sheets.russian import day

_PRESSING = (State.OPEN, State.OVERDUE)
_AHEAD = (State.SOON, State.EXPECTED, State.UNCHECKED)
_HEADS = {Severity.VIOLATION: "нарушения", Severity.WARNING: "предупреждения", Severity.NOTE: "справки"}
_HOW = {
    State.DONE_IN_TIME: "в срок",
    State.DONE_LATE: "с опозданием",
    State.DONE_UNKNOWN: "срок не установлен",
}
_NONE = "–"


def counts(verdict: Verdict, on: dt.date) -> Iterator[str]:
    """Yield the sentence of what needs attention, a table of it by state and weight, and what is done.

    What is not yet due breaks nothing: it is counted without its weight.
    """
    states = Counter(finding.state for finding in verdict.findings)
    states[State.UNCHECKED] += len(verdict.unchecked)
    pressing = numbers(finding for finding in verdict.findings if finding.pressing)
    rest = "".join(f" {state.label.capitalize()}: {states[state]}." for state in _AHEAD if states[state])
    yield f"На {day(on)} требует внимания: {pressing}.{rest}"
    yield from _table(verdict.findings)
    yield from _done(verdict.done)


def _table(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what needs attention, states down and weights across; nothing where the sentence says it all."""
    number = Counter((finding.state, finding.severity) for finding in findings if finding.pressing)
    if len({state for state, _ in number}) < len(_PRESSING):
        return
    first = max(len(state.label) for state in _PRESSING)
    yield "  ".join((" " * (first + 2), *_HEADS.values()))
    for state in _PRESSING:
        cells = (f"{number[state, weight] or _NONE:>{len(head)}}" for weight, head in _HEADS.items())
        yield "  ".join((f"  {state.label:<{first}}", *cells))


def _done(done: Tally) -> Iterator[str]:
    """Yield what is done: in time, late, and what nobody knows the day of."""
    number: Counter[State] = Counter()
    for one, times in done.items():
        number[one.state] += times
    how = [f"{_HOW[state]} – {number[state]}" for state in _HOW if number[state]]
    if how:
        yield f"Выполнено обязанностей: {sum(number.values())} ({', '.join(how)})."
