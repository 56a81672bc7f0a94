"""The one place where a database of the history is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

WAIT = 10.0  # seconds for another program to finish writing
Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError
OperationalError = sqlite3.OperationalError
Error = sqlite3.Error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Return an open database; transactions are begun by hand. Raises sqlite3.Error.

    What is deleted is overwritten: what was purged must not be found in the file.
    """
    if read_only:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT, isolation_level=None)
    base = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA synchronous=FULL")
        base.execute("PRAGMA secure_delete=ON")
    except sqlite3.Error:
        base.close()
        raise
    return base
