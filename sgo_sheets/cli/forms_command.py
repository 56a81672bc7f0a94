"""``sgo forms``: workbooks that are missing; one that exists is never touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import click

from sgo_sheets.cli.options import debug_option, on_option, school_option, today
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import SENTINEL, Project, UserError
from sgo_sheets.russian import counted

LISTED = 40
BOOK = ("книга", "книги", "книг")
JOURNAL = ("журнал", "журнала", "журналов")


@click.command("forms")
@school_option
@on_option
@click.option("--empty", "empty", is_flag=True, help="Создать и журналы, для которых ещё не известен ни один ученик.")
@debug_option
def command(project: Project, on: dt.date | None, *, empty: bool) -> None:
    """Создать недостающие книги; готовые не трогать.

    Общие книги, списки классов, книги классных руководителей, КТП и журналы на год: с учениками, уроками по
    расписанию и темами КТП.
    """
    from sgo_sheets.cli.making import make_forms  # noqa: PLC0415 - openpyxl is not for --help

    if not (project.workbooks / SENTINEL).is_file():
        raise UserError(
            f"В папке {project.workbooks} нет файла {SENTINEL}: возможно, отключён общий диск. Ничего не создано. "
            "Если папка верная, создайте в ней пустой файл с этим именем."
        )
    with shown_progress() as progress:
        try:
            made = make_forms(project.workbooks, today(project, on), progress, empty=empty)
        except OSError as error:
            raise UserError(
                f"Не удалось записать книгу: {error}. Проверьте место и права и повторите: созданное не пропадёт."
            ) from error
    if made.created:
        click.echo(f"Создано: {counted(len(made.created), *BOOK)}.")
        _list(made.created)
    click.echo(f"Уже были и не тронуты: {counted(made.kept, *BOOK)}.")
    if made.topicless:
        number = counted(len(made.topicless), *JOURNAL)
        click.echo(
            f"Без тем КТП создано: {number}. Чтобы темы появились, заполните КТП, удалите пустой журнал и повторите."
        )
    if made.held:
        click.echo(
            f"Не создано: {counted(len(made.held), *JOURNAL)}: в списках классов («Контингент») и «Группах» "
            "для них нет учеников. Заполните списки и повторите; создать пустыми: --empty."
        )
        _list(made.held, "·")
    for note in made.notes:
        click.echo(note)
    if not (made.created or made.held):
        click.echo("Все нужные книги на месте.")


def _list(names: Iterable[str], sign: str = "+") -> None:
    names = list(names)
    for name in names[:LISTED]:
        click.echo(f"  {sign} {name}")
    if len(names) > LISTED:
        click.echo(f"  … и ещё {len(names) - LISTED}")
