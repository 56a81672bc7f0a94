"""Whatever the bytes and whatever the cells, reading ends in a book: it never raises."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from sgo_sheets.records.catalog import Book
from sgo_sheets.workbooks.book import read_data
from tests.workbooks.archives import ods, ods_row, plan_book, zipped
from tests.workbooks.books import JOURNAL, JOURNAL_SHEETS, YEAR, make

PATHS = ("Школа.xlsx", "КТП/Химия 8.xlsx", JOURNAL, "Контингент/5А.xlsx", "Учебный план.ods")


@cache
def _journal() -> bytes:
    target = io.BytesIO()
    make(JOURNAL_SHEETS).save(target)
    return target.getvalue()


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_journal())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _is_whole(book: Book) -> None:
    if book.unreadable:
        assert (book.tables, book.grid, len(book.findings)) == ({}, None, 1)
    for finding in book.findings:
        assert finding.message
        assert finding.at.workbook == book.path


@settings(deadline=None)
@given(st.binary(max_size=600), st.sampled_from(PATHS))
def test_random_bytes_are_refused(data: bytes, path: str) -> None:
    book = read_data(data, path, YEAR)
    assert book.unreadable
    assert len(book.findings) == 1


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["неизвестно.xlsx", "1A2B3C4D", "Журналы/5А.xls"]))
def test_stray_files_are_never_read(data: bytes, path: str) -> None:
    book = read_data(data, path, YEAR)
    assert (book.tables, book.grid, book.unreadable) == ({}, None, False)


@settings(deadline=None)
@given(st.sampled_from(["PK\x03\x04", "PK\x05\x06"]), st.binary(max_size=300))
def test_random_bytes_behind_a_signature_are_refused(head: str, data: bytes) -> None:
    assert read_data(head.encode("latin-1") + data, "КТП/Химия 8.xlsx", YEAR).unreadable


@settings(deadline=None)
@given(st.data())
def test_changed_bytes_of_a_workbook_never_raise(data: st.DataObject) -> None:
    good = data.draw(st.sampled_from([_journal(), plan_book(), ods(ods_row("№ урока", "Тема урока"))]))
    changed = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    _is_whole(read_data(bytes(changed), JOURNAL, YEAR))


_PIECES = (
    *(
        b"",
        b"<",
        b">",
        b"/",
        b'"',
        b"\0",
        b"&#65;",
        b"&",
        b"99999999999",
        b"XFD1048576",
        b"A0",
        b"-1",
        b"1e308",
        b"NaN",
    ),
    *(b"<c><v>5</v></c>", b'<row r="1048576"/>', b't="e"', b't="s"', b't="d"', b"</c>", b"<f>1+1</f>", b"<!-- -->"),
    *(b"<![CDATA[x]]>", b"\xff\xfe", b"<is><t>x</t></is>", b'r="B2"', b's="999999"'),
    b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_changed_parts_of_a_whole_archive_never_raise_or_kill(data: st.DataObject) -> None:
    parts = dict(_parts())
    name = data.draw(st.sampled_from([name for name in parts if name.startswith(("xl/", "docProps", "_rels"))]))
    body = parts[name]
    for _ in range(data.draw(st.integers(1, 3))):
        marks = [match.start() for match in re.finditer(rb'[<>"\d]', body)] or [0]
        start = data.draw(st.sampled_from(marks))
        end = min(len(body), start + data.draw(st.integers(0, 12)))
        body = body[:start] + data.draw(st.sampled_from(_PIECES)) + body[end:]
    parts[name] = body
    _is_whole(read_data(zipped(parts), JOURNAL, YEAR))


_CELL = st.one_of(
    st.none(), st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates(), st.times(), st.datetimes(),
    st.sampled_from(["Дата", "Урок", "№ личного дела", "Обучающийся", "Тема урока", "Показатель", "Значение", "Класс",
                     "Вид работы", "Пароль", "5А", "н", "4 5", "07.09.2026", "№", "1 четверть"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELL, max_size=6), max_size=7), st.sampled_from(["Титул", "Отметки", "Уроки", "Итоги"]))
def test_whatever_stands_in_the_cells_is_read_or_named(rows: list[list[object]], sheet: str) -> None:
    target = io.BytesIO()
    make({**JOURNAL_SHEETS, sheet: rows}).save(target)
    book = read_data(target.getvalue(), JOURNAL, YEAR)
    assert not book.unreadable
    _is_whole(book)
