"""Mistakes on purpose in journals, so that the demo school has what real ones have. Each knows what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from sgo_sheets.demo import spoilt_finals as finals
from sgo_sheets.demo import spoilt_lessons as lessons
from sgo_sheets.demo import spoilt_marks as marks
from sgo_sheets.demo.journals import Job, filled
from sgo_sheets.demo.planting import Journal, Planted
from sgo_sheets.records.catalog import BookContent

Spoil = Callable[[Journal, Random], Sequence[Planted]]
"""Spoils a journal and says how; () where the journal does not lend itself to it, and then it is left as it was."""
SPOILS: tuple[Spoil, ...] = (
    finals.no_final_mark, marks.stranger, marks.no_newcomer, marks.silent_pupil, marks.silent_fortnight,
    marks.first_grade_mark, lessons.first_grade_homework, finals.first_grade_final, finals.thin_final,
    finals.generous_final, finals.needless_not_attested, finals.no_final, finals.no_exam_mark, finals.no_year_mark,
    lessons.lazy_week, lessons.no_topic, lessons.no_row, lessons.no_homework, marks.wrong_day, marks.fraction,
    marks.latin_letter, finals.wrong_name, lessons.wrong_year,
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
