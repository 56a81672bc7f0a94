"""The seeded calendar: a table of known facts, and the official production calendar day by day."""

from __future__ import annotations

import datetime as dt
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from sgo_sheets.workbooks.calendar_seed import DAY_OFF, WORKING, calendar_seed

SHARED = Path(os.environ.get("SGO_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
OFF, WORK, SHORTENED = "1", "3", "2"


def seeded(*years: int) -> dict[dt.date, str]:
    return {row["Дата"]: str(row["Вид"]) for row in calendar_seed(years).rows.rows if isinstance(row["Дата"], dt.date)}


def works(day: dt.date, kinds: dict[dt.date, str]) -> bool:
    """Whether people with a five-day week work on the day."""
    return kinds.get(day, WORKING if day.weekday() < 5 else DAY_OFF) == WORKING


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-05-02", DAY_OFF),  # from Saturday 4 January
        ("2025-11-01", WORKING),  # the Saturday before, moved to 3 November
        ("2025-11-03", DAY_OFF),
        ("2025-12-31", DAY_OFF),
        ("2026-01-09", DAY_OFF),  # from Saturday 3 January
        ("2026-03-09", DAY_OFF),  # 8 March is a Sunday
        ("2026-05-09", DAY_OFF),  # a Saturday: matters to a six-day week
        ("2026-11-04", DAY_OFF),
        ("2026-12-31", DAY_OFF),
        ("2027-01-08", DAY_OFF),
        ("2027-02-20", WORKING),
        ("2027-02-22", DAY_OFF),
        ("2027-05-10", DAY_OFF),
        ("2026-11-03", None),  # shortened: the library does not know it, a person enters it
        ("2026-09-01", None),
    ],
)
def test_known_days(day: str, kind: str | None) -> None:
    assert seeded(2025, 2026, 2027).get(dt.date.fromisoformat(day)) == kind


def test_rows_stand_by_date_once_each_and_say_why() -> None:
    rows = calendar_seed([2027, 2026, 2026]).rows.rows
    days = [row["Дата"] for row in rows]
    assert days == sorted(set(days))
    assert all(row["Основание"] for row in rows)


def test_a_year_without_known_transfers_is_not_guessed() -> None:
    seed = calendar_seed([2026, 2099])
    assert seed.unknown == (2099,)
    assert {row["Дата"].year for row in seed.rows.rows if isinstance(row["Дата"], dt.date)} == {2026}


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_agrees_with_the_production_calendar(year: int) -> None:
    """Working or not is compared for all 365 days; a shortened day counts as working, as it is."""
    source = SHARED / "calendar" / f"{year}.xml"
    if not source.is_file():
        pytest.skip(f"{source} is not there")
    listed = {day.attrib["d"]: day.attrib["t"] for day in ET.parse(source).getroot().iter("day")}  # noqa: S314 - ours
    assert len(listed) > 15
    kinds = seeded(year)
    differ = []
    for offset in range((dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days):
        day = dt.date(year, 1, 1) + dt.timedelta(days=offset)
        official = listed.get(f"{day:%m.%d}", WORK if day.weekday() < 5 else OFF)
        if works(day, kinds) != (official in (WORK, SHORTENED)):
            differ.append(day)
    assert differ == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_the_library_does_not_know_is_only_the_shortened_weekdays(year: int) -> None:
    source = SHARED / "calendar" / f"{year}.xml"
    if not source.is_file():
        pytest.skip(f"{source} is not there")
    listed = {day.attrib["d"]: day.attrib["t"] for day in ET.parse(source).getroot().iter("day")}  # noqa: S314 - ours
    kinds = {f"{day:%m.%d}" for day in seeded(year)}
    missing = {d for d in listed if d not in kinds}
    assert missing
    assert {listed[d] for d in missing} == {SHORTENED}
    assert kinds <= set(listed) | {"11.01"}
