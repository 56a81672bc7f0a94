"""A page of the site before it is written: where it lies, what it holds, who may see it, what it changes with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Tree(StrEnum):
    """The three parts of the published tree."""

    PUBLIC = "public"
    FAMILIES = "families"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: its path under ``site/`` with slashes, its bytes and its audience.

    ``audience`` names who may see it: «public», «staff», «deputy», «class:5А»,
    «homeroom:5А» (the class teacher alone), «teacher:СТ-01», «family:К-101».
    """

    path: str
    content: bytes
    audience: str

    @property
    def tree(self) -> Tree:
        """Return the part of the tree the page lies in."""
        return Tree(self.path.split("/", 1)[0])


class Part(NamedTuple):
    """Some pages that change together: a name among its neighbours, a key of all they depend on, how to make them.

    ``told`` – Russian sentences for whoever builds: why a form of the school is not filled.
    """

    name: str
    key: str
    make: Callable[[], Sequence[Page]]
    told: tuple[str, ...] = ()


def pages_of(parts: Iterable[Part]) -> Iterator[Page]:
    """Yield the pages of all parts, in order."""
    for part in parts:
        yield from part.make()
