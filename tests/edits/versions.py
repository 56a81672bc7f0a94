"""Accidents saved one after another into a folder that a history watches, and what it must still hold afterwards."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
from pathlib import Path
from random import Random

from sgo_sheets.history import History, observe, verify
from sgo_sheets.workbooks.reader import read_all
from tests.edits.accidents import spoil
from tests.edits.campaign import YEAR, chosen_path, clean, saved
from tests.pipeline.little_school import template

START = dt.datetime(2026, 11, 1, 18, tzinfo=dt.UTC)


def lost_versions(root: Path, seed: int, saves: int) -> list[str]:
    """Save a workbook after every accident, so many times; return what is lost, changed or does not verify."""
    rng = Random(seed)
    folder = root / "workbooks"
    for path, data in template().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    cells = {path: copy.deepcopy(sheets) for path, sheets in clean().items()}
    written = set(map(_digest, template().values()))
    with History(root / "history") as history:
        observe(history, read_all(folder), folder, START, year=YEAR)
        for number in range(1, saves + 1):
            path = chosen_path(rng)
            spoil(cells[path], rng)
            data = saved(cells[path])
            (folder / path).write_bytes(data)
            written.add(_digest(data))
            observe(history, read_all(folder), folder, START + dt.timedelta(hours=number), year=YEAR)
        kept = {version.digest for version in history.index.versions()}
        found = [f"no version {digest}" for digest in sorted(written - kept)]
        found += [
            f"other bytes for {digest}" for digest in sorted(kept) if _digest(history.objects.get(digest)) != digest
        ]
        return [*found, *verify(history)]


def _digest(data: bytes | None) -> str:
    return hashlib.sha256(data or b"").hexdigest()
