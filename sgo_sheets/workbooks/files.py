"""The bytes of a workbook: opened late, read once, closed at once, never locked, never touched."""

from __future__ import annotations

from pathlib import Path

from sgo_sheets.records import faults
from sgo_sheets.workbooks.archive import LIMITS, Refusal


def read_bytes(file: Path) -> bytes | Refusal:
    """Return the bytes of a file in one read, or why there are none: absent, locked, too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMITS.file + 1)
    except FileNotFoundError:
        return Refusal(faults.UNREADABLE, "файла нет на месте.")
    except OSError as error:
        return Refusal(faults.UNREADABLE, f"файл занят другой программой или нет прав на чтение ({error.strerror}).")
    if len(data) > LIMITS.file:
        return Refusal(faults.TOO_LARGE, f"файл больше {LIMITS.file // 1_000_000} МБ; уберите из него лишнее.")
    return data
