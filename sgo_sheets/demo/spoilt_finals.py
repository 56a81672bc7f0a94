"""Mistakes on purpose in «Итоги»: marks of terms that are missing, too good, without reason, of somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from sgo_sheets.demo.curriculum import MARK
from sgo_sheets.demo.planting import Journal, Planted
from sgo_sheets.demo.teaching import rounded
from sgo_sheets.demo.year import DAY
from sgo_sheets.rules.settings import SILENT_WEEKS


def first_grade_final(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Give a mark of a term in the first grade."""
    if journal.job.grade != 1 or journal.closed is None or not journal.finals:
        return ()
    pupil = rng.randrange(len(journal.finals))
    journal.finals[pupil][journal.closed.name] = 5
    return [Planted("R0810", journal.at_final(pupil, journal.closed.name), "5")]


def no_final(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out a pupil's mark of the closed term."""
    chosen = _with_final(journal, rng)
    if not chosen or journal.closed is None:
        return ()
    pupil = chosen[0]
    del journal.finals[pupil][journal.closed.name]
    return [Planted("R0813", journal.at_final(pupil, journal.closed.name), day=journal.closed.last)]


def no_year_mark(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Leave out a pupil's mark of the year that is over."""
    chosen = _with_final(journal, rng)
    pupil = next((n for n in chosen if "Год" in journal.finals[n] and n not in journal.job.finishing), None)
    if pupil is None or journal.on <= journal.job.year.study_last:
        return ()
    del journal.finals[pupil]["Год"]
    return [Planted("R0820", journal.at_final(pupil, "Год"))]


def no_exam_mark(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Hold an exam ten days ago (a pupil had to be examined early) and forget its mark."""
    chosen = _examined(journal, rng)
    if chosen is None:
        return ()
    return [Planted("R0821", journal.at_final(chosen, "Экзамен"))]


def no_final_mark(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Hold an exam ten days ago in the ninth or eleventh class, give its mark and forget «Итог»."""
    chosen = _examined(journal, rng) if journal.job.finishing else None
    if chosen is None or chosen not in journal.job.finishing:
        return ()
    journal.finals[chosen]["Экзамен"] = 4
    return [Planted("R0822", journal.at_final(chosen, "Итог"))]


def _examined(journal: Journal, rng: Random) -> int | None:
    """Write an exam of ten days ago beside a pupil and return him, None where the journal does not lend itself."""
    day = journal.on - 10 * DAY
    chosen = [pupil for pupil in _with_final(journal, rng) if journal.job.learners[pupil].member(day)]
    if journal.job.course.graded != MARK or journal.job.exam is not None or not chosen:
        return None
    if journal.on >= journal.job.year.settled(journal.job.year.quarters[-1]):
        return None  # «Итог» may stand already
    journal.finals[chosen[0]]["Дата экзамена"] = day
    return chosen[0]


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
    """Leave a pupil only two marks of the closed term, apart enough that he is never four weeks without one."""
    term = journal.closed
    if term is None:
        return ()
    columns, whole = journal.columns_of(term), dict(journal.cells)
    for pupil in _with_final(journal, rng):
        marked = sorted({column for column, *_ in journal.marks(pupil, columns)})
        single = [n for n in marked if len(list(journal.marks(pupil, [n]))) == 1]
        for kept in combinations(single, 2):
            for column in marked:
                if column not in kept:
                    journal.unmark(pupil, column)
            averages = journal.averages(pupil, columns)
            if averages is not None and journal.longest_silence(pupil) < int(SILENT_WEEKS.default):
                journal.finals[pupil][term.name] = mark = rounded(averages[1])
                return [Planted("R0817", journal.at_final(pupil, term.name), str(mark))]
            journal.cells = dict(whole)
    return ()


def wrong_name(journal: Journal, rng: Random) -> Sequence[Planted]:
    """Write the neighbour's name beside a pupil's № in «Итоги»."""
    if len(journal.finals) < 3 or journal.closed is None:
        return ()
    pupil = rng.randrange(len(journal.finals) - 1)
    journal.finals[pupil]["Обучающийся"] = name = journal.pupils[pupil + 1][1]
    return [Planted("W0403", journal.at_final(pupil, "Обучающийся"), name)]


def _with_final(journal: Journal, rng: Random) -> list[int]:
    """Return the pupils, in some order, who have a figure for the closed term and were there all the time."""
    term = journal.closed
    if term is None:
        return []
    order = journal.in_some_order(rng)
    return [n for n in order if isinstance(journal.finals[n].get(term.name), int) and journal.whole_term(n, term)]
