"""The map over classes: one process or several, and one that dies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sgo_sheets.pipeline.workers import each, how_many, readers


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


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    told: list[tuple[int, int]] = []
    assert list(each(square, range(9), workers, lambda done, total: told.append((done, total)))) == [
        n * n for n in range(9)
    ]
    assert told == [(n, 9) for n in range(1, 10)]


def test_a_worker_that_dies_costs_nothing_but_time(tmp_path: Path) -> None:
    things = [(str(tmp_path / "died"), number) for number in range(8)]
    assert list(each(die_once, things, 2)) == list(range(8))
    assert (tmp_path / "died").exists()


def test_an_error_of_the_function_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        list(each(square, [1, tmp_path], 2))  # type: ignore[list-item]  # on purpose


def test_few_classes_need_no_second_process() -> None:
    assert how_many(3, 0) == 1
    assert how_many(3, 8) == 3
    assert how_many(0, 4) == 1


def test_many_workbooks_are_read_by_several_processes() -> None:
    assert readers(50, 0) == 1
    assert readers(800, 0) >= 2
    assert readers(50, 3) == 3
