"""The catalogue of clauses: every clause of Порядок and Регламент, and what of the program covers it, or why nothing.

The rules of a clause follow from ``RULES``; beside them it may name the clauses whose rules cover it too (п. 2.5 says
who, п. 2.6 by when), reports and features.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgo_sheets.rules.catalogue_chapters import CHAPTERS_1_TO_7, ORDER, Entry
from sgo_sheets.rules.catalogue_journal import CHAPTERS_8_TO_11
from sgo_sheets.rules.clauses import CLAUSES
from sgo_sheets.rules.features import Feature
from sgo_sheets.rules.registry import RULES
from sgo_sheets.rules.report_duties import FORMED, REPORT_NAMES

ENTRIES: Mapping[str, Entry] = {**ORDER, **CHAPTERS_1_TO_7, **CHAPTERS_8_TO_11}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its short Russian title, and what covers it.

    ``rules`` are codes, ``reports`` the names of those that are formed; ``reason`` says why the program does not check
    the clause, or not all of it.
    """

    clause: str
    title: str
    rules: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    reason: str = ""

    @property
    def covered_by(self) -> tuple[str, ...]:
        """Return what covers it: codes, reports in quotes, features."""
        reports = (f"«{name}»" for name in self.reports)
        return (*self.rules, *reports, *(feature.name for feature in self.features))


def _clause(clause: str) -> Clause:
    entry = ENTRIES[clause]
    shared = {clause, *entry.with_rules_of}
    return Clause(
        clause,
        entry.title,
        tuple(rule.code for rule in RULES if rule.clause in shared),
        tuple(REPORT_NAMES[number] for number in entry.reports if number in FORMED),
        entry.features,
        " ".join(part for part in (entry.reason, _not_formed(entry.reports)) if part),
    )


def _not_formed(reports: tuple[int, ...]) -> str:
    """Return what is said of the reports of a clause that the program does not form yet."""
    lacking = [f"«{REPORT_NAMES[number]}»" for number in reports if number not in FORMED]
    return f"Пока не формируются: {', '.join(lacking)}." if lacking else ""


CATALOGUE: tuple[Clause, ...] = tuple(_clause(clause) for clause in CLAUSES)
"""Every clause, in the order of the regulation."""
