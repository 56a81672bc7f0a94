"""The history: every saved version of every workbook, what changed in each, and when each datum came to be there."""

from sgo_sheets.history.history import FAILURES, REPORTS, History, NotHereError, exists
from sgo_sheets.history.index import Correction
from sgo_sheets.history.keeping import purge, retain, traces
from sgo_sheets.history.late import Closing, LateMark, late_changes
from sgo_sheets.history.observing import keep_now, observe
from sgo_sheets.history.verify import verify

__all__ = [
    "FAILURES", "REPORTS", "Closing", "Correction", "History", "LateMark", "NotHereError", "exists", "keep_now",
    "late_changes", "observe", "purge", "retain", "traces", "verify",
]  # fmt: skip
