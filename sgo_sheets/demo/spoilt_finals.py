"""Mistakes on purpose in «Итоги»: marks of terms that are missing, too good, without reason, of somebody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from sgo_sheets.demo.planting import Journal, Planted
from sgo_sheets.demo.teaching import rounded


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
