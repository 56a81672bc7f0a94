"""Judging a folder of workbooks without building anything: what «sgo check» and «sgo calendar» ask for."""

from __future__ import annotations

import datetime as dt
import os
from functools import partial

from sgo_sheets.findings import Timings
from sgo_sheets.pipeline.context import Progress
from sgo_sheets.pipeline.known_changes import with_changes
from sgo_sheets.pipeline.past import opened
from sgo_sheets.pipeline.workers import MOST, crew, undisturbed
from sgo_sheets.project import SENTINEL, Project, UserError
from sgo_sheets.rules import engine
from sgo_sheets.rules.engine import Verdict
from sgo_sheets.school.assemble import assemble
from sgo_sheets.school.model import ClassBook, School
from sgo_sheets.workbooks.reader import read_all


def judged(
    project: Project, on: dt.date, *, keep_done: bool = False, progress: Progress | None = None
) -> tuple[School, Verdict]:
    """Return the school as it is read from the folder and what is to be said of it on a day.

    The history is asked and not told. ``keep_done`` – list what was done in time too. Raises UserError when the folder
    of workbooks is not there.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    with undisturbed(), opened(project, None, on) as past, crew() as helpers:
        school = with_changes(read_school(project, progress=tell), past)
        timed = [(book, past.of_class(book)) for book in school.books]
        judging = helpers.each(partial(_judge_class, on=on, keep_done=keep_done), timed, partial(tell, "Проверяю"))
        whole = engine.judge_school(school, on, timings=past.timings(), keep_done=keep_done)
        return school, engine.combine([*judging, whole])


def read_school(project: Project, *, progress: Progress | None = None) -> School:
    """Return the school as it is read from the folder. Raises UserError when the folder of workbooks is not there."""
    tell = progress or (lambda _stage, _done, _total: None)
    if not (project.workbooks / SENTINEL).is_file():
        raise UserError(
            f"В папке книг {project.workbooks} нет файла {SENTINEL}: похоже, диск с книгами не подключён. "
            f"Подключите его и повторите. Если это новая папка, создайте в ней пустой файл {SENTINEL}."
        )
    with undisturbed():
        workers = min(os.cpu_count() or 1, MOST)
        return assemble(read_all(project.workbooks, workers=workers, progress=partial(tell, "Читаю книги")))


def _judge_class(timed: tuple[ClassBook, Timings], on: dt.date, *, keep_done: bool) -> Verdict:
    book, timings = timed
    return engine.judge(book, on, timings=timings, keep_done=keep_done)
