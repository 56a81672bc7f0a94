"""Which files of the workbooks folder are workbooks, and of what kind."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from sgo_sheets.records.catalog import BOOKS, BookKind
from sgo_sheets.russian import near

_WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb")
_ORPHAN = re.compile(r"[0-9A-Fa-f]{8}")
_LOCKS = ("~", ".")
_LIBRE_TEMP = re.compile(r"lu[0-9a-z]+\.tmp", re.IGNORECASE)


def list_workbooks(root: Path) -> list[str]:
    """Return the paths of all workbooks under the folder, relative, with slashes, sorted.

    Unknown workbooks and lone saves of Excel (eight hex digits) are in the list, for they are reported; lock files,
    temp names, hidden folders and files that are no workbooks are not.
    """
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "~")))
        base = Path(folder).relative_to(root).as_posix()
        prefix = "" if base == "." else f"{base}/"
        found.extend(f"{prefix}{name}" for name in names if _is_workbook(name))
    return sorted(found)


def _is_workbook(name: str) -> bool:
    if name.startswith(_LOCKS) or _LIBRE_TEMP.fullmatch(name):
        return False
    return name.lower().endswith(_WORKBOOKS) or is_orphan(name)


def is_orphan(path: str) -> bool:
    """Return whether the file is named as Excel names a save it has not finished: eight hex digits, no extension."""
    return _ORPHAN.fullmatch(path.rpartition("/")[2]) is not None


def kind_of(path: str) -> BookKind:
    """Return the kind of workbook a relative path names; composed or not, any case, ё as е."""
    tidy = _comparable(path)
    if tidy.endswith((".xls", ".xlsb")):
        tidy = f"{tidy.rpartition('.')[0]}.xlsx"
    for book in BOOKS:
        if re.fullmatch(_comparable(book.pattern), tidy, re.IGNORECASE):
            return book.kind
    return BookKind.UNKNOWN


def suggestion(path: str) -> str | None:
    """Return the name of a school's workbook a stray file in the folder's root was probably meant to be."""
    if "/" in path:
        return None
    names = [book.pattern.partition("\\.")[0] for book in BOOKS if "/" not in book.pattern]
    return near(path.rpartition(".")[0], names)


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("ё", "е").replace("Ё", "Е")
