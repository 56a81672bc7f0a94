"""``sgo demo``: an invented school of any size, and the history of its workbooks."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgo_sheets.cli.options import DayParam, debug_option
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import CONFIG, UserError, load_project
from sgo_sheets.russian import counted

if TYPE_CHECKING:
    from sgo_sheets.demo.world import Spec

WORKERS = 2
"""So many processes write the journals, or fewer where the machine has fewer processors."""


@click.command("demo")
@click.argument("directory", metavar="ПАПКА", type=click.Path(file_okay=False, path_type=Path))
@click.option("--classes", type=click.IntRange(1, 200), default=5, show_default=True, help="Сколько классов.")
@click.option("--pupils", type=click.IntRange(1, 10_000), default=70, show_default=True, help="Сколько учеников.")
@click.option("--seed", type=int, default=74, show_default=True, help="Другое число — другая школа.")
@click.option(
    "--on", type=DayParam(), default="2026-11-24", show_default=True, help="День, по который заполнены журналы."
)
@click.option("--clean", is_flag=True, help="Без задуманных ошибок: проверка такой школы молчит.")
@click.option("--violations", is_flag=True, help="С нарушением по каждому правилу: проверка скажет обо всех.")
@click.option(
    "--history/--no-history", default=True, show_default=True, help="Придумать и историю: кто когда сохранял журналы."
)
@click.option("--history-only", is_flag=True, help="Только история уже созданной выдуманной школы в этой папке.")
@debug_option
def command(
    directory: Path,
    *,
    classes: int,
    pupils: int,
    seed: int,
    on: dt.date,
    clean: bool,
    violations: bool,
    history: bool,
    history_only: bool,
) -> None:
    """Создать выдуманную школу любого размера.

    Те же параметры дают те же книги, байт в байт. Все люди выдуманы.
    """
    from sgo_sheets.demo import make_school  # noqa: PLC0415 - openpyxl is not for --help
    from sgo_sheets.demo.world import Spec  # noqa: PLC0415 - as above

    if history_only:
        _replay(directory, _spec_of(directory))
        return
    if clean and violations:
        raise UserError("Выберите одно: --clean (без ошибок) или --violations (с нарушением по каждому правилу).")
    if pupils < 4 * classes:
        raise UserError(
            f"На {counted(classes, 'класс', 'класса', 'классов')} нужно хотя бы "
            f"{counted(4 * classes, 'ученик', 'ученика', 'учеников')}; впишите --pupils {4 * classes} или больше."
        )
    if (directory / CONFIG).exists() or (directory / "workbooks").exists():
        raise UserError(f"В папке {directory} уже есть школа; она не изменена. Назовите новую папку.")
    workers = min(WORKERS, os.cpu_count() or 1) if classes > 5 else 1
    with shown_progress() as progress:
        try:
            planted = make_school(
                directory, classes=classes, pupils=pupils, seed=seed, on=on, clean=clean,
                violations=violations, workers=workers, progress=progress,
            )  # fmt: skip
        except OSError as error:
            raise UserError(f"В папку {directory} не удалось записать: {error}. Проверьте место и права.") from error
    click.echo(f"Создана выдуманная школа: {directory}")
    for mistake in planted:
        click.echo(f"  {mistake.code}  {mistake.at}")
    if planted:
        click.echo(f"Задумано ошибок: {len(planted)}; увидеть их: sgo check --school {directory}")
    if history:
        _replay(directory, Spec(classes, pupils, seed, on, clean, violations))


def _spec_of(directory: Path) -> Spec:
    """Return the arguments an invented school was made with, from its sgo.toml."""
    from sgo_sheets.demo.world import Spec  # noqa: PLC0415 - as above

    project = load_project(directory)
    made = tomllib.loads((directory / CONFIG).read_text(encoding="utf-8-sig")).get("demo")
    if not isinstance(made, dict) or project.on is None:
        raise UserError(f"Школа в папке {directory} не выдумана командой sgo demo: истории для неё не придумать.")
    return Spec(
        int(made["classes"]), int(made["pupils"]), int(made["seed"]), project.on, bool(made.get("clean")),
        bool(made.get("violations")),
    )  # fmt: skip


def _replay(directory: Path, spec: Spec) -> None:
    """Play the history of a written school, unless it has one."""
    from sgo_sheets.demo.replay import replay  # noqa: PLC0415 - openpyxl is not for --help
    from sgo_sheets.history import FAILURES, exists  # noqa: PLC0415 - as above
    from sgo_sheets.pipeline.past import history_folder  # noqa: PLC0415 - as above

    project = load_project(directory)
    folder = history_folder(project)
    if exists(folder):
        return
    with shown_progress() as progress:
        try:
            versions = replay(project.workbooks, folder, spec, progress)
        except FAILURES as error:
            raise UserError(f"История в папке {folder} не записана: {error}.") from error
    click.echo(f"История: {counted(versions, 'версия', 'версии', 'версий')} книг; посмотреть: sgo history")
