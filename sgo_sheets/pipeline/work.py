"""Making pages: a map over the classes, for the units of pages that have changed; then those of the school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from sgo_sheets.pipeline.context import Run
from sgo_sheets.pipeline.figures import Counted
from sgo_sheets.pipeline.inputs import digest_of, maker_digest
from sgo_sheets.pipeline.makers import CLASS_MAKERS, SCHOOL_MAKERS, ClassMaker, ClassWork, SchoolMaker, SchoolWork
from sgo_sheets.pipeline.reading import Schools
from sgo_sheets.pipeline.state import Unit
from sgo_sheets.project import Project
from sgo_sheets.reports.company import closed_months
from sgo_sheets.reports.print_forms import forms_in, told_once
from sgo_sheets.rules.tally import Done
from sgo_sheets.site import manifest, stage
from sgo_sheets.site.control_places import of_class
from sgo_sheets.site.disk import Seen
from sgo_sheets.site.page import Part
from sgo_sheets.site.render import Renderer
from sgo_sheets.site.stage import Staged

_MAKERS = {maker.name: maker for maker in CLASS_MAKERS}
_OF_CLASSES = ("families/", "staff/reports/")
_PART = "#"
"""Stands in the name of a unit between what it is a part of and its own name."""


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of a site: every one of them, and those of classes by the unit that makes them.

    ``told`` and ``unfinished`` – as in ``BuildResult``.
    """

    staged: tuple[Staged, ...]
    units: Mapping[str, Unit]
    told: Mapping[str, int]
    unfinished: bool = False


class Before(NamedTuple):
    """What the last build has left: its units, the pages as they lie; ``stage`` is where new ones wait.

    ``base`` stands for the program and the templates; ``whole`` – every page of the units lies there as it was made.
    """

    units: Mapping[str, Unit]
    present: Mapping[str, Seen]
    stage: Path
    base: str
    whole: bool

    def has(self, units: Iterable[Unit]) -> bool:
        """Return whether all pages of units lie in the site."""
        return self.whole or all(
            page.path in self.present and self.present[page.path].sha256 == page.sha256
            for unit in units
            for page in unit.pages
        )


class Which(Enum):
    """Which pages of a site are made at a time; the others stay as they are."""

    ALL = "all"
    FIRST = "those nobody should wait for"
    PATIENT = "those that may wait, when the others are made"

    def leaves(self, maker: ClassMaker | SchoolMaker) -> bool:
        """Return whether what a maker has made before is left as it is, where it is all there."""
        return self is not Which.ALL and maker.patient is (self is Which.FIRST)


class ToMake(NamedTuple):
    """What pages are made of: the classes, each with the keys of its units (name → key), the school, what was read.

    ``base`` – as in ``Before``.
    """

    classes: tuple[tuple[ClassWork, Mapping[str, str]], ...]
    school: SchoolWork
    schools: Schools
    base: str


@dataclass(frozen=True, slots=True)
class Job:
    """One class for one worker: which of its units to make (name → key), and what of them is there already."""

    work: ClassWork
    units: Mapping[str, str]
    before: Before


def to_make(run: Run, schools: Schools, counted: Counted) -> ToMake:
    """Return what the pages of a build are made of."""
    project = run.project
    render = Renderer(project.templates, project.timezone, project.on)
    base = maker_digest(project)
    classes = tuple(
        (work, {f"{maker.name}:{work.shown.name}": digest_of(base, maker.depends(work)) for maker in CLASS_MAKERS})
        for work in _class_works(schools, counted, run.on, render)
    )
    filled = {name: one.filled for name, one in counted.classes.items()}
    totals = {name: one.totals for name, one in counted.classes.items()}
    whole = SchoolWork(schools.judged, schools.shown, counted.verdict, filled, totals, run.on, render)
    return ToMake(classes, whole, schools, base)


def make_pages(run: Run, what: ToMake, which: Which) -> Made:
    """Return all pages of the site; those that are not in it yet wait in the stage. Raises UserError."""
    before = Before(run.state.units, run.present, run.stage, what.base, run.state.seen == run.present)
    groups = _by_whole(before.units)
    units: dict[str, Unit] = {}
    jobs = []
    unfinished = False
    for work, keys in what.classes:
        still, todo, later = _what_to_make(keys, groups, before, which)
        units.update(still)
        unfinished = unfinished or later
        if todo:
            units_then = {name: unit for whole in todo for name, unit in groups.get(whole, {}).items()}
            own = [page.path for unit in units_then.values() for page in unit.pages]
            there = {path: before.present[path] for path in own if path in before.present}
            jobs.append(Job(work, todo, before._replace(units=units_then, present=there)))
    making = run.crew.each(make_class, jobs, run.told("Делаю страницы"))
    of_school, later = _make_school(what, before, groups, which)  # while others make the classes
    units.update(of_school)
    for made in making:
        units.update(made)
    staged = [page for unit in units.values() for page in unit.pages]
    staged.extend(_orphans(run.project, what.schools, {page.path for page in staged}, run.present))
    told = told_once(forms_in(run.project.templates), (words for unit in units.values() for words in unit.told))
    return Made(tuple(staged), units, told, unfinished or later)


