"""One pupil's diary as views: what the pages of his year show (Регламент п. 8.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from sgo_sheets.russian import day_month, days_span
from sgo_sheets.school.elements import Pupil
from sgo_sheets.school.model import ClassBook
from sgo_sheets.site.diary_attended import Attendance, attendance, lessons_by_day
from sgo_sheets.site.diary_days import Track, track
from sgo_sheets.site.diary_ledger import Own, ledger, own_record
from sgo_sheets.site.diary_lessons import NO_MARKS_GRADE, lesson_board
from sgo_sheets.site.diary_marks import Common, Personal, by_page, chips, debts, grading, last_record, week_marks
from sgo_sheets.site.diary_shared_views import Chip, Day
from sgo_sheets.site.diary_summary import missed_counts, months_by_page, subject_views
from sgo_sheets.site.diary_text import holiday_name, pieces, sentence
from sgo_sheets.site.diary_views import Link, MonthView, News, Next, PeriodLink, PeriodPage, WeekView
from sgo_sheets.site.page_periods import page_of, page_periods
from sgo_sheets.site.render import spoken_moment

_DAY = dt.timedelta(days=1)


def common_part(book: ClassBook) -> Common:
    """Return what all diaries of the class share."""
    pages = page_periods(book)
    board = lesson_board(book)
    return Common(board, ledger(book, board), grading(book, board, pages), pages)


@dataclass(slots=True)
class Desk:
    """Makes the diaries of one class. ``saved`` is when the newest of its workbooks was saved, by the school's clock.

    Pupils who attend the same lessons share one ``Track``.
    """

    book: ClassBook
    common: Common
    saved: dt.datetime | None
    tracks: dict[object, Track] = field(default_factory=dict)

    def diary(self, pupil: Pupil) -> Diary:
        """Return one pupil's diary."""
        board = self.common.board
        attended = attendance(board, pupil)
        own = own_record(self.common.written, board, pupil, attended)
        his = Personal(pupil.id, own, self._track(pupil, attended, own), by_page(self.common, own))
        saved = self.saved.date() if self.saved else None
        newest = last_record(self.common, his, saved)
        return Diary(self, pupil, his, chips(self.common, his), months_by_page(self.common, his), newest)

    def _track(self, pupil: Pupil, attended: Attendance, own: Own) -> Track:
        board = self.common.board
        places = {*(mark.place for mark in own.marks), *own.absent, *own.late, *own.exempt, *(d[0] for d in own.debts)}
        loose = frozenset(place for place in places if board.cards[place].loose)
        key = (pupil.stays, tuple(attended.items()), loose)
        if key not in self.tracks:
            days = lessons_by_day(board, pupil.stays, attended, loose)
            self.tracks[key] = track(self.book, board, self.common.pages, pupil, days)
        return self.tracks[key]


@dataclass(frozen=True, slots=True)
class Diary:
    """One pupil's year. ``notes`` are his chips by lesson, ``newest`` the last day of which anything is known."""

    desk: Desk
    pupil: Pupil
    his: Personal
    notes: dict[int, tuple[Chip, ...]]
    months: tuple[tuple[MonthView, ...], ...]
    newest: dt.date | None

    @property
    def places(self) -> tuple[int, ...]:
        """Return the pages that exist: periods in which the pupil is at this school."""
        return tuple(place for place, weeks in enumerate(self.his.lessons.pages) if weeks is not None)

    def period_links(self) -> tuple[PeriodLink, ...]:
        """Return the periods of the pupil's own front page: the newest with data first, then back in time, then on."""
        pages, places = self.desk.common.pages, self.places
        newest = page_of(pages, self.newest) if self.newest else (places[0] if places else 0)
        shown = [newest, *(p for p in reversed(places) if p < newest), *(p for p in places if p > newest)]
        return tuple(
            PeriodLink(
                pages[p].file,
                sentence(pages[p].name),
                days_span(pages[p].begins, pages[p].ends),
                pages[p].first,
                pages[p].last,
                newest=p == newest,
            )
            for p in shown
            if p in places
        )

    def page(self, place: int) -> PeriodPage:
        """Return the page of a period."""
        common, pupil = self.desk.common, self.pupil
        page, pages = common.pages[place], common.pages
        stay = next(stay for stay in reversed(pupil.stays) if stay.first <= page.last)
        saved = self.desk.saved
        current = saved is not None and page_of(pages, saved.date()) == place
        return PeriodPage(
            pupil=pupil.name,
            school_class=stay.school_class,
            period=page.name,
            first=page.first,
            last=page.last,
            fresh=f"данные на {spoken_moment(saved)}" if saved is not None and current else "",
            weeks=self._weeks(place),
            notes=self.notes,
            next=self._next(place),
            debts=debts(common, self.his, place),
            news=tuple(self._news(place)),
            subjects=subject_views(common, self.his, place),
            months=self.months[place],
            missed=missed_counts(common, self.his, place),
            periods=tuple(Link(pages[p].file, sentence(pages[p].name), p == place) for p in self.places),
            first_grade=self.desk.book.grade == NO_MARKS_GRADE,
        )

    def _weeks(self, place: int) -> tuple[WeekView, ...]:
        common = self.desk.common
        weeks = self.his.lessons.pages[place] or ()
        marks = week_marks(common.board, weeks, self.his.marks[place])
        views = [
            WeekView(week, own, past=self.newest is not None and week.first <= self.newest)
            for week, own in zip(weeks, marks, strict=True)
        ]
        known = [n for n, view in enumerate(views) if view.past]
        newest = known[-1] if known else 0
        return (*views[newest : newest + 1], *views[newest + 1 :], *reversed(views[:newest]))

    def _next(self, place: int) -> Next:
        """Return what is due next after the last known day; without a day on this page, where to look further."""
        cards = self.desk.common.board.cards
        for week in self.his.lessons.pages[place] or ():
            for day in week.days:
                if (
                    isinstance(day, Day)
                    and (self.newest is None or day.date > self.newest)
                    and any(not cards[p].cancelled for p in day.lessons)
                ):
                    lessons = [cards[p] for p in day.lessons if not cards[p].cancelled]
                    others = dict.fromkeys(card.subject for card in lessons if not card.due)
                    return Next(day, tuple(card for card in lessons if card.due), tuple(others))
        page = self.desk.common.pages[place]
        holidays = self.desk.book.calendar.break_on(page.ends + _DAY)
        after = self.desk.common.pages[place + 1] if place + 1 in self.places else None
        if self.pupil.stays[-1].last < page.ends:
            return Next(None)
        words = ""
        if holidays is not None:
            words = f"{holiday_name(holidays.name)}, {days_span(holidays.first, holidays.last)}"
        elif after is not None:
            words = f"{sentence(after.name)} начинается {day_month(after.begins)}"
        return Next(None, words=words, href=after.file if after is not None else "")

    def _news(self, place: int) -> Iterator[News]:
        """Yield the announcements of the pupil's class that fall on a page, the newest first."""
        pages = self.desk.common.pages
        page = pages[place]
        rows = self.desk.book.teacher_book.announcements if self.desk.book.teacher_book is not None else ()
        for row in sorted(rows, key=lambda r: r.date or dt.date.min, reverse=True):
            if row.date is None:
                continue
            until = row.until or pages[page_of(pages, row.date)].last
            seen = any(s.school_class == self.desk.book.name and s.first <= until and row.date <= s.last
                       for s in self.pupil.stays)  # fmt: skip
            if seen and row.date <= page.last and until >= page.first:
                yield News(row.date, until, day_month(row.date), pieces(row.text))
