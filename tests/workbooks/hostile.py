"""Hostile and unlucky files by name, with the fault each must be refused with; and what reads them in a process apart.

``python -m tests.workbooks.hostile FOLDER`` prints for each file: name, fault codes, whether it was refused, seconds of
the processor, megabytes.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sgo_sheets.workbooks.reader import read_book
from tests.workbooks.archives import PLAN, TITLE, claimed, deflated, ods, ods_row, parts, plan_book, sheet, zipped

YEAR = (dt.date(2026, 9, 1), dt.date(2027, 5, 31))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = sheet("").partition(b"</sheetData>")[0]
_CLOSE = b"</sheetData></worksheet>"


def _with_plan(*blocks: tuple[bytes, int], part: str = "xl/worksheets/sheet2.xml") -> bytes:
    """Return a workbook with one part made of repeated blocks."""
    packed, size = deflated(blocks)
    others = parts({"Титул": sheet(TITLE), "План": sheet(PLAN)})
    others.pop(part, None)
    return claimed(part, packed, size, others=others)


def _bomb() -> bytes:
    return _with_plan((_OPEN, 1), (b'<row r="1"><c r="A1"><v>1</v></c></row>' * 25_000, 914), (_CLOSE, 1))


def _liar() -> bytes:
    """Return a part that claims a kilobyte and inflates to 300 MB."""
    packed, _ = deflated([(_OPEN, 1), (b" " * 1_000_000, 300), (_CLOSE, 1)])
    others = parts({"Титул": sheet(TITLE), "План": sheet(PLAN)})
    others.pop("xl/worksheets/sheet2.xml")
    return claimed("xl/worksheets/sheet2.xml", packed, 1000, others=others)


def _entities(declaration: str, text: str) -> bytes:
    plan = PLAN.replace("Вещества", text)
    body = f"<!DOCTYPE worksheet [{declaration}]>".encode() + sheet(plan)
    return zipped(parts({"Титул": sheet(TITLE), "План": body}))


def _strings(blocks: list[tuple[bytes, int]]) -> bytes:
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return _with_plan((head, 1), *blocks, (b"</sst>", 1), part="xl/sharedStrings.xml")


def _cell(place: str, row: str) -> bytes:
    return plan_book(PLAN + f'<row r="{row}"><c r="{place}"><v>5</v></c></row>')


def _noisy(block: bytes) -> bytes:
    """Return a block of a megabyte that packs only as well as honest data does."""
    noise = "".join(f"{(n * 2654435761) % 4294967296:x}" for n in range(2_000)).encode()
    return block + noise + block * ((1_000_000 - len(noise)) // len(block))


_LAUGHS = '<!ENTITY a "хахахахаха">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("W0101", lambda: b""),
    "text": ("W0101", lambda: b"date;topic\n1;2\n" * 100),
    "zeros": ("W0101", lambda: b"\0" * 100_000),
    "only a signature": ("W0101", lambda: b"PK\x03\x04"),
    "another archive": ("W0101", lambda: zipped({"letter.txt": b"hello", "a/b.xml": b"<a/>"})),
    "junk tail": ("W0101", lambda: plan_book() + b"\0" * 500),
    "old tail": ("W0101", lambda: plan_book() + plan_book(PLAN * 3)[len(plan_book()) - 400 :]),
    "junk head": ("W0101", lambda: b"junk" + plan_book()),
    "password": ("W0103", lambda: _OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900),
    "old xls": ("W0104", lambda: _OLE + b"\0" * 2000 + "Workbook".encode("utf-16-le") + b"\0" * 900),
    "binary xlsb": ("W0104", lambda: zipped({"xl/workbook.bin": b"\x83\x01\0", "_rels/.rels": b"<a/>"})),
    "ods password": (
        "W0103",
        lambda: zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": bytes(range(256)) * 20,
                "META-INF/manifest.xml": b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
            }
        ),
    ),
    "bomb of 892 MB": ("W0102", _bomb),
    "liar about its size": ("W0101", _liar),
    "sheet of spaces 2 GB": ("W0102", lambda: _with_plan((_OPEN, 1), (b" " * 1_000_000, 2000), (_CLOSE, 1))),
    "sheet of spaces 190 MB": ("W0102", lambda: _with_plan((_OPEN, 1), (b" " * 1_000_000, 190), (_CLOSE, 1))),
    "billion laughs": ("W0102", lambda: _entities(_LAUGHS, "&i;")),
    "external entity": ("W0102", lambda: _entities('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;")),
    "far cell": ("W0102", lambda: _cell("XFD1048576", "1048576")),
    "far cell, small letters": ("W0102", lambda: _cell("xfd1048576", "1048576")),
    "far column": ("W0102", lambda: _cell("XFD3", "3")),
    "far row": ("W0102", lambda: _cell("A1048576", "1048576")),
    "row 99999999999": ("W0102", lambda: _cell("A99999999999", "99999999999")),
    "fourteen letters": ("W0102", lambda: _cell("AAAAAAAAAAAAAA3", "3")),
    "far row of cells without places": (
        "W0102",
        lambda: plan_book(PLAN + '<row r="1048576"><c><v>5</v></c></row>'),
    ),
    "wide row of cells without places": (
        "W0102",
        lambda: plan_book(PLAN + f'<row r="3">{"<c/>" * 50_000}<c><v>5</v></c></row>'),
    ),
    "row without end": ("W0102", lambda: plan_book(PLAN + "<row><c><v>1</v></c></row>" * 30_000)),
    "far cell behind a quoted bracket": (
        "W0102",
        lambda: plan_book(PLAN + '<row r="9"><c x="&gt;" r="XFD1048576"><v>5</v></c></row>'),
    ),
    "far cell in another prefix": (
        "W0102",
        lambda: plan_book(f'<x:row xmlns:x="{"http://x"}" r="1048576"><x:c r="XFD1048576"><x:v>5</x:v></x:c></x:row>'),
    ),
    "UTF-16": (
        "W0102",
        lambda: zipped(parts({"Титул": sheet(TITLE), "План": sheet(PLAN).decode().encode("utf-16-le")})),
    ),
    "three million strings": ("W0102", lambda: _strings([(b"<si><t>a</t></si>" * 10_000, 300)])),
    "one string of 300 MB": ("W0102", lambda: _strings([(b"<si><t>", 1), (b"a" * 1_000_000, 300), (b"</t></si>", 1)])),
    "one string of 150 MB": ("W0102", lambda: _strings([(b"<si><t>", 1), (b"a" * 1_000_000, 150), (b"</t></si>", 1)])),
    "honest-looking string of 150 MB": (
        "W0102",
        lambda: _strings([(b"<si><t>", 1), (_noisy(b"a"), 150), (b"</t></si>", 1)]),
    ),
    "honest-looking strings, three million": (
        "W0102",
        lambda: _strings([(_noisy(b"<si><t>a</t></si>").replace(b">3", b"><"), 50)]),
    ),
    "honest-looking sheet of 190 MB of text": (
        "W0102",
        lambda: _with_plan((_OPEN, 1), (_noisy(b" " * 100), 190), (_CLOSE, 1)),
    ),
    "half a million cells": (
        "W0102",
        lambda: _with_plan(
            (_OPEN, 1),
            *((f'<row r="{n}">'.encode() + b"<c><v>5</v></c>" * 500 + b"</row>", 1) for n in range(1, 1001)),
            (_CLOSE, 1),
        ),
    ),
    "two parts of one name": ("W0102", lambda: claimed("xl/workbook.xml", *deflated([(b"<a/>", 1)]), others=parts({}))),
    "a thousand sheets": ("W0102", lambda: zipped(parts({f"Л{n}": sheet(PLAN) for n in range(1000)}))),
    "ods: a million rows": (
        "W0102",
        lambda: ods(f'<table:table-row table:number-rows-repeated="1000000">{ods_row("5")[17:]}'),
    ),
    "ods: far cell": (
        "W0102",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
            f'table:number-columns-repeated="16384"/></table:table-row>{ods_row("5")}'
        ),
    ),
    "ods: entities": ("W0102", lambda: zipped({"content.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'})),
}


def read_apart(folder: Path) -> None:
    """Read every workbook of a folder and print what it said and cost, one JSON a line."""
    read_book(folder, "КТП/warm-up.xlsx", YEAR)
    for file in sorted((folder / "КТП").iterdir()):
        before = _peak(reset=True)
        start = time.process_time()
        book = read_book(folder, f"КТП/{file.name}", YEAR)
        seconds = time.process_time() - start
        codes = [finding.code for finding in book.findings]
        print(json.dumps([file.stem, codes, book.unreadable, seconds, _peak() - before]), flush=True)  # noqa: T201 - its answer


def _peak(*, reset: bool = False) -> float:
    """Return the largest resident size so far, MB; on systems without /proc nothing is measured."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    read_apart(Path(sys.argv[1]))
