"""Every violation the office can commit, planted once: «sgo demo --violations»."""

from __future__ import annotations

from random import Random

from sgo_sheets.demo import violations_plan, violations_timetable
from sgo_sheets.demo.desk import Desk, OfficeSpoil
from sgo_sheets.demo.planting import Planted

SPOILS: tuple[OfficeSpoil, ...] = (*violations_plan.SPOILS, *violations_timetable.SPOILS)
"""By chapter of the regulation."""


def spoil_office(desk: Desk, rng: Random) -> list[Planted]:
    """Commit every violation on the desk and return what is wrong there now."""
    return [planted for spoil in SPOILS for planted in spoil(desk, rng)]
