"""``sgo publish``: the built site to a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from sgo_sheets.cli.options import debug_option, school_option
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import Project, UserError
from sgo_sheets.publish.run import Options, Published
from sgo_sheets.russian import counted

LISTED = 20
PAGE = ("страница", "страницы", "страниц")


@click.command("publish")
@school_option
@click.option("--to", "to", metavar="ИМЯ|ПАПКА", help="Куда: имя из раздела [publish] файла sgo.toml или папка.")
@click.option("--open", "everything", is_flag=True, help="Выложить и страницы семей и сотрудников (без шифрования!).")
@click.option("--dry-run", is_flag=True, help="Только показать, что изменится.")
@click.option("--verify", is_flag=True, help="Перечитать и сверить все выложенные файлы.")
@click.option("--max-deletes", type=click.IntRange(min=0), metavar="N", help="Сколько страниц можно удалить.")
@click.option("--anew", is_flag=True, help="Папку очистили намеренно: выложить заново.")
@debug_option
def command(
    project: Project,
    to: str | None,
    *,
    everything: bool,
    dry_run: bool,
    verify: bool,
    max_deletes: int | None,
    anew: bool,
) -> None:
    """Выложить сайт в папку: только изменённые файлы, каждый проверен.

    Без --open выкладывается только общая часть (public): страницы семей и сотрудников ещё не шифруются.
    """
    from sgo_sheets.pipeline.lock import school_lock  # noqa: PLC0415 - filelock is loaded by who publishes, not by --help
    from sgo_sheets.publish.folder import publish  # noqa: PLC0415 - as above

    target = _target(project, to)
    _refuse_inside(project, target)
    if everything:
        click.secho(
            f"Внимание: страницы семей и сотрудников не зашифрованы. В них персональные данные детей: имена, отметки, "
            f"пропуски. Каждый, кто может открыть папку {target}, прочтёт их все. Дайте доступ к ней только тем, кому "
            "он положен.",
            err=True,
            fg="yellow",
        )
    with shown_progress() as progress, school_lock(project):
        done = publish(
            project.site,
            target,
            Options(
                everything=everything,
                dry_run=dry_run,
                verify=verify,
                anew=anew,
                max_deletes=max_deletes,
                progress=lambda number, total: progress("Выкладываю", number, total),
            ),
            memory=project.state / "publish",
        )
    _tell(done, target, dry_run=dry_run)
    if not everything:
        click.echo("Выложена только общая часть. Страницы семей и сотрудников выкладывает --open.")
    if done.left:
        sys.exit(1)


def _target(project: Project, to: str | None) -> Path:
    """Return the folder to publish to. Raises UserError when it cannot be told."""
    names = ", ".join(project.targets)
    if to is None:
        if len(project.targets) != 1:
            known = f"Есть площадки: {names}." if names else "В sgo.toml нет ни одной площадки [publish.ИМЯ]."
            raise UserError(f"Скажите, куда выложить: --to ИМЯ или --to ПАПКА. {known}")
        to = next(iter(project.targets))
    if to in project.targets:
        path = project.targets[to].get("path")
        if not isinstance(path, str) or not path:
            raise UserError(f'В sgo.toml у площадки [publish.{to}] нет строки path = "ПАПКА".')
        return project.root / path
    if not {"/", "\\"} & set(to) and not Path(to).is_dir():
        known = f"Есть площадки: {names}." if names else "В sgo.toml площадок нет."
        raise UserError(f"«{to}» — не площадка из sgo.toml и не папка. {known}")
    return Path(to).absolute()


def _refuse_inside(project: Project, target: Path) -> None:
    """Raise UserError when publishing would mix the published pages with what the school works with."""
    place = target.resolve()
    for folder in (project.site, project.workbooks, project.state):
        own = folder.resolve()
        if place == own or own in place.parents or place in own.parents:
            raise UserError(f"Выкладывать в {target} нельзя: там лежит или туда входит папка школы {folder}.")


def _tell(done: Published, target: Path, *, dry_run: bool) -> None:
    if dry_run:
        _list("Будет записано", done.written, "+")
        _list("Будет удалено", done.deleted, "-")
        click.echo(f"Останется без изменений: {counted(done.kept, *PAGE)}. Ничего не изменено.")
    else:
        written, gone = counted(len(done.written), *PAGE), counted(len(done.deleted), *PAGE)
        click.echo(f"Выложено в {target}: записано {written}, удалено {gone}, без изменений {done.kept}.")
    if done.edited:
        _list("Выложенные страницы, изменённые не программой" + ("" if dry_run else " (исправлены)"), done.edited, "!")
    if done.strangers:
        _list("Файлы, которых программа не выкладывала (оставлены)", done.strangers, "?")
    if done.left:
        _list("Не заменены, потому что заняты другой программой; повторите выкладку позже", done.left, "~")


def _list(title: str, names: Iterable[str], sign: str) -> None:
    names = list(names)
    if names:
        click.echo(f"{title} ({len(names)}):")
    for name in names[:LISTED]:
        click.echo(f"  {sign} {name}")
    if len(names) > LISTED:
        click.echo(f"  … и ещё {len(names) - LISTED}")
