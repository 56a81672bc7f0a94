"""A foreign workbook as plain rows: what an importer starts from, behind the same guard as the school's own books."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from python_calamine import CalamineError, CalamineWorkbook

from sgo_sheets.records.raw_values import Raw
from sgo_sheets.workbooks.archive import Refusal
from sgo_sheets.workbooks.guard import inspect

Rows = Sequence[Sequence[Raw]]


def raw_sheets(data: bytes) -> Mapping[str, Rows] | str:
    """Return the sheets of a workbook by name, cells from A1 on; or a Russian sentence that says why it is not read."""
    look = inspect(data)
    if isinstance(look, Refusal):
        return look.message
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        return f"книга не читается ({error}); откройте её в Excel и сохраните заново."
