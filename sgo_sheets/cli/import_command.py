"""``sgo import ktp``: teachers' plans into «КТП», with a preview before anything is written."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgo_sheets.cli.options import debug_option, school_option
from sgo_sheets.project import Project, UserError
from sgo_sheets.russian import counted, file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sgo_sheets.exchange.ktp import PlanDraft
    from sgo_sheets.exchange.ktp_files import PlanName
    from sgo_sheets.exchange.ktp_update import Update
    from sgo_sheets.records.journal_books import PlanLesson as PlanRow

SHOWN = 8
LESSON = ("урок", "урока", "уроков")


@click.group("import")
def command() -> None:
    """Загрузить данные из других программ."""


@command.command("ktp")
@school_option
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--subject", default="", help="Предмет, если его нет в имени файла.")
@click.option("--grade", type=click.IntRange(1, 11), help="Класс (параллель), если его нет в имени файла.")
@click.option("--dry-run", is_flag=True, help="Только показать, что изменится.")
@click.option("--yes", is_flag=True, help="Записать без вопроса.")
@debug_option
@click.pass_context
def ktp(  # noqa: PLR0917 - options of one command
    ctx: click.Context, project: Project, files: tuple[Path, ...], subject: str, grade: int | None,
    dry_run: bool, yes: bool,
) -> None:  # fmt: skip
    """Загрузить планы учителей (.csv, .xlsx) в книги «КТП».

    Сначала показывается, что изменится; прежняя книга сохраняется рядом с историей школы, в папке .sgo/replaced.
    """
    from sgo_sheets.exchange.ktp_files import name_of  # noqa: PLC0415 - readers are not for --help

    if (subject or grade) and len(files) > 1:
        raise UserError("--subject и --grade можно назвать только для одного файла; назовите файлы по одному.")
    updates: list[Update] = []
    refused = 0
    targets: dict[str, Path] = {}
    for path in files:
        try:
            update, draft = _considered(project, path, name_of(path, subject, grade), targets)
        except UserError as error:
            click.secho(f"✗ {error}", fg="red")
            refused += 1
            continue
        targets[update.name.book] = path
        _preview(path, update, draft)
        if update.new or update.changes:
            updates.append(update)
    if dry_run or not updates:
        click.echo("Ничего не записано." if dry_run or refused else "Менять нечего: книги уже такие.")
    elif yes or _agreed(f"Записать {counted(len(updates), 'книгу', 'книги', 'книг')}?"):
        _ask_to_close(project, updates)
        for update in updates:
            _write(project, update)
        click.echo(f"Записано: {counted(len(updates), 'книга', 'книги', 'книг')} в {project.workbooks / 'КТП'}.")
        click.echo("Темы попадут в журналы, которые создаст «sgo forms»; готовые журналы не меняются.")
    else:
        click.echo("Ничего не записано.")
    ctx.exit(2 if refused else 0)


def _agreed(question: str) -> bool:
    """Return whether a person answers «да»; no answer is «нет»."""
    answer: str = click.prompt(f"{question} да/нет", default="нет", show_default=False)
    return answer.strip().casefold() in {"да", "д", "yes", "y"}


def _considered(project: Project, path: Path, name: PlanName, taken: Mapping[str, Path]) -> tuple[Update, PlanDraft]:
    """Return what a file would change; ``taken`` are the files of this run by book. Raises UserError to refuse it."""
    from sgo_sheets.exchange.ktp_files import read_file  # noqa: PLC0415 - readers are not for --help
    from sgo_sheets.exchange.ktp_update import update_of  # noqa: PLC0415 - as above

    draft = read_file(path)
    if draft.problems:
        raise UserError(f"{path.name}: не загружен, потому что:{_listed(draft.problems)}")
    if name.book in taken:
        raise UserError(f"{path.name}: план «{name.book}» уже взят из {taken[name.book].name}.")
    return update_of(name, draft, _existing(project, name.book)), draft


def _listed(problems: Sequence[str]) -> str:
    """Return the first problems, a line each."""
    rest = [f"… и ещё {len(problems) - SHOWN}"] if len(problems) > SHOWN else []
    return "".join(f"\n    {line}" for line in (*problems[:SHOWN], *rest))


def _existing(project: Project, name: str) -> tuple[PlanRow, ...] | None:
    from sgo_sheets.records.journal_books import PlanLesson  # noqa: PLC0415 - readers are not for --help
    from sgo_sheets.workbooks.reader import read_book  # noqa: PLC0415 - as above

    path = f"КТП/{file_name(name)}.xlsx"
    for other in (f"КТП/{file_name(name)}{suffix}" for suffix in (".xlsm", ".ods")):
        if (project.workbooks / other).exists():
            raise UserError(f"{other}: такой план уже есть. Сохраните его как «Книга Excel (.xlsx)» и повторите.")
    if not (project.workbooks / path).exists():
        return None
    book = read_book(project.workbooks, path)
    if book.unreadable or not book.has(PlanLesson):
        raise UserError(f"{path}: книга уже есть, но не читается; исправьте или уберите её и повторите.")
    return book.rows(PlanLesson)


def _preview(path: Path, update: Update, draft: PlanDraft) -> None:
    """Print what would change: a new book as one line, a changed one lesson by lesson."""
    book = f"КТП/{file_name(update.name.book)}.xlsx"
    size = f"{counted(len(update.lessons), *LESSON)}, {update.hours:g} ч"
    if update.new:
        click.echo(f"+ {book}: новая книга, {size} (из {path.name})")
    elif update.changes:
        added, gone, changed = (update.count(sign) for sign in "+−~")
        same = len(update.lessons) - added - changed
        click.echo(
            f"~ {book}: {size}, было {update.hours_before:g} ч; "
            f"новых {added}, изменено {changed}, убрано {gone}, без изменений {same} (из {path.name})"
        )
        click.echo(_listed([f"{change.sign} {change.words}" for change in update.changes])[1:])
        if update.lost:
            numbers = ", ".join(map(str, update.lost[:SHOWN])) + ("…" if len(update.lost) > SHOWN else "")
            click.secho(
                f"    ! домашнее задание или вид работы уроков {numbers} в новый план не попадут; "
                "они останутся в прежней книге",
                fg="yellow",
            )
    else:
        click.echo(f"= {book}: без изменений")
    for note in draft.notes:
        click.echo(f"    · {note}")


def _target(project: Project, update: Update) -> Path:
    return project.workbooks / "КТП" / f"{file_name(update.name.book)}.xlsx"


def _ask_to_close(project: Project, updates: Sequence[Update]) -> None:
    """Raise UserError, before anything is written, while one of the workbooks is open in Excel or LibreOffice."""
    for target in (_target(project, update) for update in updates):
        if any((target.parent / lock).exists() for lock in (f"~${target.name}", f".~lock.{target.name}#")):
            raise UserError(f"КТП/{target.name} открыта в Excel или LibreOffice. Закройте её и повторите.")


def _write(project: Project, update: Update) -> None:
    """Write the workbook; the one it replaces is kept under .sgo/replaced. Raises UserError when the disk refuses."""
    from sgo_sheets.exchange.ktp_update import content_of  # noqa: PLC0415 - openpyxl is not for --help
    from sgo_sheets.records.journal_books import PlanTitle  # noqa: PLC0415 - as above
    from sgo_sheets.records.school_book import Organisation  # noqa: PLC0415 - as above
    from sgo_sheets.workbooks.forms import write_book  # noqa: PLC0415 - as above
    from sgo_sheets.workbooks.reader import read_book  # noqa: PLC0415 - as above

    target = _target(project, update)
    year = next((row.year for row in read_book(project.workbooks, "Школа.xlsx").rows(Organisation)), "")
    variant = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            title = read_book(project.workbooks, f"КТП/{target.name}").rows(PlanTitle)
            variant = title[0].variant if title else ""
            digest = hashlib.sha256(target.read_bytes()).hexdigest()[:8]
            kept = project.state / "replaced" / "КТП" / f"{target.stem} {digest}.xlsx"
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target, kept)
            click.echo(f"  прежняя книга: {kept}")
        write_book(target, content_of(update, year, variant), replace=True)
    except OSError as error:
        raise UserError(f"КТП/{target.name} не записана: {error}. Проверьте место и права и повторите.") from error
