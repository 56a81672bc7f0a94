"""Laying the rows of a sheet out anew: rows repeated as often as a table has lines, everything below moved down.

The library moves cells alone; here merged cells, heights, formulas, rules of format and of input, the area and the
titles of print, breaks and names go with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.worksheet import Worksheet

from sgo_sheets.workbooks.print_form import Value

_CELL = r"(\$?[A-Za-z]{1,3}\$?)(\d{1,7})"
_REFERENCE = re.compile(rf"((?:'(?:[^']|'')+'|[^'!:]+)!)?{_CELL}(?::{_CELL})?")
_ROWS = re.compile(r"\d")
_LOST = "#REF!"


class Laid(NamedTuple):
    """A row to come: which row of the form it is, the values of the line it is made for (None – of no line)."""

    source: int
    values: tuple[Value, ...] | None = None


@dataclass(slots=True)
class Plan:
    """The rows of a sheet in their new order; ``repeated`` – those of the form that stand for lines of a table."""

    sheet: str
    rows: list[Laid] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)
    _first: dict[int, int] = field(default_factory=dict)
    _last: dict[int, int] = field(default_factory=dict)

    def add(self, source: int, values: tuple[Value, ...] | None = None) -> None:
        """Put a row of the form at the end."""
        self.rows.append(Laid(source, values))
        self._first.setdefault(source, len(self.rows))
        self._last[source] = len(self.rows)

    @property
    def moves(self) -> bool:
        """Return whether any row comes to stand elsewhere."""
        return any(at != row.source for at, row in enumerate(self.rows, 1))

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Return where rows from first to last stand now, None when none of them is left."""
        own = [row for row in range(first, min(last, self._known) + 1) if row in self._first]
        rest = max(0, last - max(first - 1, self._known))  # rows below everything written
        if not own and not rest:
            return None
        starts = [self._first[row] for row in own] or [first + self._grown]
        ends = [self._last[row] for row in own] or starts
        # Rows of one block come in the order of the table: the first of them need not be the first above.
        return min(starts), last + self._grown if rest else max(ends)

    @property
    def _known(self) -> int:
        return max([*self._first, *self.repeated], default=0)

    @property
    def _grown(self) -> int:
        return len(self.rows) - self._known

    def range(self, old: CellRange) -> CellRange | None:
        """Return where a range stands now."""
        rows = self.span(old.min_row, old.max_row)
        return rows and CellRange(min_col=old.min_col, max_col=old.max_col, min_row=rows[0], max_row=rows[1])

    def ranges(self, old: MultiCellRange | str) -> str:
        """Return where several ranges stand now, separated by spaces; «» when none is left."""
        found = (self.range(one) for one in (MultiCellRange(old) if isinstance(old, str) else old).ranges)
        return " ".join(sorted(one.coord for one in found if one))


def relaid(sheet: Worksheet, plan: Plan) -> None:
    """Lay the rows of a sheet out as planned."""
    if not plan.moves and len(plan.rows) >= sheet.max_row:
        return
    _cells(sheet, plan)
    _heights(sheet, plan)
    _merges(sheet, plan)
    formats = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        if place := plan.ranges(one.sqref):
            for rule in one.rules:
                rule.formula = [formula(text, sheet.title, {sheet.title: plan}) for text in rule.formula]
                formats.add(place, rule)
    sheet.conditional_formatting = formats
    checks = sheet.data_validations.dataValidation
    for check in checks:
        check.sqref = MultiCellRange(plan.ranges(check.sqref))
    sheet.data_validations.dataValidation = [check for check in checks if check.sqref.ranges]
    _paper(sheet, plan)


