"""What several reports of one class need is worked out once: the class is reported as a whole before the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar

from sgo_sheets.rules.owed_lessons import Owed, owed_lessons
from sgo_sheets.school.model import ClassBook, Journal

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def once_a_class(work: Callable[[ClassBook], T]) -> Callable[[ClassBook], T]:
    """Return the function with its answer for the last class remembered; a class is known by being the same object."""
    last: list[tuple[ClassBook, T]] = []

    @wraps(work)
    def remembered(book: ClassBook) -> T:
        for known, found in last[:1]:
            if known is book:
                return found
        found = work(book)
        last[:] = [(book, found)]
        return found

    return remembered


def once_a_class_each(work: Callable[[ClassBook, K], T]) -> Callable[[ClassBook, K], T]:
    """Return the function with its answers for the last class remembered, one for each thing asked of it."""

    @once_a_class
    def answers(_book: ClassBook) -> dict[K, T]:
        return {}

    @wraps(work)
    def remembered(book: ClassBook, about: K) -> T:
        known = answers(book)
        if about not in known:
            known[about] = work(book, about)
        return known[about]

    return remembered


@once_a_class
def lessons_owed(book: ClassBook) -> tuple[tuple[Journal, tuple[Owed, ...]], ...]:
    """Return the lessons every journal of the class owes over the year, in the order of the journals (п. 8.1)."""
    return tuple(
        (journal, tuple(owed_lessons(journal, journal.slots, journal.lessons, book.calendar)))
        for journal in book.journals
    )
