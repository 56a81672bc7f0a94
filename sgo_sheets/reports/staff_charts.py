"""The charts of the reports for staff: quality, marks by kind, missed lessons by week, the school over its periods.

Every chart says what a table of the same report says; where nothing is counted there is no chart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sgo_sheets.reports import categories, indicators
from sgo_sheets.reports.categories import Category
from sgo_sheets.reports.charts import Bar, Curve, bars, lines
from sgo_sheets.reports.document import Chart
from sgo_sheets.reports.indicators import PERCENT_DIGITS, Counts, rounded
from sgo_sheets.russian import day_month

Tally = Mapping[Category, int]
_WHOLE = 100
_QUALITY_AND_SUCCESS = ("качество", "успевают")
"""Short, so that a narrow chart has room for both."""
_ON_A_SHEET = 20
_KINDS = (("«5»", "fives"), ("«4»", "fours"), ("«3»", "threes"), ("«2»", "twos"), ("н/а", "not_attested"))


def by_subject(subjects: Sequence[str], counts: Sequence[Counts]) -> tuple[Chart, ...]:
    """Return quality and success of every subject that has marks, by marks."""
    found = [
        Bar(name, rounded(quality, PERCENT_DIGITS), rounded(success, PERCENT_DIGITS))
        for name, own in zip(subjects, counts, strict=True)
        if (quality := indicators.quality(own)) is not None and (success := indicators.success(own)) is not None
    ]
    return (bars("По предметам, %", found, _QUALITY_AND_SUCCESS, _WHOLE),) if found else ()


def by_kind(total: Counts) -> tuple[Chart, ...]:
    """Return how many marks of a period there are of every kind."""
    found = [Bar(name, getattr(total, field)) for name, field in _KINDS]
    most = max(getattr(total, field) for _, field in _KINDS)
    return (bars("Отметок за период", found, ("отметок", ""), _round_up(most)),) if most else ()


def by_pupils(title: str, groups: Iterable[tuple[str, Tally]]) -> tuple[Chart, ...]:
    """Return quality and success of classes or parallels, by pupils."""
    found = [
        Bar(name, rounded(quality, PERCENT_DIGITS), rounded(success, PERCENT_DIGITS))
        for name, tally in groups
        if (quality := categories.quality(tally)) is not None and (success := categories.success(tally)) is not None
    ]
    return _in_sheets(title, found)


def _in_sheets(title: str, found: Sequence[Bar]) -> tuple[Chart, ...]:
    """Return the bars in as many charts of about one length as it takes for each to be read on a sheet of paper."""
    if len(found) <= _ON_A_SHEET:
        return (bars(title, found, _QUALITY_AND_SUCCESS, _WHOLE),) if found else ()
    size = -(-len(found) // -(-len(found) // _ON_A_SHEET))
    parts = (found[first : first + size] for first in range(0, len(found), size))
    return tuple(bars(f"{title}: {own[0].label} – {own[-1].label}", own, _QUALITY_AND_SUCCESS, _WHOLE) for own in parts)


def over_periods(periods: Sequence[tuple[str, Tally]]) -> tuple[Chart, ...]:
    """Return quality and success of the school over its periods, by pupils; nothing where fewer than two are known."""
    known = [(name, tally) for name, tally in periods if categories.counted(tally)]
    if len(known) < 2:
        return ()
    curves = [
        Curve(
            words, tuple(None if (value := of(tally)) is None else rounded(value, PERCENT_DIGITS) for _, tally in known)
        )
        for words, of in (("качество знаний", categories.quality), ("успеваемость", categories.success))
    ]
    return (lines("Динамика по периодам, %", [name for name, _ in known], curves, 0, _WHOLE),)


def missed_by_week(lessons: Mapping[dt.date, int]) -> tuple[Chart, ...]:
    """Return the missed lessons of a span by calendar week, from its days; nothing where none was missed."""
    weeks: dict[dt.date, list[int]] = {}
    for date in sorted(lessons):
        weeks.setdefault(date - dt.timedelta(days=date.weekday()), []).append(lessons[date])
    found = [Bar(f"с {day_month(monday)}", sum(own)) for monday, own in weeks.items()]
    most = max((bar.value for bar in found if isinstance(bar.value, int)), default=0)
    return (bars("Пропущено уроков по неделям", found, ("уроков", ""), _round_up(most)),) if most else ()


def _round_up(number: int) -> int:
    """Return the number the scale ends at: a whole ten, from fifty on a whole fifty."""
    step = 10 if number <= 50 else 50
    return max(step, -(-number // step) * step)
