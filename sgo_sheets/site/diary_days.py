"""The weeks of a diary: which lessons a pupil has on which day, holidays and days off, the pages of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sgo_sheets.russian import WEEKDAYS, day_month, days_span, spoken_day, to_day
from sgo_sheets.school.calendar import SUNDAY, Calendar, days_between
from sgo_sheets.school.elements import Pupil, Span, Stay
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_lessons import Board
from sgo_sheets.site.diary_shared_views import Band, Day, Step, Week
from sgo_sheets.site.diary_text import holiday_name, sentence
from sgo_sheets.site.page_periods import PagePeriod

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)
_SHEET, _PAPER_LINE = 100, 45  # lines of a week on one sheet, letters in such a line
NO_TIMETABLE = "Расписания на эти дни пока нет"


@dataclass(frozen=True, slots=True)
class Track:
    """The year of pupils who attend the same lessons: lessons by day; of every page the weeks and the subjects.

    A page in whose days the pupil is not at this school has no weeks: None.
    """

    days: dict[dt.date, tuple[int, ...]]
    pages: tuple[tuple[Week, ...] | None, ...]
    subjects: tuple[frozenset[str], ...]


def track(
    book: ClassBook, board: Board, pages: Sequence[PagePeriod], pupil: Pupil, days: dict[dt.date, tuple[int, ...]]
) -> Track:
    """Return the weeks of every page in which the pupil is at this school."""
    found: list[tuple[Week, ...] | None] = []
    last_lesson = max(days, default=dt.date.min)
    for page in pages:
        if not any(stay.first <= page.last and page.first <= stay.last for stay in pupil.stays):
            found.append(None)
            continue
        last = min(page.last, max(page.ends, last_lesson))
        found.append(tuple(_weeks(page, last, board, _items(book, board, Span(page.first, last), pupil, days))))
    return Track(days, _linked(pages, found), tuple(_subjects(board, page, days) for page in pages))


def _linked(
    pages: Sequence[PagePeriod], weeks: Sequence[tuple[Week, ...] | None]
) -> tuple[tuple[Week, ...] | None, ...]:
    """Return the weeks of every page with the ways to their neighbours, also those on the page before or after."""
    found: list[tuple[Week, ...] | None] = []
    for place, own in enumerate(weeks):
        before = weeks[place - 1] if place else None
        after = weeks[place + 1] if place + 1 < len(weeks) else None
        ways = [
            _step(pages[place - 1].file, before[-1]) if before else None,
            *(_step("", week) for week in own or ()),
            _step(pages[place + 1].file, after[0]) if after else None,
        ]
        linked = (replace(w, earlier=ways[n], later=ways[n + 2]) for n, w in enumerate(own or ()))
        found.append(None if own is None else tuple(linked))
    return tuple(found)


def _step(file: str, week: Week) -> Step:
    return Step(f"{file}#{week.id}", week.title)


def _subjects(board: Board, page: PagePeriod, days: Mapping[dt.date, tuple[int, ...]]) -> frozenset[str]:
    cards = [board.cards[p] for date, places in days.items() if page.first <= date <= page.last for p in places]
    return frozenset(card.subject for card in cards if not (card.cancelled or card.errand))


def _items(
    book: ClassBook, board: Board, span: Span, pupil: Pupil, days: Mapping[dt.date, tuple[int, ...]]
) -> Iterator[tuple[dt.date, Day | Band]]:
    """Yield what is shown of each day, in order; a day that shows nothing is left out."""
    moves = dict(_moves(pupil, book.year))
    for date in days_between(*span):
        if date in moves:
            yield date, Band(date, date, moves[date])
        if date in days:
            yield date, _day(book.calendar, board, date, days[date])
        elif any(stay.first <= date <= stay.last for stay in pupil.stays):
            band = _no_lessons(book, date)
            if band is not None:
                yield date, band


def _moves(pupil: Pupil, year: Span) -> Iterator[tuple[dt.date, str]]:
    before: Stay | None = None
    for stay in pupil.stays:
        if before is None or before.last + _DAY < stay.first:
            if stay.first > year.first:
                yield stay.first, f"Первый день в нашей школе, {stay.school_class}"
        else:
            yield stay.first, f"Теперь в {stay.school_class}, до этого — в {before.school_class}"
        before = stay
    if before is not None and before.last < year.last:
        yield before.last + _DAY, "Здесь дневник заканчивается: дальше учёба не у нас"


def _day(calendar: Calendar, board: Board, date: dt.date, lessons: tuple[int, ...]) -> Day:
    row = calendar.days.get(date)
    note = ""
    if row is not None:
        note = {"сокращённый": "уроки короче", "дистанционный": "учимся дистанционно"}.get(row.kind, "")
        if row.kind == "учебный" and row.instead:
            note = f"уроки за {day_month(row.instead)}"
    starts = next((board.cards[p].start for p in lessons if board.cards[p].start and not board.cards[p].cancelled), "")
    title = sentence(WEEKDAYS[date.weekday()])
    return Day(date, title, day_month(date), sentence(to_day(date)), note, lessons, starts)


def _no_lessons(book: ClassBook, date: dt.date) -> Band | None:
    """Return the quiet line of a day without lessons, None for a day nobody expects lessons on."""
    calendar = book.calendar
    holidays = calendar.break_on(date)
    if holidays is not None:
        return Band(date, date, holiday_name(holidays.name), days_span(holidays.first, holidays.last))
    if date.weekday() >= calendar.school_week or date.weekday() == SUNDAY:
        return None
    row = calendar.days.get(date)
    if row is not None and not calendar.is_study(date):
        return Band(date, date, _day_off(calendar, date, row.kind, row.reason))
    if calendar.is_study(date) and not any(date in span for span in book.covered):
        return Band(date, date, NO_TIMETABLE)
    return None


def _day_off(calendar: Calendar, date: dt.date, kind: str, reason: str) -> str:
    if kind == "перенесён":
        moved = next((day for day, row in calendar.days.items() if row.instead == date and row.kind == "учебный"), None)
        return f"Уроки перенесены на {day_month(moved)}" if moved else "Уроки перенесены"
    if kind == "карантин":
        return "Карантин, уроков нет"
    return sentence(reason) if reason else "Уроков нет"


def _weeks(
    page: PagePeriod, last: dt.date, board: Board, items: Iterable[tuple[dt.date, Day | Band]]
) -> Iterator[Week]:
    """Yield the weeks; those without lessons that stand side by side are one."""
    by_week: dict[dt.date, list[tuple[dt.date, Day | Band]]] = {}
    for date, item in items:
        by_week.setdefault(date - dt.timedelta(days=date.weekday()), []).append((date, item))
    started = page.begins - dt.timedelta(days=page.begins.weekday())
    run: list[dt.date] = []
    for monday in (*sorted(by_week), None):
        lessons = monday is not None and any(isinstance(item, Day) for _, item in by_week[monday])
        if run and (monday is None or lessons):
            span = Span(max(run[0], page.first), min(run[-1] + _WEEK - _DAY, last))
            yield _week(span, [pair for each in run for pair in by_week[each]], "")
            run = []
        if monday is not None and lessons:
            span = Span(max(monday, page.first), min(monday + _WEEK - _DAY, last))
            week = _week(span, by_week[monday], f"{(monday - started).days // 7 + 1}-я неделя")
            yield replace(week, full=_paper_lines(board, week) > _SHEET)
        elif monday is not None:
            run.append(monday)


def _paper_lines(board: Board, week: Week) -> int:
    """Return about how many lines the week takes on paper: a lesson, what is due at it, its topic."""
    lines = 0
    for day in week.days:
        lines += 2
        for place in day.lessons if isinstance(day, Day) else ():
            card = board.cards[place]
            due = sum(1 + sum(len(piece.text) for piece in task.pieces) // _PAPER_LINE for task in card.due)
            lines += 1 + due + bool(card.topic)
    return lines


def _week(span: Span, items: Sequence[tuple[dt.date, Day | Band]], ordinal: str) -> Week:
    return Week(*span, days_span(items[0][0], items[-1][0]), ordinal, _merged(item for _, item in items))


def _merged(items: Iterable[Day | Band]) -> tuple[Day | Band, ...]:
    """Return the items with equal bands side by side made one."""
    found: list[Day | Band] = []
    for item in items:
        before = found[-1] if found else None
        if (
            isinstance(item, Band)
            and isinstance(before, Band)
            and (item.text, item.dates) == (before.text, before.dates)
        ):
            found[-1] = replace(before, last=item.last)
        else:
            found.append(item)
    return tuple(
        replace(item, dates=_dates(item)) if isinstance(item, Band) and not item.dates else item for item in found
    )


def _dates(band: Band) -> str:
    return spoken_day(band.first) if band.first == band.last else days_span(band.first, band.last)
