"""Accidents at random: the program never falls, never gives a child another's mark. The long run is in bench/."""

from __future__ import annotations

import pytest

from tests.edits.campaign import clean, clean_books, file_trial, judged, trial, wrongs

TRIALS, FILES, CHUNK = 400, 24, 50


def test_the_school_before_the_accidents_is_read_whole() -> None:
    path = "Журналы/5А/Математика.xlsx"
    assert wrongs(judged(path, clean()[path], clean_books()[path])) == []
    assert all(not book.unreadable for book in clean_books().values())


@pytest.mark.parametrize("first", range(0, TRIALS, CHUNK))
def test_nothing_falls_and_no_mark_changes_hands(first: int) -> None:
    found = {seed: wrong for seed in range(first, first + CHUNK) if (wrong := wrongs(trial(seed)))}
    assert found == {}


@pytest.mark.parametrize("first", range(0, FILES, 8))
def test_nothing_falls_and_no_mark_changes_hands_through_real_files(first: int) -> None:
    found = {seed: wrong for seed in range(first, first + 8) if (wrong := wrongs(file_trial(seed)))}
    assert found == {}
