"""A school's own form of a pupil's report (15–20): what it is filled with, a sheet for each pupil of a class.

A form is one for all pupils, and their tables are not alike: here each has every column and table a form may name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sgo_sheets.reports import pupil_average, pupil_days, pupil_letter, pupil_table
from sgo_sheets.reports.document import NOT_STUDIED, Column, Document, Kind, Row, Table, Value
from sgo_sheets.reports.print_forms import Forms, chosen, filling_of
from sgo_sheets.reports.pupils_workbook import formed_day_words, sheet_name
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.reports.workbook import NO_TIME
from sgo_sheets.workbooks.print_form import Filling, PrintForm, filled_each, place_of


class OwnBook(NamedTuple):
    """A form that can be filled for all pupils of a class, with what is filled in for each under the sheet's name."""

    form: PrintForm
    fillings: tuple[tuple[str, Filling], ...]

    def data(self, on: dt.date | None) -> bytes:
        """Return the bytes of the workbook; same data and form, same bytes. ``on`` as in ``pupils_workbook``."""
        return filled_each(self.form, self.fillings, dt.datetime.combine(on, dt.time()) if on else NO_TIME)


def own_book(
    forms: Forms,
    documents: Sequence[tuple[str, Document]],
    span: ReportSpan,
    school_class: str,
    on: dt.date | None,
) -> tuple[OwnBook | None, tuple[str, ...]]:
    """Return the form of a report filled for pupils, None where no form suits them all; in Russian what is wrong.

    ``documents`` are (pupil, report), all of one number. The first form in which everything has its place for every
    pupil is taken.
    """
    number = documents[0][1].number
    if number not in forms.by_number:
        return None, ()
    taken: set[str] = set()
    fillings = tuple(
        (sheet_name(pupil, taken), _filling(document, span, {"класс": school_class, "ученик": pupil}, on))
        for pupil, document in documents
    )
    told: dict[str, None] = {}
    for form in forms.by_number.get(number, ()):
        if len(form.sheets) > 1:
            where = place_of(form.path, form.sheets[1])
            told[f"{where}: метки отчёта по ученику стоят на одном листе – он повторяется для каждого ученика."] = None
            continue
        faults = [words for _, filling in fillings for words in chosen(Forms({number: (form,)}), number, filling)[1]]
        if not faults:
            return OwnBook(form, fillings), tuple(told)
        told |= dict.fromkeys(faults)
    return None, tuple(told)


def _filling(document: Document, span: ReportSpan, whose: Mapping[str, str], on: dt.date | None) -> Filling:
    """Return what a form may hold of a pupil's report: the sheet goes to the family, what is missing stands on it."""
    shape = _SHAPES.get(document.number)
    whole = shape(document) if shape else document
    filling = filling_of(replace(whole, lacks=()), span, None, whose)
    lacks = "; ".join(lack.what + (f" – {lack.name}" if lack.name else "") for lack in document.lacks)
    fields: dict[str, Value] = {
        **filling.fields,
        "сформировано": formed_day_words(on),
        "неполнота": f"Данные неполны: {lacks}" if lacks else None,
        "пояснения": " ".join(whole.notes) or None,
    }
    return Filling(fields, filling.tables)


def _turned(document: Document) -> Document:
    """Return report 15 with a row for each subject: its columns are subjects, and everyone has his own."""
    (table,) = document.tables
    columns = (Column("Предмет", Kind.NAME, 30), *(Column(str(row.cells[0]), Kind.NUMBER, 9) for row in table.rows))
    lines = zip(*(row.cells[1:] for row in table.rows), strict=True)
    rows = tuple(Row((column.title, *cells)) for column, cells in zip(table.columns[1:], lines, strict=True))
    return replace(document, tables=(Table(table.name, columns, rows),))


def _without_days(document: Document) -> Document:
    """Return report 18 without its days, which are everyone's own: subjects with the figures of the period."""
    table = document.tables[-1]
    kept = (0, *range(-pupil_days.FIGURES, 0))
    rows = tuple(Row(tuple(row.cells[place] for place in kept), row.place) for row in table.rows)
    columns = tuple(table.columns[place]._replace(turned=False) for place in kept)
    return replace(document, tables=(Table(table.name, columns, rows),))


def _with_finals(document: Document) -> Document:
    """Return report 17 with the columns of the exam and of the final mark, there or not."""
    marks, *rest = document.tables
    for title in (pupil_table.EXAM, pupil_table.TOTAL):
        marks = _with(marks, Column(title, Kind.MARK, 10), len(marks.columns), NOT_STUDIED)
    return replace(document, tables=(marks, *rest))


def _letter(document: Document) -> Document:
    """Return report 20 with a column for every sort of marks and the table of debts.

    Its greeting is left out: a form has the school's own.
    """
    marks, absent, *rest = document.tables
    for title in pupil_letter.SOMETIMES:
        place = [column.title for column in marks.columns].index(pupil_letter.MEAN)
        marks = _with(marks, Column(title, Kind.NUMBER, 5, group=pupil_letter.MARKS), place, 0)
    debts = rest[0] if rest else pupil_letter.debts(())
    return replace(document, tables=(marks, absent, debts), notes=document.notes[1:])


def _with(table: Table, column: Column, place: int, value: Value) -> Table:
    if any(one.title == column.title for one in table.columns):
        return table
    columns = (*table.columns[:place], column, *table.columns[place:])
    rows = tuple(Row((*row.cells[:place], value, *row.cells[place:]), row.place) for row in table.rows)
    return table._replace(columns=columns, rows=rows)


_SHAPES: Mapping[int, Callable[[Document], Document]] = {
    pupil_average.NUMBER: _turned,
    pupil_table.NUMBER: _with_finals,
    pupil_days.NUMBER: _without_days,
    pupil_letter.NUMBER: _letter,
}
