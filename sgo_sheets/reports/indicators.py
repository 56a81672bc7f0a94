"""The indicators of п. 10: counts of marks, success, quality, mastery (СОУ) and average, exact until they are shown.

Formulas are the vendor's (reports.md, «Indicators»). Totals sum the counts first and apply the formula then; they
never average percentages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from operator import add, attrgetter

from sgo_sheets.records.tokens import EXEMPT, FAIL, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID, PASS

PERCENT_DIGITS, AVERAGE_DIGITS = 1, 2
_WEIGHTS_OF_MASTERY = {5: 100, 4: 64, 3: 36, 2: 16}
_LOWEST_WEIGHT = 7
"""The weight of н/а, and of mark 1, in СОУ."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many marks of each sort pupils have. ``twos`` hold the marks 1, which ``ones`` counts once more.

    ``blank`` – pupils of the subject without any mark. зач and нзч stand outside every 5-point indicator.
    """

    fives: int = 0
    fours: int = 0
    threes: int = 0
    twos: int = 0
    ones: int = 0
    not_attested: int = 0
    exempt: int = 0
    passed: int = 0
    failed: int = 0
    blank: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return the sums, kind by kind."""
        return Counts(*map(add, self.numbers, other.numbers))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the counts in the order of their kinds."""
        numbers: tuple[int, ...] = _numbers(self)
        return numbers

    @property
    def pupils(self) -> int:
        """Return how many were counted at all, the blank ones too."""
        return self.counted + self.exempt + self.passed + self.failed + self.blank

    @property
    def counted(self) -> int:
        """Return N: without the exempt, those without a mark and the pass-or-fail ones; н/а stays in."""
        return self.marks + self.not_attested

    @property
    def marks(self) -> int:
        """Return the number of marks from 5 to 1."""
        return self.fives + self.fours + self.threes + self.twos


_numbers = attrgetter(*(one.name for one in fields(Counts)))
"""``dataclasses.astuple`` would copy every number deeply, and totals of totals ask for them all the time."""


def counts_of(marks: Iterable[str]) -> Counts:
    """Return the counts of values as «Итоги» holds them («5»…«1», «зач», «нзч», «осв», «н/а …», «»).

    Raises ValueError for anything else: what could not be read never comes here.
    """
    found: Mapping[str, int] = Counter(marks)
    known = {"5", "4", "3", "2", "1", NOT_ATTESTED_VALID, NOT_ATTESTED_ABSENT, EXEMPT, PASS, FAIL, ""}
    if unknown := found.keys() - known:
        raise ValueError(f"not period marks: {sorted(unknown)}")
    return Counts(
        fives=found.get("5", 0),
        fours=found.get("4", 0),
        threes=found.get("3", 0),
        twos=found.get("2", 0) + found.get("1", 0),
        ones=found.get("1", 0),
        not_attested=found.get(NOT_ATTESTED_VALID, 0) + found.get(NOT_ATTESTED_ABSENT, 0),
        exempt=found.get(EXEMPT, 0),
        passed=found.get(PASS, 0),
        failed=found.get(FAIL, 0),
        blank=found.get("", 0),
    )


def success(counts: Counts) -> Fraction | None:
    """Return «% успеваемости», 0…100; None where nobody is counted."""
    return _percent(counts.fives + counts.fours + counts.threes, counts.counted)


def quality(counts: Counts) -> Fraction | None:
    """Return «% качества знаний», 0…100; None where nobody is counted."""
    return _percent(counts.fives + counts.fours, counts.counted)


def mastery(counts: Counts) -> Fraction | None:
    """Return «СОУ» (степень обученности учащихся) in per cent, 7…100; None where nobody is counted."""
    if not counts.counted:
        return None
    weights = _WEIGHTS_OF_MASTERY
    total = weights[5] * counts.fives + weights[4] * counts.fours + weights[3] * counts.threes
    total += weights[2] * (counts.twos - counts.ones) + _LOWEST_WEIGHT * (counts.ones + counts.not_attested)
    return Fraction(total, counts.counted)


def average(counts: Counts) -> Fraction | None:
    """Return the mean of the marks 5…1; None where there are none."""
    if not counts.marks:
        return None
    total = 5 * counts.fives + 4 * counts.fours + 3 * counts.threes + 2 * (counts.twos - counts.ones) + counts.ones
    return Fraction(total, counts.marks)


def _percent(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


def rounded(value: Fraction, digits: int) -> Decimal:
    """Return the value with so many digits after the point, half away from zero: 12.25 → 12.3, −0.5 → −1."""
    parts, of = value.numerator, value.denominator
    whole = (2 * 10**digits * abs(parts) + of) // (2 * of)
    sign = "-" if parts < 0 < whole else ""
    return Decimal(f"{sign}{whole}E-{digits}")


def shown(value: Fraction | None, digits: int) -> str:
    """Return the rounded value as people write it («91,3»), «–» where there is none."""
    return "–" if value is None else f"{rounded(value, digits):f}".replace(".", ",").replace("-", "−")
