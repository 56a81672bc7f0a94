"""``sgo restore``: an earlier version of a workbook, beside it or in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgo_sheets.cli.history_command import version_of_file, writing
from sgo_sheets.cli.options import clock, debug_option, school_option
from sgo_sheets.project import Project, UserError

if TYPE_CHECKING:
    from sgo_sheets.history import History


@click.command("restore")
@school_option
@click.argument("file")
@click.option("--version", "number", type=int, required=True, help="Номер версии (см. sgo history versions).")
@click.option("--over", is_flag=True, help="Записать на место книги; нынешняя версия останется в истории.")
@debug_option
def command(project: Project, file: str, number: int, *, over: bool) -> None:
    """Восстановить прежнюю версию книги.

    Она записывается в папку .sgo/restored, рядом с книгами ничего не меняется: откройте её и перенесите нужное. С
    параметром --over она заменит книгу.
    """
    from sgo_sheets.site import disk  # noqa: PLC0415 - not for --help

    with writing(project) as history:
        version = version_of_file(history, project, file, number)
        data = history.objects.get(version.digest)
        if data is None:
            raise UserError(
                f"Версия {number} не хранится: она убрана по сроку или повреждена (sgo history verify). "
                f'Посмотрите другие: sgo history versions "{version.path}".'
            )
        if over:
            target = project.workbooks / version.path
            _keep_current(project, history, version.path, target)
        else:
            target = _beside(project, version.path, number, version.at[:10])
        try:
            disk.make_folder(target.parent)
            disk.write_whole(target, data)
        except OSError as error:
            raise disk.refused(error, target.parent) from error
    if over:
        click.echo(f"Книга {version.path} заменена версией {number}. Сайт обновит sgo build или sgo watch.")
    else:
        click.echo(f"Версия {number} записана: {target}")


def _beside(project: Project, path: str, number: int, day: str) -> Path:
    """Return where a version is put, a name nobody has yet: «Алгебра (версия 12 от 2026-10-05).xlsx»."""
    place = project.state / "restored" / path
    name = f"{place.stem} (версия {number} от {day})"
    found, again = place.with_name(name + place.suffix), 1
    while found.exists():
        again += 1
        found = place.with_name(f"{name} — {again}{place.suffix}")
    return found


def _keep_current(project: Project, history: History, path: str, target: Path) -> None:
    """See to it that what is to be replaced is in the history. Raises UserError while it is open or cannot be kept."""
    from sgo_sheets.history import keep_now  # noqa: PLC0415 - not for --help

    if any((target.parent / lock).exists() for lock in (f"~${target.name}", f".~lock.{target.name}#")):
        raise UserError(f"Книга {path} открыта в Excel или LibreOffice. Закройте её и повторите.")
    if target.exists() and not keep_now(history, project.workbooks, path, clock(project)):
        raise UserError(f"Нынешняя версия книги {path} не читается, поэтому она не заменена. Повторите позже.")
