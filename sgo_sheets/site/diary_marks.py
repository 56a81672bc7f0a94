"""A pupil's chips by lesson and by week, and the last day of which anything is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sgo_sheets.records.journal_books import PERIOD_EXTRAS
from sgo_sheets.rules.settings import WEIGHTED
from sgo_sheets.russian import day_month, fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_days import Track
from sgo_sheets.site.diary_ledger import Ledger, Mark, Own, Work, released
from sgo_sheets.site.diary_lessons import Board
from sgo_sheets.site.diary_shared_views import Chip, Week
from sgo_sheets.site.diary_text import FREE, LATE, absence_chip, debt_chip, mark_chip, sentence
from sgo_sheets.site.diary_views import Debt, SubjectMarks
from sgo_sheets.site.page_periods import PagePeriod, page_of

_UNGRADED = "без отметки"


@dataclass(frozen=True, slots=True)
class Grading:
    """How the class is graded: subjects without marks, and the period marks each page may show (header, label)."""

    ungraded: frozenset[str]
    labels: tuple[tuple[tuple[str, str], ...], ...]
    weighted: bool


def grading(book: ClassBook, board: Board, pages: Sequence[PagePeriod]) -> Grading:
    """Return how the class is graded."""
    by_subject: dict[str, str] = {name: subject.grading for name, subject in book.subjects.items()}
    periods = set(book.periods)
    for (name, key), journal in board.journals.items():
        if name == book.name:
            by_subject[key.subject] = journal.grading
        periods.update(journal.periods)
    terms = sorted((p for p in periods if p.type != YEAR), key=lambda p: (p.last, p.first, p.name))
    years = [*sorted(p.name for p in periods if p.type == YEAR), *(e for e in PERIOD_EXTRAS if "Дата" not in e)]
    labels = []
    for place, page in enumerate(pages):
        names = [p.name for p in terms if p.last <= page.last]
        if place == len(pages) - 1:
            names.extend(years)
        labels.append(tuple({fold(name): sentence(name) for name in names}.items()))
    return Grading(
        ungraded=frozenset(name for name, how in by_subject.items() if how == _UNGRADED),
        labels=tuple(labels),
        weighted=WEIGHTED.flag(book.regulation),
    )


@dataclass(frozen=True, slots=True)
class Common:
    """What all diaries of a class share; computed once."""

    board: Board
    written: Ledger
    how: Grading
    pages: tuple[PagePeriod, ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """What is one pupil's: № личного дела, what is written of him, his lessons, his marks by page."""

    pupil: str
    own: Own
    lessons: Track
    marks: tuple[tuple[Mark, ...], ...]


def by_page(common: Common, own: Own) -> tuple[tuple[Mark, ...], ...]:
    """Return the pupil's marks of every page, in the order they were given."""
    found: list[list[Mark]] = [[] for _ in common.pages]
    place = 0
    for mark in own.marks:
        date = common.board.when[mark.place][0]
        while place + 1 < len(found) and date > common.pages[place].last:
            place += 1
        found[place].append(mark)
    return tuple(tuple(marks) for marks in found)


def chips(common: Common, his: Personal) -> dict[int, tuple[Chip, ...]]:
    """Return the pupil's chips by lesson: marks, a debt, an absence, coming late, a release."""
    board, own = common.board, his.own
    found: dict[int, list[Chip]] = {}
    for mark in own.marks:
        found.setdefault(mark.place, []).append(mark_chip(mark.value, mark.work.words))
    for place, work in own.debts:
        found.setdefault(place, []).append(_debt_chip(board, place, work))
    for place, reason in own.absent.items():
        found.setdefault(place, []).append(absence_chip(reason))
    for place in sorted(own.late):
        found.setdefault(place, []).append(LATE)
    for place in sorted(own.exempt):
        found.setdefault(place, []).append(FREE)
    if his.pupil in common.written.releases:
        for date, places in his.lessons.days.items():
            for place in places:
                card = board.cards[place]
                if released(common.written, his.pupil, card.subject, date) and not card.cancelled:
                    those = found.setdefault(place, [])
                    if FREE not in those and place not in own.absent:
                        those.append(FREE)
    return {place: tuple(those) for place, those in found.items()}


def _debt_chip(board: Board, place: int, work: Work) -> Chip:
    until = board.cards[place].hand_in
    return debt_chip(work.words, until, f"сдать до\u00a0{day_month(until)}" if until else "")


def week_marks(board: Board, weeks: Sequence[Week], marks: Iterable[Mark]) -> list[tuple[SubjectMarks, ...]]:
    """Return the marks of each week by subject; both weeks and marks stand in order of time."""
    found: list[dict[str, list[Chip]]] = [{} for _ in weeks]
    place = 0
    for mark in marks:
        card = board.cards[mark.place]
        while place + 1 < len(weeks) and card.date > weeks[place].last:
            place += 1
        if weeks and weeks[place].first <= card.date <= weeks[place].last:
            found[place].setdefault(card.subject, []).append(mark_chip(mark.value, mark.work.words))
    return [tuple(SubjectMarks(subject, tuple(own)) for subject, own in each.items()) for each in found]


def debts(common: Common, his: Personal, place: int) -> tuple[Debt, ...]:
    """Return what the pupil owes by the end of a page, earlier periods included."""
    pages, page = common.pages, common.pages[place]
    found = []
    for lesson, work in his.own.debts:
        card = common.board.cards[lesson]
        if card.date > page.last:
            continue
        there = pages[page_of(pages, card.date)]
        href = f"{'' if there == page else there.file}#d-{card.date.isoformat()}"
        found.append(Debt(card.subject, work.words, day_month(card.date), card.hand_in, href))
    return tuple(found)


def last_record(common: Common, his: Personal, saved: dt.date | None) -> dt.date | None:
    """Return the last day of which the pupil's journals tell anything, None while they tell nothing.

    Topics written in advance do not count: nothing is known later than the day the workbooks were saved.
    """
    latest = saved or dt.date.max
    cards, days = common.board.cards, his.lessons.days
    own = [cards[place].date for place in (*(mark.place for mark in his.own.marks), *his.own.absent)]
    held = (date for date in reversed(days) if date <= latest and any(cards[p].recorded for p in days[date]))
    return max((date for date in (*own, *islice(held, 1)) if date <= latest), default=None)
