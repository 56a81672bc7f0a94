"""One program at a time builds a school or takes its site away."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sgo_sheets.project import Project
from sgo_sheets.publish.durable import held


def school_lock(project: Project) -> AbstractContextManager[None]:
    """Hold the school while its site is built or read; free at once when the holder dies.

    Raises UserError that says who holds it.
    """
    busy = f"Школу в папке {project.root} сейчас собирает или выкладывает другая программа sgo. Дождитесь её."
    return held(project.state / "lock", busy, signed=True)


def watch_lock(project: Project) -> AbstractContextManager[None]:
    """Hold the place of the one watcher of a school. Raises UserError that says who watches already."""
    busy = f"За книгами школы в папке {project.root} уже следит другое окно: второе не нужно."
    return held(project.state / "watch.lock", busy, signed=True)
