"""How dates, times of day and days of the week are read; as all kinds: forgiving, never guessing."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from sgo_sheets.records.kinds import read_list, read_name
from sgo_sheets.records.raw_values import Raw, fault, notes_of, plain
from sgo_sheets.russian import WEEKDAYS, WEEKDAYS_SHORT, day, fold, perhaps

_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})(?:\s*г\.?)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


def parse_date(text: str) -> dt.date | None:
    """Return the date a person typed as text («07.09.2026», «7.9.26», «2026-09-07»), or None."""
    if match := _DATE.fullmatch(text):
        numbers = [int(part) for part in match.groups()]
        year, month, number = numbers[2], numbers[1], numbers[0]
        year += 2000 if year < 100 else 0
    elif match := _ISO_DATE.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
    else:
        return None
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def read_date(value: Raw, info: ValidationInfo) -> dt.date | None:
    """Return the date; text that is plainly a date is read and hinted, a bare number is not a date."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = plain(value)
    if not text:
        return None
    found = parse_date(text) if isinstance(value, str) else None
    if found is None:
        raise fault(f"«{text}» — не дата; впишите дату, например 07.09.2026")
    notes_of(info).hint(info, f"дата «{text}» записана текстом; прочитано как {day(found)}")
    return found


def read_year_date(value: Raw, info: ValidationInfo) -> dt.date | None:
    """Return a date that must lie inside the school year of the workbook."""
    found = read_date(value, info)
    year = notes_of(info).year
    if found is None or year is None or year[0] <= found <= year[1]:
        return found
    for candidate in (year[0].year, year[1].year):
        try:
            moved = found.replace(year=candidate)
        except ValueError:
            continue
        if year[0] <= moved <= year[1]:
            raise fault(f"дата {day(found)} вне учебного года; возможно, {day(moved)}")
    raise fault(f"дата {day(found)} вне учебного года {day(year[0])}–{day(year[1])}")


_TIME = re.compile(r"(\d{1,2})[:.\-](\d{2})(?::\d{2})?")


def read_time(value: Raw) -> dt.time | None:
    """Return the time of day, written as a time, as text («8:30», «8.30») or as Excel's part of a day."""
    if isinstance(value, dt.datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, dt.timedelta) or (isinstance(value, float) and 0 <= value < 1):
        seconds = value.total_seconds() if isinstance(value, dt.timedelta) else value * 86400
        minutes = round(seconds / 60) % 1440
        return dt.time(minutes // 60, minutes % 60)
    text = plain(value)
    if not text:
        return None
    match = _TIME.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return dt.time(int(match[1]), int(match[2]))
    raise fault(f"«{text}» — не время; впишите, например, 8:30")


def read_days(value: Raw, info: ValidationInfo) -> frozenset[int]:
    """Return weekdays, Monday = 0, of «пн-пт, сб»; an empty cell means all seven."""
    found: set[int] = set()
    for part in read_list(value, info):
        ends = [_weekday(end) for end in re.split(r"\s*[-–—]\s*", part)]
        if None in ends or len(ends) > 2:
            raise fault(f"«{part}» — не день недели; впишите, например, «пн-пт, сб»")
        first, last = ends[0] or 0, ends[-1] or 0
        found.update(range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)])
    return frozenset(found or range(7))


def _weekday(text: str) -> int | None:
    key = fold(text).rstrip(".")
    for number, (short, name) in enumerate(zip(WEEKDAYS_SHORT, WEEKDAYS, strict=True)):
        if key in (short, name) or (len(key) > 2 and name.startswith(key)):
            return number
    return None


def read_weekday(value: Raw, info: ValidationInfo) -> int | None:
    """Return one weekday, Monday = 0."""
    text = read_name(value, info)
    if not text:
        return None
    found = _weekday(text)
    if found is None:
        raise fault(f"«{text}» — не день недели{perhaps(text, WEEKDAYS)}")
    return found


Date = Annotated[dt.date | None, BeforeValidator(read_date)]
YearDate = Annotated[dt.date | None, BeforeValidator(read_year_date)]
Time = Annotated[dt.time | None, BeforeValidator(read_time)]
Days = Annotated[frozenset[int], BeforeValidator(read_days)]
Weekday = Annotated[int | None, BeforeValidator(read_weekday)]
