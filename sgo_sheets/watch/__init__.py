"""Watching the workbooks: an event only wakes, the program's own look at the folder decides.

Excel saves through a temporary file and renames; events do not cross a network share; a share may vanish and leave an
empty folder. So nothing is believed but two equal looks in a row, a disappearance only after several, and nothing at
all while the folder's sentinel is missing.
"""

from sgo_sheets.watch.alarm import Alarm, Bell, Observing
from sgo_sheets.watch.looks import Look, Looks, look
from sgo_sheets.watch.watcher import LOOKS, TRIES, Built, Watcher, watch

__all__ = ["LOOKS", "TRIES", "Alarm", "Bell", "Built", "Look", "Looks", "Observing", "Watcher", "look", "watch"]
