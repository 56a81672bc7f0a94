"""The list of pages: what was written is read back, and what is not such a list is nobody's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.site.manifest import MANIFEST, Entry, dump, load, read

PAGES = {
    "staff/index.html": Entry("a" * 64, "staff"),
    "families/k-1/index.html": Entry("b" * 64, "family:К-101"),
}


def test_what_was_written_is_read_back() -> None:
    assert load(dump(PAGES)) == PAGES
    assert load(dump({})) == {}


def test_the_list_is_json_that_another_program_can_read() -> None:
    content = json.loads(dump(PAGES))
    assert content["pages"]["families/k-1/index.html"] == {"sha256": "b" * 64, "audience": "family:К-101"}
    assert list(content["pages"]) == sorted(PAGES)


@given(st.integers(min_value=0, max_value=len(dump(PAGES)) - 3))
def test_a_list_cut_off_anywhere_is_no_list(length: int) -> None:
    assert load(dump(PAGES)[:length]) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"[]",
        b"{}",
        b"null",
        b'{"name": "web app", "start_url": "/"}',
        b'{"schema": "sgo-site/99", "pages": {}}',
        b'{"schema": "sgo-site/1", "pages": ["staff/index.html"]}',
        b'{"schema": "sgo-site/1", "pages": {"../../autoexec.bat": {"sha256": "' + b"a" * 64 + b'", "audience": ""}}}',
        b'{"schema": "sgo-site/1", "pages": {"staff/index.html": {"sha256": "short", "audience": ""}}}',
        b'{"schema": "sgo-site/1", "pages": {"staff/index.html": {"sha256": 5}}}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_such_a_list_is_not_believed(data: bytes) -> None:
    assert load(data) is None


def test_a_folder_without_a_list_was_never_built(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    assert read(tmp_path / "nowhere") is None
    (tmp_path / MANIFEST).write_bytes(dump(PAGES))
    assert read(tmp_path) == PAGES
