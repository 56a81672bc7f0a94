"""Writing an invented school: its workbooks and its sgo.toml."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from sgo_sheets.demo.invent import Page, evening, invent
from sgo_sheets.demo.journals import Job, filled
from sgo_sheets.demo.planting import Planted
from sgo_sheets.demo.world import Spec
from sgo_sheets.project import CONFIG, SENTINEL
from sgo_sheets.records.catalog import BookContent
from sgo_sheets.records.regulation_book import DEFAULT_WORK_KINDS
from sgo_sheets.workbooks.forms import write_book
from sgo_sheets.workbooks.forms.marks_help import KINDS

Progress = Callable[[str, int, int], None]
_CONFIG_TEXT = """\
# Выдуманная школа: sgo demo ПАПКА {arguments}
# Все люди в ней выдуманы, всякое совпадение случайно.

[school]
workbooks = "workbooks"
site = "site"
timezone = "Europe/Moscow"
on = {on}   # «сегодня» этой школы: она одинакова в любом году

[demo]
classes = {classes}
pupils = {pupils}
seed = {seed}
clean = {clean}
violations = {violations}
"""
_SENTINEL_TEXT = "По этому файлу программа узнаёт папку с книгами школы. Не удаляйте его.\n"


def make_school(
    root: Path,
    *,
    classes: int,
    pupils: int,
    seed: int,
    on: dt.date,
    clean: bool = False,
    violations: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Planted, ...]:
    """Write an invented school into a folder: sgo.toml and workbooks/, filled up to a day.

    Returns the mistakes planted in it, in the order of their cells; none with ``clean``, and with ``violations`` one of
    every kind the office can make besides those of journals. The same arguments give the
    same bytes, whatever the number of ``workers`` (processes that write journals). Raises FileExistsError when a
    workbook is there already.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    spec = Spec(classes, pupils, seed, on, clean, violations)
    workbooks = root / "workbooks"
    tell("Придумываю школу", 0, 0)
    invented = invent(spec)
    _write_all(workbooks, invented.pages, tell)
    (workbooks / SENTINEL).write_text(_SENTINEL_TEXT, encoding="utf-8", newline="\n")
    _write_journals(workbooks, invented.journals, workers, tell)
    (root / CONFIG).write_text(_config(spec), encoding="utf-8", newline="\n")
    return invented.planted


def _write_all(workbooks: Path, pages: Iterable[Page], tell: Progress) -> None:
    pages = list(pages)
    for number, page in enumerate(pages, start=1):
        write_book(workbooks / page.path, page.content, saved=page.saved)
        tell("Пишу общие книги", number, len(pages))


def _write_journals(
    workbooks: Path, jobs: Sequence[tuple[Job, BookContent | None]], workers: int, tell: Progress
) -> None:
    """Write the journals, in a pool of fresh processes when there is more than one worker."""
    tasks = ((workbooks, job, content) for job, content in jobs)
    if workers > 1:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            for number, _ in enumerate(pool.map(_write_journal, tasks, chunksize=4), start=1):
                tell("Пишу журналы", number, len(jobs))
    else:
        for number, task in enumerate(tasks, start=1):
            _write_journal(task)
            tell("Пишу журналы", number, len(jobs))


def _write_journal(task: tuple[Path, Job, BookContent | None]) -> None:
    workbooks, job, spoilt = task
    write_journal(workbooks, job, spoilt or filled(job))


def write_journal(workbooks: Path, job: Job, content: BookContent, *, again: bool = False) -> None:
    """Write one journal, saved on the evening of its last lesson so far; ``again`` – over the one that is there."""
    kinds = tuple(short for _, short, _ in DEFAULT_WORK_KINDS)
    held = [one.date for one in job.course.lessons if one.date <= job.course.on]
    saved = evening(held[-1] if held else job.year.first)
    write_book(workbooks / job.path, replace(content, lists={KINDS: kinds}), saved=saved, replace=again)


def _config(spec: Spec) -> str:
    arguments = f"--classes {spec.classes} --pupils {spec.pupils} --seed {spec.seed} --on {spec.on}"
    arguments += " --clean" * spec.clean + " --violations" * spec.violations
    return _CONFIG_TEXT.format(
        arguments=arguments, on=spec.on, classes=spec.classes, pupils=spec.pupils, seed=spec.seed,
        clean=str(spec.clean).lower(), violations=str(spec.violations).lower(),
    )  # fmt: skip
