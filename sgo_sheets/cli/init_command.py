"""``sgo init``: a new, empty school."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import click

from sgo_sheets.cli.options import debug_option
from sgo_sheets.project import CONFIG, SENTINEL, UserError, load_project
from sgo_sheets.russian import counted

_CONFIG_TEXT = """\
# Папка школы. Здесь только пути; всё, что знает завуч, — в книгах Excel.

[school]
workbooks = "workbooks"        # папка с книгами; может лежать на общем диске: workbooks = "//server/journal"
site = "site"                  # сюда собирается сайт
timezone = "Europe/Moscow"

# Куда выкладывать сайт: sgo publish --to сайт
# [publish.сайт]
# path = "//server/diary"
"""
_SENTINEL_TEXT = (
    "По этому файлу программа узнаёт папку с книгами школы. Без него она решит, что общий диск отключён. "
    "Не удаляйте его.\n"
)


@click.command("init")
@click.argument("directory", metavar="ПАПКА", type=click.Path(file_okay=False, path_type=Path))
@click.option("--year", "year", metavar="2026/2027", help="Учебный год; обычно тот, что идёт или скоро начнётся.")
@debug_option
def command(directory: Path, year: str | None) -> None:
    """Создать пустую школу: настройки и общие книги, заполненные тем, что у всех школ одинаково."""
    from sgo_sheets.cli.starting import make_starting_books  # noqa: PLC0415 - openpyxl is not for --help

    begins = _year(year)
    _refuse_existing(directory)
    workbooks = directory / "workbooks"
    try:
        workbooks.mkdir(parents=True, exist_ok=True)
        (workbooks / SENTINEL).write_text(_SENTINEL_TEXT, encoding="utf-8", newline="\n")
        made = make_starting_books(workbooks, begins, dt.datetime.now(dt.UTC))
        (directory / CONFIG).write_text(_CONFIG_TEXT, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"В папку {directory} не удалось записать: {error}. Проверьте место и права.") from error
    load_project(directory)
    click.echo(f"Создана школа в папке {directory}: {counted(len(made.created), 'книга', 'книги', 'книг')}.")
    for name in made.created:
        click.echo(f"  + {name}")
    for missing in made.unknown_years:
        click.echo(
            f"Переносы выходных {missing} года ещё не объявлены: впишите их в «Школа.xlsx › Календарь», когда выйдут."
        )
    click.echo(
        "Что дальше:\n"
        "  1. Проверьте «Школа.xlsx»: периоды, каникулы и календарь заполнены по обычному году; впишите классы, "
        "сотрудников, сокращённые дни.\n"
        "  2. Заполните «Учебный план.xlsx» (лист «Нагрузка») и «Расписание.xlsx».\n"
        "  3. Команда «sgo forms» создаст списки классов, КТП и журналы."
    )


def _year(typed: str | None) -> int:
    """Return the calendar year in which the school year begins. Raises UserError for what is not a school year."""
    from sgo_sheets.workbooks.forms.start import year_to_come  # noqa: PLC0415 - as above

    if typed is None:
        return year_to_come(dt.datetime.now(dt.UTC).date())
    match = re.fullmatch(r"(20\d\d)(?:\s*[/–-]\s*(20\d\d|\d\d))?", typed.strip())
    if match is None or (match[2] and int(match[2]) % 100 != (int(match[1]) + 1) % 100):
        raise UserError(f"«{typed}» — не учебный год; впишите, например, --year 2026/2027.")
    return int(match[1])


def _refuse_existing(directory: Path) -> None:
    """Raise UserError when the folder is a school already, or holds workbooks that might be one."""
    if (directory / CONFIG).exists():
        raise UserError(
            f"В папке {directory} уже есть школа ({CONFIG}); она не изменена. "
            "Назовите новую папку, а недостающие книги готовой школы создаст команда «sgo forms»."
        )
    workbooks = directory / "workbooks"
    if workbooks.exists() and (not workbooks.is_dir() or any(workbooks.iterdir())):
        raise UserError(f"В папке {workbooks} уже что-то лежит; она не изменена. Назовите новую папку.")
