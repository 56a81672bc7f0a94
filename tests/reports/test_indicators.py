"""The indicators against worked examples and the identities that hold for any class."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.reports import indicators
from sgo_sheets.reports.indicators import Counts, counts_of, rounded, shown

MARKS = ["5", "4", "3", "2", "1", "н/а ув", "н/а пр", "осв", "зач", "нзч", ""]
class_of_marks = st.lists(st.sampled_from(MARKS), max_size=40)


def _class(**numbers: int) -> list[str]:
    words = {"fives": "5", "fours": "4", "threes": "3", "twos": "2", "na": "н/а пр", "exempt": "осв", "blank": ""}
    return [words[name] for name, number in numbers.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("marks", "counted", "success", "quality", "mastery"),
    [
        # 25 pupils of reports.md: success 21/23, quality 13/23, СОУ (400 + 576 + 288 + 16 + 7)/23
        (_class(fives=4, fours=9, threes=8, twos=1, na=1, exempt=1, blank=1), 23, "91.30", "56.52", "55.96"),
        # the н/а turned into осв: 21/22, 13/22, 1280/22
        (_class(fives=4, fours=9, threes=8, twos=1, exempt=2, blank=1), 22, "95.45", "59.09", "58.18"),
    ],
)
def test_the_vendors_formulas(marks: list[str], counted: int, success: str, quality: str, mastery: str) -> None:
    counts = counts_of(marks)
    assert (counts.pupils, counts.counted) == (25, counted)
    found = [indicators.success(counts), indicators.quality(counts), indicators.mastery(counts)]
    assert [rounded(value, 2) for value in found if value is not None] == [
        Decimal(success),
        Decimal(quality),
        Decimal(mastery),
    ]


def test_the_average_counts_marks_alone_and_a_one_as_one() -> None:
    counts = counts_of(["5", "4", "4", "н/а ув", "осв", "зач", "", "1"])
    assert indicators.average(counts) == Fraction(14, 4)


def test_a_one_stands_in_the_column_of_twos_and_weighs_seven() -> None:
    counts = counts_of(["1", "2"])
    assert counts.twos == 2
    assert indicators.mastery(counts) == Fraction(7 + 16, 2)


def test_pass_and_fail_stand_outside_the_five_point_indicators() -> None:
    with_passes, without = counts_of(["5", "3", "зач", "нзч"]), counts_of(["5", "3"])
    assert with_passes.pupils == 4
    for formula in (indicators.success, indicators.quality, indicators.mastery, indicators.average):
        assert formula(with_passes) == formula(without)


def test_nobody_to_count_is_no_number() -> None:
    nobody = counts_of(["осв", "", "зач"])
    assert indicators.success(nobody) is indicators.quality(nobody) is None
    assert indicators.mastery(nobody) is indicators.average(nobody) is None
    assert shown(None, 1) == "–"


def test_what_is_no_period_mark_never_counts_as_blank() -> None:
    with pytest.raises(ValueError, match="отл"):
        counts_of(["отл"])


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(1, 8), 2, "0,13"),
        (Fraction(-1, 8), 2, "−0,13"),
        (Fraction(9995, 100), 1, "100,0"),
        (Fraction(2, 3), 0, "1"),
        (Fraction(205, 100), 1, "2,1"),  # the float 2.05 lies below the half
        (Fraction(1005, 1000), 2, "1,01"),  # and so does 1.005
        (Fraction(100), 1, "100,0"),
    ],
)
def test_rounding_goes_half_away_from_zero(value: Fraction, digits: int, text: str) -> None:
    assert shown(value, digits) == text


@given(class_of_marks)
def test_every_pupil_is_counted_once(marks: list[str]) -> None:
    counts = counts_of(marks)
    assert counts.pupils == len(marks)
    assert counts.counted + counts.exempt + counts.blank + counts.passed + counts.failed == len(marks)


@given(class_of_marks)
def test_quality_is_no_more_than_success_and_mastery_stays_between_its_weights(marks: list[str]) -> None:
    counts = counts_of(marks)
    success, quality, mastery = (f(counts) for f in (indicators.success, indicators.quality, indicators.mastery))
    if success is None or quality is None or mastery is None:
        assert counts.counted == 0
    else:
        assert 0 <= quality <= success <= 100
        assert 7 <= mastery <= 100
        failing = Fraction(100 * (counts.twos + counts.not_attested), counts.counted)
        assert success + failing == 100


@given(class_of_marks, class_of_marks)
def test_totals_sum_counts_and_lie_between_the_parts(one: list[str], other: list[str]) -> None:
    parts = counts_of(one), counts_of(other)
    total = parts[0] + parts[1]
    assert total == counts_of([*one, *other])
    values = [value for value in map(indicators.success, parts) if value is not None]
    found = indicators.success(total)
    if found is not None:
        assert min(values) <= found <= max(values)


@given(class_of_marks, st.randoms())
def test_the_order_of_pupils_does_not_matter(marks: list[str], random: Random) -> None:
    mixed = list(marks)
    random.shuffle(mixed)
    assert counts_of(mixed) == counts_of(marks)


@given(st.fractions(), st.integers(0, 4))
def test_a_rounded_number_is_the_nearest(value: Fraction, digits: int) -> None:
    assert abs(Fraction(rounded(value, digits)) - value) <= Fraction(1, 2 * 10**digits)


def test_empty_counts_are_the_zero_of_the_sum() -> None:
    counts = counts_of(["5", "2", ""])
    assert counts + Counts() == counts
