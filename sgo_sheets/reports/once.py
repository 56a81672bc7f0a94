"""What several reports of one class rest on is worked out once: classes are built one after another."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar

from sgo_sheets.school.model import ClassBook

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


def once_per_class(make: Callable[[ClassBook, K], R]) -> Callable[[ClassBook, K], R]:
    """Return the function that remembers what it gave for the class it was last asked of, and for that class alone.

    A class is frozen and known by identity: a class assembled anew is worked out anew.
    """
    latest: list[tuple[ClassBook, dict[K, R]]] = []

    @wraps(make)
    def made(book: ClassBook, about: K) -> R:
        held = latest[0] if latest else None
        if held is None or held[0] is not book:
            held = (book, {})
            latest[:] = [held]
        if about not in held[1]:
            held[1][about] = make(book, about)
        return held[1][about]

    return made
