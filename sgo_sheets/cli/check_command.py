"""``sgo check``: what is wrong, whose it is, by when."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from sgo_sheets.cli.options import debug_option, on_option, school_option, today
from sgo_sheets.cli.progress import shown_progress
from sgo_sheets.findings import Finding, Role, Severity, State
from sgo_sheets.project import SENTINEL, Project, UserError
from sgo_sheets.russian import fold, perhaps

if TYPE_CHECKING:
    from sgo_sheets.findings import Timings
    from sgo_sheets.rules.engine import Verdict
    from sgo_sheets.school.model import ClassBook, School

FOUND, OUR_FAULT = 1, 3
_ROLES = {name: role for role in Role for name in (role.value, role.label)}


@click.command("check")
@school_option
@on_option
@click.option("--role", type=click.Choice(tuple(_ROLES)), metavar="РОЛЬ", help="Только за кого-то: teacher, завуч …")
@click.option("--person", help="Только за человека: код или фамилия.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Вид ответа.")
@click.option("--all", "everything", is_flag=True, help="Показать и то, чему срок ещё не настал, и сделанное.")
@debug_option
@click.pass_context
def command(
    context: click.Context,
    project: Project,
    *,
    on: dt.date | None,
    role: str | None,
    person: str | None,
    form: str,
    everything: bool,
) -> None:
    """Проверить книги по регламенту.

    Код ответа: 0 – чисто; 1 – есть нарушения, по которым срок настал; 2 – ошибка в команде; 3 – ошибка программы.
    Книги не меняются.
    """
    from sgo_sheets.cli.check_text import check_text  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.rules.listing import findings_json  # noqa: PLC0415

    date = today(project, on)
    school, verdict = _judge(project, date)
    wanted = _filter(school, role, person)
    verdict = replace(
        verdict, findings=tuple(filter(wanted, verdict.findings)), unchecked=tuple(filter(wanted, verdict.unchecked))
    )
    if form == "json":
        click.echo(findings_json((*verdict.findings, *verdict.unchecked), date), nl=False)
    else:
        for line in check_text(verdict, date, school.staff, everything=everything):
            click.echo(line)
    for fault in verdict.faults:
        click.secho(f"sgo: ошибка программы в правиле {fault.code} ({fault.place}): {_last(fault.error)}", err=True)
    if verdict.faults:
        context.exit(OUR_FAULT)
    context.exit(FOUND if any(is_due(finding, date) for finding in verdict.findings) else 0)


def is_due(finding: Finding, on: dt.date) -> bool:
    """Return whether a violation must be mended now: open, overdue, or due today."""
    if finding.severity is not Severity.VIOLATION:
        return False
    today_due = finding.due is not None and finding.due <= on and finding.state in (State.SOON, State.EXPECTED)
    return finding.pressing or today_due


def _judge(project: Project, on: dt.date) -> tuple[School, Verdict]:
    from sgo_sheets.pipeline.past import opened  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.pipeline.workers import MOST, each  # noqa: PLC0415
    from sgo_sheets.rules.engine import combine, judge_school  # noqa: PLC0415
    from sgo_sheets.school.assemble import assemble  # noqa: PLC0415
    from sgo_sheets.workbooks.reader import read_all  # noqa: PLC0415

    if not (project.workbooks / SENTINEL).is_file():
        raise UserError(
            f"В папке книг {project.workbooks} нет файла {SENTINEL}: похоже, диск с книгами не подключён. "
            f"Подключите его и повторите. Если это новая папка, создайте в ней пустой файл {SENTINEL}."
        )
    with shown_progress() as progress, opened(project, None) as past:
        books = read_all(
            project.workbooks,
            workers=min(os.cpu_count() or 1, MOST),
            progress=lambda done, total: progress("Читаю книги", done, total),
        )
        school = assemble(books)
        timed = [(book, past.of_class(book)) for book in school.books]
        judging = each(partial(_judge_class, on=on), timed, 0, lambda done, total: progress("Проверяю", done, total))
        judged = [*judging, judge_school(school, on, timings=past.timings())]
    return school, combine(judged)


def _judge_class(timed: tuple[ClassBook, Timings], on: dt.date) -> Verdict:
    from sgo_sheets.rules.engine import judge  # noqa: PLC0415 - rules are not for --help

    book, timings = timed
    return judge(book, on, timings=timings)


def _filter(school: School, role: str | None, person: str | None) -> Callable[[Finding], bool]:
    """Return whether a finding is asked for. Raises UserError for a person nobody knows."""
    codes = None
    if person is not None:
        codes = {code for code, one in school.staff.items() if fold(person) in (fold(code), fold(one.surname))}
        if not codes:
            names = (*school.staff, *(one.surname for one in school.staff.values()))
            raise UserError(f"Сотрудника «{person}» нет в листе «Сотрудники».{perhaps(person, names)}")
    chosen = {_ROLES[role]} if role else set(Role)
    if role and Role.DEPUTY in chosen:
        chosen.add(Role.DIRECTOR)  # what the director owes is shown to завуч too

    def wanted(finding: Finding) -> bool:
        return finding.role in chosen and (codes is None or finding.person in codes)

    return wanted


def _last(error: str) -> str:
    return error.strip().rsplit("\n", 1)[-1]
