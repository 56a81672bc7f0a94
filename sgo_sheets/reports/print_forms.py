"""A school's own print forms: which there are under ``templates/reports``, and a report as what fills one.

A form's name begins with the number of its report («07 Итоги класса.xlsx»). Of several with one number the first in
which everything has its place is filled: classes have different subjects.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sgo_sheets.reports.document import Document, Table
from sgo_sheets.reports.registry import CLASS_REPORTS, PUPIL_REPORTS, SCHOOL_REPORTS, TEACHER_REPORTS
from sgo_sheets.reports.spans import ReportSpan
from sgo_sheets.reports.workbook import LACK_COLUMNS, LACKS, NO_TIME, formed_words, lack_cells
from sgo_sheets.workbooks.archive import Refusal
from sgo_sheets.workbooks.files import read_bytes
from sgo_sheets.workbooks.print_form import ALLOWED, Filling, FormTable, PrintForm, Value, filled, read_form

FOLDER = "reports"
_NUMBER = re.compile(r"(\d{1,2})(?!\d)")
_FOREIGN = ("~$", ".")
_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a school by the number of their report, and in Russian what is wrong with a form itself."""

    by_number: Mapping[int, tuple[PrintForm, ...]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def forms_folder(templates: Path) -> Path:
    """Return where a school's forms lie under its templates."""
    return templates / FOLDER


def forms_in(templates: Path | None) -> Forms:
    """Return the school's own forms; a school without any costs a look at a folder that is not there."""
    folder = forms_folder(templates) if templates is not None else None
    if folder is None or not folder.is_dir():
        return Forms()
    files = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith(_FOREIGN))
    return _read(folder, tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files))


@lru_cache(maxsize=2)
def _read(folder: Path, files: _Stamp) -> Forms:
    """Read the forms once for as long as their files stay as they are."""
    found: dict[int, tuple[PrintForm, ...]] = {}
    faults: list[str] = []
    for name, _, _ in files:
        path = f"{folder.parent.name}/{folder.name}/{name}"
        one = _read_one(path, folder / name)
        if isinstance(one, PrintForm):
            number = _number_of(name)
            found[number] = (*found.get(number, ()), one)
            faults.extend(one.notes)
        else:
            faults.extend(one)
    return Forms(found, tuple(faults))


def _read_one(path: str, file: Path) -> PrintForm | tuple[str, ...]:
    if file.suffix.lower() != ".xlsx":
        return (f"{path}: форма должна быть книгой .xlsx; сохраните её как «Книга Excel (.xlsx)».",)
    number, known = _number_of(file.name), sorted(known_numbers())
    if number not in known:
        listed = ", ".join(f"{one:02d}" for one in known)
        return (f"{path}: имя формы начинается с номера отчёта, например «07 Итоги класса.xlsx»; можно: {listed}.",)
    data = read_bytes(file)
    return (f"{path}: {data.message}",) if isinstance(data, Refusal) else read_form(path, data)


def known_numbers() -> frozenset[int]:
    """Return the numbers of the reports a form can be made for."""
    of_class, of_school = {one.number for one in CLASS_REPORTS}, {one.number for one in SCHOOL_REPORTS}
    others = {one.number for one in TEACHER_REPORTS} | {one.number for one in PUPIL_REPORTS}
    return frozenset(of_class | of_school | others)


def _number_of(name: str) -> int:
    found = _NUMBER.match(name)
    return int(found[1]) if found else 0


def filling_of(document: Document, span: ReportSpan, formed: dt.datetime | None, whose: Mapping[str, str]) -> Filling:
    """Return what a form may hold of a report; ``whose`` – the fields that name its class or teacher.

    ``formed`` is ``document.formed`` by the school's clock.
    """
    lacks = tuple(lack_cells(lack) for lack in document.lacks)
    fields: dict[str, Value] = {
        "школа": document.school,
        "отчёт": document.title,
        **whose,
        "период": span.name,
        "начало периода": span.first,
        "конец периода": span.last,
        "сформировано": formed_words(formed),
        "неполнота": f"Данные неполны: см. лист «{LACKS}»" if lacks else None,
        **{f"подпись: {one.post}": one.name or None for one in document.signatures},
    }
    head: tuple[Value, ...] = tuple(column.title for column in LACK_COLUMNS)
    added = (LACKS, (head, *lacks)) if lacks else None
    return Filling(fields, tuple(_table(table) for table in document.tables), added)


def _table(table: Table) -> FormTable:
    return FormTable(tuple(_names(table)), tuple((row.place.value, row.cells) for row in table.rows))


def _names(table: Table) -> Iterator[str]:
    """Yield a name of its own for every column: its title; where several share it, «группа: title»; then «… (2)»."""
    titles = Counter(column.title for column in table.columns)
    given: Counter[str] = Counter()
    for column in table.columns:
        shared = titles[column.title] > 1 and column.group
        name = f"{column.group}: {column.title}" if shared else column.title
        given[name] += 1
        yield name if given[name] == 1 else f"{name} ({given[name]})"


def chosen(forms: Forms, number: int, filling: Filling) -> tuple[PrintForm | None, tuple[str, ...]]:
    """Return the form of a report that can be filled, and in Russian what is wrong with the others.

    Beside one that can be filled a form may name columns of other classes; a field nobody knows is always told.
    """
    own = forms.by_number.get(number, ())
    fitting = next((form for form in own if not form.faults(filling)), None)
    told = (form.faults(filling) if fitting is None else form.unknown(filling) for form in own)
    return fitting, tuple(words for found in told for words in found)


def told_once(forms: Forms, told: Iterable[str]) -> dict[str, int]:
    """Return what is wrong with forms (0: whatever the report), then of each fault of reports how many have it.

    One placeholder is one fault, though every class allows other columns: those of the first are named.
    """
    first = {words: words for words in forms.faults}
    numbers = dict.fromkeys(forms.faults, 0)
    for words in told:
        one = first.setdefault(words.partition(ALLOWED)[0], words)
        numbers[one] = numbers.get(one, 0) + 1
    return numbers


def form_of(form: PrintForm, filling: Filling, formed: dt.datetime | None) -> bytes:
    """Return the bytes of the filled form: same data and form, same bytes."""
    return filled(form, filling, formed.replace(tzinfo=None) if formed else NO_TIME)
