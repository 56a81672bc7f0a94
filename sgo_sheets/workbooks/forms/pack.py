"""Writing a workbook to disk: the same content gives the same bytes, and a file is whole or not there."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(book: Workbook, saved: dt.datetime) -> bytes:
    """Return the bytes of the workbook: properties, order and times of its parts depend on the content alone."""
    book.properties.creator = book.properties.lastModifiedBy = "sgo"
    book.properties.created = book.properties.modified = saved.replace(microsecond=0)
    rough = io.BytesIO()
    with ZipFile(rough, "w", ZIP_STORED) as archive:
        # save_workbook() would stamp the present moment; the writer itself does not.
        ExcelWriter(book, archive).write_data()
    tidy = io.BytesIO()
    with ZipFile(rough) as source, ZipFile(tidy, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            target.writestr(part, source.read(name))
    return tidy.getvalue()


def put(path: Path, data: bytes, *, replace: bool) -> None:
    """Write the file through a temporary name beside it.

    Raises FileExistsError when the file is there and ``replace`` is not given: a person's workbook is never lost.
    """
    if not replace and path.exists():
        raise FileExistsError(f"Файл {path} уже есть; готовая книга не перезаписывается.")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"~${uuid4().hex[:12]}.tmp")
    try:
        temporary.write_bytes(data)
        if replace:
            temporary.replace(path)
        else:
            _put_new(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _put_new(temporary: Path, path: Path) -> None:
    """Move the file into place unless somebody has made one there meanwhile."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a share or a disk without hard links
        if path.exists():
            raise FileExistsError(f"Файл {path} уже есть; готовая книга не перезаписывается.") from None
        temporary.replace(path)
