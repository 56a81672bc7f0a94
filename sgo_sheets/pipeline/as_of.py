"""The site as it was known on a day: the versions current at its end, built into a folder of their own."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from sgo_sheets.history import FAILURES, History
from sgo_sheets.pipeline.building import BuildResult, build
from sgo_sheets.pipeline.context import Progress
from sgo_sheets.pipeline.past import opened
from sgo_sheets.project import SENTINEL, Project, UserError
from sgo_sheets.russian import day as russian_day
from sgo_sheets.site import disk


def build_as_of(project: Project, day: dt.date, *, workers: int = 0, progress: Progress | None = None) -> BuildResult:
    """Build the site as it was known at the end of a day under ``.sgo/as-of`` and return what was done.

    The site of the school, its workbooks and its history are only read. Raises UserError: no history of that day, or
    a version that is not kept any more.
    """
    place = project.state / "as-of" / day.isoformat()
    with tempfile.TemporaryDirectory(prefix="sgo-as-of-") as name, opened(project, None, day) as past:
        workbooks = Path(name)
        if past.history is None:
            raise UserError(past.words or "Истории сохранений ещё нет: она начнётся с первой сборки (sgo build).")
        try:
            _lay_out(past.history, day, workbooks)
        except FAILURES as error:
            raise UserError(f"История не читается: {error}. Проверьте её: sgo history verify.") from error
        then = replace(project, workbooks=workbooks, site=place / "site", state=place / "state", on=day)
        return build(then, day, workers=workers, progress=progress, past=past, accept_removals=True)


def _lay_out(history: History, day: dt.date, folder: Path) -> None:
    versions = history.current_on(day)
    if not versions:
        raise UserError(f"{russian_day(day)} истории ещё не было: назовите более поздний день.")
    for version in versions:
        data = history.objects.get(version.digest)
        inside = PurePosixPath(version.path)
        if data is None:
            raise UserError(f"Версия {version.version} книги {version.path} не сохранилась; назовите другой день.")
        if inside.is_absolute() or ".." in inside.parts:
            raise UserError(f"История называет книгу вне папки книг: {version.path}. Проверьте её: sgo history verify.")
        disk.make_folder(folder / inside.parent)
        disk.write(folder / inside, data)
    disk.write(folder / SENTINEL, b"")
