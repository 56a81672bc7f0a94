"""Dated saves of an invented school, played into its history: what was in time, what late, what nobody can say.

The history begins on the last Monday but one of September: what was there by then has no day. From then on journals are
looked at every second Monday; a few teachers let one month go by without saving, and one of them corrects a mark of the
closed period.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sgo_sheets.demo.curriculum import MARK
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
    day = dt.date(invented.world.year.first.year, 9, 21)
    day += (-day.weekday() % 7) * DAY
    while day < on:
        yield day
        day += EVERY
    yield on


def _saved_by(folder: Path, invented: Invented, day: dt.date, days: Sequence[dt.date]) -> None:
    """Put the journals into the folder as their teachers had saved them by a day."""
    corrected = None if invented.world.spec.clean else _corrected(invented)
    for number, (job, spoilt) in enumerate(invented.journals):
        saved = day
        if number % _FORGETFUL == _FORGETFUL - 1 and not invented.world.spec.clean and day in days[1:3]:
            saved = days[0]
        if spoilt is None:
            course = replace(job.course, on=saved)
            past = replace(job, course=course)
            content = filled(past)
            if corrected is not None and corrected.path == job.path and saved < days[-2]:
                content = _otherwise(past, content, corrected)
            write_journal(folder, past, content, again=True)


class Corrected(NamedTuple):
    """A mark of a closed period that is corrected after its end: the journal, the day of the lesson."""

    path: str
    day: dt.date


def _corrected(invented: Invented) -> Corrected | None:
    """Return the mark, of the first pupil of a journal without mistakes and with a teacher who saves in time."""
    on = invented.world.spec.on
    for number, (job, spoilt) in enumerate(invented.journals):
        terms = [one for one in job.course.terms if one.last < on]
        if spoilt is not None or job.course.graded != MARK or number % _FORGETFUL == _FORGETFUL - 1 or not terms:
            continue
        journal = Journal.of(job, filled(job))
        for place in journal.columns_of(terms[0]):
            day = journal.columns[place][0]
            alone = sum(column[0] == day for column in journal.columns) == 1
            if alone and journal.cells.get((0, place)) in ("4", "5"):
                return Corrected(job.path, day)
    return None


def _otherwise(job: Job, content: BookContent, mark: Corrected) -> BookContent:
    """Return the journal as it was before the mark was corrected, where the lesson was held by then."""
    journal = Journal.of(job, content)
    place = next((n for n, column in enumerate(journal.columns) if column[0] == mark.day), None)
    text = journal.cells.get((0, place), "") if place is not None else ""
    if place is not None and text in ("4", "5"):
        journal.cells[0, place] = "4" if text == "5" else "5"
    return journal.content()
