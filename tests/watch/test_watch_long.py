"""A watch of a whole day: a save after a save, with flat memory and no handle left open."""

from __future__ import annotations

import datetime as dt
import gc
from pathlib import Path

import psutil

from sgo_sheets.pipeline import Memory, build, readable
from sgo_sheets.watch import Watcher
from tests.pipeline.little_school import MATHS_5A, ON, little_school

LESSON = dt.date(2026, 11, 16)
SAVES = 24


def test_many_saves_cost_no_memory_and_no_handles(tmp_path: Path) -> None:
    school = little_school(tmp_path / "school")
    project, memory, said = school.project, Memory(), []
    watcher = Watcher(
        project.workbooks,
        lambda day, quiet: build(project, day, memory=memory, quiet=quiet),
        lambda path: readable(project.workbooks, path, memory),
        lambda: ON,
        said.append,
    )
    process = psutil.Process()
    sizes, handles = [], []
    for number in range(SAVES):
        school.mark(MATHS_5A, "К-501", LESSON, "2345"[number % 4])
        while watcher.step():
            pass
        gc.collect()
        sizes.append(process.memory_info().rss)
        handles.append(process.num_fds() if hasattr(process, "num_fds") else process.num_handles())
    assert said == []
    assert handles[-1] <= handles[SAVES // 2]
    assert sizes[-1] - sizes[SAVES // 2] < 8_000_000
    assert len(memory.books) == 11
    assert len(memory.judged.journals) == 4
    assert len(list((school.root / ".sgo/last-good").iterdir())) == 11
    assert not (school.root / ".sgo/stage").exists()
