"""A look at the bytes of a workbook before any library opens it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from sgo_sheets.records import faults

_MODIFIED = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>([^<]{10,40})<")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may hold at most; formatted empty cells are free."""

    file: int = 30_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not opened: the fault and a sentence for a person."""

    fault: faults.Fault
    message: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the bytes say beside the values: when the author saved, the 1904 epoch, cells without an honest value."""

    saved: dt.datetime | None = None
    epoch_1904: bool = False
    odd: Mapping[str, Mapping[tuple[int, int], faults.Fault]] = field(default_factory=dict)


def inspect(data: bytes) -> Look | Refusal:
    """Return what the bytes of a workbook say, or why no library may open them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            saved = _saved(archive)
            epoch = (
                b'date1904="1"' in archive.read("xl/workbook.xml") if "xl/workbook.xml" in archive.namelist() else False
            )
            return Look(saved, epoch)
    except Exception:
        return Refusal(faults.UNREADABLE, "файл повреждён, сохранён не полностью или это не книга Excel.")


def _saved(archive: zipfile.ZipFile) -> dt.datetime | None:
    for name in ("docProps/core.xml", "meta.xml"):
        if name in archive.namelist() and (match := _MODIFIED.search(archive.read(name))):
            found = dt.datetime.fromisoformat(match[1].decode())
            return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return None
