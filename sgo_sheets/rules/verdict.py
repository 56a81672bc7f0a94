"""What is to be said on a day: of a class, of the school, and all of it together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sgo_sheets.findings import CellRef, Finding
from sgo_sheets.rules.doubts import place_of
from sgo_sheets.rules.exemptions import Spare
from sgo_sheets.rules.tally import Tally, added


class RuleFault(NamedTuple):
    """A rule that crashed: our fault, logged and never shown to a teacher."""

    code: str
    place: str
    error: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said on a day.

    ``findings`` – facts and obligations with their state; of what is done only what was late, the rest is counted in
    ``done``; ``unchecked`` – what a rule could not look at, in the same
    shape with the state «не проверено»; ``faults`` – rules that crashed. ``lifted`` are the exemptions that lifted
    something, ``spare`` what is to be said of those that did not: ``combine`` settles them.
    """

    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Finding, ...] = ()
    faults: tuple[RuleFault, ...] = ()
    lifted: frozenset[CellRef] = frozenset()
    spare: tuple[Spare, ...] = ()
    done: Tally = field(default_factory=dict)


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
        findings=in_order([*(finding for part in parts for finding in part.findings), *idle]),
        unchecked=in_order(finding for part in parts for finding in part.unchecked),
        faults=tuple(dict.fromkeys(fault for part in parts for fault in part.faults)),
        lifted=lifted,
        done=added(part.done for part in parts),
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, by workbook, sheet, row, column, code and message."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    letters, row = place_of(finding.at)
    return finding.at.workbook, finding.at.sheet, row, len(letters), letters, finding.code, finding.message
