"""The sheet «Календарь» as it is seeded: Russia's days off and working Saturdays of whole calendar years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import holidays
from holidays.countries.russia import RussiaStaticHolidays

from sgo_sheets.records.catalog import Rows
from sgo_sheets.records.raw_values import Raw

DAY_OFF, WORKING = "выходной", "рабочий"
_MOVED_HERE = "Рабочий день вместо перенесённого выходного"


@dataclass(frozen=True, slots=True)
class Seed:
    """What is known of the years asked for: rows of «Календарь», and the years that nothing is known of yet."""

    rows: Rows
    unknown: tuple[int, ...] = ()


def calendar_seed(years: Iterable[int]) -> Seed:
    """Return the rows of «Календарь» for whole calendar years, by date: days off and working days off.

    The source is the ``holidays`` library (0.107 and later know the transfers of 2026 and 2027). It does not know
    shortened days, regional days, or what a six-day week does with transfers: those are rows a person enters. A year
    whose transfers the government has not fixed yet gets no rows at all and is named in ``unknown``: a deadline in it
    is then reported, never guessed.
    """
    wanted = sorted(set(years))
    unknown = tuple(year for year in wanted if not _transfers_known(year))
    found: dict[dt.date, tuple[str, str]] = {}
    for year in wanted:
        if year in unknown:
            continue
        known = holidays.country_holidays("RU", years=year, language="ru")
        found.update({day: (DAY_OFF, name) for day, name in known.items()})
        found.update({day: (WORKING, _MOVED_HERE) for day in known.weekend_workdays if day.year == year})
    rows = tuple(_row(day, kind, reason) for day, (kind, reason) in sorted(found.items()))
    return Seed(Rows(rows), unknown)


def _transfers_known(year: int) -> bool:
    """Return whether the library holds the government's decision about the year's transfers."""
    return year in RussiaStaticHolidays.special_public_holidays


def _row(day: dt.date, kind: str, reason: str) -> dict[str, Raw]:
    return {"Дата": day, "Вид": kind, "Основание": reason}
