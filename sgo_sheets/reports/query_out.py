"""The answer of a query as a table on the screen, .csv, .xlsx or .parquet."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from sgo_sheets.project import UserError
from sgo_sheets.records.raw_values import FORMULA_SIGNS
from sgo_sheets.reports.query import Answer, Cell, engine, fill
from sgo_sheets.reports.workbook import NO_TIME
from sgo_sheets.russian import day

SHOWN_ROWS, SHOWN_WIDTH = 200, 40
_KEPT = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT", "DATE", "TIMESTAMP", "BOOLEAN")


def shown(answer: Answer) -> Iterator[str]:
    """Yield the lines of a table for the screen; the first rows of a long one."""
    texts = [[_text(cell) for cell in row] for row in answer.rows[:SHOWN_ROWS]]
    widths = [
        min(SHOWN_WIDTH, max([len(header), *(len(row[place]) for row in texts)]))
        for place, header in enumerate(answer.headers)
    ]
    numeric = [
        all(isinstance(row[place], (int, float, Decimal, type(None))) for row in answer.rows[:SHOWN_ROWS])
        for place in range(len(widths))
    ]
    yield _line(answer.headers, widths, [False] * len(widths))
    yield "─┼─".join("─" * width for width in widths)
    for row in texts:
        yield _line(row, widths, numeric)


def _line(cells: tuple[str, ...] | list[str], widths: list[int], right: list[bool]) -> str:
    parts = []
    for cell, width, to_right in zip(cells, widths, right, strict=True):
        short = cell if len(cell) <= width else f"{cell[: width - 1]}…"
        parts.append(short.rjust(width) if to_right else short.ljust(width))
    return " │ ".join(parts).rstrip()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, (float, Decimal)):
        return f"{cell:.10g}".replace(".", ",") if isinstance(cell, float) else f"{cell:f}".replace(".", ",")
    if isinstance(cell, dt.datetime):
        return f"{day(cell.date())} {cell:%H:%M}"
    return day(cell) if isinstance(cell, dt.date) else " ".join(str(cell).split())


def to_file(answer: Answer, path: Path) -> bytes:
    """Return the bytes of the file a name asks for by its ending. Raises UserError for another ending."""
    return writer(path)(answer)


def writer(path: Path) -> Callable[[Answer], bytes]:
    """Return what writes such a file. Raises UserError for an ending that is not known."""
    found = _WRITERS.get(path.suffix.casefold())
    if found is None:
        raise UserError(f"«{path.name}»: ответ сохраняется в .csv, .xlsx или .parquet.")
    return found


def _csv(answer: Answer) -> bytes:
    """Return the answer as text Excel opens: UTF-8 with a mark, «;» between cells; a text never becomes a formula."""
    out = StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow([_harmless(header) for header in answer.headers])
    rows.writerows([_harmless(cell) if isinstance(cell, str) else _text(cell) for cell in row] for row in answer.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _xlsx(answer: Answer) -> bytes:
    """Return a workbook of one sheet: numbers and days as such, texts as texts, a header that stays in sight."""
    import xlsxwriter  # noqa: PLC0415 - heavy

    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(data, {**options, "remove_timezone": True, "nan_inf_to_errors": True})
    book.set_properties({"created": NO_TIME})
    sheet = book.add_worksheet("Ответ")
    head = book.add_format({"bold": True, "bg_color": "#F3EFE6", "border": 1, "border_color": "#BFB8A8"})
    days = book.add_format({"num_format": "dd.mm.yyyy"})
    for place, header in enumerate(answer.headers):
        sheet.write_string(0, place, header, head)
        widest = max([len(header), *(len(_text(row[place])) for row in answer.rows[:SHOWN_ROWS])])
        sheet.set_column(place, place, min(60, widest + 3))
    for number, row in enumerate(answer.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, place, cell, days)
            elif isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
                sheet.write_number(number, place, cell)
            elif cell is not None:
                sheet.write_string(number, place, _text(cell))
    sheet.freeze_panes(1, 0)
    if answer.headers:
        sheet.autofilter(0, 0, max(1, len(answer.rows)), len(answer.headers) - 1)
    book.close()
    return data.getvalue()


def _parquet(answer: Answer) -> bytes:
    """Return the answer as Parquet, written by a database that holds nothing but the answer."""
    columns: dict[str, str] = {}
    for header, sort in zip(answer.headers, answer.types, strict=True):
        name = header if header not in columns else f"{header} {len(columns) + 1}"
        columns[name] = sort if sort in _KEPT or sort.startswith("DECIMAL") else "VARCHAR"
    connection = engine().connect(":memory:")
    try:
        with tempfile.TemporaryDirectory(prefix="sgo-query-") as folder:
            fill(connection, "answer", columns, answer.rows, Path(folder) / "answer.csv")
            target = Path(folder) / "answer.parquet"
            connection.execute(f"COPY answer TO '{str(target).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
            return target.read_bytes()
    finally:
        connection.close()


_WRITERS: Mapping[str, Callable[[Answer], bytes]] = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
