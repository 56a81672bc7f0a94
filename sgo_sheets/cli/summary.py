"""What a build says: saves held back, how many findings, the most pressing few, what cannot be read; no more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sgo_sheets.findings import Finding, Role, Severity, State
from sgo_sheets.records.faults import HELD_BACK
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.russian import counted, day

SHOWN = 5
_WEIGHTS = list(Severity)
_WORDS = {
    Severity.VIOLATION: ("нарушение", "нарушения", "нарушений"),
    Severity.WARNING: ("предупреждение", "предупреждения", "предупреждений"),
    Severity.NOTE: ("справка", "справки", "справок"),
}


def summary(
    verdict: Verdict, failing: Mapping[str, str], held: Mapping[str, tuple[str, str]] | None = None
) -> Iterator[str]:
    """Yield the lines of the summary.

    ``failing`` maps workbooks to the day (ISO) since which they cannot be read; ``held`` – workbooks whose last save is
    held back, as in ``BuildResult``: they come first, for the site shows old data until a person decides.
    """
    if held:
        yield "Сохранение задержано, на сайте прежняя версия:"
        told = {one.at.workbook: one.message for one in verdict.findings if _is_for_admin(one)}
        lines = (f"{path}: {told[path]}" if path in told else f"{path} — с {_day(held[path][1])}" for path in held)
        yield from _few(list(lines))
    pressing = [finding for finding in verdict.findings if finding.pressing]
    yield f"Требует внимания: {numbers(pressing)}."
    soon = sum(finding.state is State.SOON for finding in verdict.findings)
    if soon:
        yield f"Скоро срок: {soon}."
    if verdict.unchecked:
        yield f"Не проверено: {len(verdict.unchecked)}."
    if failing:
        yield "Не читается полностью (на сайте — прежние данные, если они были):"
        yield from _few([f"{path} — с {_day(since)}" for path, since in failing.items()])
    others = [
        finding for finding in pressing if finding.code != HELD_BACK.code or finding.at.workbook not in (held or ())
    ]
    groups = most_pressing(others)
    if groups:
        yield "Самое срочное:"
    for group in groups[:SHOWN]:
        yield f"  {_line(group)}"
    if len(others) > sum(map(len, groups[:SHOWN])):
        yield "Всё остальное: sgo check"


def _is_for_admin(finding: Finding) -> bool:
    return finding.code == HELD_BACK.code and finding.role is Role.ADMIN


def _few(lines: list[str]) -> Iterator[str]:
    """Yield the first lines, and how many are left."""
    for line in lines[:SHOWN]:
        yield f"  {line}"
    if len(lines) > SHOWN:
        yield f"  … и ещё {len(lines) - SHOWN}"


def _day(iso: str) -> str:
    return day(dt.date.fromisoformat(iso))


def about_forms(told: Mapping[str, int]) -> Iterator[str]:
    """Yield what is to be said of the print forms of the school; ``told`` as in ``BuildResult``."""
    if told:
        yield "О формах школы (templates/reports); сами отчёты и их книги Excel записаны как обычно:"
    yield from _few([words + (f" Отчётов: {number}." if number else "") for words, number in told.items()])


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
