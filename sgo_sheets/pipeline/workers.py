"""Mapping a function over many things, in this process or in several: the same results in the same order."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")
WORTH_IT = 12  # fewer classes than this are done before another process has started
CORES = 2  # with one, starting processes and handing classes over costs what they save
MANY_BOOKS = 200  # fewer workbooks than this are read before another process has started
MOST = 8


def how_many(things: int, wanted: int) -> int:
    """Return the number of processes for so many things; ``wanted`` 0 leaves it to the machine."""
    if wanted:
        return max(1, min(wanted, things))
    cores = os.cpu_count() or 1
    return 1 if things < WORTH_IT or cores < CORES else min(cores, MOST)


def readers(workbooks: int, wanted: int) -> int:
    """Return the number of processes that read so many workbooks; ``wanted`` 0 leaves it to the machine."""
    if wanted:
        return wanted
    return 1 if workbooks < MANY_BOOKS else min(max(os.cpu_count() or 1, 2), MOST)


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


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: judging makes little, and every search walks through all the workbooks."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
