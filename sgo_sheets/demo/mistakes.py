"""Mistakes on purpose in journals, so that the demo school has what real ones have. Each knows what is said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from sgo_sheets.demo.journals import Job, filled
from sgo_sheets.demo.planting import Journal, Planted
from sgo_sheets.demo.teaching import ABSENT, rounded
from sgo_sheets.demo.year import DAY, WEEK
from sgo_sheets.findings import CellRef
from sgo_sheets.records.catalog import MARKS_SHEET, BookContent

Spoil = Callable[[Journal, Random], Sequence[Planted]]
"""Spoils a journal and says how; () where the journal does not lend itself to it, and then it is left as it was."""


def no_topic(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out the topic of a lesson of three or four weeks ago."""
    rows = journal.ago(15, 34)
    if not rows or journal.job.grade == 1:
        return ()
    place = rng.choice(rows)
    journal.lessons[place]["Тема урока"] = ""
    return [Planted("R0801", journal.at_lesson(place, "Тема урока"))]


def lazy_week(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Leave the lessons of the last days blank: there is time yet."""
    rows = journal.ago(0, 9)
    if not 1 <= len(rows) <= 2 or len(journal.ago(0, 20)) > 4 or not journal.job.course.graded:
        return ()
    days = {journal.lessons[place]["Дата"] for place in rows}
    for place in rows:
        journal.lessons[place].update({"Тема урока": "", "Домашнее задание": ""})
    for pupil, column in list(journal.cells):
        if journal.columns[column][0] in days:
            del journal.cells[pupil, column]
    return [Planted("R0801", journal.at_lesson(place, "Тема урока")) for place in rows]


def no_row(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Lose the row of a lesson."""
    rows = journal.ago(16, 40)
    if not rows or not journal.job.course.graded:
        return ()
    del journal.lessons[rng.choice(rows)]
    return [Planted("R0802", journal.at_lesson(len(journal.lessons), "Дата"))]


def no_homework(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out the homework twice: lately, and some weeks ago."""
    late, old = journal.ago(1, 12), journal.ago(16, 40)
    if not late or not old or not journal.job.course.graded:
        return ()
    chosen = sorted((rng.choice(old), rng.choice(late)))
    for place in chosen:
        journal.lessons[place]["Домашнее задание"] = ""
    return [Planted("R0803", journal.at_lesson(place, "Домашнее задание")) for place in chosen]


def wrong_day(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Put a mark on a day after the lesson, when there was none."""
    if journal.open is None or journal.job.course.graded != "отметка":
        return ()
    taken = {day for day, *_ in journal.columns}
    free = [
        (column, day + DAY)
        for column in journal.columns_of(journal.open)
        if (day := journal.columns[column][0]) + DAY not in taken and day.weekday() < 4 and day < journal.on
    ]
    if not free:
        return ()
    after, day = rng.choice(free)
    pupil = next(place for place, one in enumerate(journal.job.learners) if one.member(day))
    journal.columns.insert(after + 1, (day, None, ""))
    journal.cells = {(p, c + (c > after)): text for (p, c), text in journal.cells.items()}
    journal.cells[pupil, after + 1] = "4"
    return [Planted("R0804", journal.at_mark(pupil, after + 1), "4")]


def stranger(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Give a mark to a pupil who has left."""
    for pupil, learner in enumerate(journal.job.learners):
        gone = max(last for _, last in learner.spans)
        for column, (day, *_) in enumerate(journal.columns):
            if gone < day <= journal.on and journal.job.course.graded == "отметка":
                journal.cells[pupil, column] = "5"
                return [Planted("R0805", journal.at_mark(pupil, column), "5")]
    return ()


def no_newcomer(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Forget the row of a pupil who has come during the year."""
    start = journal.columns[0][0] if journal.columns else journal.on
    for pupil, learner in enumerate(journal.job.learners):
        first = min(first for first, _ in learner.spans)
        taught = any(first <= day <= journal.on for day, *_ in journal.columns)
        judged = any(first <= term.first and term.last <= journal.on for term in journal.job.course.terms)
        if start < first and taught and not judged:
            del journal.pupils[pupil]
            kept = {(p - (p > pupil), c): text for (p, c), text in journal.cells.items() if p != pupil}
            journal.cells = kept
            return [Planted("R0807", CellRef(journal.job.path, MARKS_SHEET))]
    return ()


def first_grade_mark(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Give a mark in the first grade."""
    free = _blank_cells(journal) if journal.job.grade == 1 else []
    if not free:
        return ()
    pupil, column = rng.choice(free)
    journal.cells[pupil, column] = "5"
    return [Planted("R0808", journal.at_mark(pupil, column), "5")]


def first_grade_homework(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Set homework in the first grade."""
    rows = journal.ago(1, 30) if journal.job.grade == 1 else []
    if not rows:
        return ()
    place = rng.choice(rows)
    journal.lessons[place]["Домашнее задание"] = text = "прописи, стр. 14"
    return [Planted("R0809", journal.at_lesson(place, "Домашнее задание"), text)]


def first_grade_final(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Give a mark of a term in the first grade."""
    if journal.job.grade != 1 or journal.closed is None or not journal.finals:
        return ()
    pupil = rng.randrange(len(journal.finals))
    journal.finals[pupil][journal.closed.name] = 5
    return [Planted("R0810", journal.at_final(pupil, journal.closed.name), "5")]


def silent_fortnight(journal: Journal, _rng: Random) -> Sequence[Planted]:
    """Take away all marks of a fortnight that is long over."""
    term = journal.open
    if term is None or not journal.job.course.graded:
        return ()
    first = journal.job.year.first
    for number in range((journal.on - first) // (2 * WEEK) - 2, -1, -1):
        start = first + number * 2 * WEEK
        held = [n for n in journal.ago(0, 400) if start <= _day(journal, n) < start + 2 * WEEK]
        columns = [n for n, (day, *_) in enumerate(journal.columns) if start <= day < start + 2 * WEEK]
        if len(held) >= 2 and all(journal.columns[n][0] >= term.first for n in columns):
            for pupil in range(len(journal.pupils)):
                for column in columns:
                    journal.unmark(pupil, column)
            return [journal.shown(journal.at_date(columns[0]), journal.columns[columns[0]][0], "R0811")]
    return ()


def silent_pupil(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Take away a pupil's marks of four weeks that are long over."""
    term = journal.open
    if term is None or not journal.job.course.graded:
        return ()
    weeks: dict[dt.date, list[int]] = {}
    for column in journal.columns_of(term):
        day = journal.columns[column][0]
        weeks.setdefault(day - day.weekday() * DAY, []).append(column)
    for monday in reversed(weeks):
        run = [monday + n * WEEK for n in range(4)]
        if not all(one in weeks for one in run) or run[-1] + 3 * WEEK > journal.on:
            continue
        for pupil in _in_some_order(journal, rng):
            learner = journal.job.learners[pupil]
            away = any(one.first < run[-1] + WEEK and monday <= one.last for one in learner.absences)
            if not away and learner.release is None and learner.member(monday) and learner.member(run[-1] + WEEK):
                for column in (column for one in run for column in weeks[one]):
                    journal.unmark(pupil, column)
                return [Planted("R0812", journal.at_pupil(pupil), journal.pupils[pupil][0])]
    return ()


def no_final(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out a pupil's mark of the closed term."""
    chosen = _with_final(journal, rng)
    if not chosen or journal.closed is None:
        return ()
    pupil = chosen[0]
    del journal.finals[pupil][journal.closed.name]
    return [Planted("R0813", journal.at_final(pupil, journal.closed.name))]


def generous_final(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Give a pupil a mark of the term one better than both averages say."""
    term = journal.closed
    for pupil in _with_final(journal, rng) if term else []:
        averages = journal.averages(pupil, journal.columns_of(term)) if term else None
        if term is not None and averages is not None and (better := max(map(rounded, averages)) + 1) <= 5:
            journal.finals[pupil][term.name] = better
            return [Planted("R0815", journal.at_final(pupil, term.name), str(better))]
    return ()


def needless_not_attested(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Write «н/а» for a pupil who has marks enough."""
    chosen = _with_final(journal, rng)
    if not chosen or journal.closed is None:
        return ()
    pupil = chosen[0]
    journal.finals[pupil][journal.closed.name] = "н/а пр"
    return [Planted("R0816", journal.at_final(pupil, journal.closed.name), "н/а пр")]


def thin_final(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave a pupil only two marks of the closed term, apart enough that nobody misses the others on the way."""
    term = journal.closed
    if term is None:
        return ()
    columns = journal.columns_of(term)
    for pupil in _with_final(journal, rng):
        marked = sorted({column for column, *_ in journal.marks(pupil, columns)})
        single = [n for n in marked if len(list(journal.marks(pupil, [n]))) == 1]
        kept = [n for n in single if (journal.columns[n][0] - term.first).days >= 14]
        if not kept:
            continue
        first = kept[0]
        second = next((n for n in kept if (journal.columns[n][0] - journal.columns[first][0]).days >= 7), None)
        late = [n for n in kept if 14 <= (journal.columns[n][0] - journal.columns[first][0]).days <= 27]
        second = late[-1] if late else second
        if second is None or (term.last - journal.columns[second][0]).days > 20 or _far(journal, term.first, first):
            continue
        for column in marked:
            if column not in (first, second):
                journal.unmark(pupil, column)
        averages = journal.averages(pupil, columns)
        if averages is not None:
            journal.finals[pupil][term.name] = rounded(averages[1])
            return [Planted("R0817", journal.at_final(pupil, term.name), str(rounded(averages[1])))]
    return ()


def _far(journal: Journal, start: dt.date, column: int) -> bool:
    return (journal.columns[column][0] - start).days > 20


def fraction(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Type two marks with a point between them."""
    if journal.open is None:
        return ()
    held = set(journal.columns_of(journal.open))
    marked = [key for key, text in sorted(journal.cells.items()) if key[1] in held and text.isdigit()]
    if not marked:
        return ()
    pupil, column = rng.choice(marked)
    journal.cells[pupil, column] = "5.4"
    return [Planted("W0302", journal.at_mark(pupil, column), "5.4")]


def latin_letter(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Type the absence in the Latin layout."""
    absent = [key for key, text in sorted(journal.cells.items()) if text == ABSENT]
    if not absent:
        return ()
    pupil, column = rng.choice(absent)
    journal.cells[pupil, column] = "H"
    return [Planted("W0301", journal.at_mark(pupil, column), "H")]


def wrong_name(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Write the neighbour's name beside a pupil's № in «Итоги»."""
    if len(journal.finals) < 3 or journal.closed is None:
        return ()
    pupil = rng.randrange(len(journal.finals) - 1)
    journal.finals[pupil]["Обучающийся"] = name = journal.pupils[pupil + 1][1]
    return [Planted("W0403", journal.at_final(pupil, "Обучающийся"), name)]


def wrong_year(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Turn two figures of the year round in a date."""
    rows = journal.ago(10, 40)
    if not rows:
        return ()
    place = rng.choice(rows)
    day = _day(journal, place)
    tens = day.year % 100
    journal.lessons[place]["Дата"] = wrong = day.replace(year=2000 + tens % 10 * 10 + tens // 10)
    return [journal.shown(journal.at_lesson(place, "Дата"), wrong, "W0307")]


SPOILS: tuple[Spoil, ...] = (
    stranger, no_newcomer, silent_pupil, silent_fortnight, first_grade_mark, first_grade_homework, first_grade_final,
    thin_final, generous_final, needless_not_attested, no_final, lazy_week, no_topic, no_row, no_homework, wrong_day,
    fraction, latin_letter, wrong_name, wrong_year,
)  # fmt: skip
"""In the order in which journals are chosen for them: the most particular first."""


def plant(jobs: Sequence[Job], rng: Random) -> tuple[Mapping[str, BookContent], list[Planted]]:
    """Return the spoilt journals by path, and what is wrong in them: a mistake a journal, each kind once."""
    contents: dict[str, BookContent] = {}
    planted: list[Planted] = []
    order = list(jobs)
    rng.shuffle(order)
    for spoil in SPOILS:
        for job in order:
            if job.path in contents:
                continue
            journal = Journal.of(job, filled(job))
            found = spoil(journal, rng)
            if found:
                contents[job.path] = journal.content()
                planted.extend(found)
                break
    return contents, planted


def _day(journal: Journal, place: int) -> dt.date:
    day = journal.lessons[place]["Дата"]
    if not isinstance(day, dt.date):
        raise TypeError("a lesson has a date")
    return day


def _in_some_order(journal: Journal, rng: Random) -> list[int]:
    order = list(range(len(journal.pupils)))
    rng.shuffle(order)
    return order


def _with_final(journal: Journal, rng: Random) -> list[int]:
    """Return the pupils, in some order, who have a figure for the closed term and were there all the time."""
    term = journal.closed
    if term is None:
        return []
    order = _in_some_order(journal, rng)
    return [n for n in order if isinstance(journal.finals[n].get(term.name), int) and journal.whole_term(n, term)]


def _blank_cells(journal: Journal) -> list[tuple[int, int]]:
    return list(_blank(journal))


def _blank(journal: Journal) -> Iterator[tuple[int, int]]:
    for column, (day, *_) in enumerate(journal.columns):
        for pupil, learner in enumerate(journal.job.learners):
            if day <= journal.on and learner.member(day) and (pupil, column) not in journal.cells:
                yield pupil, column
