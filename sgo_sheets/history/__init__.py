"""The history: every saved version of every workbook, what changed in each, and when each datum came to be there."""

from sgo_sheets.history.history import FAILURES, History, NotHereError, exists
from sgo_sheets.history.observing import observe

__all__ = ["FAILURES", "History", "NotHereError", "exists", "observe"]
