"""A filled journal that can be spoilt: its sheets as lists, and the address every cell will have in the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Self

from sgo_sheets.demo.journals import Job
from sgo_sheets.demo.teaching import WEIGHTS
from sgo_sheets.demo.year import DAY, WEEK, Term
from sgo_sheets.findings import CellRef
from sgo_sheets.records.base import Record
from sgo_sheets.records.catalog import MARKS_SHEET, BookContent, GridContent, Rows
from sgo_sheets.records.journal_books import PERIOD_EXTRAS, Lesson, PeriodMarks
from sgo_sheets.records.raw_values import Raw, plain
from sgo_sheets.workbooks.forms.marks import DATE_ROW, FIRST_ROW
from sgo_sheets.workbooks.forms.places import places_of
from sgo_sheets.workbooks.forms.tables import Layout, heads_of

Column = tuple[dt.date, int | None, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake on purpose: the code «sgo check» says, the place, what stands in the cell («» – nothing).

    ``day`` is the lesson it is about, where reports of that time lack it too (``consequences``).
    """

    code: str
    at: CellRef
    shown: str = ""
    day: dt.date | None = None


def cell_of(workbook: str, record: type[Record], rows: Rows, place: int, header: str) -> CellRef:
    """Return the cell of a column in a row (0 = the first) of a table as the form writes it."""
    extra = (*rows.columns, *PERIOD_EXTRAS) if record is PeriodMarks else ()
    letters = Layout(heads_of(record, rows, extra)).letters(header)
    return CellRef(workbook, record.sheet, f"{letters}{place + 2}")


