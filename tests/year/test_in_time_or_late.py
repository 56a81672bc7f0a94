"""A topic entered in time, late, or while nobody looked: what the history knows decides, and never a guess."""

from __future__ import annotations

import datetime as dt

import pytest

from sgo_sheets.cli import options
from sgo_sheets.findings import State
from sgo_sheets.history import History
from sgo_sheets.rules.tally import state_of_met
from tests.year.school_year import SchoolYear

MATHS = "Журналы/5А/Математика.xlsx"
ZONE = dt.timezone(dt.timedelta(hours=3))
FORTNIGHT = dt.timedelta(days=14)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """Return the clock of the command line: its last entry is now."""
    now: list[dt.datetime] = []
    monkeypatch.setattr(options, "clock", lambda _: now[-1])
    return now


def build(year: SchoolYear, clock: list[dt.datetime], month: int, day: int) -> None:
    """Build on a day as ``sgo watch`` or a night task does."""
    clock.append(dt.datetime(2026, month, day, 20, tzinfo=ZONE))
    result = year.run("build")
    assert result.exit_code == 0, result.output


def test_in_time_late_and_unknown(year: SchoolYear, clock: list[dt.datetime]) -> None:
    config = year.root / "sgo.toml"
    lines = config.read_text("utf-8").splitlines()
    config.write_text("\n".join(line for line in lines if not line.startswith("on =")), "utf-8")
    dates = [row["Дата"] for row in year.rows(MATHS, "Уроки", "Дата")]
    in_time, late = (day for day in dates if dt.date(2026, 11, 24) <= day <= dt.date(2026, 11, 26))
    asleep = next(day for day in dates if day >= dt.date(2026, 11, 30))
    for day in (in_time, late, asleep):
        year.type(MATHS, "Уроки", day, "Тема урока", None, by="Дата")
    build(year, clock, 11, 23)
    year.type(MATHS, "Уроки", in_time, "Тема урока", "Доли и дроби", by="Дата")
    build(year, clock, 11, 30)
    build(year, clock, 12, 12)
    year.type(MATHS, "Уроки", late, "Тема урока", "Сравнение дробей", by="Дата")
    build(year, clock, 12, 13)
    # From here on nobody looks for a long time.
    year.type(MATHS, "Уроки", asleep, "Тема урока", "Деление и дроби", by="Дата")
    build(year, clock, 12, 28)
    with History(year.root / ".sgo/history", read_only=True) as history:
        times = history.timings().of(MATHS)
    topics = {datum.key[:10]: timing for datum, timing in times.items() if datum.field == "Тема урока"}
    states = [state_of_met(day + FORTNIGHT, topics[day.isoformat()]) for day in (in_time, late, asleep)]
    assert states == [State.DONE_IN_TIME, State.DONE_LATE, State.DONE_UNKNOWN]
    assert dates[0].isoformat() not in topics, "it was there when the history began"
