"""What Регламент.xlsx sets, as the school model holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sgo_sheets.findings import CellRef
from sgo_sheets.records.regulation_book import Exemption, Term


class WorkKindOf(NamedTuple):
    """A kind of work as marks use it."""

    name: str
    short: str
    weight: float


@dataclass(frozen=True, slots=True)
class Regulation:
    """What Регламент.xlsx sets: terms by rule code, settings by name, kinds of work, exemptions.

    ``places`` are the cells of the values of settings, ``names`` those of their names.
    """

    terms: Mapping[str, Term] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    kinds: tuple[WorkKindOf, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    places: Mapping[str, CellRef] = field(default_factory=dict)
    names: Mapping[str, CellRef] = field(default_factory=dict)

    def kind_of(self, typed: str) -> WorkKindOf | None:
        """Return the kind of work named in full or by its short name; an empty cell is «ответ на уроке»."""
        wanted = typed.casefold().replace("ё", "е") or "о"
        for kind in self.kinds:
            if wanted in (kind.short.casefold(), kind.name.casefold().replace("ё", "е")):
                return kind
        return None

    def number(self, name: str, default: float) -> float:
        """Return a numeric setting, also one typed as text; the default where the school has set no number."""
        value = self.settings.get(name)
        if isinstance(value, str) and value.isdecimal():
            return float(value)
        return float(value) if isinstance(value, (int, float)) else default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a да/нет setting."""
        value = str(self.settings.get(name, "")).casefold()
        return {"да": True, "нет": False, "true": True, "false": False}.get(value, default)
