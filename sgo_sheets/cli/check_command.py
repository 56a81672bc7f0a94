"""``sgo check``: what is wrong, whose it is, by when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from sgo_sheets.cli.options import DayParam, RoleParam, debug_option, on_option, school_option, today
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.cli.wrapping import terminal_width, wrapped
from sgo_sheets.findings import Finding, Severity, State
from sgo_sheets.project import Project

FOUND, OUR_FAULT = 1, 3


@click.command("check")
@school_option
@on_option
@click.option("--role", type=RoleParam(), help="Только за кого-то: teacher, завуч …")
@click.option("--person", help="Только за человека: код или фамилия.")
@click.option("--since", type=DayParam(), help="Только начавшееся в этот день или позже.")
@click.option("--clause", "clauses", multiple=True, metavar="ПУНКТ", help="Только по пункту или главе: 8.4, 8 …")
@click.option("--only", multiple=True, metavar="КОДЫ", help="Только эти правила: R0801,R05,W …")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Вид ответа.")
@click.option("--all", "everything", is_flag=True, help="Показать и то, чему срок ещё не настал, и сделанное.")
@click.option("--exit-zero", is_flag=True, help="Код ответа 0, хотя бы и были нарушения.")
@debug_option
@click.pass_context
def command(
    context: click.Context,
    /,
    project: Project,
    *,
    on: dt.date | None,
    form: str,
    everything: bool,
    exit_zero: bool,
    **wish: Any,
) -> None:
    """Проверить книги по регламенту.

    Код ответа: 0 – чисто; 1 – есть нарушения, по которым срок настал; 2 – ошибка в команде; 3 – ошибка программы.
    Книги не меняются.
    """
    from sgo_sheets.cli.check_filter import (  # noqa: PLC0415 - rules are not for --help
        Wish,
        beyond_rules,
        filtered,
        of_person,
        understood,
    )
    from sgo_sheets.cli.check_text import Asked, check_text  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.pipeline.judging import judged  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.rules.listing import findings_json  # noqa: PLC0415 - rules are not for --help

    asked = Wish(**wish)
    wanted = understood(asked)  # what cannot be understood is said before the books are read
    date = today(project, on)
    with shown_progress() as progress:
        school, verdict = judged(project, date, keep_done=everything, progress=progress)
    verdict = filtered(verdict, of_person(wanted, asked.person, school), school)
    if form == "json":
        click.echo(findings_json((*verdict.findings, *verdict.unchecked), date), nl=False)
    else:
        look = Asked(everything=everything, each=bool(asked.only or asked.person))
        for line in wrapped(check_text(verdict, date, school.staff, look), terminal_width()):
            click.echo(line)
    for said in beyond_rules(wanted):
        click.echo(said, err=True)
    for fault in verdict.faults:
        click.secho(f"sgo: ошибка программы в правиле {fault.code} ({fault.place}): {_last(fault.error)}", err=True)
    if verdict.faults:
        context.exit(OUR_FAULT)
    due = any(is_due(finding, date) for finding in verdict.findings)
    context.exit(FOUND if due and not exit_zero else 0)


def is_due(finding: Finding, on: dt.date) -> bool:
    """Return whether a violation must be mended now: open, overdue, or due today."""
    if finding.severity is not Severity.VIOLATION:
        return False
    today_due = finding.due is not None and finding.due <= on and finding.state in (State.SOON, State.EXPECTED)
    return finding.pressing or today_due


def _last(error: str) -> str:
    return error.strip().rsplit("\n", 1)[-1]
