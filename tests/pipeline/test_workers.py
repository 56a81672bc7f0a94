"""The map over classes: one process or several, and one that dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sgo_sheets.pipeline.workers import Crew, crew, how_many, readers


def square(number: int) -> int:
    return number * number


def die_once(mark: tuple[str, int]) -> int:
    """Die in the first process that gets number 3."""
    path, number = mark
    if number == 3:
        try:
            Path(path).touch(exist_ok=False)
        except FileExistsError:
            return number
        os._exit(1)
    return number


def who_am_i(mark: Path) -> int:
    mark.touch()
    return os.getpid()


def slow(mark: Path) -> None:
    mark.touch()
    time.sleep(0.05)


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def two() -> Iterator[Crew]:
    with crew(2) as helpers:
        yield helpers


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    told: list[tuple[int, int]] = []
    with crew(workers) as helpers:
        found = list(helpers.each(square, range(9), lambda done, total: told.append((done, total))))
    assert found == [n * n for n in range(9)]
    assert told == [(n, 9) for n in range(1, 10)]


def test_a_worker_that_dies_costs_nothing_but_time(two: Crew, tmp_path: Path) -> None:
    things = [(str(tmp_path / "died"), number) for number in range(8)]
    assert list(two.each(die_once, things)) == list(range(8))
    assert (tmp_path / "died").exists()
    assert list(two.each(square, range(3))) == [0, 1, 4], "the crew goes on with others"


def test_an_error_of_the_function_is_an_error(two: Crew, tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        list(two.each(square, [1, tmp_path]))  # type: ignore[list-item]  # on purpose


def test_the_processes_stay_for_the_next_map_and_begin_before_they_are_asked(two: Crew, tmp_path: Path) -> None:
    first = two.each(who_am_i, [tmp_path / str(number) for number in range(8)])
    wait_for(lambda: len(list(tmp_path.iterdir())) == 8)
    pids = {*first, *two.each(who_am_i, [tmp_path / "again" for _ in range(8)])}
    assert len(pids) <= 2
    assert os.getpid() not in pids


def test_nothing_begins_after_the_crew_is_dismissed(tmp_path: Path) -> None:
    with crew(2) as helpers:
        helpers.each(slow, [tmp_path / str(number) for number in range(40)])
        wait_for(lambda: any(tmp_path.iterdir()))
    assert len(list(tmp_path.iterdir())) < 40


def test_few_classes_need_no_second_process() -> None:
    assert how_many(3, 0) == 1
    assert how_many(3, 8) == 3
    assert how_many(0, 4) == 1


def test_many_workbooks_are_read_by_several_processes() -> None:
    assert readers(50, 0) == 1
    assert readers(800, 0) >= 2
    assert readers(50, 3) == 3
