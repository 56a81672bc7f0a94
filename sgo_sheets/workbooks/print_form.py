"""A school's own print form: an .xlsx whose cells hold placeholders «{{…}}», and what may stand in for them.

A field («{{школа}}») may stand anywhere. Of a table a form holds one row for its lines («{{строка.Обучающийся}}»), one
for its totals («{{итог.…}}») and one for its headings («{{заголовок.…}}»): they are repeated (reports.md, forms).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from sgo_sheets.russian import fold
from sgo_sheets.workbooks.archive import Refusal
from sgo_sheets.workbooks.guard import inspect

Value = str | int | Decimal | dt.date | None
MARKED = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
PLACES = {"строка": "line", "итог": "total", "заголовок": "heading"}
"""The words a placeholder of a table begins with, and the places of the rows it is repeated for."""
_OF_TABLE = re.compile(r"(?:таблица ?([1-9]\d?) ?\. ?)?(строка|итог|заголовок) ?\. ?(.+)")
ALLOWED = "; можно: "
"""Stands in a sentence before what is allowed, which differs from report to report."""
_DRAWN = ("xl/drawings/", "xl/media/", "xl/charts/")


class FormTable(NamedTuple):
    """A table to fill a form with: the name of every column, each its own; its rows with their places, in order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form may be filled with: fields by name, tables; ``added`` – a sheet put after those of the form."""

    fields: Mapping[str, Value]
    tables: tuple[FormTable, ...]
    added: tuple[str, tuple[tuple[Value, ...], ...]] | None = None


class Mark(NamedTuple):
    """A placeholder: its words as typed, its key; of a table also the table's number from 0 and the place of the row.

    ``place`` is «» of a field.
    """

    words: str
    key: str
    table: int = 0
    place: str = ""


class Spot(NamedTuple):
    """Where a placeholder stands."""

    sheet: str
    row: int
    cell: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A form that has been read: what it is called for people, its bytes, its placeholders.

    ``notes`` say what of it will not be in the filled book.
    """

    path: str
    data: bytes = field(repr=False)
    spots: tuple[Spot, ...]
    notes: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the sheets with placeholders, in order."""
        return tuple(dict.fromkeys(spot.sheet for spot in self.spots))

    def faults(self, filling: Filling) -> tuple[str, ...]:
        """Return a Russian sentence for every placeholder that nothing stands in for; () when it can be filled."""
        return *self.unknown(filling), *self._columns(filling)

    def unknown(self, filling: Filling) -> tuple[str, ...]:
        """Return the sentences of ``faults`` about fields: no other class or period will have them."""
        return tuple(self._fields(filling))

    def _fields(self, filling: Filling) -> Iterator[str]:
        fields = {key_of(name) for name in filling.fields}
        for sheet, _, cell, mark in self.spots:
            if not mark.place and mark.key not in fields:
                where = place_of(self.path, sheet, cell)
                columns = "столбцы таблицы – «{{строка.…}}», «{{итог.…}}», «{{заголовок.…}}»"
                known = f"{_listed(filling.fields)}; {columns}."
                yield f"{where}: неизвестная метка «{{{{{mark.words}}}}}»{ALLOWED}{known}"

    def _columns(self, filling: Filling) -> Iterator[str]:
        columns = [{key_of(name) for name in table.columns} for table in filling.tables]
        for sheet, _, cell, mark in self.spots:
            where = place_of(self.path, sheet, cell)
            if not mark.place:
                continue
            if mark.table >= len(columns):
                number = len(columns)
                yield f"{where}: метка «{{{{{mark.words}}}}}»: таблиц в отчёте {number}, последняя – «таблица{number}»."
            elif mark.key not in columns[mark.table]:
                names = ", ".join(f"«{name}»" for name in filling.tables[mark.table].columns)
                yield f"{where}: метка «{{{{{mark.words}}}}}»: такого столбца в отчёте нет{ALLOWED}{names}."


def key_of(name: str) -> str:
    """Return the key two spellings of a placeholder share."""
    return fold(re.sub(r"\s*:\s*", ":", name))


def mark_of(words: str) -> Mark:
    """Return the placeholder typed between the braces."""
    words = words.strip()
    found = _OF_TABLE.fullmatch(fold(words))
    if found is None:
        return Mark(words, key_of(words))
    number, place, column = found.groups()
    return Mark(words, key_of(column), int(number or 1) - 1, PLACES[place])


def place_of(path: str, sheet: str = "", cell: str = "") -> str:
    """Return «templates/reports/07 Итоги.xlsx › Лист1!C7»."""
    return path + (f" › {sheet}" if sheet else "") + (f"!{cell}" if cell else "")


def read_form(path: str, data: bytes) -> PrintForm | tuple[str, ...]:
    """Return the form, or Russian sentences: why no report can fill it. Never raises for bad bytes.

    ``path`` is what it is called for people.
    """
    look = inspect(data)
    if isinstance(look, Refusal):
        return (f"{path}: {look.message}",)
    from sgo_sheets.workbooks.form_filling import opened, structure  # noqa: PLC0415 - heavy, and few schools have forms

    book = opened(data)
    if book is None:
        return (
            f"{path}: файл не читается; откройте его в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)».",
        )
    spots, faults = structure(book, path)
    if not faults and not spots:
        faults = [f"{path}: в форме нет ни одной метки вида «{{{{школа}}}}» или «{{{{строка.Обучающийся}}}}»."]
    return tuple(faults) if faults else PrintForm(path, data, tuple(spots), tuple(_notes(path, data)))


def filled(form: PrintForm, filling: Filling, saved: dt.datetime) -> bytes:
    """Return the filled form; ``saved`` stands in it as the moment of its making. Same arguments, same bytes.

    Raises ValueError when the form has faults for this filling.
    """
    if faults := form.faults(filling):
        raise ValueError(faults[0])
    from sgo_sheets.workbooks.form_filling import fill  # noqa: PLC0415 - openpyxl is loaded by who has a form

    return fill(form, filling, saved)


def filled_each(form: PrintForm, fillings: Sequence[tuple[str, Filling]], saved: dt.datetime) -> bytes:
    """Return a workbook with the sheet of a form filled once for each filling, under the names given.

    Raises ValueError when the form has faults for any of them, or has placeholders on several sheets.
    """
    faults = [words for _, filling in fillings for words in form.faults(filling)]
    if faults or len(form.sheets) != 1:
        raise ValueError(faults[0] if faults else form.path)
    from sgo_sheets.workbooks.form_copies import fill_copies  # noqa: PLC0415 - openpyxl is loaded by who has a form

    return fill_copies(form, fillings, saved)


def _notes(path: str, data: bytes) -> Iterator[str]:
    if any(part.encode() in data for part in _DRAWN):  # the names of parts are never packed
        yield f"{path}: рисунки и диаграммы формы в заполненную книгу не переносятся."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"«{{{{{name}}}}}»" for name in names)
