"""A page of the site before it is written: where it lies, what it holds, who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
