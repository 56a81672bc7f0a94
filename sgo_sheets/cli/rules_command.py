"""``sgo rules``: the table of rules, and the catalogue of clauses with what covers each."""

from __future__ import annotations

import click

from sgo_sheets.cli.options import debug_option
from sgo_sheets.cli.wrapping import terminal_width, wrapped


@click.command("rules")
@click.option("--clauses", is_flag=True, help="По пунктам: чем выполняется каждый пункт регламента.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Вид ответа.")
@debug_option
def command(form: str, *, clauses: bool) -> None:
    """Показать таблицу правил: код, пункт, ответственный, срок, важность, требование.

    С параметром --clauses – все пункты Порядка и Регламента: какие правила, отчёты и страницы их выполняют, а если
    пункт программой не проверяется – почему.
    """
    from sgo_sheets.rules.listing import clauses_json, rules_json  # noqa: PLC0415 - rules are not for --help

    if form == "json":
        click.echo(clauses_json() if clauses else rules_json(), nl=False)
    elif clauses:
        _clauses()
    else:
        _rules()


def _rules() -> None:
    from sgo_sheets.rules.pages import CODE_PAGES  # noqa: PLC0415 - rules are not for --help

    rows = [("Код", "Пункт", "Ответственный", "Срок", "Важность", "О чём")]
    for page in CODE_PAGES.values():
        role = page.role.label if page.role else "–"
        rows.append((page.code, page.clause or "–", role, page.term or "–", page.severity.label, page.title))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for number, row in enumerate(rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.secho(f"{line}  {row[-1]}", bold=number == 0)


def _clauses() -> None:
    from sgo_sheets.rules.catalogue import CATALOGUE  # noqa: PLC0415 - rules are not for --help

    for clause in CATALOGUE:
        click.echo(click.style(f"п. {clause.clause}", bold=True) + f"  {clause.title}")
        told = [f"  {', '.join(clause.covered_by)}"] if clause.covered_by else []
        if clause.reason:
            told.append(f"  {clause.reason}" if told else f"  Не проверяется программой. {clause.reason}")
        for line in wrapped(told, terminal_width()):
            click.echo(line)
