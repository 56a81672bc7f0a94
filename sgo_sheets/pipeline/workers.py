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


class Crew:
    """Processes that map functions over many things; started when first needed, they stay for the next map.

    ``wanted`` as in ``how_many``.
    """

    def __init__(self, wanted: int = 0) -> None:
        self._wanted = wanted
        self._pool: ProcessPoolExecutor | None = None

    def each(
        self,
        function: Callable[[Thing], Result],
        things: Sequence[Thing],
        done: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Iterator[Result]:
        """Return ``function(thing)`` for each thing in order; function, things and results travel between processes.

        Other processes begin at once, so that this one may do something else meanwhile; in this one alone each thing
        is done when it is asked for. A worker that dies takes the others with it; what is not done yet is done here.
        """
        several = how_many(len(things), self._wanted) > 1
        begun = self._started(len(things)).map(function, things) if several else None
        return self._results(begun, function, things, done)

    def dismiss(self) -> None:
        """End the processes; what has not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self, things: int) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, as Windows does it: what works on one system works on the other.
            number = how_many(things, self._wanted)
            self._pool = ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn"))
        return self._pool

    def _results(
        self,
        begun: Iterator[Result] | None,
        function: Callable[[Thing], Result],
        things: Sequence[Thing],
        done: Callable[[int, int], None],
    ) -> Iterator[Result]:
        finished = 0
        if begun is not None:
            try:
                for result in begun:
                    finished += 1
                    done(finished, len(things))
                    yield result
            except BrokenProcessPool:
                self.dismiss()
        for thing in things[finished:]:
            result = function(thing)
            finished += 1
            done(finished, len(things))
            yield result


@contextmanager
def crew(wanted: int = 0) -> Iterator[Crew]:
    """Give a crew and dismiss it in the end."""
    found = Crew(wanted)
    try:
        yield found
    finally:
        found.dismiss()


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
