"""Options that several commands share; the one reader of the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from sgo_sheets.findings import Role
from sgo_sheets.project import Project, find_project
from sgo_sheets.records.time_kinds import parse_date
from sgo_sheets.russian import fold, perhaps

F = TypeVar("F", bound=Callable[..., Any])


class DayParam(click.ParamType[dt.date]):
    """A day typed as 2026-11-23 or 23.11.2026."""

    name = "дата"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the date, or fail with a sentence."""
        if isinstance(value, dt.date):
            return value
        found = parse_date(str(value))
        if found is None:
            self.fail(f"«{value}» — не дата; впишите, например, 2026-11-23 или 23.11.2026", param, ctx)
        return found


class RoleParam(click.ParamType[Role]):
    """A role by its fixed word or by the Russian one: teacher, завуч."""

    name = "роль"
    words: Mapping[str, Role] = {fold(word): role for role in Role for word in (role.value, role.label)}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Role:
        """Return the role, or fail with a sentence that names the roles."""
        if isinstance(value, Role):
            return value
        found = self.words.get(fold(str(value)))
        if found is None:
            listed = ", ".join(f"{role.value} ({role.label})" for role in Role)
            self.fail(f"роли «{value}» нет.{perhaps(str(value), self.words)} Есть: {listed}.", param, ctx)
        return found


def school_option(command: F) -> F:
    """Add ``--school DIR`` and pass the command its ``project``."""

    def load(_ctx: click.Context, _param: click.Parameter, value: Path) -> Project:
        return find_project(value)

    return click.option(
        "--school",
        "project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=".",
        callback=load,
        help="Папка школы; обычно та, в которой вы находитесь.",
    )(command)


def on_option(command: F) -> F:
    """Add ``--on DATE``; None means «today» (see ``today``)."""
    return click.option("--on", type=DayParam(), default=None, help="День, на который проверять (обычно сегодня).")(
        command
    )


def debug_option(command: F) -> F:
    """Add ``--debug``: show the traceback of our own fault."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Показать подробности ошибки программы.")(
        command
    )


def workbook_path(project: Project, text: str) -> str:
    """Return a workbook's path in the workbooks folder, named so or as a file on the disk."""
    typed = Path(text)
    for start in (Path.cwd(), project.root):
        place = (start / typed).resolve()
        if place.is_relative_to(project.workbooks.resolve()):
            return place.relative_to(project.workbooks.resolve()).as_posix()
    return typed.as_posix()


def real_now(project: Project, on: dt.date | None) -> dt.datetime | None:
    """Return the moment by the school's clock; None when the day is asked for or fixed: nothing is recorded then."""
    return None if on or project.on else clock(project)


def clock(project: Project) -> dt.datetime:
    """Return the moment by the school's clock."""
    return dt.datetime.now(project.timezone)


def today(project: Project, on: dt.date | None) -> dt.date:
    """Return the day asked for, else the one sgo.toml fixes, else today by the school's clock."""
    return on or project.on or clock(project).date()
