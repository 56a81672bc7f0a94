"""Waiting for a file that is held for a moment, and locks that are free at once when their holder dies."""

from __future__ import annotations

import errno
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from sgo_sheets.project import UserError
from sgo_sheets.site import disk
from sgo_sheets.site.disk import Patience

ATTEMPTS = 7  # 50, 100, 200, 400, 800, 1600 ms between them
_BUSY = (errno.EACCES, errno.EPERM, errno.EBUSY, getattr(errno, "ETXTBSY", errno.EBUSY))


class BusyError(UserError):
    """Another program holds the lock: waiting helps."""


def is_busy(error: BaseException) -> bool:
    """Return whether the system refused because somebody holds the file open: that may pass."""
    return isinstance(error, OSError) and (error.errno in _BUSY or getattr(error, "winerror", None) in (5, 32, 33))


def patience(attempts: int = ATTEMPTS, sleep: Callable[[float], None] = time.sleep) -> Patience:
    """Return how to do a thing that a reader of the file may hinder: again, ever later, at last with its error."""

    def patiently(act: Callable[[], None]) -> None:
        Retrying(
            stop=stop_after_attempt(attempts),
            wait=wait_exponential(multiplier=0.05, max=1.6),
            retry=retry_if_exception(is_busy),
            reraise=True,
            sleep=sleep,
        )(act)

    return patiently


@contextmanager
def held(lock: Path, busy: str, *, signed: bool = False) -> Iterator[None]:
    """Hold a lock, a file kept open, while the block runs.

    ``signed`` leaves beside it who holds it. Raises BusyError with the words of ``busy`` when somebody else does.
    """
    name = lock.with_name(lock.name + ".who")
    try:
        disk.make_folder(lock.parent)
        holder = FileLock(lock, timeout=0)
        holder.acquire()
    except Timeout:
        raise BusyError(busy + _signature(name)) from None
    except OSError as error:
        raise disk.refused(error, lock.parent) from error
    try:
        if signed:
            _sign(name)
        yield
    finally:
        holder.release()


def _sign(name: Path) -> None:
    try:
        name.write_text(f"компьютер {platform.node()}, процесс {os.getpid()}", encoding="utf-8")
    except OSError as error:
        raise disk.refused(error, name.parent) from error


def _signature(name: Path) -> str:
    try:
        return f" Сейчас её держит {name.read_text('utf-8')}."
    except (OSError, UnicodeDecodeError):
        return ""
