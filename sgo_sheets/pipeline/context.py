"""What every step of one build is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sgo_sheets.pipeline.inputs import input_digest
from sgo_sheets.pipeline.past import Past
from sgo_sheets.pipeline.state import State
from sgo_sheets.pipeline.workers import Crew
from sgo_sheets.project import Project
from sgo_sheets.site.disk import Seen
from sgo_sheets.site.manifest import MANIFEST

Progress = Callable[[str, int, int], None]
Quiet = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Run:
    """One build under way: the school's folder, the day, what the last build left and how the site lies now.

    ``workers`` – processes (0: as school and machine suggest), ``crew`` – those that work on classes; ``tell`` is told
    stage, done, total (0: unknown). ``past`` is the history.
    """

    project: Project
    on: dt.date
    state: State
    present: Mapping[str, Seen]
    workers: int
    crew: Crew
    tell: Progress
    past: Past = field(default_factory=Past)

    @property
    def stage(self) -> Path:
        """Return where pages wait until all are made."""
        return self.project.state / "stage"

    @property
    def copies(self) -> Path:
        """Return where the last good workbooks are kept."""
        return self.project.state / "last-good"

    def told(self, stage: str) -> Callable[[int, int], None]:
        """Return what to tell how much of a stage is done."""
        return partial(self.tell, stage)

    def nothing_to_do(self, digests: Mapping[str, str]) -> bool:
        """Return whether the site is already what these workbooks (path → digest, «» unknown) make of it."""
        state = self.state
        if not state.inputs or not all(digests.values()):
            return False
        return (
            state.inputs == input_digest(self.project, self.on, digests, self.past.head())
            and state.seen == self.present
            and state.listed == _list_of(self.project.site)
            and self.past.knows(digests)
        )


def _list_of(site: Path) -> Seen | None:
    """Return how the list of pages lies in the site, None where there is none."""
    try:
        state = (site / MANIFEST).stat()
    except OSError:
        return None
    return Seen("", state.st_size, state.st_mtime_ns)
