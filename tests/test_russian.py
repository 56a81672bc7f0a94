"""Russian as people write it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.russian import (
    as_cyrillic,
    clean,
    counted,
    days_span,
    decimal,
    file_name,
    fold,
    near,
    on_day,
    perhaps,
    period_days,
    slug,
    spoken_day,
    to_day,
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 уроков"),
        (1, "1 урок"),
        (2, "2 урока"),
        (5, "5 уроков"),
        (11, "11 уроков"),
        (21, "21 урок"),
        (112, "112 уроков"),
    ],
)
def test_a_number_agrees_with_its_word(number: int, words: str) -> None:
    assert counted(number, "урок", "урока", "уроков") == words.replace(" ", "\u00a0")


def test_days_are_said_as_people_say_them() -> None:
    monday, tuesday = dt.date(2026, 11, 16), dt.date(2026, 11, 17)
    assert spoken_day(monday) == "понедельник, 16\u00a0ноября"
    assert to_day(monday) == "к\u00a0понедельнику, 16\u00a0ноября"
    assert on_day(tuesday) == "во\u00a0вторник, 17\u00a0ноября"
    assert days_span(monday, dt.date(2026, 11, 21)) == "16–21\u00a0ноября"
    assert days_span(dt.date(2026, 9, 28), dt.date(2026, 10, 3)) == "28\u00a0сентября – 3\u00a0октября"


def test_a_year_that_crosses_new_year_names_both_years() -> None:
    first = dt.date(2026, 9, 1)
    assert period_days(first, dt.date(2026, 10, 23)) == "1\u00a0сентября – 23\u00a0октября 2026"
    assert period_days(first, dt.date(2027, 5, 31)) == "1\u00a0сентября 2026 – 31\u00a0мая 2027"


@given(st.integers(0, 10_000), st.integers(1, 400))
def test_averages_are_rounded_half_away_from_zero(total: int, number: int) -> None:
    exact = (Decimal(total) / Decimal(number)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert decimal(total / number) == str(exact).replace(".", ",")


@pytest.mark.parametrize(
    ("value", "text"), [(4.125, "4,13"), (2.675, "2,68"), (-0.001, "0,00"), (-1.5, "−1,50"), (5, "5,00")]
)
def test_a_decimal_comma(value: float, text: str) -> None:
    assert decimal(value) == text


def test_what_is_invisible_does_not_matter() -> None:
    assert clean("\u00a0Со\u200bко\u00adлова\u00a0 Вера ") == "Соколова Вера"
    assert clean("и\u0306") == "й"
    assert fold("Берёзкина  ВЕРА") == fold("березкина вера")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("5A", "5А"), ("Mатематика", "Математика"), ("H", "H"), ("Present Simple", "Present Simple"), ("WB 5", "WB 5")],
)
def test_a_latin_letter_inside_a_russian_word_is_read_as_meant(typed: str, meant: str) -> None:
    assert as_cyrillic(typed) == (meant, typed != meant)


def test_a_guess_is_made_only_when_one_name_is_near() -> None:
    assert near("Матиматика", ["Математика", "Физика"]) == "Математика"
    assert near("Литература", ["Литература 5", "Литература 6"]) is None
    assert perhaps("абвгд", ["Физика"]) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_names_never_share_an_address(one: str, other: str) -> None:
    a, b = slug(one), slug(other)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", a)
    assert len(a) <= 60
    if clean(one).casefold() != clean(other).casefold():
        assert a != b


def test_names_that_sound_alike_have_different_addresses() -> None:
    assert len({slug(name) for name in ("К-101", "K-101", "К 101", "к101")}) == 4
    assert slug("5А") == "5a"
    assert slug("CON") != "con"


@pytest.mark.parametrize("name", ["../../etc", "CON", "a" * 300, "5\u202eА", "10 М:", "nul.txt", "..."])
def test_a_file_name_is_one_any_file_system_takes(name: str) -> None:
    found = file_name(name)
    assert found
    assert not set(found) & set('<>:"/\\|?*')
    assert found.split(".")[0].casefold() not in {"con", "nul", ""}
    assert len(found) <= 101
