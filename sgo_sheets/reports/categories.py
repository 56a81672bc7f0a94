"""The category of a pupil by the marks of a period, and success and quality counted in pupils.

The first category that fits counts (reports.md, «Indicators»). Success and quality by pupils differ from those by
marks (``indicators``): a report says which of the two it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from fractions import Fraction

from sgo_sheets.records.tokens import EXEMPT, FAIL, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID, PASS


class Category(Enum):
    """How a pupil finishes a period. The value is what a report says of one pupil."""

    EXCELLENT = "отличник"
    ONE_FOUR = "с одной «4»"
    GOOD = "на «4» и «5»"
    ONE_THREE = "с одной «3»"
    FAIR = "на «3», «4» и «5»"
    FAILING_ONE = "не успевает по одному предмету"
    FAILING_TWO = "не успевает по двум предметам"
    FAILING_MORE = "не успевает по трём и более предметам"
    NOT_ATTESTED_VALID = "не аттестован по уважительной причине"
    NOT_ATTESTED_ABSENT = "не аттестован по пропускам"
    UNMARKED = "отметок нет"

    @property
    def failing(self) -> bool:
        """Return whether the pupil is «неуспевающий»."""
        return self in (Category.FAILING_ONE, Category.FAILING_TWO, Category.FAILING_MORE)

    @property
    def not_attested(self) -> bool:
        """Return whether the pupil is «не аттестован»."""
        return self in (Category.NOT_ATTESTED_VALID, Category.NOT_ATTESTED_ABSENT)

    @property
    def good(self) -> bool:
        """Return whether the pupil counts for quality: only fives, or fives and fours."""
        return self in (Category.EXCELLENT, Category.ONE_FOUR, Category.GOOD)


def category_of(marks: Sequence[str]) -> Category:
    """Return the category of a pupil with such marks of a period; осв, зач and blanks say nothing.

    Of н/а for both reasons, the one without a valid reason decides.
    """
    said = [mark for mark in marks if mark not in ("", EXEMPT, PASS)]
    if NOT_ATTESTED_ABSENT in said:
        return Category.NOT_ATTESTED_ABSENT
    if NOT_ATTESTED_VALID in said:
        return Category.NOT_ATTESTED_VALID
    failed = sum(mark in ("2", "1", FAIL) for mark in said)
    if failed:
        return {1: Category.FAILING_ONE, 2: Category.FAILING_TWO}.get(failed, Category.FAILING_MORE)
    if not said:
        return Category.UNMARKED
    threes, fours = said.count("3"), said.count("4")
    if threes:
        return Category.ONE_THREE if threes == 1 else Category.FAIR
    if fours:
        return Category.ONE_FOUR if fours == 1 else Category.GOOD
    return Category.EXCELLENT


def tally(categories: Iterable[Category]) -> Mapping[Category, int]:
    """Return how many pupils there are of every category, the empty ones too, in the order of the report."""
    found = Counter(categories)
    return {category: found[category] for category in Category}


def counted(of: Mapping[Category, int]) -> int:
    """Return the pupils who have any mark of the period."""
    return sum(number for category, number in of.items() if category is not Category.UNMARKED)


def success(of: Mapping[Category, int]) -> Fraction | None:
    """Return «успеваемость» in pupils, 0…100: those neither failing nor not attested; None where nobody counts."""
    well = sum(n for c, n in of.items() if not (c.failing or c.not_attested or c is Category.UNMARKED))
    return Fraction(100 * well, counted(of)) if counted(of) else None


def quality(of: Mapping[Category, int]) -> Fraction | None:
    """Return «качество знаний» in pupils, 0…100: отличники and those on «4» and «5»; None where nobody counts."""
    good = sum(n for c, n in of.items() if c.good)
    return Fraction(100 * good, counted(of)) if counted(of) else None