@dataclass(slots=True)
class Journal:
    """A filled journal in pieces. ``pupils`` are (№, name); ``cells`` by (pupil, column)."""

    job: Job
    form: BookContent
    columns: list[Column]
    pupils: list[tuple[str, str]]
    cells: dict[tuple[int, int], str]
    lessons: list[dict[str, Raw]]
    finals: list[dict[str, Raw]]
    final_columns: tuple[str, ...]

    @classmethod
    def of(cls, job: Job, content: BookContent) -> Self:
        """Return the pieces of a journal's content."""
        grid, lessons, finals = (content.sheets[name] for name in (MARKS_SHEET, Lesson.sheet, PeriodMarks.sheet))
        if not (isinstance(grid, GridContent) and isinstance(lessons, Rows) and isinstance(finals, Rows)):
            raise TypeError("a journal holds a grid and two tables")
        rows, marks = ([dict(row) for row in table.rows] for table in (lessons, finals))
        return cls(job, content, list(grid.columns), list(grid.pupils), dict(grid.marks), rows, marks, finals.columns)

    def content(self) -> BookContent:
        """Return the journal put together again."""
        sheets = {
            **self.form.sheets,
            MARKS_SHEET: self._grid(),
            Lesson.sheet: self._table(self.lessons),
            PeriodMarks.sheet: self._table(self.finals, self.final_columns),
        }
        return replace(self.form, sheets=sheets)

    def _grid(self) -> GridContent:
        return GridContent(tuple(self.columns), tuple(self.pupils), self.cells)

    def _table(self, rows: Iterable[dict[str, Raw]], columns: tuple[str, ...] = ()) -> Rows:
        return Rows(tuple(rows), columns)

    @property
    def on(self) -> dt.date:
        """Return the day up to which the journal is filled."""
        return self.job.course.on

    @property
    def closed(self) -> Term | None:
        """Return the last term that is over."""
        return next((term for term in reversed(self.job.course.terms) if term.last <= self.on), None)

    @property
    def open(self) -> Term | None:
        """Return the term that is going on, while no mark of it is given yet."""
        settled = self.job.course.settled
        return next((term for term in self.job.course.terms if term.first <= self.on < settled[term.name]), None)

    def at_mark(self, pupil: int, column: int) -> CellRef:
        """Return the cell of a pupil in a column of «Отметки»."""
        return CellRef(self.job.path, MARKS_SHEET, f"{self._letters(column)}{FIRST_ROW + pupil}")

    def at_date(self, column: int) -> CellRef:
        """Return the cell of a column's date."""
        return CellRef(self.job.path, MARKS_SHEET, f"{self._letters(column)}{DATE_ROW}")

    def at_pupil(self, pupil: int) -> CellRef:
        """Return the cell of a pupil's № in «Отметки»."""
        return CellRef(self.job.path, MARKS_SHEET, f"B{FIRST_ROW + pupil}")

    def _letters(self, column: int) -> str:
        places = places_of(self._grid(), self.form.periods, self.on)
        return next(place.letters for place in places if place.lesson == column)

    def at_lesson(self, place: int, header: str) -> CellRef:
        """Return the cell of a row of «Уроки»."""
        return cell_of(self.job.path, Lesson, self._table(self.lessons), place, header)

    def at_final(self, pupil: int, header: str) -> CellRef:
        """Return the cell of a row of «Итоги»."""
        return cell_of(self.job.path, PeriodMarks, self._table(self.finals, self.final_columns), pupil, header)

    def ago(self, first: int, last: int) -> list[int]:
        """Return the rows of «Уроки» whose lesson was so many days ago, both included, and is the day's only one."""
        days = [row["Дата"] for row in self.lessons]
        span = (self.on - last * DAY, self.on - first * DAY)
        return [
            place
            for place, day in enumerate(days)
            if isinstance(day, dt.date) and span[0] <= day <= span[1] and days.count(day) == 1
        ]

    def day(self, place: int) -> dt.date:
        """Return the day of a row of «Уроки»."""
        day = self.lessons[place]["Дата"]
        if not isinstance(day, dt.date):
            raise TypeError("a lesson has a date")
        return day

    def in_some_order(self, rng: Random) -> list[int]:
        """Return the pupils in some order."""
        order = list(range(len(self.pupils)))
        rng.shuffle(order)
        return order

    def columns_of(self, term: Term) -> list[int]:
        """Return the columns of lessons of a term that have been held."""
        return [n for n, (day, _, _) in enumerate(self.columns) if term.first <= day <= min(term.last, self.on)]

    def marks(self, pupil: int, columns: Iterable[int]) -> Iterator[tuple[int, int, float]]:
        """Yield column, mark and weight of a pupil's digits."""
        for column in columns:
            for word in self.cells.get((pupil, column), "").split():
                if word.isdigit():
                    yield column, int(word), WEIGHTS.get(self.columns[column][2] or "О", 1.0)

    def averages(self, pupil: int, columns: Iterable[int]) -> tuple[float, float] | None:
        """Return the plain and the weighted average of a pupil, None without marks."""
        marks = list(self.marks(pupil, columns))
        if not marks:
            return None
        weight = sum(own for *_, own in marks)
        return sum(mark for _, mark, _ in marks) / len(marks), sum(mark * own for _, mark, own in marks) / weight

    def unmark(self, pupil: int, column: int) -> None:
        """Take the marks out of a cell; absence, lateness and debts stay."""
        kept = [word for word in self.cells.get((pupil, column), "").split() if not word.isdigit() and word != "зач"]
        if kept:
            self.cells[pupil, column] = " ".join(kept)
        else:
            self.cells.pop((pupil, column), None)

    def longest_silence(self, pupil: int) -> int:
        """Return the longest run of calendar weeks, one after another, in which a pupil came and got no mark."""
        learner = self.job.learners[pupil]
        there = {
            h.date - h.date.weekday() * DAY
            for h in self.job.course.lessons
            if h.date <= self.on and not learner.away(h)
        }
        spoken = {
            (day := self.columns[column][0]) - day.weekday() * DAY
            for column, *_ in self.marks(pupil, range(len(self.columns)))
        }
        longest = run = 0
        last: dt.date | None = None
        for monday in sorted(there - spoken):
            run = run + 1 if last is not None and monday - last == WEEK else 1
            last = monday
            longest = max(longest, run)
        return longest

    def whole_term(self, pupil: int, term: Term) -> bool:
        """Return whether a pupil belongs to the journal on every day of a term."""
        spans = self.job.learners[pupil].spans
        return any(first <= term.first and term.last <= last for first, last in spans)

    def shown(self, place: CellRef, value: Raw, code: str) -> Planted:
        """Return the mistake at a place where a value stands."""
        return Planted(code, place, plain(value))
