"""``sgo rules``: the table of rules."""

from __future__ import annotations

import click

from sgo_sheets.cli.options import debug_option


@click.command("rules")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Вид ответа.")
@debug_option
def command(form: str) -> None:
    """Показать таблицу правил: код, пункт, ответственный, срок, важность, требование."""
    from sgo_sheets.rules.listing import rules_json  # noqa: PLC0415 - rules are not for --help
    from sgo_sheets.rules.pages import CODE_PAGES  # noqa: PLC0415

    if form == "json":
        click.echo(rules_json(), nl=False)
        return
    rows = [("Код", "Пункт", "Ответственный", "Срок", "Важность", "О чём")]
    for page in CODE_PAGES.values():
        role = page.role.label if page.role else "–"
        rows.append((page.code, page.clause or "–", role, page.term or "–", page.severity.label, page.title))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for number, row in enumerate(rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.secho(f"{line}  {row[-1]}", bold=number == 0)
