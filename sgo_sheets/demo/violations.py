"""Every violation the office can commit, planted once: «sgo demo --violations»."""

from __future__ import annotations

from random import Random

from sgo_sheets.demo import violations_accounts as accounts
from sgo_sheets.demo import violations_movement as movement
from sgo_sheets.demo import violations_people as people
from sgo_sheets.demo import violations_plan as plan
from sgo_sheets.demo import violations_reports as reports
from sgo_sheets.demo import violations_timetable as timetable
from sgo_sheets.demo import violations_transition as transition
from sgo_sheets.demo.desk import Desk, OfficeSpoil
from sgo_sheets.demo.planting import Planted

SPOILS: tuple[OfficeSpoil, ...] = (
    *accounts.SPOILS, *people.SPOILS, *transition.SPOILS, *plan.SPOILS, *timetable.SPOILS, *movement.SPOILS,
    *reports.SPOILS,
)  # fmt: skip
"""By chapter of the regulation."""


def spoil_office(desk: Desk, rng: Random) -> list[Planted]:
    """Commit every violation on the desk and return what is wrong there now."""
    return [planted for spoil in SPOILS for planted in spoil(desk, rng)]
