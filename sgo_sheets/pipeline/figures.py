"""What is counted of each class: its verdict and how far its journals are filled. A map over classes, then a merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from sgo_sheets.findings import Datum, Timing, text_of
from sgo_sheets.pipeline.context import Run
from sgo_sheets.pipeline.forming import Forming
from sgo_sheets.pipeline.inputs import digest_of, maker_digest
from sgo_sheets.pipeline.packing import pack, pack_filled, unpack, unpack_filled
from sgo_sheets.records.catalog import BookKind
from sgo_sheets.reports.completeness import Completeness, completeness
from sgo_sheets.reports.pivot_totals import keys_of, pivots_of
from sgo_sheets.reports.totals import ClassTotals, pack_totals, totals_of, unpack_totals
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_rules_of_school
from sgo_sheets.rules.formed import formed
from sgo_sheets.rules.reading import judge_reading
from sgo_sheets.school.custom import CustomSpec
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.workbooks.folder import kind_of


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """A counted class: small, and all the school's figures need of it.

    ``key`` names everything it was counted from; ``reports`` – those formed from complete data in this very build.
    """

    key: str
    verdict: Verdict
    filled: Completeness
    totals: ClassTotals
    reports: tuple[Datum, ...] = ()


class SchoolFigures(NamedTuple):
    """What the rules of the whole school say; ``key`` names everything they say it from."""

    key: str
    verdict: Verdict


@dataclass(frozen=True)
class Counted:
    """What was counted: of classes by name, by the rules of the whole school, and of the workbooks as read."""

    classes: Mapping[str, ClassFigures]
    school: SchoolFigures
    reading: Verdict

    @cached_property
    def verdict(self) -> Verdict:
        """Return all there is to say of the school."""
        return combine([*(one.verdict for one in self.classes.values()), self.school.verdict, self.reading])


@dataclass(frozen=True, slots=True)
class Counting:
    """A class to count: the key of all its figures depend on, the class, and when its data came.

    ``shown`` – with the last good version of what cannot be read: reports are made of it. ``custom`` – the reports of
    the constructor; ``known`` – its figures where it lacks only what it gives to some of those.
    """

    key: str
    book: ClassBook
    shown: ClassBook
    timings: Mapping[Datum, Timing]
    forming: Forming
    custom: tuple[CustomSpec, ...] = ()
    known: ClassFigures | None = None


def figures(one: Counting, on: dt.date) -> ClassFigures:
    """Return the figures of one class on a day; pure, and all that travels is picklable."""
    if one.known is not None:
        totals = one.known.totals
        return replace(one.known, totals=replace(totals, pivots=pivots_of(one.shown, one.custom, known=totals.pivots)))
    reports = formed(one.book, on) if one.forming.real else ()
    timings = one.forming.timed(reports, one.timings)
    verdict = judge(one.book, on, timings=timings)
    totals = replace(totals_of(one.shown), pivots=pivots_of(one.shown, one.custom))
    return ClassFigures(one.key, verdict, completeness(one.book, on), totals, reports)


def count(run: Run, school: School, shown: School) -> Counted:
    """Return the figures of the school; a class that has not changed since the last build is not counted again.

    ``shown`` is the school with the last good version of what cannot be read.
    """
    base = maker_digest(run.project)
    heads = run.past.heads()
    display = {book.name: book for book in shown.books}
    keys = {
        book.name: _key_of(base, (book, display.get(book.name, book)), run.on, heads(book)) for book in school.books
    }
    known = {name: old for name, old in recall(run.state.figures).items() if old.key == keys.get(name)}
    forming = Forming.of(run.past)
    asked = keys_of(shown.custom)
    done = {name for name, old in known.items() if old.totals.pivots.keys() == asked}
    todo = [
        Counting(
            keys[book.name],
            book,
            display.get(book.name, book),
            run.past.of_class(book),
            forming,
            shown.custom,
            known.get(book.name),
        )
        for book in school.books
        if book.name not in done
    ]
    counting = run.crew.each(partial(figures, on=run.on), todo, run.told("Проверяю"))
    reports = formed(school, run.on) if forming.real else ()
    whole = _of_school(run, school, base, forming, reports)
    reading = judge_reading(school, run.on)
    found = dict(zip((one.book.name for one in todo), counting, strict=True))
    classes = {name: found.get(name) or known[name] for name in keys}
    run.past.note_formed([*reports, *(datum for one in found.values() for datum in one.reports)])
    return Counted(classes, whole, reading)


def _of_school(run: Run, school: School, base: str, forming: Forming, reports: Sequence[Datum]) -> SchoolFigures:
    """Return what the rules of the whole school say, from the last build while nothing they speak of has changed.

    They speak of no mark and no lesson, so that a saved journal leaves it as it was.
    """
    elsewhere = text_of(one for one in school.findings if kind_of(one.at.workbook) is not BookKind.JOURNAL)
    key = digest_of(base, school.office_print, run.on.isoformat(), elsewhere, *run.past.heads_of_office())
    with suppress(ValueError, TypeError, KeyError):
        known = _school_in(run.state.figures)
        if known.key == key:
            return known
    timings = forming.timed(reports, run.past.timings())
    return SchoolFigures(key, judge_rules_of_school(school, run.on, timings=timings))


def remembered(counted: Counted) -> Any:
    """Return the figures as lists JSON can hold."""
    classes = {
        name: [one.key, pack(one.verdict), pack_filled(one.filled), pack_totals(one.totals)]
        for name, one in counted.classes.items()
    }
    key, ruled = counted.school
    return {"classes": classes, "school": [key, pack(ruled)], "reading": pack(counted.reading)}


def recall(content: Any) -> dict[str, ClassFigures]:
    """Return the remembered figures of classes, none when they cannot be understood."""
    try:
        return {
            name: ClassFigures(key, unpack(verdict), unpack_filled(filled), unpack_totals(totals))
            for name, (key, verdict, filled, totals) in content["classes"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def recall_verdict(content: Any) -> Verdict | None:
    """Return the remembered verdict on the whole school, None when it cannot be understood."""
    try:
        return Counted(recall(content), _school_in(content), unpack(content["reading"])).verdict
    except (ValueError, TypeError, KeyError):
        return None


def _school_in(content: Any) -> SchoolFigures:
    key, ruled = content["school"]
    return SchoolFigures(key, unpack(ruled))


def _key_of(base: str, books: Sequence[ClassBook], on: dt.date, heads: Sequence[str]) -> str:
    prints = [part for book in books for part in (book.fingerprint, *map(str, book.unreadable))]
    return digest_of(base, on.isoformat(), *prints, *heads)
