"""The summary of a period: marks by subject with averages, period marks, averages by month, missed lessons."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sgo_sheets.records.tokens import NOT_ATTESTED_ABSENT
from sgo_sheets.russian import MONTH_NAMES, counted, decimal
from sgo_sheets.site.diary_ledger import Mark, Own
from sgo_sheets.site.diary_lessons import Board
from sgo_sheets.site.diary_marks import Common, Personal
from sgo_sheets.site.diary_text import ABSENCES, final_words, tone
from sgo_sheets.site.diary_views import Count, FinalView, MarkView, MonthView, SubjectView

_DIGITS = frozenset("12345")


@dataclass(frozen=True, slots=True)
class Sums:
    """Marks 5…1 added up: how many, their sum, their weights, the sum of mark × weight."""

    number: int = 0
    total: int = 0
    weights: float = 0.0
    weighted: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        """Return both together."""
        return Sums(
            self.number + other.number,
            self.total + other.total,
            self.weights + other.weights,
            self.weighted + other.weighted,
        )

    def averages(self) -> tuple[float, float] | None:
        """Return the weighted and the plain average, None without marks."""
        if not self.number:
            return None
        plain = self.total / self.number
        return (self.weighted / self.weights if self.weights > 0 else plain), plain


def sums(marks: Iterable[Mark]) -> Sums:
    """Return the sums of the marks that are figures."""
    count, total, weights, weighted = 0, 0, 0.0, 0.0
    for mark in marks:
        if mark.value in _DIGITS:
            value, weight = int(mark.value), mark.work.weight
            count, total, weights, weighted = count + 1, total + value, weights + weight, weighted + value * weight
    return Sums(count, total, weights, weighted)


def subject_views(common: Common, his: Personal, place: int) -> tuple[SubjectView, ...]:
    """Return the subjects of a page: those attended, with marks of the period or with period marks."""
    cards, page = common.board.cards, common.pages[place]
    marks: dict[str, list[Mark]] = {}
    for mark in his.marks[place]:
        marks.setdefault(cards[mark.place].subject, []).append(mark)
    absent = (cards[lesson] for lesson in his.own.absent)
    missed = Counter(card.subject for card in absent if page.first <= card.date <= page.last)
    names = (his.lessons.subjects[place] - common.how.ungraded) | marks.keys()
    order = common.written.subjects
    views = []
    for name in sorted(names, key=lambda n: (order.get(n, len(order)), n)):
        main, other = _averages(marks.get(name, ()), weighted=common.how.weighted)
        dated = [(cards[mark.place].date, mark) for mark in marks.get(name, ())]
        views.append(
            SubjectView(
                name=name,
                marks=tuple(_mark_view(date, mark.value, mark.work.words) for date, mark in dated),
                average=main,
                other=other,
                finals=tuple(_final_views(common, his.pupil, name, place)),
                missed=counted(missed[name], "урок", "урока", "уроков") if missed[name] else "",
                last=dated[-1][0].isoformat() if dated else "",
            )
        )
    return tuple(views)


def _averages(marks: Iterable[Mark], *, weighted: bool) -> tuple[str, str]:
    """Return the average the school shows, and the other one with its words where it differs."""
    found = sums(marks).averages()
    if found is None:
        return "", ""
    with_weight, without = decimal(found[0]), decimal(found[1])
    main, other = (with_weight, f"без веса {without}") if weighted else (without, f"с весом {with_weight}")
    return main, other if with_weight != without else ""


@lru_cache(maxsize=8192)
def _mark_view(date: dt.date, value: str, words: str) -> MarkView:
    short = f"{date.day}.{date.month:02d}"
    return MarkView(final_words(value), tone(value), f"#d-{date.isoformat()}", short, words)


def months_by_page(common: Common, his: Personal) -> tuple[tuple[MonthView, ...], ...]:
    """Return for each page the average of each month with marks, from the start of the year to the page's end."""
    so_far: dict[tuple[int, int], Sums] = {}
    found = []
    for marks in his.marks:
        months: dict[tuple[int, int], list[Mark]] = {}
        for mark in marks:
            date = common.board.cards[mark.place].date
            months.setdefault((date.year, date.month), []).append(mark)
        for month, own in months.items():
            so_far[month] = so_far.get(month, Sums()) + sums(own)
        found.append(tuple(_month_views(so_far, weighted=common.how.weighted)))
    return tuple(found)


def _month_views(months: dict[tuple[int, int], Sums], *, weighted: bool) -> Iterator[MonthView]:
    """Yield the months with marks; on the small line they stand 20 apart, a mark is 9 high."""
    place = 10
    for (_, month), own in months.items():
        averages = own.averages()
        if averages:
            value = averages[0 if weighted else 1]
            yield MonthView(MONTH_NAMES[month - 1], decimal(value), str(place), str(32 - round((value - 2) * 9)))
            place += 20


def _final_views(common: Common, pupil: str, subject: str, place: int) -> Iterator[FinalView]:
    own = common.written.finals.get((pupil, subject))
    if not own:
        return
    for header, label in common.how.labels[place]:
        value = own.get(header, "")
        if value:
            yield FinalView(label, final_words(value), _final_tone(value))


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
