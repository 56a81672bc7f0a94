"""The look at a sheet of an .xlsx before calamine: how far it reaches, and cells calamine would show as empty.

A sheet as Excel, LibreOffice and the forms write it passes by a few searches in its bytes. Only a sheet that is large,
or written in another way, is gone through element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from sgo_sheets.records import faults
from sgo_sheets.workbooks.addresses import Extent, Oddities, address, no_dtd, span
from sgo_sheets.workbooks.archive import strange, torn

SMALL = 4 << 20
"""Sheets up to this many bytes of XML are looked at in one piece."""

LONGEST_TEXT = 256 << 10
"""No text of a cell is as long as this many bytes: Excel allows 32 767 characters."""

_UPPER, _LOWER, _DIGITS = (bytes(range(a, b)) for a, b in ((65, 91), (97, 123), (48, 58)))
_SHAPE = bytes.maketrans(_UPPER + _LOWER + _DIGITS + b"'", b"A" * 52 + b"0" * 10 + b'"')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>]*\bt="e"')
_UNCACHED = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"([^<>]*)>\s*<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z0-9:]+)"')
_TEXT = b't="str"'
_COMMON = frozenset(("c", "v", "row", "f", "is", "t"))
_ENDING = frozenset(
    ("c", "row", "mergeCells", "sheetProtection", "extLst", "dataValidations", "conditionalFormatting", "pageMargins",
     "hyperlinks", "autoFilter", "sheetCalcPr", "protectedRanges", "phoneticPr", "printOptions", "drawing",
     "legacyDrawing", "tableParts", "sheetPr", "cols")
)  # fmt: skip


def look_small(xml: bytes) -> Oddities:
    """Return the oddities of a sheet given whole; raises ``RefusedError`` when it reaches too far."""
    first = xml.find(b"sheetData")
    last = xml.rfind(b"sheetData")
    rows = xml[max(first - 1, 0) : last]
    if not _plain(rows):
        return look_closely((xml,))
    odd = Oddities()
    for match in _cells_with(rows, b't="e"', _ERROR):
        odd.cells[address(match[1].decode())] = faults.ERROR_CELL
    for match in _cells_with(rows, b"<f", _UNCACHED):
        if _TEXT not in match[2]:
            odd.cells.setdefault(address(match[1].decode()), faults.UNCACHED_FORMULA)
    if xml.find(b"mergeCell", last) >= 0:
        for match in _MERGED.finditer(xml, last):
            if (area := span(match[1].decode())) is not None:
                odd.merge(area)
    return odd


def _cells_with(rows: bytes, mark: bytes, cell: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield the cells a pattern describes, looking only where a mark stands: far quicker than at every cell."""
    at = rows.find(mark)
    while at >= 0:
        start = rows.rfind(b"<c ", 0, at)
        match = cell.match(rows, start) if start >= 0 else None
        if match is not None:
            yield match
        at = rows.find(mark, at + len(mark))


def _plain(rows: bytes) -> bool:
    """Return whether every cell and row names its own place, none beyond row 999 and column ZZ."""
    if rows.count(b"<c") != rows.count(b'<c r="') or rows.count(b"<row") != rows.count(b'<row r="'):
        return False
    if b":c" in rows or b":row" in rows:
        return False
    shape = rows.translate(_SHAPE)
    return not any(far in shape for far in (b"AAA0", b'"0000', b"A0000"))


def look_closely(pieces: Iterable[bytes]) -> Oddities:
    """Return the oddities of a sheet, element by element; raises ``RefusedError`` when it reaches too far."""
    look = _Look()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = look.start
    parser.StartDoctypeDeclHandler = no_dtd
    look.parser = parser
    try:
        for piece in pieces:
            if len(piece) > LONGEST_TEXT and b"<" not in piece:
                raise strange("на листе слишком длинный текст")
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by place only
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError as error:
        raise torn() from error
    look.close_cell()
    return look.odd


@dataclass(slots=True)
class _Look:
    """The state of the look between two elements."""

    extent: Extent = field(default_factory=Extent)
    odd: Oddities = field(default_factory=Oddities)
    parser: expat.XMLParserType | None = None
    row: int = -1
    ref: str = ""
    skipped: int = -1
    kind: str = ""
    pending: bool = False
    formula: bool = False
    valued: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take one element in."""
        if name not in _COMMON and ":" in name:
            name = name.rpartition(":")[2]
        if self.pending and name in _ENDING:
            self.close_cell()
        if name == "c":
            self.kind = attributes.get("t", "")
            self.pending = self.kind == "e"
            ref = attributes.get("r")
            if ref is None:
                self.skipped += 1
            else:
                self.ref = ref
                self.skipped = 0
        elif name in ("v", "is"):
            self.extent.fill(*self._place())
            if self.formula and self.parser is not None:
                self.parser.CharacterDataHandler = self._text
        elif name == "f":
            self.formula = self.pending = True
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "mergeCell" and (area := span(attributes.get("ref", ""))) is not None:
            self.odd.merge(area)

    def _start_row(self, number: str | None) -> None:
        if number is None:
            self.row += 1
        else:
            self.row = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 8 else 1 << 24
        self.ref = ""
        self.skipped = -1

    def _place(self) -> tuple[int, int]:
        if not self.ref:
            return self.row, self.skipped
        row, column = address(self.ref)
        return row, column + self.skipped

    def _text(self, text: str) -> None:
        if text.strip():
            self.valued = True

    def close_cell(self) -> None:
        """Judge the cell that has just ended."""
        if not self.pending:
            return
        if self.kind == "e":
            self.odd.cells[self._place()] = faults.ERROR_CELL
        elif self.formula and not self.valued and self.kind != "str":
            self.odd.cells[self._place()] = faults.UNCACHED_FORMULA
        if self.formula and self.parser is not None:
            self.parser.CharacterDataHandler = None
        self.kind = ""
        self.formula = self.valued = self.pending = False
