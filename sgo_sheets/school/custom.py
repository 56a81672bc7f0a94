"""The reports of «Конструктор отчётов.xlsx» as understood: which table, which rows of it, how they are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sgo_sheets.findings import CellRef, Finding, Role
from sgo_sheets.records.faults import CUSTOM_REPORT
from sgo_sheets.records.regulation_book import CustomReport
from sgo_sheets.records.report_tables import BY_NAME, COUNT, SHARE, TEACHERS, ReportTable
from sgo_sheets.russian import clean, perhaps
from sgo_sheets.school.condition_values import Values
from sgo_sheets.school.conditions import CellError, Condition, allowed, condition, place_of
from sgo_sheets.school.elements import Span

MOST_ROW_FIELDS = 2
OF_NUMBERS = "выберите в графе «Функция» сумму, среднее, минимум или максимум"


@dataclass(frozen=True, slots=True)
class CustomSpec:
    """A report understood: its table, conditions, the places of the columns it is laid out by.

    ``value`` is the column summed, None where records are counted; ``share`` – the condition whose share is asked.
    """

    title: str
    table: ReportTable
    conditions: tuple[Condition, ...]
    said: str
    rows: tuple[int, ...]
    column: int | None
    value: int | None
    share: Condition | None
    share_said: str
    function: str
    audience: str
    row: int
    at: CellRef


def custom_reports(
    records: Iterable[CustomReport], known: Values, year: Span | None = None
) -> tuple[tuple[CustomSpec, ...], list[Finding]]:
    """Return the reports that are understood and what is wrong with the others, each at its cell.

    ``known`` – the values the school has, by the name of the column; ``year`` – its year, for days without one.
    """
    found: list[CustomSpec] = []
    findings: list[Finding] = []
    for record in records:
        if record.unread_fields:  # reading has said so of the cell
            continue
        try:
            found.append(_spec(record, known, year))
        except CellError as wrong:
            findings.append(CUSTOM_REPORT.at(record.at(wrong.field), str(wrong), Role.ADMIN))
    return tuple(found), findings


def _spec(record: CustomReport, known: Values, year: Span | None) -> CustomSpec:
    table = BY_NAME[record.table]
    function = record.function or COUNT
    rows = tuple(place_of(table, name, "rows") for name in _parts(record.rows))
    if not 1 <= len(rows) <= MOST_ROW_FIELDS:
        raise CellError("rows", f"в «Строках» назовите один или два столбца. {allowed(table)}")
    column = place_of(table, record.columns_by, "columns_by") if record.columns_by else None
    conditions = tuple(
        condition(table, part, "conditions", known, year)
        for part in re.split(r"[;\n]", record.conditions)
        if clean(part)
    )
    share = _share(table, record.value, known, year) if function == SHARE and record.value else None
    value = _value(table, record.value, function)
    if record.audience == TEACHERS:
        asked = (one.place for one in (*conditions, *([share] if share else [])))
        for place in (*rows, *([column] if column is not None else []), *asked):
            if table.columns[place].personal:
                raise CellError(
                    "audience",
                    f"в отчёте есть «{table.columns[place].name}»: такие отчёты видит только завуч. Впишите «завуч».",
                )
    return CustomSpec(
        title=record.title,
        table=table,
        conditions=conditions,
        said="; ".join(clean(part) for part in re.split(r"[;\n]", record.conditions) if clean(part)),
        rows=rows,
        column=column,
        value=value,
        share=share,
        share_said=record.value if share else "",
        function=function,
        audience=record.audience,
        row=record.row,
        at=record.at("title"),
    )


def _share(table: ReportTable, typed: str, known: Values, year: Span | None) -> Condition:
    """Return the condition whose share is asked."""
    try:
        return condition(table, typed, "value", known, year)
    except CellError as wrong:
        raise CellError("value", f"{wrong} У «доли %» в этой графе условие, например «Отметка от 4».") from wrong


def _value(table: ReportTable, typed: str, function: str) -> int | None:
    """Return the column of numbers a function is of; counting and shares need none."""
    if function in (COUNT, SHARE):
        if function == COUNT and typed:
            raise CellError("value", f"для «количества» графа пустая. Считать по столбцу «{typed}»: {OF_NUMBERS}.")
        return None
    numbers = [one.name for one in table.columns if one.numeric]
    found = table.column(typed)
    if found is None or not found.numeric:
        what = f"«{typed}» – не столбец с числами" if typed else f"для функции «{function}» нужен столбец с числами"
        raise CellError(
            "value",
            f"{what}.{perhaps(typed, numbers)} В таблице «{table.name}» есть: {', '.join(numbers) or 'нет таких'}.",
        )
    return table.columns.index(found)


def _parts(text: str) -> list[str]:
    return [clean(part) for part in re.split(r"[,;\n]", text) if clean(part)]
