"""What a build says about the findings: how many, the most pressing few, what cannot be read. The rest is check's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.russian import counted, day

SHOWN = 5
_WEIGHTS = list(Severity)
_WORDS = {
    Severity.VIOLATION: ("нарушение", "нарушения", "нарушений"),
    Severity.WARNING: ("предупреждение", "предупреждения", "предупреждений"),
    Severity.NOTE: ("справка", "справки", "справок"),
}


def summary(verdict: Verdict, failing: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the summary; ``failing`` maps workbooks to the day (ISO) since which they cannot be read."""
    pressing = [finding for finding in verdict.findings if finding.pressing]
    yield f"Требует внимания: {numbers(pressing)}."
    soon = sum(finding.state is State.SOON for finding in verdict.findings)
    if soon:
        yield f"Скоро срок: {soon}."
    if verdict.unchecked:
        yield f"Не проверено: {len(verdict.unchecked)}."
    if failing:
        yield "Не читается полностью (на сайте — прежние данные, если они были):"
        for path, since in list(failing.items())[:SHOWN]:
            yield f"  {path} — с {day(dt.date.fromisoformat(since))}"
        if len(failing) > SHOWN:
            yield f"  … и ещё {len(failing) - SHOWN}"
    groups = most_pressing(pressing)
    if groups:
        yield "Самое срочное:"
    for group in groups[:SHOWN]:
        yield f"  {_line(group)}"
    if len(pressing) > sum(map(len, groups[:SHOWN])):
        yield "Всё остальное: sgo check"


def numbers(findings: Iterable[Finding]) -> str:
    """Return «2 нарушения, 1 предупреждение» or «ничего»."""
    count = Counter(finding.severity for finding in findings)
    return ", ".join(counted(count[weight], *_WORDS[weight]) for weight in _WEIGHTS if count[weight]) or "ничего"


def most_pressing(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings by rule and workbook, the most pressing group first: heavy, overdue, long due."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=_urgency):
        groups.setdefault((finding.code, finding.at.workbook), []).append(finding)
    return sorted(groups.values(), key=lambda group: _urgency(group[0]))


def _urgency(finding: Finding) -> tuple[object, ...]:
    return (
        _WEIGHTS.index(finding.severity),
        finding.state is not State.OVERDUE,
        finding.due or dt.date.max,
        finding.at,
        finding.code,
    )


def _line(group: list[Finding]) -> str:
    first = group[0]
    due = f" (срок был {day(first.due)})" if first.state is State.OVERDUE and first.due else ""
    more = f" — и ещё {len(group) - 1} таких в этой книге" if len(group) > 1 else ""
    return f"{first.code} {first.severity.label}: {first.at}: {first.message.rstrip('.')}{due}{more}"
