"""The history: every saved version of every workbook, what changed in each, and when each datum came to be there."""

from sgo_sheets.history.history import FAILURES, History, NotHereError, exists
from sgo_sheets.history.keeping import purge, retain, traces
from sgo_sheets.history.late import Closing, LateMark, late_changes
from sgo_sheets.history.observing import keep_now, observe
from sgo_sheets.history.verify import verify

__all__ = [
    "FAILURES", "Closing", "History", "LateMark", "NotHereError", "exists", "keep_now", "late_changes", "observe",
    "purge", "retain", "traces", "verify",
]  # fmt: skip
