"""What is counted of each class: its verdict and how far its journals are filled. A map over classes, then a merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sgo_sheets.findings import Datum, Timing
from sgo_sheets.pipeline.context import Run
from sgo_sheets.pipeline.forming import Forming
from sgo_sheets.pipeline.inputs import digest_of, maker_digest
from sgo_sheets.pipeline.packing import pack, pack_filled, unpack, unpack_filled
from sgo_sheets.pipeline.workers import each
from sgo_sheets.reports.completeness import Completeness, completeness
from sgo_sheets.rules.engine import Verdict, combine, judge, judge_school
from sgo_sheets.rules.formed import formed
from sgo_sheets.school.model import ClassBook, School


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """A counted class: small, and all the school's figures need of it.

    ``key`` names everything it was counted from; ``reports`` – those formed from complete data in this very build.
    """

    key: str
    verdict: Verdict
    filled: Completeness
    reports: tuple[Datum, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted classes by name, what is to be said of the school as a whole, and all of it in one verdict."""

    classes: Mapping[str, ClassFigures]
    school: Verdict
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Counting:
    """A class to count: the key of all its figures depend on, the class, and when its data came."""

    key: str
    book: ClassBook
    timings: Mapping[Datum, Timing]
    forming: Forming


def figures(one: Counting, on: dt.date) -> ClassFigures:
    """Return the figures of one class on a day; pure, and all that travels is picklable."""
    reports = formed(one.book, on) if one.forming.real else ()
    timings = one.forming.timed(reports, one.timings)
    return ClassFigures(one.key, judge(one.book, on, timings=timings), completeness(one.book, on), reports)


def count(run: Run, school: School) -> Counted:
    """Return the figures of the school; a class that has not changed since the last build is not counted again."""
    base = maker_digest(run.project)
    heads = run.past.heads()
    keys = {book.name: _key_of(base, book, run.on, heads(book)) for book in school.books}
    known = {name: old for name, old in recall(run.state.figures).items() if old.key == keys.get(name)}
    forming = Forming.of(run.past)
    todo = [
        Counting(keys[book.name], book, run.past.of_class(book), forming)
        for book in school.books
        if book.name not in known
    ]
    counting = each(partial(figures, on=run.on), todo, run.workers, run.told("Проверяю"))
    found = dict(zip((one.book.name for one in todo), counting, strict=True))
    classes = {name: found.get(name) or known[name] for name in keys}
    reports = formed(school, run.on) if forming.real else ()
    timings = forming.timed(reports, run.past.timings())
    run.past.note_formed([*reports, *(datum for one in found.values() for datum in one.reports)])
    return merge(classes, judge_school(school, run.on, timings=timings))


def merge(classes: Mapping[str, ClassFigures], school: Verdict) -> Counted:
    """Return the figures of classes and school put together."""
    return Counted(classes, school, combine([*(one.verdict for one in classes.values()), school]))


def remembered(counted: Counted) -> Any:
    """Return the figures as lists JSON can hold."""
    classes = {name: [one.key, pack(one.verdict), pack_filled(one.filled)] for name, one in counted.classes.items()}
    return {"classes": classes, "school": pack(counted.school)}


def recall(content: Any) -> dict[str, ClassFigures]:
    """Return the remembered figures of classes, none when they cannot be understood."""
    try:
        return {
            name: ClassFigures(key, unpack(verdict), unpack_filled(filled))
            for name, (key, verdict, filled) in content["classes"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def recall_verdict(content: Any) -> Verdict | None:
    """Return the remembered verdict on the whole school, None when it cannot be understood."""
    try:
        return merge(recall(content), unpack(content["school"])).verdict
    except (ValueError, TypeError, KeyError):
        return None


def _key_of(base: str, book: ClassBook, on: dt.date, heads: Sequence[str]) -> str:
    return digest_of(base, book.fingerprint, on.isoformat(), *map(str, book.unreadable), *heads)
