"""The look at the sheets of an .ods before calamine: repeats that reach too far, errors, merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from sgo_sheets.records import faults
from sgo_sheets.workbooks.addresses import Extent, Oddities, no_dtd
from sgo_sheets.workbooks.archive import LIMITS, strange, torn

_MOST = 1 << 24


def look_ods(pieces: Iterable[bytes]) -> Mapping[str, Oddities]:
    """Return the oddities of each sheet of a «content.xml»; raises ``RefusedError`` when one reaches too far."""
    look = _Look()
    parser = expat.ParserCreate()
    parser.StartElementHandler = look.start
    parser.StartDoctypeDeclHandler = no_dtd
    parser.EndElementHandler = look.end
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by place only
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError as error:
        raise torn() from error
    return look.sheets


@dataclass(slots=True)
class _Look:
    """The state of the look between two elements."""

    sheets: dict[str, Oddities] = field(default_factory=dict)
    sheet: Oddities = field(default_factory=Oddities)
    extent: Extent = field(default_factory=Extent)
    row: int = 0
    row_repeats: int = 1
    column: int = 0
    last_filled: int = -1
    filled: int = 0
    repeats: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element in."""
        if name == "table:table":
            if len(self.sheets) >= LIMITS.sheets:
                raise strange(f"в книге больше {LIMITS.sheets} листов")
            self.sheet = self.sheets.setdefault(attributes.get("table:name", ""), Oddities())
            self.extent = Extent()
            self.row = 0
        elif name == "table:table-row":
            self.row_repeats = _number(attributes.get("table:number-rows-repeated"))
            self.column = self.filled = 0
            self.last_filled = -1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.repeats = _number(attributes.get("table:number-columns-repeated"))
            self._cell(attributes)
            self.column += self.repeats
        elif name == "text:p" and self.column:
            self.last_filled = max(self.last_filled, self.column - 1)

    def _cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("office:value-type")
        place = self.row, self.column
        if kind is not None:
            self.last_filled = self.column + self.repeats - 1
            self.filled += self.repeats
        if attributes.get("calcext:value-type") == "error":
            self.sheet.cells[place] = faults.ERROR_CELL
        elif "table:formula" in attributes and kind is None:
            self.sheet.cells[place] = faults.UNCACHED_FORMULA
        down = _number(attributes.get("table:number-rows-spanned"))
        right = _number(attributes.get("table:number-columns-spanned"))
        if down > 1 or right > 1:
            self.sheet.merge((*place, self.row + down - 1, self.column + right - 1))

    def end(self, name: str) -> None:
        """Take the end of an element in: a row is counted as often as it repeats."""
        if name == "table:table-row":
            if self.last_filled >= 0:
                last = self.row + self.row_repeats - 1
                self.extent.fill(last, self.last_filled, max(self.filled, 1) * self.row_repeats)
            self.row += self.row_repeats


def _number(text: str | None) -> int:
    """Return a repeat or a span; anything absurd is as much as makes the look refuse."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit()) or len(text) > 8:
        return _MOST
    return max(int(text), 1)
