"""All pages of an invented school without files: what the tests over every report of the registry walk through.

A school may have its texts changed before it is read, as if somebody had typed other ones into its workbooks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sgo_sheets.demo.in_memory import book_in_memory
from sgo_sheets.demo.invent import Invented, invent
from sgo_sheets.demo.journals import filled
from sgo_sheets.demo.world import Spec
from sgo_sheets.pipeline.makers import CLASS_MAKERS, SCHOOL_MAKERS, ClassWork, SchoolWork
from sgo_sheets.records.base import Column, Record
from sgo_sheets.records.catalog import BY_KIND, BookContent, GridContent, Rows
from sgo_sheets.records.raw_values import Raw
from sgo_sheets.reports.completeness import completeness
from sgo_sheets.reports.totals import totals_of
from sgo_sheets.rules.engine import combine, judge, judge_school
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import School
from sgo_sheets.site.control_places import of_class
from sgo_sheets.site.page import Page, pages_of
from sgo_sheets.site.render import Renderer

ON = dt.date(2026, 11, 24)
TWO_CLASSES = Spec(classes=2, pupils=16, seed=5, on=ON)
Typist = Callable[[str, "type[Record] | None", "Column | None", str], str]
"""Given a path, the declaration of the sheet and of the column (None: of a header or the grid) and a text, returns
what is typed instead."""


def read_changed(spec: Spec, typed: Typist = lambda _path, _record, _column, text: text) -> School:
    """Return the school of a spec with its texts changed."""
    invented = invent(spec)
    year = invented.world.year.first, invented.world.year.last
    books = [
        replace(book_in_memory(path, _changed(path, content, typed), year), saved=saved)
        for path, content, saved in _contents(invented)
    ]
    return assemble(sorted(books, key=lambda book: book.path))


def site_pages(school: School, on: dt.date = ON, templates: Path | None = None) -> Iterator[Page]:
    """Yield every page of the site of a school, made as a build makes them."""
    render = Renderer(templates)
    verdict = combine([judge_school(school, on), *(judge(book, on) for book in school.books)])
    filled_in = {book.name: completeness(book, on) for book in school.books}
    totals = {book.name: totals_of(book) for book in school.books}
    for book in school.books:
        done = {one: number for one, number in verdict.done.items() if one.school_class == book.name}
        of = ClassWork(book, book, of_class(book, verdict.findings), done, on, render)
        for maker in CLASS_MAKERS:
            yield from maker.pages(of)
            yield from pages_of(maker.parts(of))
    whole = SchoolWork(school, school, verdict, filled_in, totals, on, render)
    for of_school in SCHOOL_MAKERS:
        yield from of_school.pages(whole)
        if of_school.parts:
            yield from pages_of(of_school.parts(whole))


def _contents(invented: Invented) -> Iterator[tuple[str, BookContent, dt.datetime]]:
    for page in invented.pages:
        yield page.path, page.content, page.saved
    for job, spoilt in invented.journals:
        yield job.path, spoilt or filled(job), dt.datetime.combine(invented.world.spec.on, dt.time(12, 45))


def _changed(path: str, content: BookContent, typed: Typist) -> BookContent:
    records = {record.sheet: record for record in BY_KIND[content.kind].sheets}
    sheets: dict[str, Rows | GridContent | Mapping[str, Raw]] = {}
    for name, held in content.sheets.items():
        record = records.get(name) or records.get(name.split(" с ")[0])
        columns = {column.header: column for column in record.columns()} if record else {}
        if isinstance(held, GridContent):
            pupils = tuple((number, typed(path, None, None, pupil)) for number, pupil in held.pupils)
            sheets[name] = replace(held, pupils=pupils)
        elif isinstance(held, Rows):
            rows = tuple(_row(path, record, columns, row, typed) for row in held.rows)
            own = tuple(header if header in columns else typed(path, record, None, header) for header in held.columns)
            sheets[name] = Rows(rows, own)
        else:
            sheets[name] = _row(path, record, columns, held, typed)
    return replace(content, sheets=sheets)


def _row(
    path: str,
    record: type[Record] | None,
    columns: Mapping[str, Column],
    row: Mapping[str, Raw],
    typed: Typist,
) -> dict[str, Raw]:
    changed: dict[str, Raw] = {}
    for header, value in row.items():
        column = columns.get(header)
        head = header if column is not None else typed(path, record, None, header)
        changed[head] = typed(path, record, column, value) if isinstance(value, str) and value else value
    return changed
