"""``sgo demo``: an invented school of any size."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from sgo_sheets.cli.options import DayParam, debug_option
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import CONFIG, UserError
from sgo_sheets.russian import counted

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
@debug_option
def command(
    directory: Path, *, classes: int, pupils: int, seed: int, on: dt.date, clean: bool, violations: bool
) -> None:
    """Создать выдуманную школу любого размера.

    Те же параметры дают те же книги, байт в байт. Все люди выдуманы.
    """
    from sgo_sheets.demo import make_school  # noqa: PLC0415 - openpyxl is not for --help

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
