"""``sgo explain CODE``: the page of a rule or of a fault of form."""

from __future__ import annotations

import textwrap

import click

from sgo_sheets.cli.codes import as_code, unknown_code
from sgo_sheets.cli.options import debug_option

WIDTH = 90


@click.command("explain")
@click.argument("code", metavar="КОД")
@debug_option
def command(code: str) -> None:
    """Объяснить правило: что требуется, к какому сроку, как исправить."""
    from sgo_sheets.rules.pages import CODE_PAGES  # noqa: PLC0415 - rules are not for --help

    page = CODE_PAGES.get(as_code(code))
    if page is None:
        raise unknown_code(code, tuple(CODE_PAGES))
    click.secho(f"{page.code} {page.title}", bold=True)
    facts = [f"п. {page.clause} регламента"] if page.clause else ["правило чтения книг"]
    facts.append(page.severity.label)
    facts.extend([page.role.label] if page.role else [])
    facts.extend([f"срок: {page.term}"] if page.term else [])
    click.echo("; ".join(facts))
    for text in (*page.why.split("\n\n"), f"Как исправить: {page.fix}"):
        click.echo("")
        click.echo(textwrap.fill(text, WIDTH, break_on_hyphens=False))
