"""``sgo watch``: the site anew whenever a workbook is saved."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable

import click

from sgo_sheets.cli.options import debug_option, on_option, real_now, school_option, today
from sgo_sheets.project import Project
from sgo_sheets.russian import counted

PAGE = ("страница", "страницы", "страниц")


@click.command("watch")
@school_option
@on_option
@click.option(
    "--every", type=click.FloatRange(1), default=60, show_default=True, help="Раз во сколько секунд смотреть самому."
)
@click.option("--settle", type=click.FloatRange(0.1), default=1, show_default=True, help="Сколько секунд тишины ждать.")
@click.option("--accept-removals", is_flag=True, help="Уже пропавшие ученики и книги пропали намеренно.")
@debug_option
def command(project: Project, on: dt.date | None, every: float, settle: float, *, accept_removals: bool) -> None:
    """Следить за книгами и собирать сайт при каждом сохранении. Остановить: Ctrl+C."""
    from sgo_sheets.cli.summary import numbers  # noqa: PLC0415 - loaded by who watches, not by --help
    from sgo_sheets.pipeline import BuildResult, Memory, build, readable  # noqa: PLC0415 - as above
    from sgo_sheets.pipeline.lock import watch_lock  # noqa: PLC0415 - as above
    from sgo_sheets.watch import Bell, Observing, Watcher, watch  # noqa: PLC0415 - as above

    memory = Memory()
    accepted = accept_removals

    def say(words: str) -> None:
        click.echo(f"{dt.datetime.now(project.timezone):%H:%M:%S} {words}")

    def run(day: dt.date, quiet: Callable[[], bool] | None) -> BuildResult:
        nonlocal accepted
        now = real_now(project, on)
        result = build(project, day, memory=memory, accept_removals=accepted, now=now, quiet=quiet)
        accepted = False  # what was meant to go has gone; whatever vanishes later is asked about
        pressing = [finding for finding in result.verdict.findings if finding.pressing]
        if result.written or result.removed:
            written, removed = counted(len(result.written), *PAGE), counted(len(result.removed), *PAGE)
            say(f"записано {written}, удалено {removed}; требует внимания: {numbers(pressing)}")
        if result.past and result.past not in told:
            say(result.past)
        for words in result.told:
            if words not in told:
                say(words)
        told[:] = [result.past, *result.told]
        for path in result.held.keys() - held:
            say(f"сохранение задержано: {path}; на сайте остаётся прежняя версия, подробно: sgo check")
        held.clear()
        held.update(result.held)
        for path in result.failing:
            if path not in failing:
                say(f"не читается: {path}; на сайте остаются прежние данные")
        for path in failing - set(result.failing):
            say(f"снова читается: {path}")
        gc.collect()  # now that the pages are out: a build leaves it undone
        failing.clear()
        failing.update(result.failing)
        return result

    failing: set[str] = set()
    told: list[str] = []
    held: set[str] = set()
    bell = Bell()
    observing = Observing(project.workbooks, bell)
    with watch_lock(project):
        click.echo(f"Слежу за книгами в {project.workbooks}. Остановить: Ctrl+C.")
        watcher = Watcher(
            project.workbooks,
            run,
            lambda path: readable(project.workbooks, path, memory),
            lambda: today(project, on),
            say,
            settle,
        )
        try:
            observing.keep()
            watch(watcher, bell, observing.keep, every)
        except KeyboardInterrupt:
            click.echo("\nОстановлено.")
        finally:
            observing.stop()
