"""The store of versions: byte-exact, shared, and damage is seen."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgo_sheets.history.objects import Objects
from sgo_sheets.history.pieces import Recipe, cut, join
from tests.pipeline.little_school import MATHS_5A, template

LIBRE_PARTS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>" * 9000,
               "styles.xml": b"<style/>" * 500, "meta.xml": b"<meta/>"}  # fmt: skip


def libre_like() -> bytes:
    """Return an archive as LibreOffice writes it: the first part stored, sizes after the data (streamed)."""
    file = io.BytesIO()
    file.seek = lambda *_: (_ for _ in ()).throw(OSError())  # type: ignore[method-assign,assignment]  # as a pipe
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in LIBRE_PARTS.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return file.getvalue()


def saved_by_openpyxl() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template()[MATHS_5A]))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WHOLE = template()[MATHS_5A]
VERSIONS = {
    "as the form wrote it": WHOLE,
    "openpyxl": saved_by_openpyxl(),
    "libreoffice": libre_like(),
    "no archive": b"<?xml version='1.0'?><office:document/>" * 50,
    "torn": WHOLE[: len(WHOLE) // 2],
    "junk behind": WHOLE + b"\0" * 100,
    "old tail": WHOLE[:5000] + WHOLE,
    "empty": b"",
    "only the end of an archive": WHOLE[-200:],
}


@pytest.mark.parametrize("data", VERSIONS.values(), ids=VERSIONS)
def test_every_byte_comes_back(tmp_path: Path, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    with Objects(tmp_path / "objects.sqlite") as store:
        store.put([data])
    with Objects(tmp_path / "objects.sqlite", read_only=True) as store:
        assert store.get(digest) == data
        assert list(store.digests()) == [digest]
        assert store.get("00" * 32) is None


@given(st.binary(max_size=400), st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_whatever_is_done_to_an_archive_comes_back(junk: bytes, start: int, end: int) -> None:
    data = WHOLE[:start] + junk + WHOLE[end:]
    recipe, pieces = cut(data)
    assert join(Recipe.unpacked(*recipe.packed()), pieces.__getitem__) == data


def test_versions_share_what_has_not_changed(tmp_path: Path) -> None:
    versions = []
    for number in range(30):
        book = openpyxl.load_workbook(io.BytesIO(WHOLE))
        book["Уроки"].cell(3, 5).value = f"Тема {number}"
        file = io.BytesIO()
        book.save(file)
        versions.append(file.getvalue())
    pieces: set[bytes] = set()
    new = []
    for data in versions:
        _, found = cut(data)
        new.append(len(found.keys() - pieces))
        pieces |= found.keys()
    assert new[1:] == [1] * 29, "only the changed sheet is stored again"
    with Objects(tmp_path / "objects.sqlite") as store:
        store.put(versions)
    assert (tmp_path / "objects.sqlite").stat().st_size * 2 < sum(map(len, versions))


def test_a_changed_byte_is_never_given_out(tmp_path: Path) -> None:
    file = tmp_path / "objects.sqlite"
    digest = hashlib.sha256(WHOLE).hexdigest()
    with Objects(file) as store:
        store.put([WHOLE])
    good = file.read_bytes()
    places = random.Random(4).sample(range(len(good)), 60)
    for place in places:
        file.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        try:
            with Objects(file) as store:
                assert store.get(digest) in (None, WHOLE)
        except sqlite3.DatabaseError:
            continue


def test_what_is_dropped_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "objects.sqlite"
    secret = random.Random(1).randbytes(5000)
    other = random.Random(2).randbytes(5000)
    with Objects(file) as store:
        store.put([secret, other])
        store.drop([hashlib.sha256(secret).hexdigest()])
        assert store.get(hashlib.sha256(other).hexdigest()) == other
    assert secret[100:140] not in file.read_bytes()
    shutil.copy(file, tmp_path / "copy")
