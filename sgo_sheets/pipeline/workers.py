"""Mapping a function over many things, in this process or in several: the same results in the same order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")
WORTH_IT = 12  # fewer classes than this are done before another process has started
MOST = 8
MANY = 10_000  # more things than processes, whatever their number


def how_many(things: int, wanted: int) -> int:
    """Return the number of processes for so many things; ``wanted`` 0 leaves it to the machine."""
    if wanted:
        return max(1, min(wanted, things))
    return 1 if things < WORTH_IT else min(os.cpu_count() or 1, MOST)


def each(
    function: Callable[[Thing], Result],
    things: Sequence[Thing],
    workers: int,
    done: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[Result]:
    """Yield ``function(thing)`` for each thing in order; function, things and results travel between processes.

    A worker that dies takes the others with it; what is not done yet is then done here, one at a time.
    """
    number = how_many(len(things), workers)
    finished = 0
    if number > 1:
        # Spawned, as Windows does it: what works on one system works on the other.
        with ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn")) as pool:
            try:
                for result in pool.map(function, things):
                    finished += 1
                    done(finished, len(things))
                    yield result
            except BrokenProcessPool:
                pass
    for thing in things[finished:]:
        result = function(thing)
        finished += 1
        done(finished, len(things))
        yield result
