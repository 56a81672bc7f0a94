"""Hostile and broken files are refused in bounded time and memory, with the right reason, and kill no process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sgo_sheets.findings import CellRef
from sgo_sheets.records import faults
from sgo_sheets.workbooks.archive import Refusal
from sgo_sheets.workbooks.guard import inspect
from sgo_sheets.workbooks.reader import read_book
from tests.workbooks.archives import PLAN, STRICT, TITLE, ods, ods_row, parts, plan_book, sheet, zipped
from tests.workbooks.hostile import HOSTILE, YEAR

BOUND = 15.0
"""Seconds of CPU no refusal may need, whatever the machine: a file that were read whole would take minutes. How quick
it is, is in bench/."""
MEGABYTES = 64
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], bool, float, float]]:
    """Read every hostile file in one process apart: had one of them killed it, the rest would have no answer."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "КТП").mkdir()
    (folder / "КТП" / "warm-up.xlsx").write_bytes(plan_book())
    for number, (_, make) in enumerate(HOSTILE.values()):
        (folder / "КТП" / f"{number:03}.xlsx").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-m", "tests.workbooks.hostile", str(folder)],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120, encoding="utf-8",
    )  # fmt: skip
    found = {}
    for line in done.stdout.splitlines():
        name, codes, unreadable, seconds, megabytes = json.loads(line)
        found[name] = (codes, unreadable, seconds, megabytes)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_bounded_time_and_memory(
    name: str, answers: dict[str, tuple[list[str], bool, float, float]]
) -> None:
    codes, unreadable, seconds, megabytes = answers[f"{list(HOSTILE).index(name):03}"]
    assert codes == [HOSTILE[name][0]]
    assert unreadable
    assert seconds < BOUND
    assert megabytes < MEGABYTES


def test_the_measure_itself_reads_good_books(answers: dict[str, tuple[list[str], bool, float, float]]) -> None:
    codes, unreadable, _, _ = answers["warm-up"]
    assert (codes, unreadable) == ([], False)


def _plan(data: bytes, tmp_path: Path, name: str = "Химия 8.xlsx") -> list[tuple[int | None, str]]:
    (tmp_path / "КТП").mkdir(exist_ok=True)
    (tmp_path / "КТП" / name).write_bytes(data)
    book = read_book(tmp_path, f"КТП/{name}", YEAR)
    assert book.findings == ()
    assert not book.unreadable
    return [(row.number, row.topic) for row in book.tables["План"]]  # type: ignore[attr-defined]  # lessons of a plan


def test_strict_workbook_is_read(tmp_path: Path) -> None:
    data = zipped(parts({"Титул": sheet(TITLE, main=STRICT), "План": sheet(PLAN, main=STRICT)}, main=STRICT))
    assert _plan(data, tmp_path) == [(1, "Вещества")]


def test_declared_dimension_that_is_too_small_drops_nothing(tmp_path: Path) -> None:
    body = sheet(PLAN).replace(b"<sheetData>", b'<dimension ref="A1:A1"/><sheetData>')
    assert _plan(zipped(parts({"Титул": sheet(TITLE), "План": body})), tmp_path) == [(1, "Вещества")]


def test_formatting_down_to_the_last_row_and_column_costs_nothing_and_means_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" s="3" customFormat="1"/>' for n in range(3, 60_000))
    data = plan_book(PLAN + rows + '<row r="1048576" s="3"><c r="A1048576" s="3"/><c r="XFD1048576" s="3"></c></row>')
    assert _plan(data, tmp_path) == [(1, "Вещества")]


def test_sheet_written_with_another_prefix_is_read(tmp_path: Path) -> None:
    body = sheet(PLAN).decode()
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        body = (
            body.replace(f"<{name} ", f"<x:{name} ")
            .replace(f"<{name}>", f"<x:{name}>")
            .replace(f"</{name}>", f"</x:{name}>")
        )
    body = body.replace("xmlns=", "xmlns:x=")
    assert _plan(zipped(parts({"Титул": sheet(TITLE), "План": body.encode()})), tmp_path) == [(1, "Вещества")]


def test_macro_workbook_is_read_and_its_macros_are_left_alone(tmp_path: Path) -> None:
    content = parts({"Титул": sheet(TITLE), "План": sheet(PLAN)}) | {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\7" * 900
    }
    assert _plan(zipped(content), tmp_path, "Химия 8.xlsm") == [(1, "Вещества")]


def test_open_document_with_formatting_to_the_last_row_is_read(tmp_path: Path) -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = ods(ods_row("№ урока", "Тема урока") + ods_row("1", "Вещества") + tail)
    (tmp_path / "КТП").mkdir()
    (tmp_path / "КТП" / "Химия 8.ods").write_bytes(data)
    book = read_book(tmp_path, "КТП/Химия 8.ods", YEAR)
    assert [(row.number, row.topic) for row in book.tables["План"]] == [(1, "Вещества")]  # type: ignore[attr-defined]  # lessons of a plan


def test_file_cut_at_any_byte_is_refused() -> None:
    data = plan_book()
    for length in range(len(data)):
        found = inspect(data[:length])
        assert isinstance(found, Refusal), length
        assert found.fault is faults.UNREADABLE


def test_one_changed_byte_of_a_part_is_noticed() -> None:
    data = bytearray(plan_book())
    at = data.index(b"xl/worksheets/sheet2.xml") + 40
    data[at] ^= 0xFF
    assert isinstance(inspect(bytes(data)), Refusal)


def test_too_large_a_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "КТП").mkdir()
    with (tmp_path / "КТП" / "Химия 8.xlsx").open("wb") as file:
        file.truncate(40_000_000)
    book = read_book(tmp_path, "КТП/Химия 8.xlsx", YEAR)
    assert [finding.code for finding in book.findings] == ["W0102"]
    assert book.findings[0].at == CellRef("КТП/Химия 8.xlsx")


def test_missing_file_is_a_finding(tmp_path: Path) -> None:
    book = read_book(tmp_path, "КТП/Химия 8.xlsx", YEAR)
    assert book.unreadable
    assert [finding.code for finding in book.findings] == ["W0101"]
