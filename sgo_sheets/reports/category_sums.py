"""The categories of pupils as the sums that reports 2 to 5 show (reports.md no. 5, columns 2–16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sgo_sheets.reports.categories import Category


class Sums(NamedTuple):
    """Columns 2–16 of report 5 in their order.

    ``pupils = succeed + not_attested + fail + unmarked``; ``succeed = fives + good + one_three + fair``;
    ``one_four`` is a part of ``good``; ``not_attested = valid + absent``; ``fail = one + two + more``.
    """

    pupils: int
    succeed: int
    fives: int
    good: int
    one_four: int
    one_three: int
    fair: int
    not_attested: int
    valid: int
    absent: int
    fail: int
    one: int
    two: int
    more: int
    unmarked: int


def sums_of(tally: Mapping[Category, int]) -> Sums:
    """Return the sums of pupils counted by category."""
    good = tally[Category.ONE_FOUR] + tally[Category.GOOD]
    fives, three, fair = tally[Category.EXCELLENT], tally[Category.ONE_THREE], tally[Category.FAIR]
    valid, absent = tally[Category.NOT_ATTESTED_VALID], tally[Category.NOT_ATTESTED_ABSENT]
    one, two, more = tally[Category.FAILING_ONE], tally[Category.FAILING_TWO], tally[Category.FAILING_MORE]
    return Sums(
        pupils=sum(tally.values()),
        succeed=fives + good + three + fair,
        fives=fives,
        good=good,
        one_four=tally[Category.ONE_FOUR],
        one_three=three,
        fair=fair,
        not_attested=valid + absent,
        valid=valid,
        absent=absent,
        fail=one + two + more,
        one=one,
        two=two,
        more=more,
        unmarked=tally[Category.UNMARKED],
    )