def renamed(book: Workbook, plans: Mapping[str, Plan]) -> None:
    """Make the formulas and names that lead into a sheet follow its rows."""
    if not any(plan.moves for plan in plans.values()):
        return
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in names.values():
            name.attr_text = formula(f"={name.attr_text}", "", plans)[1:]
    for sheet in book.worksheets:
        plan = plans[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = formula(cell.value, sheet.title, plans, cell.row, plan.rows[cell.row - 1].source)


def formula(text: str, sheet: str, plans: Mapping[str, Plan], row: int = 0, source: int = 0) -> str:
    """Return a formula of a sheet with the rows it names where they are now.

    ``row`` is where it stands, ``source`` the row of the form it has come from: within a repeated row it means its own.
    """
    sign = text.startswith("=")
    tokens = Tokenizer(text if sign else f"={text}")
    parts = []
    for token in tokens.items:
        found = _REFERENCE.fullmatch(token.value) if token.subtype == Token.RANGE else None
        parts.append(_referred(found, sheet, plans, (row, source)) if found else token.value)
    return "=" * sign + "".join(parts)


def _referred(found: re.Match[str], sheet: str, plans: Mapping[str, Plan], own: tuple[int, int]) -> str:
    prefix, column, first, end_column, last = found.groups()
    name = prefix[:-1].strip("'").replace("''", "'") if prefix else sheet
    plan = plans.get(name)
    if plan is None:
        return found[0]
    rows = plan.span(int(first), int(last or first))
    if name == sheet and int(first) == int(last or first) == own[1] and own[1] in plan.repeated:
        rows = own[0], own[0]
    if rows is None:
        return _LOST
    end = f":{end_column}{rows[1]}" if end_column else ""
    return f"{prefix or ''}{column}{rows[0]}{end}"


def _cells(sheet: Worksheet, plan: Plan) -> None:
    rows: dict[int, list[tuple[int, Cell | MergedCell]]] = {}
    held = sheet._cells  # noqa: SLF001 - the library's own insert_rows loses more than it moves
    for (row, column), cell in sorted(held.items()):
        rows.setdefault(row, []).append((column, cell))
    held.clear()
    for at, (source, values) in enumerate(plan.rows, 1):
        for column, cell in rows.get(source, ()):
            if values is not None:
                new = Cell(sheet, row=at, column=column)
                _dress(new, cell)
                new.value = cell.value
                held[at, column] = new
                continue
            cell.row = at
            held[at, column] = cell
            if cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate


def _dress(new: Any, old: Any) -> None:
    """Give a cell or a row the whole look of another."""
    new._style = copy(old._style)  # noqa: SLF001 - the library names the parts of a look, not the whole


def _heights(sheet: Worksheet, plan: Plan) -> None:
    old = dict(sheet.row_dimensions)
    sheet.row_dimensions.clear()
    for at, (source, _) in enumerate(plan.rows, 1):
        if source in old:
            was = old[source]
            new = RowDimension(
                sheet, index=at, ht=was.ht, hidden=was.hidden, outlineLevel=was.outlineLevel,
                collapsed=was.collapsed, thickBot=was.thickBot, thickTop=was.thickTop,
            )  # fmt: skip
            _dress(new, was)
            sheet.row_dimensions[at] = new


def _merges(sheet: Worksheet, plan: Plan) -> None:
    old = list(sheet.merged_cells.ranges)
    copies: dict[int, list[int]] = {}
    for at, row in enumerate(plan.rows, 1):
        if row.values is not None:
            copies.setdefault(row.source, []).append(at)
    sheet.merged_cells = MultiCellRange()
    for one in sorted(old, key=lambda one: (one.min_row, one.min_col)):
        if one.min_row in plan.repeated:
            for at in copies.get(one.min_row, ()):
                sheet.merged_cells.add(CellRange(min_col=one.min_col, max_col=one.max_col, min_row=at, max_row=at))
        elif moved := plan.range(CellRange(one.coord)):
            sheet.merged_cells.add(moved)


def _paper(sheet: Worksheet, plan: Plan) -> None:
    if sheet.print_area:
        areas = [part.rpartition("!")[2].replace("$", "") for part in str(sheet.print_area).split(",")]
        moved = [plan.ranges(area) if _ROWS.search(area) else area for area in areas]
        sheet.print_area = ",".join(filter(None, moved))
    if sheet.print_title_rows:
        first, last = (int(row) for row in sheet.print_title_rows.replace("$", "").split(":"))
        rows = plan.span(first, last)
        sheet.print_title_rows = f"{rows[0]}:{rows[1]}" if rows else None
    breaks = RowBreak()
    for one in sheet.row_breaks.brk:
        if rows := plan.span(one.id, one.id):
            breaks.append(Break(id=rows[1], max=one.max, man=one.man))
    sheet.row_breaks = breaks
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = plan.ranges(sheet.auto_filter.ref) or None
    for table in sheet.tables.values():
        table.ref = plan.ranges(table.ref) or table.ref
