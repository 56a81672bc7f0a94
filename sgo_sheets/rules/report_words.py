"""How the rules of chapter X say that a report was formed, or what it lacks and who owes that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sgo_sheets.findings import CellRef, Datum, Problem, Problems
from sgo_sheets.records.school_book import Employee
from sgo_sheets.rules.report_duties import ReportDuty
from sgo_sheets.rules.report_gaps import Lack, Window
from sgo_sheets.russian import file_name
from sgo_sheets.school.elements import Span
from sgo_sheets.school.model import ClassBook

SOME = 3


def formed(at: CellRef, names: Iterable[ReportDuty], of: str, span: str, since: dt.date | None) -> Problems:
    """Yield that each report is there, as the history may know it."""
    for duty in names:
        yield Problem(at, f"«{duty.name}» сформирован", since=since, met=True, data=(duty.datum(of, span),))


def unformed(
    at: CellRef, names: Sequence[ReportDuty], span: str, since: dt.date, *, causes: str, data: tuple[Datum, ...]
) -> Problem:
    """Return the one problem of reports that lack the same: their names, the span, the causes in words.

    ``data`` – the names by which the history may know that they were formed before something was taken back.
    """
    titles = ", ".join(f"«{duty.name}»" for duty in names)
    return Problem(at, f"{titles}, {span}: данные неполны: {causes}", since=since, data=data)


def data_of(names: Iterable[ReportDuty], of: str, span: str) -> tuple[Datum, ...]:
    """Return the names by which the history knows these reports of one class and span."""
    return tuple(duty.datum(of, span) for duty in names)


def causes_of(lacks: Sequence[Lack], staff: Mapping[str, Employee]) -> str:
    """Return the first few things that lack, with who owes them, and how many subjects lack something besides."""
    more = f"; ещё предметов: {len(lacks) - SOME}" if len(lacks) > SOME else ""
    return "; ".join(_cause(lack, staff) for lack in lacks[:SOME]) + more


def _cause(lack: Lack, staff: Mapping[str, Employee]) -> str:
    number = f": {lack.number}" if lack.number else ""
    who = staff[lack.owner].short_name if lack.owner in staff else ""
    return f"{lack.subject} – {lack.what}{number}" + (f" ({who})" if who else "")


def has_blank(windows: Iterable[Window], span: Span) -> bool:
    """Return whether a lesson of a span is not written down yet: then attendance is not known either."""
    return any(day in span for window in windows for day in window.blank)


def teacher_book_path(book: ClassBook) -> str:
    """Return where the class teacher's book is, or belongs."""
    found = book.teacher_book.path if book.teacher_book is not None else ""
    return found or f"Журналы/{file_name(book.name)}/Классный руководитель.xlsx"
