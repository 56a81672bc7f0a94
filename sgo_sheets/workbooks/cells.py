"""The cells of a sheet as the file gives them: addresses, blanks, and headers compared the way people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sgo_sheets.findings import CellRef
from sgo_sheets.records.faults import ERROR_CELL, MERGED_CELL, UNCACHED_FORMULA, Fault
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.russian import as_cyrillic, clean, fold

# Letters that look the same in both alphabets, after casefold; used only to compare, never to change a value.
_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
_SECRETS = ("парол", "password")
_WORDS: Mapping[Fault, str] = {
    ERROR_CELL: "в клетке ошибка Excel; впишите значение вместо неё",
    UNCACHED_FORMULA: "у формулы нет сохранённого значения; откройте книгу в Excel и сохраните или впишите значение",
    MERGED_CELL: "клетка объединена с соседней; отмените объединение и заполните каждую клетку",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """A sheet as read from the file: values by row and column, 0-based, and cells that have no honest value.

    ``odd`` maps (row, column) to the fault of a cell whose value must not be taken for an empty one.
    """

    workbook: str
    sheet: str
    rows: Sequence[Sequence[Raw]]
    odd: Mapping[tuple[int, int], Fault] = field(default_factory=dict)

    def ref(self, row: int, column: int) -> CellRef:
        """Return the place of a cell given by 0-based row and column."""
        return CellRef(self.workbook, self.sheet, f"{letters(column)}{row + 1}")

    def value(self, row: int, column: int) -> Raw:
        """Return the value of a cell, None outside of what the file holds."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def odd_words(fault: Fault) -> str:
    """Return what to tell a person about a cell without an honest value."""
    return _WORDS[fault]


@lru_cache(maxsize=4096)
def letters(column: int) -> str:
    """Return the letters of a 0-based column: 0 → «A», 27 → «AB»."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def blank(value: Raw) -> bool:
    """Return whether a person sees nothing in the cell (spaces and invisible marks are nothing)."""
    if isinstance(value, str):
        return not value or not clean(value)
    return value is None


@lru_cache(maxsize=16384)
def header_text(text: str) -> str:
    """Return a header as a person reads it: on one line, without invisible marks, look-alike letters mended."""
    return as_cyrillic(clean(text.replace("\n", " ").replace("\r", " ")))[0]


@lru_cache(maxsize=16384)
def header_key(text: str) -> str:
    """Return what two headers that look the same share: «№ личного дела» in any case, line breaks, either alphabet."""
    one_line = fold(text.replace("\n", " ").replace("\r", " ")).replace("№ ", "№")
    return one_line.translate(_LOOK_ALIKE)


def header_of(value: Raw) -> str:
    """Return the header a cell holds, «» where it holds none."""
    if isinstance(value, str):
        return header_text(value) if value else ""
    return "" if value is None else plain(value)


def secret(header: str) -> bool:
    """Return whether a header announces passwords: what stands under it is neither read nor shown."""
    low = header.casefold()
    return any(word in low for word in _SECRETS)
