"""``sgo build``: the site from the workbooks."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from sgo_sheets.cli.options import DayParam, debug_option, on_option, real_now, school_option, today, workbook_path
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import Project
from sgo_sheets.russian import counted
from sgo_sheets.russian import day as russian_day

OUR_FAULT = 3
PAGE = ("страница", "страницы", "страниц")


@click.command("build")
@school_option
@on_option
@click.option("--workers", type=click.IntRange(0), default=0, help="Сколько процессов; 0 — сколько нужно.")
@click.option("--full", is_flag=True, help="Собрать всё заново, не веря прошлой сборке.")
@click.option("--accept-removals", is_flag=True, help="Пропавшие ученики и книги пропали намеренно.")
@click.option("--accept-changes", multiple=True, metavar="ФАЙЛ", help="Изменения этой задержанной книги верны.")
@click.option(
    "--as-of", type=DayParam(), default=None, help="Собрать в отдельную папку сайт, каким он был известен в тот день."
)
@debug_option
def command(
    project: Project,
    *,
    on: dt.date | None,
    workers: int,
    full: bool,
    accept_removals: bool,
    accept_changes: tuple[str, ...],
    as_of: dt.date | None,
) -> None:
    """Собрать сайт. Книги при этом не меняются; замечания сборке не мешают."""
    if as_of is not None:
        _build_as_of(project, as_of, workers)
        return
    # The rules are loaded by who builds, not by --help.
    from sgo_sheets.cli.summary import about_forms, summary  # noqa: PLC0415 - not for --help
    from sgo_sheets.pipeline import build  # noqa: PLC0415 - as above

    with shown_progress() as progress:
        result = build(
            project,
            today(project, on),
            workers=workers,
            progress=progress,
            accept_removals=accept_removals,
            accept_changes=[workbook_path(project, path) for path in accept_changes],
            full=full,
            now=real_now(project, on),
        )
    if result.idle:
        click.echo(f"Ничего не изменилось с прошлой сборки: {counted(result.kept, *PAGE)}.")
    else:
        written, removed = counted(len(result.written), *PAGE), counted(len(result.removed), *PAGE)
        click.echo(f"Сайт собран: записано {written}, удалено {removed}, без изменений {result.kept}.")
    for line in summary(result.verdict, result.failing, result.held):
        click.echo(line)
    for line in about_forms(result.told):
        click.secho(line, err=True, fg="yellow")
    if result.past:
        click.secho(result.past, err=True, fg="yellow")
    tell_start(result.start)
    if result.verdict.faults:
        tell_faults(len(result.verdict.faults))
        sys.exit(OUR_FAULT)


def _build_as_of(project: Project, day: dt.date, workers: int) -> None:
    from sgo_sheets.pipeline.as_of import build_as_of  # noqa: PLC0415 - the rules are loaded by who builds

    with shown_progress() as progress:
        result = build_as_of(project, day, workers=workers, progress=progress)
    click.echo(f"Собран сайт, каким он был известен {russian_day(day)}. Сайт школы не изменён.")
    tell_start(result.start)


def tell_start(start: Path) -> None:
    """Say which page to open, as a path and as an address."""
    click.echo(f"Откройте в браузере: {start}")
    click.echo(f"                     {start.as_uri()}")


def tell_faults(number: int) -> None:
    """Say that rules crashed: our fault, and nobody else's."""
    words = counted(number, "правило не сработало", "правила не сработали", "правил не сработали")
    click.secho(
        f"Ошибка программы: {words}, остальное проверено. Сообщите разработчикам: sgo check --debug.",
        err=True,
        fg="red",
    )
