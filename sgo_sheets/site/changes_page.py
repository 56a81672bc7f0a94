"""«Изменения»: which mark of a child changed, when, from what to what, and who teaches the subject (for the family).

The changes come from the history of the workbooks; the page does not depend on the day of the build.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sgo_sheets.records.tokens import ABSENT, EXEMPT, FAIL, NOT_ATTESTED_ABSENT, NOT_ATTESTED_VALID, PASS
from sgo_sheets.russian import day_month, slug, spoken_day
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_text import ABSENCES, final_words, sentence, tone
from sgo_sheets.site.page import Page
from sgo_sheets.site.render import Renderer

SHOWN = 60
"""So many days with changes are shown openly; the earlier ones are folded."""
_LATE, _DEBT, _UNREAD = "ОП", ".", "?"
_WHOLE = frozenset({NOT_ATTESTED_VALID, NOT_ATTESTED_ABSENT})
_MARKS = frozenset({"5", "4", "3", "2", "1", PASS, FAIL, EXEMPT})


class PupilChange(NamedTuple):
    """One change in what a journal says of a pupil.

    ``day`` – when it was saved; ``lesson_day`` – of which lesson, None for a mark of a period; ``field`` – what it is,
    in the nominative («отметка», «отметка за 1 четверть»); ``old`` and ``new`` as the journal writes them («5 4», «ОТ»,
    «»); ``teacher`` – the short name of who teaches it, «» when nobody is known.
    """

    day: dt.date
    subject: str
    lesson_day: dt.date | None
    field: str
    old: str
    new: str
    teacher: str


class Said(NamedTuple):
    """One thing a cell says: its tone and its words."""

    tone: str
    words: str


class ChangeView(NamedTuple):
    """A change as it is read: the subject, what it is of, how it changed, before and after, by whom."""

    subject: str
    what: str
    how: str
    key: str
    old: tuple[Said, ...]
    new: tuple[Said, ...]
    teacher: str


class ChangeDay(NamedTuple):
    """A day with changes."""

    date: dt.date
    words: str
    changes: tuple[ChangeView, ...]


def changes_path(pupil: str) -> str:
    """Return where the page of a pupil (№ личного дела) lies, beside the diary."""
    return f"families/{slug(pupil)}/changes.html"


def changes_pages(book: ClassBook, render: Renderer) -> Iterator[Page]:
    """Yield the page «Изменения» of every pupil of a class some of whose marks were changed."""
    by_pupil: dict[str, list[PupilChange]] = {}
    for one in book.changes:
        field = f"отметка за период «{one.period}»" if one.period else "отметка"
        teacher = book.staff[one.teacher].short_name if one.teacher in book.staff else ""
        view = PupilChange(one.day, one.subject, one.lesson, field, one.old, one.new, teacher)
        by_pupil.setdefault(one.pupil, []).append(view)
    for pupil in book.diaries():
        if pupil.id in by_pupil:
            yield changes_page(pupil.id, pupil.name, by_pupil[pupil.id], render)


def changes_page(pupil: str, name: str, changes: Sequence[PupilChange], render: Renderer) -> Page:
    """Return the page of a pupil (№ личного дела, name); without changes it says kindly that there are none."""
    days = _days(changes)
    path = changes_path(pupil)
    corrected = sum(change.key == "corrected" for day in days for change in day.changes)
    content = render.page(
        "changes.html", path=path, pupil=name, days=days[:SHOWN], earlier=days[SHOWN:], corrected=corrected
    )  # fmt: skip
    return Page(path, content, f"family:{pupil}")


def _days(changes: Iterable[PupilChange]) -> list[ChangeDay]:
    """Return the days with changes, the newest first; within a day by subject and lesson, in the order they came."""
    found: dict[dt.date, list[PupilChange]] = {}
    for change in changes:
        if change.old != change.new:
            found.setdefault(change.day, []).append(change)
    return [
        ChangeDay(
            date,
            sentence(spoken_day(date)),
            tuple(_view(one) for one in sorted(found[date], key=lambda c: (c.subject, c.lesson_day or dt.date.max))),
        )
        for date in sorted(found, reverse=True)
    ]


def _view(change: PupilChange) -> ChangeView:
    lesson = f"за урок {day_month(change.lesson_day)}" if change.lesson_day else ""
    how, key = ("Исправлено", "corrected") if change.old and change.new else ("Убрано", "removed")
    if not change.old:
        how, key = "Новое", "new"
    return ChangeView(
        change.subject,
        " ".join(part for part in (change.field, lesson) if part),
        how,
        key,
        said(change.old),
        said(change.new),
        change.teacher,
    )


def said(value: str) -> tuple[Said, ...]:
    """Return what a cell says in the words of a family; a text that is no mark stays as it is typed."""
    if not value:
        return ()
    if value in _WHOLE:
        return (Said("word", final_words(value)),)
    parts = [_token(part) for part in re.split(r"\s+", value.strip())]
    return tuple(part for part in parts if part) if all(parts) else (Said("", value),)


def _token(part: str) -> Said | None:
    if part in _MARKS:
        return Said(tone(part), final_words(part))
    if part in ABSENCES:
        return Said("away", "пропуск" if part == ABSENT else f"пропуск: {ABSENCES[part]}")
    other = {_LATE: Said("late", "опоздание"), _DEBT: Said("debt", "долг"), _UNREAD: Said("", "не прочитано")}
    return other.get(part)
