"""A year of lessons in one journal: who was there, who got which mark for what, and the marks of the terms.

The teacher never leaves a pupil without a mark for three weeks, gives everybody at least three marks a term, and the
mark of a term is the weighted average: a journal taught so breaks no rule of the regulation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from sgo_sheets.demo.course import Course, Held, Learner
from sgo_sheets.demo.lesson_plans import ANSWER, DICTATION, HOMEWORK, OWN
from sgo_sheets.demo.year import Term
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS

WEIGHTS = {short: weight for _, short, weight in DEFAULT_WORK_KINDS}
ABSENT, LATE, EXEMPT, DEBT, PASSED, NOT_ATTESTED = "н", "ОП", "осв", "•", "зач", "н/а ув"
ENOUGH, PACE = 3, 4.6
QUIET_WEEKS = 3
_LATE, _TWO_MARKS, _NO_WORK, _MADE_UP = 0.004, 0.025, 0.05, 0.6


@dataclass(slots=True)
class Taught:
    """What the teacher typed: columns (lesson, kind), cells by (pupil, column), marks of terms by (pupil, term)."""

    columns: list[tuple[int, str]] = field(default_factory=list)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    finals: dict[tuple[int, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Page:
    """What the teacher remembers of a pupil in the current term."""

    total: int = 0
    attended: int = 0
    given: int = 0
    weeks: set[dt.date] = field(default_factory=set)
    since: int = 0
    marks: list[tuple[int, float]] = field(default_factory=list)
    owed: list[tuple[int, float, str]] = field(default_factory=list)
    released: bool = False
    final: str = ""

    @property
    def closed(self) -> bool:
        """Return whether he gets no more marks this term: he is not attested."""
        return self.final == NOT_ATTESTED

    def must(self) -> int:
        """Return how many marks he has to get at this lesson, which he attends."""
        silent = len(self.weeks) >= QUIET_WEEKS
        if self.final:
            return int(silent and not self.closed)
        left = self.total - self.attended
        short = ENOUGH - self.given - left
        if short >= 1:
            return 1 if short == 1 else 2
        return int(silent or self.given < int(PACE * self.attended / self.total))


def teach(course: Course, learners: Sequence[Learner], rng: Random) -> Taught:
    """Return the journal as it stands on the day asked for."""
    taught = Taught()
    quiet = False
    for term in course.terms:
        settled = course.settled.get(term.name, term.last)
        lessons = [n for n, held in enumerate(course.lessons) if term.first <= held.date <= term.last]
        counting = [n for n in lessons if course.lessons[n].date <= settled]
        pages = [_page(course, learner, counting) for learner in learners]
        for number in counting:
            if course.lessons[number].date <= course.on:
                quiet = _Lesson(course, learners, rng, taught, pages, number).hold(may_rest=not quiet)
        if settled <= course.on and course.graded and lessons:
            _settle(course, term, learners, pages, taught)
        for number in lessons[len(counting) :]:
            if course.lessons[number].date <= course.on:
                quiet = _Lesson(course, learners, rng, taught, pages, number).hold(may_rest=not quiet)
        if term.last <= course.on:
            _forgive(taught, pages)
    done = {number for number, _ in taught.columns}
    taught.columns.extend((number, "") for number in range(len(course.lessons)) if number not in done)
    return taught


def _settle(course: Course, term: Term, learners: Sequence[Learner], pages: Sequence[_Page], taught: Taught) -> None:
    """Give the marks of the term. Whatever is marked later in it is marked the same, and changes no average."""
    for place, learner in enumerate(learners):
        if learner.member(term.last):
            pages[place].final = taught.finals[place, term.name] = _final(course, pages[place])


def _page(course: Course, learner: Learner, lessons: Sequence[int]) -> _Page:
    there = [course.lessons[n] for n in lessons if learner.member(course.lessons[n].date)]
    taking = [held for held in there if not learner.released(held.date)]
    page = _Page(total=sum(not learner.away(held) for held in taking))
    page.released = bool(there) and not taking
    return page


def _forgive(taught: Taught, pages: Sequence[_Page]) -> None:
    """Take away the debts nobody settled by the end of the term."""
    for place, page in enumerate(pages):
        for column, _, before in page.owed:
            taught.cells[place, column] = before
            if not before:
                del taught.cells[place, column]


def _final(course: Course, page: _Page) -> str:
    if page.released:
        return EXEMPT
    if page.given < ENOUGH:
        return NOT_ATTESTED
    if course.graded != "отметка":
        return PASSED
    weight = sum(weight for _, weight in page.marks)
    return str(rounded(sum(mark * own for mark, own in page.marks) / weight))


def rounded(average: float) -> int:
    """Return the mark an average rounds to: half away from zero, from 2 to 5."""
    return max(2, min(5, int(average + 0.5 + 1e-9)))


@dataclass(slots=True)
class _Lesson:
    """One lesson being held."""

    course: Course
    learners: Sequence[Learner]
    rng: Random
    taught: Taught
    pages: Sequence[_Page]
    number: int

    def hold(self, *, may_rest: bool) -> bool:
        """Take attendance and give marks; return whether nobody got one."""
        held = self.course.lessons[self.number]
        kind, share = self._kind(held)
        self.taught.columns.append((self.number, "" if kind == ANSWER else kind))
        column = len(self.taught.columns) - 1
        monday = held.date - dt.timedelta(days=held.date.weekday())
        here: list[int] = []
        for place, learner in enumerate(self.learners):
            if not learner.member(held.date):
                continue
            if learner.away(held):
                self._absent(place, column, kind, share)
            elif learner.released(held.date):
                self.taught.cells[place, column] = EXEMPT
            else:
                here.append(place)
                self.pages[place].attended += 1
                self.pages[place].weeks.add(monday)
        if not self.course.graded:
            self._late(here, column)
            return False
        for place in here:
            self._make_up(place)
        chosen = self._chosen(here, share, may_rest=may_rest)
        for place in sorted(chosen):
            self._mark(place, column, kind, chosen[place])
        self._late(here, column)
        if kind == DICTATION:
            self._second_column(chosen)
        return not chosen

    def _kind(self, held: Held) -> tuple[str, float]:
        """Return the kind of work and the share of the class that gets a mark for it."""
        planned = held.planned.kind if held.planned else ""
        lot = self.rng.random()
        if planned:
            return planned, 0.75 if planned == OWN else 1.0
        if not self.course.graded or lot > 0.14:
            return ANSWER, 0.0
        return HOMEWORK, 0.5

    def _chosen(self, here: Sequence[int], share: float, *, may_rest: bool) -> dict[int, int]:
        """Return who gets a mark, and how many: those who must, then those who have waited longest."""
        chosen = {place: count for place in here if (count := self.pages[place].must())}
        if may_rest and not chosen and not share and self.rng.random() < 0.2:
            return {}
        wanted = round(share * len(here)) if share else self.rng.randint(1, max(2, len(here) // 6))
        waiting = sorted(
            (place for place in here if not self.pages[place].closed),
            key=lambda place: (self.pages[place].since, self.rng.random()),
        )
        for place in waiting:
            if len(chosen) >= max(wanted, 1):
                break
            chosen.setdefault(place, 1)
        return chosen

    def _mark(self, place: int, column: int, kind: str, count: int) -> None:
        page = self.pages[place]
        if kind == HOMEWORK and not page.must() and self.rng.random() < _NO_WORK:
            self.taught.cells[place, column] = DEBT
            page.owed.append((column, WEIGHTS[kind], ""))
            return
        if count == 1 and kind != ANSWER and self.rng.random() < _TWO_MARKS:
            count = 2
        page.weeks.clear()
        page.since = self.number + 1
        marks = [self._give(place, WEIGHTS.get(kind, 1.0)) for _ in range(count)]
        self.taught.cells[place, column] = " ".join(marks)

    def _give(self, place: int, weight: float) -> str:
        page = self.pages[place]
        page.given += 1
        if self.course.graded != "отметка":
            return PASSED
        if page.final.isdigit():
            return page.final
        mark = rounded(self.rng.gauss(self.learners[place].level + self.course.bonus, 0.6))
        if mark == 2 and self.rng.random() < 0.6:
            mark = 3
        page.marks.append((mark, weight))
        return str(mark)

    def _absent(self, place: int, column: int, kind: str, share: float) -> None:
        self.taught.cells[place, column] = ABSENT
        if share == 1.0 and self.course.graded and self.rng.random() < _MADE_UP:
            self.taught.cells[place, column] = f"{ABSENT} {DEBT}"
            self.pages[place].owed.append((column, WEIGHTS.get(kind, 1.0), ABSENT))

    def _make_up(self, place: int) -> None:
        """Settle what the pupil owes: the mark stands where the work was."""
        if self.pages[place].closed:
            return
        for column, weight, before in self.pages[place].owed:
            self.taught.cells[place, column] = f"{before} {self._give(place, weight)}".strip()
        self.pages[place].owed.clear()

    def _late(self, here: Sequence[int], column: int) -> None:
        for place in here:
            if self.rng.random() < _LATE and (place, column) not in self.taught.cells:
                self.taught.cells[place, column] = LATE

    def _second_column(self, chosen: Iterable[int]) -> None:
        """Give the mark for the grammar task of a dictation in a column of its own."""
        self.taught.columns.append((self.number, OWN))
        column = len(self.taught.columns) - 1
        for place in sorted(chosen):
            if self.taught.cells.get((place, column - 1), DEBT) != DEBT:
                self.taught.cells[place, column] = self._give(place, WEIGHTS[OWN])
