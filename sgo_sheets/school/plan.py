"""The matrix of the plan: which rows are of a known subject, and the hours a cell says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sgo_sheets.findings import Finding, Role
from sgo_sheets.records.faults import NOT_READ
from sgo_sheets.records.plan_book import PlanRow
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.records.school_book import SchoolClass, Subject
from sgo_sheets.russian import fold
from sgo_sheets.school.names import Lookup, Targets, expand_classes
from sgo_sheets.school.timetable import CLASS_LIKE

_NUMBER = r"\d{1,2}(?:[.,]\d{1,2})?"
_HOURS = re.compile(rf"({_NUMBER})(?:\s*\+\s*({_NUMBER}))*\s*(?:ч\.?|час(?:а|ов)?\.?)?")
_NONE = ("", "-", "–", "—", "−")
_MOST = 40
_SUMS = re.compile(
    r"(итого|всего|в сумме|максимальн|предельн|допустим|обязательная часть|часть, форм|недельная|аудиторная|нагрузка)"
)


def read_hours(value: Raw) -> float | None:
    """Return the hours a week a cell of «План» says, 0 where it is empty or a dash, None where it is not understood.

    «2», «1,5», «2 ч» and «2+1» are understood; a date (Excel makes one of «1/2») or a negative number is not.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if 0 <= value <= _MOST else None
    text = plain(value)
    if text in _NONE:
        return 0.0
    if not isinstance(value, str) or not _HOURS.fullmatch(text.casefold()):
        return None
    hours = sum(float(number.replace(",", ".")) for number in re.findall(_NUMBER, text))
    return hours if hours <= _MOST else None


def column_classes(
    header: str, classes: Sequence[SchoolClass], streams: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the classes of a column of the plan: a class («5А», «5 А»), those of a stream, of grades («5», «1-4»)."""
    wanted = fold(header).replace(" ", "")
    for one in classes:
        if fold(one.name).replace(" ", "") == wanted:
            return (one.name,)
    for stream, own in streams.items():
        if fold(stream).replace(" ", "") == wanted:
            return own
    found, _ = expand_classes(header, classes)
    return tuple(one.name for one in classes if one.name in found)


def known_plan(
    rows: Sequence[PlanRow], subjects: Lookup[Subject], classes: Sequence[SchoolClass], targets: Targets
) -> tuple[tuple[PlanRow, ...], list[Finding]]:
    """Return the rows of the plan that are of a known subject, named as the school spells it, and what is wrong.

    Rows of sums («Итого») and headings without hours are passed over in silence.
    """
    headers = dict.fromkeys(header for row in rows for header in row.hours)
    known = {header for header in headers if column_classes(header, classes, targets.streams)}
    findings = [
        targets.unknown(header, rows[0].at_header(header), Role.DEPUTY)
        for header in headers
        if header not in known and CLASS_LIKE.fullmatch(header)
    ]
    kept = []
    for row in rows:
        columns = [header for header in row.hours if header in known]
        subject = subjects.get(row.subject)
        if subject is None:
            if any(read_hours(row.hours[header]) for header in columns) and not _SUMS.match(fold(row.subject)):
                findings.append(subjects.unknown(row.subject, row.at("subject"), Role.DEPUTY))
            continue
        kept.append(row.model_copy(update={"subject": subject.name}))
        for header in columns:
            if read_hours(row.hours[header]) is None:
                message = f"«{plain(row.hours[header])}» — не часы в неделю; впишите число, например 2 или 1,5."
                findings.append(NOT_READ.at(row.at(header), message, Role.DEPUTY))
    return tuple(kept), findings
