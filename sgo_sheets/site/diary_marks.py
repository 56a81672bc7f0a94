"""A pupil's chips by lesson and the summary of a period: marks by subject, averages, missed lessons, debts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sgo_sheets.records.journal_books import PERIOD_EXTRAS
from sgo_sheets.records.tokens import NOT_ATTESTED_ABSENT
from sgo_sheets.russian import counted, day_month, decimal, fold
from sgo_sheets.school.calendars import YEAR
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_days import PagePeriod, Track, page_of
from sgo_sheets.site.diary_ledger import Ledger, Mark, Own, Work, released
from sgo_sheets.site.diary_lessons import Board
from sgo_sheets.site.diary_text import (
    ABSENCES,
    FREE,
    LATE,
    absence_chip,
    debt_chip,
    final_words,
    mark_chip,
    sentence,
    tone,
)
from sgo_sheets.site.diary_views import Chip, Count, Debt, FinalView, MarkView, SubjectMarks, SubjectView, Week

WEIGHTED = "Средний балл с учётом веса"
"""The setting: whether the average shown counts weights; the other one stands beside it where it differs."""
_UNGRADED = "без отметки"
_DIGITS = frozenset("12345")


@dataclass(frozen=True, slots=True)
class Grading:
    """How the class is graded: subjects without marks, and the period marks each page may show (header, label)."""

    ungraded: frozenset[str]
    labels: tuple[tuple[tuple[str, str], ...], ...]
    marked: Mapping[str, frozenset[str]]
    weighted: bool


def grading(book: ClassBook, board: Board, pages: Sequence[PagePeriod]) -> Grading:
    """Return how the class is graded."""
    by_subject: dict[str, str] = {name: subject.grading for name, subject in book.subjects.items()}
    marked: dict[str, frozenset[str]] = {}
    periods = set(book.periods)
    for (name, key), journal in board.journals.items():
        if name == book.name:
            by_subject[key.subject] = journal.grading
            marked[key.subject] = frozenset(fold(p.name) for p in journal.periods)
        periods.update(journal.periods)
    terms = sorted((p for p in periods if p.type != YEAR), key=lambda p: (p.last, p.first, p.name))
    years = [*sorted(p.name for p in periods if p.type == YEAR), *(e for e in PERIOD_EXTRAS if "Дата" not in e)]
    labels = []
    for place, page in enumerate(pages):
        names = [p.name for p in terms if p.last <= page.last]
        if place == len(pages) - 1:
            names.extend(years)
        labels.append(tuple({fold(name): name for name in names}.items()))
    return Grading(
        ungraded=frozenset(name for name, how in by_subject.items() if how == _UNGRADED),
        labels=tuple(labels),
        marked=marked,
        weighted=book.regulation.flag(WEIGHTED, default=True),
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
    """What is one pupil's: № личного дела, what is written of him, his lessons."""

    pupil: str
    own: Own
    lessons: Track


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


def week_marks(board: Board, week: Week, marks: Iterable[Mark]) -> tuple[SubjectMarks, ...]:
    """Return the marks of a week by subject, in the order they were given."""
    found: dict[str, list[Chip]] = {}
    for mark in marks:
        card = board.cards[mark.place]
        if week.first <= card.date <= week.last:
            found.setdefault(card.subject, []).append(mark_chip(mark.value, mark.work.words))
    return tuple(SubjectMarks(subject, tuple(those)) for subject, those in found.items())


def averages(marks: Iterable[Mark]) -> tuple[str, str]:
    """Return the weighted and the plain average of the marks 5…1 («4,25», half away from zero), «» without any."""
    counted_marks = [(int(m.value), m.work.weight) for m in marks if m.value in _DIGITS]
    if not counted_marks:
        return "", ""
    weights = sum(weight for _, weight in counted_marks)
    plain = sum(value for value, _ in counted_marks) / len(counted_marks)
    weighted = sum(value * weight for value, weight in counted_marks) / weights if weights > 0 else plain
    return decimal(weighted), decimal(plain)


def subject_views(common: Common, his: Personal, place: int) -> tuple[SubjectView, ...]:
    """Return the subjects of a page: those attended, with marks of the period or with period marks."""
    board, own, how, page = common.board, his.own, common.how, common.pages[place]
    marks: dict[str, list[Mark]] = {}
    for mark in own.marks:
        card = board.cards[mark.place]
        if page.first <= card.date <= page.last:
            marks.setdefault(card.subject, []).append(mark)
    missed = Counter(
        board.cards[lesson].subject for lesson in own.absent if page.first <= board.cards[lesson].date <= page.last
    )
    names = (his.lessons.subjects[place] - how.ungraded) | marks.keys()
    order = {name: number for number, name in enumerate(common.written.subjects)}
    views = []
    for name in sorted(names, key=lambda n: (order.get(n, len(order)), n)):
        weighted, plain = averages(marks.get(name, ()))
        main, other = (weighted, plain) if how.weighted else (plain, weighted)
        views.append(
            SubjectView(
                name=name,
                marks=tuple(_mark_view(board, mark) for mark in marks.get(name, ())),
                average=main,
                plain=other if other != main else "",
                finals=tuple(_final_views(common, his.pupil, name, place)),
                missed=counted(missed[name], "урок", "урока", "уроков") if missed[name] else "",
            )
        )
    return tuple(views)


def _mark_view(board: Board, mark: Mark) -> MarkView:
    date = board.cards[mark.place].date
    short = f"{date.day}.{date.month:02d}"
    return MarkView(final_words(mark.value), tone(mark.value), f"#d-{date.isoformat()}", short, mark.work.words)


def _final_views(common: Common, pupil: str, subject: str, place: int) -> Iterator[FinalView]:
    own = common.written.finals.get((pupil, subject), {})
    how, page = common.how, common.pages[place]
    current = fold(page.name)
    for header, label in how.labels[place]:
        value = own.get(header, "")
        if value:
            yield FinalView(sentence(label), final_words(value), _final_tone(value))
        elif header == current and current in how.marked.get(subject, {current}):
            yield FinalView(sentence(label), "пока нет", "none")


def _final_tone(value: str) -> str:
    return "m2" if value == NOT_ATTESTED_ABSENT else tone(value)


def missed_counts(common: Common, his: Personal, place: int) -> tuple[Count, ...]:
    """Return the missed lessons of a page by reason, the days missed whole and the times the pupil came late."""
    board, own, page = common.board, his.own, common.pages[place]
    here = {p: reason for p, reason in own.absent.items() if page.first <= board.cards[p].date <= page.last}
    by_reason = Counter(here.values())
    found = [
        Count(counted(by_reason[reason], "урок", "урока", "уроков"), words)
        for reason, words in ABSENCES.items()
        if by_reason[reason]
    ]
    days = {board.cards[p].date for p in here}
    whole = sum(_missed_whole(board, own, his.lessons.days.get(date, ())) for date in days)
    if whole:
        found.append(Count(counted(whole, "день", "дня", "дней"), "пропущено целиком"))
    late = sum(page.first <= board.cards[p].date <= page.last for p in own.late)
    if late:
        found.append(Count(counted(late, "раз", "раза", "раз"), "опоздание"))
    return tuple(found)


def _missed_whole(board: Board, own: Own, places: Iterable[int]) -> bool:
    lessons = [p for p in places if not (board.cards[p].cancelled or board.cards[p].errand or board.cards[p].loose)]
    return bool(lessons) and all(place in own.absent for place in lessons)


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
