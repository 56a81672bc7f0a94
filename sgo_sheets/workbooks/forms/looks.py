"""How cells look: one palette, one font, and a painter that makes each look once for a workbook."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Any, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FONT = "Calibri"
INK, QUIET, LINK = "1F2328", "6B7280", "1F4E79"
HEADER, GREY, PAPER = "ECE7DB", "EFEFEF", "FFFFFF"
LINE, STRONG = "BFB8A8", "5B5548"
RED, VIOLET, AMBER = "C62828", "6A1B9A", "9A5B00"
RED_FILL, VIOLET_FILL, AMBER_FILL, TODAY_FILL = "FDE7E7", "F1E6F7", "FFF0D6", "FFF8CC"

DATE, TIME, TEXT, GENERAL = "dd.mm.yyyy", "hh:mm", "@", "General"


Line = Literal["none", "thin", "week", "medium"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. ``locked`` cells may not be typed into."""

    size: float = 11
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: str = ""
    across: Literal["left", "center", "right"] = "left"
    down: Literal["top", "center"] = "center"
    wrap: bool = False
    turned: bool = False
    left: Line = "thin"
    right: Line = "thin"
    top: Line = "thin"
    bottom: Line = "thin"
    format: str = GENERAL
    locked: bool = False


@dataclass(slots=True)
class Painter:
    """Gives cells, columns and rows their looks; each look is built once for a workbook."""

    _made: dict[Look, Any] = field(default_factory=dict)

    def paint(self, thing: Any, look: Look) -> None:
        """Give a cell or a column the look."""
        made = self._made.get(look)
        if made is not None:
            # Setting six attributes on each of 5 000 cells takes longer than everything else together.
            thing._style = copy(made)  # noqa: SLF001 - openpyxl has no public way to share a style
            return
        thing.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.color)
        if look.fill:
            thing.fill = PatternFill("solid", fgColor=look.fill)
        thing.alignment = Alignment(
            horizontal=look.across,
            vertical=look.down,
            wrap_text=look.wrap,
            textRotation=90 if look.turned else 0,
            indent=0 if look.across == "center" else 1,
        )
        thing.border = Border(
            left=_side(look.left), right=_side(look.right), top=_side(look.top), bottom=_side(look.bottom)
        )
        thing.number_format = look.format
        thing.protection = Protection(locked=look.locked)
        self._made[look] = copy(thing._style)  # noqa: SLF001 - as above


def _side(line: Line) -> Side:
    """Return the border: «week» is a thin dark line, «thin» a thin light one."""
    if line == "none":
        return Side()
    return Side("medium" if line == "medium" else "thin", LINE if line == "thin" else STRONG)
