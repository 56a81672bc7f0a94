"""``sgo history``: what changed in the workbooks, when and by whom; their versions; keeping the history in order."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sgo_sheets.cli.options import DayParam, clock, debug_option, school_option, workbook_path
from sgo_sheets.project import Project, UserError
from sgo_sheets.russian import counted

if TYPE_CHECKING:
    from sgo_sheets.history import History
    from sgo_sheets.history.entries import Entry
    from sgo_sheets.history.index import Version

DAMAGED = 1
SHOWN_DAYS = 7
SAVES = ("сохранение", "сохранения", "сохранений")
VERSIONS = ("версия", "версии", "версий")
CHANGES = ("изменение", "изменения", "изменений")


@click.group("history", invoke_without_command=True)
@school_option
@click.option("--pupil", default="", metavar="№", help="Только об ученике: № личного дела.")
@click.option("--journal", default="", metavar="ФАЙЛ", help="Только об этой книге.")
@click.option("--since", type=DayParam(), default=None, help="С какого дня (обычно — за последние 7 дней).")
@debug_option
@click.pass_context
def command(context: click.Context, project: Project, pupil: str, journal: str, since: dt.date | None) -> None:
    """Показать, что, когда и кем изменено в книгах.

    Дни — это дни, когда программа увидела изменение (sgo build, sgo watch).
    """
    context.obj = project
    if context.invoked_subcommand is None:
        everything = pupil or journal
        first = since or (None if everything else clock(project).date() - dt.timedelta(days=SHOWN_DAYS))
        path = workbook_path(project, journal) if journal else ""
        for line in _listed(project, pupil, path, first):
            click.echo(line)


def _listed(project: Project, pupil: str, path: str, since: dt.date | None) -> Iterator[str]:
    from sgo_sheets.history.words import changes_in_words, entry_in_words  # noqa: PLC0415 - not for --help

    shown = False
    with reading(project) as history:
        for entry in history.log.entries():
            if since is not None and dt.date.fromisoformat(entry.at[:10]) < since:
                continue
            if path and path not in (entry.path, entry.facts.get("from")):
                continue
            lines = list(changes_in_words(_about(entry, pupil)))
            if pupil and not lines:
                continue
            shown = True
            yield entry_in_words(entry)
            yield from (f"    {line}" for line in lines)
    if not shown:
        yield f"Изменений нет{'' if since is None else f' с {since:%d.%m.%Y}'}."


def _about(entry: Entry, pupil: str) -> Entry:
    """Return the entry with the changes about a pupil alone."""
    from dataclasses import replace  # noqa: PLC0415 - not for --help

    from sgo_sheets.history.keeping import is_about  # noqa: PLC0415 - not for --help

    if not pupil:
        return entry
    about = is_about(pupil)
    return replace(entry, changes=tuple(one for one in entry.changes if not isinstance(one, str) and about(one[1])))


@command.command("versions")
@click.argument("file")
@debug_option
@click.pass_obj
def versions(project: Project, file: str) -> None:
    """Перечислить сохранённые версии книги."""
    from sgo_sheets.history.words import moment  # noqa: PLC0415 - not for --help

    with reading(project) as history:
        gone = history.index.dropped()
        for version in of_file(history, project, file):
            entry = history.log.entry(version.place)
            facts = entry.facts
            words = [
                f"{version.version:>4}  {moment(version.at)}",
                f"{facts['size'] / 1000:.0f} КБ",
                *([f"сохранил(а) {facts['by']}"] if facts.get("by") else []),
                counted(len(entry.changes), *CHANGES) if version.version > 1 else "первая",
                *(["не прочитана"] if "*" in version.unread else []),
                *(["не хранится"] if version.number in gone else []),
            ]
            click.echo(" · ".join(words))


@command.command("show")
@click.argument("file")
@click.option("--version", "number", type=int, required=True, help="Номер версии (см. sgo history versions).")
@debug_option
@click.pass_obj
def show(project: Project, file: str, number: int) -> None:
    """Показать, что изменено в версии книги."""
    from sgo_sheets.history.words import changes_in_words, entry_in_words  # noqa: PLC0415 - not for --help

    with reading(project) as history:
        entry = history.log.entry(version_of_file(history, project, file, number).place)
        click.echo(entry_in_words(entry))
        lines = list(changes_in_words(entry))
        for line in lines or [_nothing(number)]:
            click.echo(f"    {line}")


def _nothing(number: int) -> str:
    first = "Это первая версия, которую увидела программа: с чем сравнить, неизвестно."
    return first if number == 1 else "Данные не изменены (только вид, порядок строк или столбцов)."


@command.command("verify")
@debug_option
@click.pass_obj
def verify_command(project: Project) -> None:
    """Проверить, что история цела: журнал изменений, каждая версия, указатель.

    Код ответа: 0 – цела; 1 – есть повреждения; 2 – истории нет или она не читается.
    """
    from sgo_sheets.history import verify  # noqa: PLC0415 - not for --help

    with reading(project) as history:
        wrong = verify(history)
        for line in wrong:
            click.secho(line, fg="red")
        if not wrong:
            number = len(history.index.versions())
            click.echo(f"История цела: {counted(history.index.number(), 'запись', 'записи', 'записей')}, "
                       f"{counted(number, *VERSIONS)}.")  # fmt: skip
    if wrong:
        sys.exit(DAMAGED)


@command.command("retain")
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="Сколько дней хранить всё.")
@debug_option
@click.pass_obj
def retain_command(project: Project, days: int) -> None:
    """Убрать лишние старые версии: через 30 дней остаётся последняя за каждый день."""
    from sgo_sheets.history import retain  # noqa: PLC0415 - not for --help

    with writing(project) as history:
        number = retain(history, clock(project), days)
    click.echo(f"Убрано: {counted(number, *VERSIONS)}.")


@command.command("purge")
@click.option("--pupil", required=True, metavar="№", help="№ личного дела.")
@click.option("--yes", is_flag=True, help="Удалить без вопроса.")
@debug_option
@click.pass_obj
def purge_command(project: Project, pupil: str, *, yes: bool) -> None:
    """Удалить из истории всё об одном ученике (152-ФЗ).

    Сначала уберите его из книг и соберите сайт. Прежние версии книг, где он записан, удаляются целиком.
    """
    from sgo_sheets.history import purge, traces  # noqa: PLC0415 - not for --help

    with writing(project) as history:
        found = traces(history, pupil)
        if found.current:
            names = ", ".join(found.current[:5]) + (" …" if len(found.current) > 5 else "")
            raise UserError(
                f"Ученик {pupil} ещё записан в книгах: {names}. Уберите его оттуда, соберите сайт (sgo build) и "
                "повторите; сейчас ничего не удалено."
            )
        if not (found.changes or found.versions):
            click.echo(f"В истории нет ничего об ученике {pupil}.")
            return
        changes = counted(sum(map(len, found.changes.values())), *CHANGES)
        click.echo(f"Будет удалено навсегда: {changes}, {counted(len(found.versions), *VERSIONS)} книг целиком.")
        if not (yes or _agreed("Удалить?")):
            click.echo("Ничего не удалено.")
            return
        purge(history, found, clock(project))
    click.echo("Удалено. В журнале истории осталась отметка об удалении без имени и номера.")


def _agreed(question: str) -> bool:
    """Return whether a person answers «да»; no answer is «нет»."""
    answer: str = click.prompt(f"{question} да/нет", default="нет", show_default=False)
    return answer.strip().casefold() in {"да", "д", "yes", "y"}


@contextmanager
def reading(project: Project) -> Iterator[History]:
    """Open the history of a school to read it. Raises UserError when there is none or it cannot be read."""
    from sgo_sheets.history import FAILURES, History, exists  # noqa: PLC0415 - not for --help
    from sgo_sheets.pipeline.past import history_folder  # noqa: PLC0415 - not for --help

    folder = history_folder(project)
    if not exists(folder):
        raise UserError("Истории сохранений ещё нет: она начнётся с первой сборки (sgo build).")
    try:
        with History(folder) as history:
            yield history
    except FAILURES as error:
        raise UserError(f"История в папке {folder} не читается: {error}. Проверьте диск и права.") from error


@contextmanager
def writing(project: Project) -> Iterator[History]:
    """Open the history while nobody builds. Raises UserError as ``reading`` does, or when the school is held."""
    from sgo_sheets.pipeline.lock import school_lock  # noqa: PLC0415 - not for --help

    with school_lock(project), reading(project) as history:
        yield history


def of_file(history: History, project: Project, file: str) -> list[Version]:
    """Return the versions of a workbook. Raises UserError for one the history does not know."""
    from sgo_sheets.russian import perhaps  # noqa: PLC0415 - not for --help

    path = workbook_path(project, file)
    found = history.index.versions(path)
    if not found:
        folder, _, name = path.rpartition("/")
        near = [known.rpartition("/")[2] for known in history.index.books() if known.rpartition("/")[0] == folder]
        raise UserError(f"Книги «{path}» в истории нет.{perhaps(name, near)}")
    return found


def version_of_file(history: History, project: Project, file: str, number: int) -> Version:
    """Return one version of a workbook. Raises UserError when there is none of that number."""
    found = of_file(history, project, file)
    for version in found:
        if version.version == number:
            return version
    raise UserError(f"Версии {number} нет: у книги {found[-1].path} версии 1–{found[-1].version}.")
