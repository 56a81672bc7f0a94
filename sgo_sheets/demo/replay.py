"""Dated saves of an invented school, played into its history: what was in time, what late, what nobody can say.

The history begins on the first Monday of October: what was there by then has no day. From then on journals are looked
at every second Monday; a few teachers let one month go by without saving, and one of them corrects a mark of the closed
period.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sgo_sheets.demo.invent import Invented, invent
from sgo_sheets.demo.journals import Job, filled
from sgo_sheets.demo.planting import Journal
from sgo_sheets.demo.world import Spec
from sgo_sheets.demo.write import write_journal
from sgo_sheets.demo.year import DAY, WEEK
from sgo_sheets.history import History, observe
from sgo_sheets.records.catalog import BookContent
from sgo_sheets.workbooks.reader import read_all

Progress = Callable[[str, int, int], None]
EVERY = 2 * WEEK
_FORGETFUL = 7  # every so many journals is not saved for a month
_ZONE = ZoneInfo("Europe/Moscow")


def replay(workbooks: Path, history: Path, spec: Spec, progress: Progress | None = None) -> int:
    """Play the saves of a written school into a new history and return how many versions of workbooks it holds.

    ``workbooks`` are the school's, which are not touched; ``history`` is the folder of its history. The same spec gives
    the same versions on the same days. Raises what is in ``history.FAILURES``.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    tell("Придумываю школу", 0, 0)
    invented = invent(spec)
    days = list(looks(invented, spec.on))
    versions = 0
    with TemporaryDirectory(prefix="sgo-demo-") as name, History(history) as past:
        folder = Path(name) / "workbooks"
        shutil.copytree(workbooks, folder)
        year = invented.world.year.first, invented.world.year.last
        for number, day in enumerate(days, start=1):
            tell("Вспоминаю, кто когда сохранял", number, len(days))
            if day < spec.on:
                _saved_by(folder, invented, day, days)
            else:
                shutil.rmtree(folder)
                shutil.copytree(workbooks, folder)
            at = dt.datetime.combine(day, dt.time(18), _ZONE)
            versions += len(observe(past, read_all(folder), folder, at, year=year))
    return versions


def looks(invented: Invented, on: dt.date) -> Iterator[dt.date]:
    """Yield the days on which the workbooks were looked at; the last is the day of the school."""
    day = dt.date(invented.world.year.first.year, 10, 1)
    day += (-day.weekday() % 7) * DAY
    while day < on:
        yield day
        day += EVERY
    yield on


def _saved_by(folder: Path, invented: Invented, day: dt.date, days: Sequence[dt.date]) -> None:
    """Put the journals into the folder as their teachers had saved them by a day."""
    for number, (job, spoilt) in enumerate(invented.journals):
        saved = day
        if number % _FORGETFUL == _FORGETFUL - 1 and not invented.world.spec.clean and day in days[1:3]:
            saved = days[0]
        if spoilt is None:
            course = replace(job.course, on=saved)
            past = replace(job, course=course)
            write_journal(folder, past, _corrected_later(past, filled(past), number, invented), again=True)


def _corrected_later(job: Job, content: BookContent, number: int, invented: Invented) -> BookContent:
    """Return the journal with another mark in one cell of the closed period, where it is corrected only afterwards."""
    if number != _FORGETFUL or invented.world.spec.clean:
        return content
    journal = Journal.of(job, content)
    term = next((one for one in job.course.terms if one.last < invented.world.spec.on), None)
    for place in journal.columns_of(term) if term is not None else ():
        text = journal.cells.get((0, place), "")
        if text in ("4", "5"):
            journal.cells[0, place] = "4" if text == "5" else "5"
            return journal.content()
    return content
