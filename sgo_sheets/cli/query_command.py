"""``sgo query``: a question in SQL over the records of the school, read-only."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from sgo_sheets.cli.options import debug_option, on_option, school_option, today
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import Project, UserError
from sgo_sheets.russian import counted


@click.command("query")
@click.argument("sql", required=False, default="", metavar="ЗАПРОС")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Сохранить в файл: .csv, .xlsx, .parquet.")
@click.option("--tables", is_flag=True, help="Показать таблицы и их столбцы.")
@school_option
@on_option
@debug_option
def command(sql: str, out: Path | None, project: Project, on: dt.date | None, *, tables: bool) -> None:
    """Спросить данные школы на SQL: sgo query "SELECT Класс, avg(Отметка) FROM отметки GROUP BY Класс".

    Запрос только читает: таблицы собираются из книг в памяти, других файлов и сети он не видит. Имена столбцов с
    пробелами берут в двойные кавычки. Нужна библиотека DuckDB: pip install "sgo-sheets[query]".
    """
    from sgo_sheets.reports import query, query_out  # noqa: PLC0415 - not for --help

    if tables or not sql:
        for line in _described():
            click.echo(line)
        return
    query.engine()
    if out is not None:
        query_out.writer(out)
        _refuse_books(out, project)
    found = query.answer(sql, _tables(project, today(project, on), query.mentioned(sql)))
    if out is not None:
        _write(out, query_out.to_file(found, out))
        click.echo(f"{out}: {counted(len(found.rows), 'строка', 'строки', 'строк')}.")
        return
    for line in query_out.shown(found):
        click.echo(line)
    rest = len(found.rows) - query_out.SHOWN_ROWS
    more = f" Показаны первые {query_out.SHOWN_ROWS}; все – с параметром --out ФАЙЛ." if rest > 0 else ""
    click.echo(f"Всего: {counted(len(found.rows), 'строка', 'строки', 'строк')}.{more}", err=True)


def _tables(project: Project, on: dt.date, names: Iterable[str]) -> dict[str, Iterator[tuple[Any, ...]]]:
    """Return the rows of the tables a query names; the workbooks are judged only where it asks for findings."""
    from sgo_sheets.pipeline.judging import judged, read_school  # noqa: PLC0415 - heavy
    from sgo_sheets.records.report_tables import BY_NAME  # noqa: PLC0415 - not for --help
    from sgo_sheets.reports.table_rows import finding_rows, table_rows  # noqa: PLC0415 - as above

    wanted = list(names)
    if not wanted:
        return {}
    with shown_progress() as progress:
        if any(BY_NAME[name].of_day for name in wanted):
            school, verdict = judged(project, on, progress=progress)
            findings = verdict.findings
        else:
            school, findings = read_school(project, progress=progress), ()
    return {
        name: finding_rows(school, findings) if BY_NAME[name].of_day else table_rows(school, name) for name in wanted
    }


def _described() -> Iterator[str]:
    from sgo_sheets.records.report_tables import TABLES  # noqa: PLC0415 - not for --help

    for table in TABLES:
        yield f"{table.name}. {table.what}"
        for column in table.columns:
            name = f'"{column.name}"' if " " in column.name or "№" in column.name or "/" in column.name else column.name
            yield f"  {name} ({column.sort.value}){f': {column.what}' if column.what else ''}"
        yield ""


def _refuse_books(out: Path, project: Project) -> None:
    """Refuse to write among the workbooks or into the site: a slip would cost a journal."""
    for folder in (project.workbooks, project.site, project.state):
        if out.resolve().is_relative_to(folder.resolve()):
            raise UserError(f"Ответ не сохраняется в {folder}: там книги и сайт школы. Назовите другую папку.")


def _write(out: Path, data: bytes) -> None:
    """Write the file whole or not at all. Raises UserError where it cannot be written."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, out)  # noqa: PTH105 - one step on every system
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(f"{out} не записать: {error.strerror or error}. Закройте файл, если он открыт.") from error
