"""Categories of pupils: the first that fits, and success and quality counted in pupils."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.reports import categories
from sgo_sheets.reports.categories import Category, category_of, tally
from sgo_sheets.reports.indicators import rounded

MARKS = ["5", "4", "3", "2", "1", "н/а ув", "н/а пр", "осв", "зач", "нзч", ""]


@pytest.mark.parametrize(
    ("marks", "category"),
    [
        ("5 5 5", Category.EXCELLENT),
        ("5 осв зач", Category.EXCELLENT),
        ("5 5 4", Category.ONE_FOUR),
        ("5 4 4", Category.GOOD),
        ("4 4", Category.GOOD),
        ("5 4 3", Category.ONE_THREE),
        ("3 3 5", Category.FAIR),
        ("5 5 2", Category.FAILING_ONE),
        ("5 нзч 5", Category.FAILING_ONE),
        ("2 1 3", Category.FAILING_TWO),
        ("2 2 2 нзч", Category.FAILING_MORE),
        ("осв зач", Category.UNMARKED),
        ("", Category.UNMARKED),
    ],
)
def test_the_category_of_a_pupil(marks: str, category: Category) -> None:
    assert category_of(marks.split()) is category


def test_not_attested_comes_before_everything_and_absence_before_a_valid_reason() -> None:
    assert category_of(["5", "2", "н/а ув"]) is Category.NOT_ATTESTED_VALID
    assert category_of(["н/а ув", "н/а пр", "5"]) is Category.NOT_ATTESTED_ABSENT


def test_a_blank_mark_hides_nothing() -> None:
    assert category_of(["5", "", "5"]) is Category.EXCELLENT
    assert category_of(["", "2"]) is Category.FAILING_ONE


def test_a_published_school() -> None:
    """622 counted, 35 отличников, 183 on 4 and 5, 19 failing of whom 4 not attested: quality 35, success 97."""
    rest = 622 - 35 - 183 - 19
    school = (
        [Category.EXCELLENT] * 35
        + [Category.ONE_FOUR] * 20
        + [Category.GOOD] * 163
        + [Category.FAIR] * rest
        + [Category.FAILING_ONE] * 15
        + [Category.NOT_ATTESTED_ABSENT] * 4
        + [Category.UNMARKED] * 60
    )
    found = tally(school)
    assert categories.counted(found) == 622
    quality, success = categories.quality(found), categories.success(found)
    assert quality is not None
    assert success is not None
    assert (rounded(quality, 0), rounded(success, 0)) == (35, 97)


def test_a_class_without_marks_has_no_per_cent() -> None:
    nobody = tally([Category.UNMARKED])
    assert categories.success(nobody) is categories.quality(nobody) is None


@given(st.lists(st.lists(st.sampled_from(MARKS), max_size=12), max_size=40))
def test_every_pupil_has_one_category_and_the_parts_make_the_whole(pupils: list[list[str]]) -> None:
    found = tally(category_of(marks) for marks in pupils)
    assert sum(found.values()) == len(pupils)
    success, quality = categories.success(found), categories.quality(found)
    if success is None or quality is None:
        assert categories.counted(found) == 0
    else:
        poor = sum(number for category, number in found.items() if category.failing or category.not_attested)
        assert quality <= success
        assert success + 100 * poor / categories.counted(found) == pytest.approx(100)


@given(st.lists(st.sampled_from(MARKS), max_size=12), st.randoms())
def test_the_order_of_subjects_does_not_matter(marks: list[str], random: Random) -> None:
    mixed = list(marks)
    random.shuffle(mixed)
    assert category_of(mixed) is category_of(marks)
