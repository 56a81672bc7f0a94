"""Marks of pupils counted, and what follows from the counts: the average and the shares of reports 15, 16 and 18–20.

A figure that is shown is rounded once for each pair of numbers: the pages of a class show thousands, few of them new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from sgo_sheets.reports.indicators import AVERAGE_DIGITS, PERCENT_DIGITS, rounded

Tally = Counter[tuple[int, float]]
"""How many marks there are of each value 5…1 and weight."""


def together(tallies: Iterable[Tally]) -> Tally:
    """Return all the marks of several tallies."""
    found = Tally()
    for tally in tallies:
        for key, number in tally.items():
            found[key] = found.get(key, 0) + number
    return found


def average(tally: Tally, *, weighted: bool) -> Decimal | None:
    """Return Σ mark·weight / Σ weight, or the plain mean, with two digits; None without marks.

    Without weights it is plain. A weight is what people typed, to a thousandth.
    """
    parts = _mean(tally, weighted=weighted)
    return _shown(*parts, AVERAGE_DIGITS) if parts else None


def share(tally: Tally, least: int) -> Decimal | None:
    """Return the per cent of marks that are not below ``least``, with one digit; None without marks."""
    number = sum(tally.values())
    good = sum([count for (mark, _), count in tally.items() if mark >= least])
    return _shown(100 * good, number, PERCENT_DIGITS) if number else None


def _mean(tally: Tally, *, weighted: bool) -> tuple[int, int] | None:
    """Return what to divide by what for the average, None without marks."""
    points = number = weights = total = 0
    for (mark, weight), count in tally.items():
        number += count
        points += mark * count
        part = _thousandths(weight) * count
        weights += part
        total += mark * part
    if weighted and weights > 0:
        return total, weights
    return (points, number) if number else None


@lru_cache(maxsize=256)
def _thousandths(weight: float) -> int:
    return round(1000 * weight)


@lru_cache(maxsize=16384)
def _shown(part: int, whole: int, digits: int) -> Decimal:
    return rounded(Fraction(part, whole), digits)
