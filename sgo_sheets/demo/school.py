"""Putting the invented school together."""

from __future__ import annotations

import datetime as dt

from sgo_sheets.demo.groups import make_groups, make_streams
from sgo_sheets.demo.people import make_children, make_rooms
from sgo_sheets.demo.staffing import make_staff
from sgo_sheets.demo.timetable import Week, make_timetable
from sgo_sheets.demo.world import Spec, World
from sgo_sheets.demo.year import Year, year_of
from sgo_sheets.workbooks.calendar_seed import DAY_OFF, calendar_seed


def school_year(on: dt.date) -> Year:
    """Return the school year of a day, with the state's days off."""
    first = year_of(on).first.year
    rows = calendar_seed([first, first + 1]).rows.rows
    off = frozenset(day for row in rows if row["Вид"] == DAY_OFF and isinstance(day := row["Дата"], dt.date))
    return year_of(on, off)


def make_world(spec: Spec) -> tuple[World, Week]:
    """Return the school of a spec and its timetable."""
    year = school_year(spec.on)
    rooms = make_rooms(spec)
    children = make_children(spec, year, rooms)
    streams = make_streams(spec, rooms, children)
    staff = make_staff(spec, year, rooms, streams)
    week = make_timetable(spec, rooms, staff.items, streams)
    return World(spec, year, rooms, children, staff, streams, make_groups(spec, rooms, children)), week
