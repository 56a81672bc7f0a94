"""The command ``sgo``: options and printing only. Commands are imported when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from sgo_sheets import __version__
from sgo_sheets.project import UserError
from sgo_sheets.russian import perhaps

COMMANDS = {
    "init": "Создать пустую школу.",
    "demo": "Создать выдуманную школу любого размера.",
    "forms": "Создать недостающие книги; готовые не трогать.",
    "check": "Проверить книги по регламенту.",
    "explain": "Объяснить правило: sgo explain R0801.",
    "rules": "Показать таблицу правил.",
    "query": "Спросить данные школы на SQL (только чтение).",
    "calendar": "Календарь сроков одного человека (.ics).",
    "build": "Собрать сайт.",
    "serve": "Показать сайт в браузере.",
    "watch": "Следить за книгами и собирать сайт при сохранении.",
    "history": "Показать, что и когда изменено в книгах; хранить и проверять их версии.",
    "restore": "Восстановить прежнюю версию книги.",
    "publish": "Выложить сайт в папку.",
    "import": "Загрузить планы учителей (sgo import ktp ФАЙЛ…).",
}
USAGE, OUR_FAULT = 2, 3


class _Lazy(click.Group):
    """A group whose commands live in ``sgo_sheets.cli.<name>_command`` and are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if name not in COMMANDS:
            return None
        module = import_module(f"sgo_sheets.cli.{name}_command")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is typed; one that does not exist is answered with the nearest that does."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            hint = perhaps(args[0], COMMANDS) or " Все команды: sgo --help."
            raise UserError(f"Команды «{args[0]}» нет.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Команды"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "--version", message="sgo %(version)s")
def sgo() -> None:
    """Электронный журнал школы на книгах Excel: формы → проверка → дневник → отчёты → публикация."""


def main() -> None:
    """Run ``sgo``. Exit codes: 0 clean, 1 findings, 2 usage, 3 our fault. Colours are for a terminal, not NO_COLOR."""
    color = False if os.environ.get("NO_COLOR") else None
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sgo.main(standalone_mode=True, color=color)
    except UserError as error:
        click.secho(f"sgo: {error}", err=True, fg="red", color=color)
        sys.exit(USAGE)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        click.secho(f"sgo: ошибка программы: {type(error).__name__}: {error}", err=True, fg="red", color=color)
        click.echo("Книги не изменены. Сообщите разработчикам и приложите вывод с параметром --debug.", err=True)
        sys.exit(OUR_FAULT)