def _make_school(
    what: ToMake, before: Before, groups: Mapping[str, Mapping[str, Unit]], which: Which
) -> tuple[dict[str, Unit], bool]:
    """Return the units of the school by name, and whether any is left for later."""
    units: dict[str, Unit] = {}
    later = False
    for maker in SCHOOL_MAKERS:
        if which.leaves(maker) and _all_there(groups.get(maker.name, {}), before):
            units.update(groups[maker.name])
            later = later or which is Which.FIRST
        elif maker.parts:
            units.update(_parts(maker.name, maker.parts(what.school), before))
        else:
            old = before.units.get(maker.name)
            if not maker.fixed or old is None or old.key != before.base or not before.has([old]):
                old = Unit(before.base, stage.put(maker.pages(what.school), before.stage, before.present))
            units[maker.name] = old
    return units, later


def _what_to_make(
    keys: Mapping[str, str], groups: Mapping[str, Mapping[str, Unit]], before: Before, which: Which
) -> tuple[dict[str, Unit], dict[str, str], bool]:
    """Return the units of a class that stay as they are, those to make (name → key), whether any is left for later."""
    still: dict[str, Unit] = {}
    todo: dict[str, str] = {}
    later = False
    for name, key in keys.items():
        old = groups.get(name, {})
        known = name in old and _all_there(old, before)
        if known and (old[name].key == key or which.leaves(_maker_of(name))):
            still.update(old)
            later = later or old[name].key != key
        else:
            todo[name] = key
    return still, todo, later


def make_class(job: Job) -> dict[str, Unit]:
    """Make the wanted units of one class and return them by name; the bytes wait in the stage."""
    units: dict[str, Unit] = {}
    for name, key in job.units.items():
        maker = _maker_of(name)
        units[name] = Unit(key, stage.put(maker.pages(job.work), job.before.stage, job.before.present))
        units.update(_parts(name, maker.parts(job.work), job.before))
    return units


def _maker_of(unit: str) -> ClassMaker:
    """Return who makes a unit of a class, by its name."""
    return _MAKERS[unit.partition(":")[0]]


def _parts(whole: str, parts: Iterable[Part], before: Before) -> Iterator[tuple[str, Unit]]:
    """Yield the parts of a unit under names of their own; one whose key is the same and whose pages lie there stays."""
    for part in parts:
        name, key = f"{whole}{_PART}{part.name}", digest_of(before.base, part.key)
        old = before.units.get(name)
        if old is not None and old.key == key and before.has([old]):
            yield name, old
        else:
            yield name, Unit(key, stage.put(part.make(), before.stage, before.present), part.told)


def _by_whole(units: Mapping[str, Unit]) -> dict[str, dict[str, Unit]]:
    """Return the units with their parts, by the name of the whole."""
    found: dict[str, dict[str, Unit]] = {}
    for name, unit in units.items():
        found.setdefault(name.partition(_PART)[0], {})[name] = unit
    return found


def _class_works(schools: Schools, counted: Counted, on: dt.date, render: Renderer) -> Iterator[ClassWork]:
    verdict = counted.verdict
    judged = {book.name: book for book in schools.judged.books}
    done: dict[str, dict[Done, int]] = {}
    for one, number in verdict.done.items():
        done.setdefault(one.school_class, {})[one] = number
    for shown in schools.shown.books:
        book = judged.get(shown.name, shown)
        beside = [
            month
            for other in schools.shown.books
            if other.grade == shown.grade and other.name != shown.name and other.name in counted.classes
            for month in counted.classes[other.name].totals.months
        ]
        others = closed_months(shown, beside)
        yield ClassWork(shown, book, of_class(book, verdict.findings), done.get(book.name, {}), on, render, others)


def _all_there(units: Mapping[str, Unit], before: Before) -> bool:
    return bool(units) and before.has(units.values())


def _orphans(project: Project, schools: Schools, made: set[str], present: Mapping[str, Seen]) -> Iterator[Staged]:
    """Yield the diaries and reports that stay because the book that says whose they are is lost for good."""
    if schools.lost:
        for path, entry in (manifest.read(project.site) or {}).items():
            if path.startswith(_OF_CLASSES) and path not in made and path in present:
                yield Staged(path, present[path].sha256, entry.audience)
