"""A rule of the regulation: one declaration. Its parameters are its needs, its docstring is its page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass

from sgo_sheets.findings import Problems, Role, Severity
from sgo_sheets.rules.case import Scope
from sgo_sheets.rules.clauses import CLAUSES
from sgo_sheets.rules.parts import scope_of
from sgo_sheets.rules.school_parts import SCHOOL_PARTS
from sgo_sheets.rules.taking import PARTS
from sgo_sheets.rules.terms import DueTerm, Terms

Check = Callable[..., Problems]
HOW = "Как исправить:"
_CODE = re.compile(r"R(0[2-9]|10)\d\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement of the regulation.

    ``code`` is R, the chapter and a number; ``needs`` are the names of the check's parameters (``taking.PARTS``,
    or ``school_parts.SCHOOL_PARTS``);
    ``title``, ``why`` and ``fix`` are the parts of its Russian docstring, each a whole sentence or more.
    """

    code: str
    clause: str
    role: Role
    severity: Severity
    due: DueTerm | None
    needs: tuple[str, ...]
    check: Check
    title: str
    why: str
    fix: str

    @property
    def name(self) -> str:
        """Return the name of the fault in code: «topic_missing»."""
        return self.check.__name__

    @property
    def module(self) -> str:
        """Return the module the rule stands in."""
        return self.check.__module__

    @property
    def scope(self) -> Scope:
        """Return over what the rule runs."""
        return scope_of(self.needs)

    @property
    def terms(self) -> Terms:
        """Return the rule's own role, weight and term, before Регламент.xlsx changes them."""
        return Terms(self.role, self.severity, self.due)


def rule(
    code: str, *, clause: str, role: Role, due: DueTerm | None = None, severity: Severity = Severity.VIOLATION
) -> Callable[[Check], Rule]:
    """Return a decorator that turns a check into its ``Rule``.

    ``due`` makes every problem of the rule an obligation; without it a problem is a finding.
    Raises ValueError at import for a code, clause, parameter or docstring that breaks the pattern.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code}: a code is R, two digits of the chapter and two of the number")
    if clause not in CLAUSES:
        raise ValueError(f"{code}: the regulation has no clause {clause!r}")

    def declare(check: Check) -> Rule:
        needs = tuple(inspect.signature(check).parameters)
        known = {*PARTS, *SCHOOL_PARTS}
        if unknown := [name for name in needs if name not in known]:
            raise ValueError(f"{code}: nothing to give for the parameters {unknown}; there are {sorted(known)}")
        title, why, fix = page_of(check.__doc__ or "")
        if not (title and why and fix):
            raise ValueError(f"{code}: the docstring is a title, a reason and «{HOW} …», parted by blank lines")
        return Rule(code, clause, role, severity, due, needs, check, title, why, fix)

    return declare


def page_of(text: str) -> tuple[str, str, str]:
    """Return the title (without its full stop), the reason and the way to mend it of a rule's or a fault's text."""
    parts = [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]
    fixes = [part.removeprefix(HOW).strip() for part in parts if part.startswith(HOW)]
    words = [part for part in parts if not part.startswith(HOW)]
    return words[0].removesuffix("."), "\n\n".join(words[1:]), " ".join(fixes)
