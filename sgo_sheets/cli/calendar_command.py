"""``sgo calendar``: the deadlines of one person as an .ics file, without building the site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from sgo_sheets.cli.options import debug_option, on_option, school_option, today
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.project import Project, UserError


@click.command("calendar")
@school_option
@on_option
@click.option("--person", required=True, help="Чей календарь: код или фамилия.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="В какой файл; иначе – на экран.")
@debug_option
def command(project: Project, *, on: dt.date | None, person: str, out: Path | None) -> None:
    """Записать сроки одного человека в календарь, который открывают телефон и почта.

    То же есть на собранном сайте: staff/calendar. Книги не меняются.
    """
    from sgo_sheets.cli.check_filter import people_named  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.exchange.deadlines import calendar_parts, calendar_path  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.pipeline.judging import judged  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.site.page import pages_of  # noqa: PLC0415 - as above

    date = today(project, on)
    with shown_progress() as progress:
        school, verdict = judged(project, date, progress=progress)
    codes = people_named(person, school)
    if len(codes) > 1:
        named = ", ".join(f"{code} ({school.staff[code].short_name})" for code in codes)
        raise UserError(f"Сотрудников с фамилией «{person}» несколько: {named}. Назовите код.")
    pages = {page.path: page.content for page in pages_of(calendar_parts(school, verdict, date))}
    content = pages.get(calendar_path(codes[0]))
    if content is None:
        raise UserError(f"{school.staff[codes[0]].short_name} в школе не работает и ничего не должен: сроков нет.")
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError(f"Файл {out} не записан: {error.strerror or error}.") from error
    click.echo(f"Календарь записан: {out}")
